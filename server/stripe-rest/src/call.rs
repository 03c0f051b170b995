//! A POST as it lies in the caller's store.
//!
//! Knows nothing of the store, nor of what the body says.

use std::fmt;

/// Stripe's limit: <https://docs.stripe.com/api/idempotent_requests>.
const MAX_KEY_CHARS: usize = 255;

/// A POST exactly as it was stored before it was sent.
///
/// Its `Debug` leaves out the body, which may hold a name and an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// Sent as `Idempotency-Key`: 1 to 255 visible ASCII characters, random, the same for every sending of this call.
    pub idempotency_key: String,
    /// `/v1/payment_intents`, …
    pub path: String,
    /// Form-encoded; see [`Form`](crate::form::Form).
    pub body: String,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("idempotency_key", &self.idempotency_key)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Call {
    /// A call without a proper key would be charged anew with every sending: it must not leave.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let key = &self.idempotency_key;
        if key.is_empty() || key.len() > MAX_KEY_CHARS {
            Err("the idempotency key has to be 1 to 255 characters long")
        } else if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            Err("the idempotency key has to be visible ASCII")
        } else if !self.path.starts_with("/v1/") {
            Err("the path has to start with /v1/")
        } else {
            Ok(())
        }
    }
}
