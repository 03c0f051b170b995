//! The worker: takes up what a dead process left, works events, makes stored operations, asks about what waits, tells
//! the shop.

use std::time::Duration;

use anyhow::Result;
use orders::{IDLE_MS, WAITING_MS};

use crate::messages;
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
    Waiting,
    Outbox,
}

/// Works until `stop` resolves. It may be stopped anywhere: what it is at is stored, and taken up again.
pub async fn work(parts: Parts, stop: impl Future<Output = ()>) {
    tokio::select! {
        () = stop => {}
        () = rounds(&parts, Work::Events) => {}
        () = rounds(&parts, Work::Operations) => {}
        () = rounds(&parts, Work::Attempts) => {}
        () = rounds(&parts, Work::Waiting) => {}
        () = rounds(&parts, Work::Outbox) => {}
    }
}

/// Does one kind of work again and again, when woken or after a while.
async fn rounds(parts: &Parts, work: Work) {
    let mut woken = parts.wake_clerk.subscribe();
    loop {
        if let Err(error) = round(parts, work).await {
            let error = format!("{error:#}");
            tracing::error!(?work, error, "the clerk could not work");
        }
        tokio::select! {
            // The sender lives in `parts`: this ends only by a change.
            _ = woken.changed() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

/// One look.
async fn round(parts: &Parts, work: Work) -> Result<()> {
    let payments = &parts.payments;
    match work {
        Work::Events => {
            let worked = payments.work_events().await?;
            if worked > 0 {
                // A refund to make, an order to tell of, and perhaps more events.
                parts.wake_clerk.send_replace(());
            }
        }
        Work::Operations => payments.work_operations(IDLE_MS).await?,
        Work::Attempts => payments.work_attempts(IDLE_MS).await?,
        Work::Waiting => payments.work_waiting(WAITING_MS).await?,
        Work::Outbox => messages::deliver(parts).await?,
    }
    Ok(())
}
