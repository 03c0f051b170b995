//! What goes into the machine and comes out: requests, answers, and what is to be done outside.

use std::fmt;

/// Where events go, and what they are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Where events are posted.
    pub url: String,
    /// `whsec_…`; signs every event (docs.stripe.com/webhooks/signature).
    pub secret: String,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Webhook")
            .field("url", &self.url)
            .field("secret", &"…")
            .finish()
    }
}

/// An HTTP request, as far as Stripe looks at it.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// `/v1/payment_intents`, without the query.
    pub path: String,
    /// What follows the `?`.
    pub query: String,
    /// Header `Authorization`.
    pub authorization: Option<String>,
    /// Header `Content-Type`.
    pub content_type: Option<String>,
    /// Header `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// Header `Stripe-Version`.
    pub stripe_version: Option<String>,
    /// Header `Stripe-Account`, or its successor `Stripe-Context`: the connected account that is meant.
    pub stripe_account: Option<String>,
    /// How the caller reached the sandbox: `http://127.0.0.1:12111`.
    pub origin: String,
    /// A form; JSON for `/_control`.
    pub body: Vec<u8>,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers besides the content type, in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// What is to be done outside after a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// An event was recorded, for whoever follows what happens.
    Happened {
        /// `payment_intent.succeeded`
        kind: String,
        /// `evt_…`
        event: String,
    },
    /// Send an event, then tell [`Stripe::delivered`](super::Stripe::delivered) how it went.
    Deliver(Dispatch),
    /// Hold the answer back for so many milliseconds.
    Delay(u64),
    /// Close the connection instead of answering.
    Sever,
}

/// One try to deliver one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// The world it happened in.
    pub world: String,
    /// The delivery this is a try of.
    pub delivery: String,
    /// `evt_…`
    pub event: String,
    /// `payment_intent.succeeded`
    pub kind: String,
    /// Where to, and what to sign with.
    pub webhook: Webhook,
    /// JSON, to be signed and sent as it is.
    pub body: String,
    /// Milliseconds to wait before the try.
    pub after_ms: u64,
}
