//! How Stripe signs what it sends to webhooks (docs.stripe.com/webhooks/signature).

use crate::hex::hex;
use crate::stripe::Webhook;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

impl Webhook {
    /// The header `Stripe-Signature` for a body sent now, in Unix seconds: `t=…,v1=…`, an HMAC-SHA256 over
    /// `{t}.{body}`, keyed with the whole text of the secret.
    pub fn signature(&self, body: &str, now_s: u64) -> String {
        // HMAC takes keys of any length, so there is always a signature.
        let digest = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes())
            .map(|mut mac| {
                mac.update(now_s.to_string().as_bytes());
                mac.update(b".");
                mac.update(body.as_bytes());
                hex(&mac.finalize().into_bytes())
            })
            .unwrap_or_default();
        format!("t={now_s},v1={digest}")
    }
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
            webhook.signature("{}", 1_700_000_000),
            format!("t=1700000000,v1={expected}")
        );
    }
}
