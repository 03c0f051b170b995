//! Webhook signatures, and the event inside a body that carries a good one. Pure: the time is an argument.
//!
//! Follows <https://docs.stripe.com/webhooks#verify-manually>. Knows nothing of HTTP or storage.

mod event;
mod signature;

use std::fmt;

pub use event::Event;
pub use signature::{TOLERANCE_S, sign};

use crate::WebhookSecret;

/// Why a body is not an event of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// There is no secret to check with.
    #[error("no webhook secret is configured")]
    NoSecret,
    /// The header has no `t=`, or it is not a number of seconds.
    #[error("the signature header has no timestamp")]
    MissingTimestamp,
    /// The header has no readable `v1=`; other schemes do not count.
    #[error("the signature header has no v1 signature")]
    NoSignature,
    /// No signature was made with one of the secrets over this body: a wrong secret, or a changed body.
    #[error("no signature matches: wrong webhook secret, or the body was changed")]
    Mismatch,
    /// Rightly signed, but over 300 s ago: a replay, or our clock is fast.
    #[error("signed {age_s} s ago, over the tolerance")]
    TooOld {
        /// How long ago, by our clock.
        age_s: u64,
    },
    /// Rightly signed, but over 300 s ahead: our clock is slow.
    #[error("signed {ahead_s} s in the future, over the tolerance")]
    FromTheFuture {
        /// How far ahead, by our clock.
        ahead_s: u64,
    },
    /// Rightly signed, and not an event that this crate can read.
    #[error("the body is not an event")]
    Unreadable,
}

/// An event whose signature was checked. [`verify`] is its only constructor.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    event: Event,
    raw: String,
}

impl Verified {
    /// What it says.
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// The body as it was signed, to be stored. It holds personal data and client secrets: never log it.
    pub fn raw(&self) -> &str {
        &self.raw
    }
}

/// Leaves out the body, which holds personal data and client secrets.
impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}

/// Checks the `Stripe-Signature` header of a webhook, then reads its body.
///
/// Any `v1` made with any of the secrets is good (there are two of each while a secret is rolled), within 300 s
/// in both directions. Comparisons take constant time. `raw` is the body's bytes as they came.
pub fn verify(
    raw: &[u8],
    signature_header: &str,
    secrets: &[WebhookSecret],
    now_unix_s: i64,
) -> Result<Verified, VerifyError> {
    signature::check(raw, signature_header, secrets, now_unix_s)?;
    let raw = str::from_utf8(raw).map_err(|_| VerifyError::Unreadable)?;
    let event = Event::read(raw).ok_or(VerifyError::Unreadable)?;
    Ok(Verified {
        event,
        raw: raw.to_owned(),
    })
}

#[cfg(test)]
mod tests;
