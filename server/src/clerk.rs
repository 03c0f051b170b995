//! The worker: takes up what a dead process left, works events, makes stored operations, tells the shop.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use orders::OutboxRow;

use crate::parts::Parts;

/// How often the clerk looks without being woken.
const ROUND: Duration = Duration::from_secs(5);

/// Works until `stop` resolves, then finishes what it is at.
pub async fn work(parts: Parts, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut just_started = true;
    loop {
        let more = match round(&parts, just_started).await {
            Ok(more) => more,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the clerk could not work");
                false
            }
        };
        just_started = false;
        if more {
            continue;
        }
        tokio::select! {
            () = &mut stop => return,
            () = parts.wake_clerk.notified() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

/// One look at everything; `true` if there is more to do at once.
async fn round(parts: &Parts, just_started: bool) -> Result<bool> {
    let payments = &parts.payments;
    let more = payments.work_events().await?;
    tell(parts).await?;
    payments.work_operations(just_started).await?;
    payments.work_attempts(just_started).await?;
    tell(parts).await?;
    Ok(more)
}

/// Empties the outbox: into the log, and where one is set into a file of JSON lines, at least once each.
async fn tell(parts: &Parts) -> Result<()> {
    for row in parts.payments.undelivered().await? {
        let order = parts
            .payments
            .store()
            .order(&row.key)
            .await?
            .context("the outbox names an order that is none")?;
        tracing::info!(order = %row.key, kind = row.kind, message = row.id, total = %order.total, "told the shop");
        if let Some(path) = &parts.config.order_log {
            write_line(path, &row, &order).context("the order log")?;
        }
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
