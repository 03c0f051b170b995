//! The worker: takes up what a dead process left, works events, makes stored operations, tells the shop.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use orders::OutboxRow;

use crate::parts::Parts;

/// How often the clerk looks without being woken.
const ROUND: Duration = Duration::from_secs(5);

/// The kinds of work. Each has a loop of its own: an attempt may wait for Stripe for minutes, a full disk may keep the
/// shop from being told, and no event and no refund shall wait for either.
#[derive(Debug, Clone, Copy)]
enum Work {
    Events,
    Operations,
    Attempts,
    Outbox,
}

/// Works until `stop` resolves. It may be stopped anywhere: what it is at is stored, and taken up again.
pub async fn work(parts: Parts, stop: impl Future<Output = ()>) {
    tokio::select! {
        () = stop => {}
        () = rounds(&parts, Work::Events) => {}
        () = rounds(&parts, Work::Operations) => {}
        () = rounds(&parts, Work::Attempts) => {}
        () = rounds(&parts, Work::Outbox) => {}
    }
}

/// Does one kind of work again and again: at once where there is more, else when woken or after a while.
async fn rounds(parts: &Parts, work: Work) {
    let mut woken = parts.wake_clerk.subscribe();
    let mut just_started = true;
    loop {
        let more = round(parts, work, just_started)
            .await
            .unwrap_or_else(|error| {
                tracing::error!(
                    ?work,
                    error = format!("{error:#}"),
                    "the clerk could not work"
                );
                false
            });
        just_started = false;
        if !more {
            tokio::select! {
                // The sender lives in `parts`: this ends only by a change.
                _ = woken.changed() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }
}

/// One look; `true` if there is more to do at once.
async fn round(parts: &Parts, work: Work, just_started: bool) -> Result<bool> {
    let payments = &parts.payments;
    match work {
        Work::Events => return Ok(payments.work_events().await?),
        Work::Operations => payments.work_operations(just_started).await?,
        Work::Attempts => payments.work_attempts(just_started).await?,
        Work::Outbox => tell(parts).await?,
    }
    Ok(false)
}

/// Empties the outbox: into the log, and where one is set into a file of JSON lines, at least once each.
async fn tell(parts: &Parts) -> Result<()> {
    for row in parts.payments.undelivered().await? {
        let Some(order) = parts.payments.store().order(&row.key).await? else {
            tracing::error!(message = row.id, "the outbox names an order that is none");
            parts.payments.delivered(&row).await?;
            continue;
        };
        if let Some(path) = &parts.config.order_log {
            write_line(path, &row, &order).context("ORDER_LOG cannot be written")?;
        }
        tracing::info!(order = row.key.reference(), kind = row.kind, message = row.id, total = %order.total, "told the shop");
        parts.payments.delivered(&row).await?;
    }
    Ok(())
}

fn write_line(path: &Path, row: &OutboxRow, order: &checkout::Order) -> Result<()> {
    let line = serde_json::json!({
        "message": row.id,
        "kind": row.kind,
        "order": order.key,
        "total": order.total,
        "lines": order.lines,
        "details": order.details,
        "payment": order.payment,
        "intent": order.intent.as_ref().map(|intent| &intent.id),
    });
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)?;
    writeln!(file, "{line}")?;
    file.sync_data()?;
    Ok(())
}
