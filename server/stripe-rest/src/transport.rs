//! One sending, and what came back of it. The network is one way to send; a simulation is another.
//!
//! Knows nothing of what an answer means.

use std::time::Duration;

/// More than any object a checkout reads; less than what would hurt.
pub(crate) const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// A way to Stripe. [`Http`](crate::Http) is the real one.
pub trait Transport: Clone + Send + Sync + 'static {
    /// Sends once, never twice, and waits for the whole answer, up to the timeout.
    fn send(&self, request: Outgoing<'_>)
    -> impl Future<Output = Result<Incoming, Failure>> + Send;
}

/// A request on its way: a read, or with `posted` a call.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// `/v1/payment_intents/pi_1`
    pub path: &'a str,
    /// Without the `?`; empty for none.
    pub query: &'a str,
    /// What is posted.
    pub posted: Option<Posted<'a>>,
    /// From connecting to the last byte of the answer.
    pub timeout: Duration,
}

/// What a POST carries.
#[derive(Clone, Copy, Debug)]
pub struct Posted<'a> {
    /// Sent as `Idempotency-Key`.
    pub idempotency_key: &'a str,
    /// The form, encoded.
    pub body: &'a str,
}

/// A whole answer: the status, the headers that matter, and the body to its end.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// The HTTP status.
    pub status: u16,
    /// `stripe-should-retry`: Stripe's own word on whether to send the same call again.
    pub should_retry: Option<bool>,
    /// `idempotent-replayed`: the answer was stored when the key was first used.
    pub replayed: bool,
    /// `retry-after`, when it is a number of seconds.
    pub retry_after_ms: Option<u64>,
    /// `request-id`.
    pub request_id: Option<String>,
    /// As it came.
    pub body: Vec<u8>,
}

/// Why there is no whole answer.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The request could not be written down; nothing was sent.
    Unsendable(String),
    /// There was no connection to send it on; nothing was sent.
    NotConnected(String),
    /// No whole answer in time.
    Timeout,
    /// The connection ended before the answer did.
    Disconnected(String),
    /// An answer over the limit.
    TooLarge {
        /// Its status.
        status: u16,
        /// Its `request-id`.
        request_id: Option<String>,
    },
}
