//! What the shop is told about its orders, at least once each: a line in the log, a line of JSON in a file, a signed
//! POST. A receiver that sees a message twice knows it by its number.

use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use checkout::Order;
use orders::{Orders, OutboxRow, StoreError};
use serde_json::{Value, json};
use stripe_rest::webhook::sign;

use crate::config::OrderHook;
use crate::parts::{Parts, now_ms};

/// How long a receiver may take.
const HOOK_WITHIN: Duration = Duration::from_secs(10);
/// The longest rest of a message that could not be delivered.
const REST_MAX_MS: i64 = 10 * 60 * 1000;

/// Empties the outbox. A message that cannot be delivered rests, and keeps no other waiting.
pub async fn deliver(parts: &Parts) -> Result<(), StoreError> {
    for row in parts.payments.undelivered().await? {
        let Some(order) = parts.payments.store().order(&row.key).await? else {
            tracing::error!(message = row.id, "the outbox names an order that is none");
            parts.payments.delivered(&row).await?;
            continue;
        };
        if let Err(error) = tell(parts, &row, &order).await {
            let rest_ms = (1_000 << row.tries.min(20)).min(REST_MAX_MS);
            let error = format!("{error:#}");
            tracing::error!(
                message = row.id,
                order = row.key.reference(),
                error,
                rest_ms,
                "the shop could not be told"
            );
            parts.payments.undeliverable(&row, rest_ms).await?;
            continue;
        }
        tracing::info!(order = row.key.reference(), kind = row.kind, message = row.id, total = %order.total, "told the shop");
        parts.payments.delivered(&row).await?;
    }
    Ok(())
}

async fn tell(parts: &Parts, row: &OutboxRow, order: &Order) -> Result<()> {
    let message = message(row, order);
    if let Some(path) = &parts.config.order_log {
        write_line(path, &message).context("ORDER_LOG cannot be written")?;
    }
    if let Some(hook) = &parts.config.order_hook {
        post(hook, &message).await.context("ORDER_HOOK_URL")?;
    }
    Ok(())
}

fn message(row: &OutboxRow, order: &Order) -> Value {
    let refunded_minor = order.captured_minor - order.refundable_minor();
    json!({
        "message": row.id,
        "kind": row.kind,
        "order": order.key,
        "total": order.total,
        "captured_minor": order.captured_minor,
        "refunded_minor": refunded_minor,
        "disputed": order.ledger.is_disputed(),
        "lines": order.lines,
        "details": order.details,
        "payment": order.payment,
        "intent": order.intent.as_ref().map(|intent| &intent.id),
    })
}

fn write_line(path: &Path, message: &Value) -> Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)?;
    writeln!(file, "{message}")?;
    file.sync_data()?;
    Ok(())
}

/// Posts a message, signed as Stripe signs its webhooks: every library that verifies those verifies this.
/// <https://docs.stripe.com/webhooks#verify-manually>
async fn post(hook: &OrderHook, message: &Value) -> Result<()> {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    let client = match CLIENT.get() {
        Some(client) => client,
        None => {
            let client = reqwest::Client::builder()
                .timeout(HOOK_WITHIN)
                // A message goes where the merchant said, and nowhere else.
                .redirect(reqwest::redirect::Policy::none())
                .build()?;
            CLIENT.get_or_init(|| client)
        }
    };
    let body = message.to_string();
    let signature = sign(body.as_bytes(), &hook.secret, now_ms() / 1000);
    let answer = client
        .post(&hook.url)
        .header("content-type", "application/json")
        .header("till-signature", signature)
        .body(body)
        .send()
        .await
        .map_err(reqwest::Error::without_url)?;
    let status = answer.status();
    ensure!(status.is_success(), "it answered {status}");
    Ok(())
}
