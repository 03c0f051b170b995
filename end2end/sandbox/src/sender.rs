//! Sends events to webhooks, signed as Stripe signs them (docs.stripe.com/webhooks/signature).
//! When to try, and whether again, is decided by the machine.

use crate::stripe::Dispatch;
use std::time::Duration;

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What sends; nothing where this machine has no means to.
pub(crate) fn client() -> Option<reqwest::Client> {
    let client = reqwest::Client::builder()
        .no_proxy()
        // To Stripe a redirect is a failed delivery.
        .redirect(reqwest::redirect::Policy::none())
        .build();
    client
        .inspect_err(|error| tracing::error!("no webhook can be sent: {error}"))
        .ok()
}

/// Posts one event. The receiver's HTTP status, or nothing where it gave none.
pub(crate) async fn send(client: &reqwest::Client, dispatch: &Dispatch, now_s: u64) -> Option<u16> {
    let Dispatch {
        webhook,
        body,
        event,
        ..
    } = dispatch;
    let answer = client
        .post(&webhook.url)
        .timeout(PATIENCE)
        .header("content-type", "application/json; charset=utf-8")
        .header(
            "user-agent",
            "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        )
        .header("stripe-signature", webhook.signature(body, now_s))
        .body(body.clone())
        .send()
        .await;
    match answer {
        Ok(answer) => {
            let status = answer.status().as_u16();
            tracing::info!(target: "webhooks", "<-- [{status}] POST {} [{event}]", webhook.url);
            Some(status)
        }
        Err(error) => {
            tracing::warn!(
                target: "webhooks",
                "<-- [no answer] POST {} [{event}]: {}",
                webhook.url,
                error.without_url()
            );
            None
        }
    }
}
