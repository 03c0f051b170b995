//! Sends events to webhooks, signed as Stripe signs them (docs.stripe.com/webhooks/signature).
//! When to try, and whether again, is decided by the machine.

use crate::stripe::{Dispatch, Webhook};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::time::Duration;

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Posts one event. The receiver's HTTP status, or nothing where it gave none.
pub(crate) async fn send(client: &reqwest::Client, dispatch: &Dispatch, now_s: u64) -> Option<u16> {
    let Dispatch {
        webhook,
        body,
        kind,
        event,
        ..
    } = dispatch;
    tracing::info!("--> {kind} [{event}]");
    let answer = client
        .post(&webhook.url)
        .timeout(PATIENCE)
        .header("content-type", "application/json; charset=utf-8")
        .header(
            "user-agent",
            "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        )
        .header("stripe-signature", signature(webhook, body, now_s))
        .body(body.clone())
        .send()
        .await;
    match answer {
        Ok(answer) => {
            let status = answer.status().as_u16();
            tracing::info!("<-- [{status}] POST {} [{event}]", webhook.url);
            Some(status)
        }
        Err(error) => {
            tracing::warn!(
                "<-- no answer: POST {} [{event}]: {}",
                webhook.url,
                error.without_url()
            );
            None
        }
    }
}

/// `t=…,v1=…`: HMAC-SHA256 over `{t}.{body}`, keyed with the whole text of the secret.
fn signature(webhook: &Webhook, body: &str, now_s: u64) -> String {
    // HMAC takes keys of any length, so there is always a signature.
    let hex = Hmac::<Sha256>::new_from_slice(webhook.secret.as_bytes())
        .map(|mut mac| {
            mac.update(format!("{now_s}.{body}").as_bytes());
            mac.finalize().into_bytes()
        })
        .map(|bytes| {
            bytes
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        })
        .unwrap_or_default();
    format!("t={now_s},v1={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_any_hmac_tool_gives() {
        let webhook = Webhook {
            url: String::new(),
            secret: "whsec_test".to_owned(),
        };
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_test
        let expected = "35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91";
        assert_eq!(
            signature(&webhook, "{}", 1_700_000_000),
            format!("t=1700000000,v1={expected}")
        );
    }
}
