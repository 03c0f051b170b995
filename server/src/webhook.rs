//! `POST /stripe/webhook`: verify, store as pending, say thanks. What an event means is found out afterwards, by
//! asking Stripe. <https://docs.stripe.com/webhooks>

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use orders::Events;
use stripe_rest::webhook::verify;

use crate::parts::{Parts, now_ms};

/// The most bytes a webhook may have.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Takes a webhook in.
pub async fn receive(
    State(parts): State<Parts>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, &'static str) {
    let signature = headers
        .get("stripe-signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let verified = match verify(
        &body,
        signature,
        &parts.config.webhook_secrets,
        now_ms() / 1000,
    ) {
        Ok(verified) => verified,
        Err(error) => {
            tracing::warn!(%error, bytes = body.len(), "refused a webhook");
            return (
                StatusCode::BAD_REQUEST,
                "this is not an event signed for this shop",
            );
        }
    };
    let event = verified.event();
    match parts.payments.store().receive(&verified, now_ms()).await {
        Ok(new) => {
            tracing::info!(
                event = event.id,
                kind = event.kind,
                new,
                "received an event"
            );
            // A duplicate wakes the clerk too: the first may still be pending.
            parts.wake_clerk.send_replace(());
            (StatusCode::OK, "")
        }
        Err(error) => {
            tracing::error!(event = event.id, kind = event.kind, %error, "could not store an event");
            (StatusCode::INTERNAL_SERVER_ERROR, "try again")
        }
    }
}
