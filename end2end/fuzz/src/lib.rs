//! What strangers can send, thrown at the code that reads it. Each function takes any bytes, and panics where a
//! promise is broken. The tests here call them with a few hundred inputs each; libFuzzer goes on for as long as it is
//! let, and looks for inputs that lead somewhere new:
//!
//! ```sh
//! cargo install cargo-fuzz
//! cargo fuzz run --fuzz-dir end2end/fuzz --features run --sanitizer none replay -- -max_total_time=600
//! ```
//!
//! `--sanitizer none` because sanitizers need a nightly compiler, and this code has no `unsafe` to look into.

mod replay;

pub use replay::replay;

use checkout::ShopId;
use orders::{Events, MemoryStore};
use stripe_rest::WebhookSecret;
use stripe_rest::webhook::{TOLERANCE_S, VerifyError, sign, verify};

const NOW_S: i64 = 1_795_132_800;

fn secret() -> WebhookSecret {
    WebhookSecret::parse("whsec_fuzz").expect("a secret of this file")
}

/// The header `Stripe-Signature`: what was not signed is no event, and what else stands beside a good signature does
/// not spoil it.
pub fn signature(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (body, secrets) = (b"{}", [secret()]);
    let refused = verify(body, &text, &secrets, NOW_S);
    assert!(refused.is_err(), "{text:?} is no signature");

    let good = sign(body, &secrets[0], NOW_S);
    let beside = verify(body, &format!("{good},{text}"), &secrets, NOW_S);
    // `{}` is well signed, and no event.
    assert_eq!(beside, Err(VerifyError::Unreadable), "{good},{text}");

    // The time is part of what was signed.
    let off_s = i64::from(data.first().copied().unwrap_or(1)) + 1;
    let moved = good.replacen(&NOW_S.to_string(), &(NOW_S + off_s).to_string(), 1);
    let moved = verify(body, &moved, &secrets, NOW_S + off_s);
    assert_eq!(moved, Err(VerifyError::Mismatch));
    let late = verify(body, &good, &secrets, NOW_S + TOLERANCE_S as i64 + off_s);
    assert!(matches!(late, Err(VerifyError::TooOld { .. })));
}

/// A webhook's body, well signed: it is an event or it is not, its bytes are kept as they came, and the books take it
/// once.
pub fn webhook(data: &[u8]) {
    let header = sign(data, &secret(), NOW_S);
    let Ok(verified) = verify(data, &header, &[secret()], NOW_S) else {
        return;
    };
    assert_eq!(verified.raw().as_bytes(), data);
    let books = MemoryStore::new(ShopId::from_random([1; 16]));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(async {
        let first = books.receive(&verified, 0).await.expect("memory");
        let second = books.receive(&verified, 0).await.expect("memory");
        assert!(first && !second, "{:?}", verified.event());
    });
    // One changed byte, and it is none.
    let mut changed = data.to_vec();
    if let Some(byte) = changed.last_mut() {
        *byte ^= 1;
        let changed = verify(&changed, &header, &[secret()], NOW_S);
        assert_eq!(changed, Err(VerifyError::Mismatch));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(any::<u8>(), 0..256)
    }

    /// Text that has the looks of a header.
    fn header() -> impl Strategy<Value = String> {
        prop::string::string_regex("((t|v0|v1|T|)=?(-?[0-9]{0,20}|[0-9a-f]{0,66})[,= ]?){0,6}")
            .expect("an expression of this file")
    }

    /// JSON that has the looks of an event.
    fn event() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "null",
            "1",
            "-1",
            "true",
            "\"evt_1\"",
            "\"pi_1\"",
            "\"payment_intent\"",
            "\"\"",
            "[]",
            "{}",
            "1e99",
        ]);
        let name = prop::sample::select(vec![
            "id",
            "object",
            "type",
            "created",
            "livemode",
            "data",
            "metadata",
            "payment_intent",
            "shop_id",
        ]);
        leaf.prop_map(str::to_owned)
            .prop_recursive(4, 24, 6, move |inner| {
                prop::collection::vec((name.clone(), inner), 0..6).prop_map(|fields| {
                    let fields = fields
                        .iter()
                        .map(|(name, value)| format!("\"{name}\":{value}"));
                    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
                })
            })
    }

    /// Two attempts bring one intent up to date with the same words: libFuzzer's only find.
    #[test]
    fn every_attempt_may_bring_its_intent_up_to_date() {
        super::replay(&[
            7, 123, 7, 123, 111, 252, 252, 0, 25, 0, 0, 0, 0, 0, 0, 0, 2, 25, 25, 202, 25, 0, 25,
            25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 202, 106, 111, 252, 252, 0, 25, 0, 0,
            0, 0, 0, 0, 0, 2, 25, 25, 202, 25, 0, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25,
            25, 202, 106,
        ]);
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_signature(data in bytes()) {
            super::signature(&data);
        }

        #[test]
        fn nothing_that_looks_like_a_signature_is_one(text in header()) {
            super::signature(text.as_bytes());
        }

        #[test]
        fn any_signed_bytes_are_an_event_or_not(data in bytes()) {
            super::webhook(&data);
        }

        #[test]
        fn anything_that_looks_like_an_event_is_taken_once(body in event()) {
            super::webhook(body.as_bytes());
        }

        #[test]
        fn whatever_stripe_answers_an_order_is_paid_once_or_not_at_all(data in bytes()) {
            super::replay(&data);
        }
    }
}
