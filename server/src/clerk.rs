//! The worker: takes up what a dead process left, works events, makes stored operations, tells the shop.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use orders::OutboxRow;

use crate::parts::Parts;

/// How often the clerk looks without being woken.
const ROUND: Duration = Duration::from_secs(5);

/// Works until `stop` resolves. It may be stopped anywhere: what it is at is stored, and taken up again.
pub async fn work(parts: Parts, stop: impl Future<Output = ()>) {
    tokio::select! {
        () = stop => {}
        () = take_up_attempts(&parts) => {}
        () = keep_up(&parts) => {}
    }
}

/// Attempts have a loop of their own: one may wait for Stripe for minutes, and no event shall wait for it.
async fn take_up_attempts(parts: &Parts) {
    let mut just_started = true;
    loop {
        if let Err(error) = parts.payments.work_attempts(just_started).await {
            tracing::error!(%error, "the clerk could not take up attempts");
        }
        just_started = false;
        tokio::time::sleep(ROUND).await;
    }
}

async fn keep_up(parts: &Parts) {
    let mut just_started = true;
    loop {
        match round(parts, just_started).await {
            Ok(true) => continue,
            Ok(false) => just_started = false,
            Err(error) => tracing::error!(error = format!("{error:#}"), "the clerk could not work"),
        }
        tokio::select! {
            () = parts.wake_clerk.notified() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

/// One look at events, operations and the outbox; `true` if there is more to do at once.
async fn round(parts: &Parts, just_started: bool) -> Result<bool> {
    let more = parts.payments.work_events().await?;
    tell(parts).await?;
    parts.payments.work_operations(just_started).await?;
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
