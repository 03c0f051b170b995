//! What an answer, or the lack of one, means for a call. Pure.
//!
//! Knows nothing of orders, nor of earlier sendings of the same call: its words are about this one.

use std::fmt;

use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    ApiError, Object, PaymentIntent,
    transport::{Failure, Incoming},
};

/// What came of one sending: yes, no, not now, or nobody knows.
///
/// | what came back | reply | the same call again, under the same key? |
/// |---|---|---|
/// | 2xx with an object | [`Done`](Reply::Done) | no |
/// | 2xx unreadable | [`Unknown`](Reply::Unknown) | yes |
/// | 402 | [`Declined`](Reply::Declined) | no: Stripe kept this answer, another card is another call |
/// | 400, 401, 403, 404, other 4xx | [`Refused`](Reply::Refused) | no |
/// | any 4xx with `stripe-should-retry: true` (429 `lock_timeout`) | [`RetryLater`](Reply::RetryLater) | yes |
/// | 409 (`idempotency_key_in_use`) | [`RetryLater`](Reply::RetryLater) | yes |
/// | 409 with `stripe-should-retry: false` | [`Unknown`](Reply::Unknown): another sending is being carried out | no |
/// | 429 (`rate_limit`) | [`RetryLater`](Reply::RetryLater) | yes |
/// | 429 with `stripe-should-retry: false` | [`Refused`](Reply::Refused) | no |
/// | 4xx unreadable, but for 429 | [`Unknown`](Reply::Unknown): this is not Stripe speaking | yes |
/// | 5xx | [`Unknown`](Reply::Unknown) | yes |
/// | 5xx stored (`idempotent-replayed: true` or `stripe-should-retry: false`) | [`Unknown`](Reply::Unknown) | no: it would be the same for ever |
/// | 1xx, 3xx | [`Unknown`](Reply::Unknown): Stripe has none | yes |
/// | timeout, reset, cut or oversized body | [`Unknown`](Reply::Unknown) | yes |
/// | no connection | [`RetryLater`](Reply::RetryLater): nothing was sent | yes |
/// | the call cannot be written down as HTTP | [`Unknown`](Reply::Unknown): nothing was sent | no |
///
/// A reply is about one sending. After a sending that went `Unknown`, only `Done` and `Declined` tell what came of
/// the call: a `Refused` or `RetryLater` then says that *this* sending did nothing, and the first may have charged
/// the card all the same. Ask Stripe for the objects themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply<T = Object> {
    /// Stripe did it; this is the object as it stands now.
    Done(T),
    /// Stripe did it, and the payment was declined (402).
    Declined {
        /// What the bank or Stripe said.
        error: ApiError,
        /// The intent as it stands now, to be tried again with another card.
        intent: Option<Box<PaymentIntent>>,
    },
    /// Stripe did not do it, and would not do it the next time either.
    Refused(ApiError),
    /// This sending did nothing, and the same call may be sent again later.
    RetryLater {
        /// What stood in the way.
        cause: Later,
        /// How long Stripe asked to wait at least, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// Stripe may have done it or not.
    Unknown(Why),
}

/// Why a call should be sent again later.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Later {
    /// There was no connection: refused, no such name, no agreement on TLS, or not within the connect timeout.
    #[error("no connection: {0}")]
    NotConnected(String),
    /// Stripe asked for it: the key is in use, a lock was not free in time, or too many requests.
    #[error("{0}")]
    Asked(ApiError),
    /// Too many requests (429), said by something in front of Stripe's API.
    #[error("too many requests")]
    Throttled,
}

/// Why nobody knows what came of a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// No whole answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The connection ended before the answer did.
    #[error("connection lost: {0}")]
    Disconnected(String),
    /// Stripe failed (5xx) at a point it does not tell.
    #[error("server error {http_status}{}", if *stored { ", stored" } else { "" })]
    ServerError {
        /// 500 to 599.
        http_status: u16,
        /// What it said, if it said anything.
        error: Option<ApiError>,
        /// Stripe keeps this answer for the key: sending again brings the same one.
        stored: bool,
    },
    /// Another sending under the same key is being carried out, and Stripe asked not to repeat this one.
    #[error("conflict: {0}")]
    Conflict(ApiError),
    /// An answer that is not Stripe's, or that is over 4 MiB.
    #[error("unreadable answer with status {http_status}")]
    Unreadable {
        /// Its status.
        http_status: u16,
        /// Stripe's name for the request, if it was Stripe that answered.
        request_id: Option<String>,
    },
    /// The call could not be written down as HTTP, so nothing was sent: a key, path or body that nobody meant to store.
    #[error("cannot be sent: {0}")]
    Unsendable(String),
}

impl<T> Reply<T> {
    /// Whether sending the same call again, under the same key, can bring news.
    pub fn may_send_again(&self) -> bool {
        match self {
            Self::Done(_) | Self::Declined { .. } | Self::Refused(_) => false,
            Self::RetryLater { .. } => true,
            Self::Unknown(why) => match why {
                Why::Timeout | Why::Disconnected(_) | Why::Unreadable { .. } => true,
                Why::ServerError { stored, .. } => !stored,
                Why::Conflict(_) | Why::Unsendable(_) => false,
            },
        }
    }
}

/// One line for a log, without anything that is secret or personal.
impl<T> fmt::Display for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(_) => f.write_str("done"),
            Self::Declined { error, .. } => write!(f, "declined: {error}"),
            Self::Refused(error) => write!(f, "refused: {error}"),
            Self::RetryLater { cause, .. } => write!(f, "retry later: {cause}"),
            Self::Unknown(why) => write!(f, "unknown: {why}"),
        }
    }
}

/// The table above, as a function.
pub(crate) fn classify<T: DeserializeOwned>(sent: Result<Incoming, Failure>) -> Reply<T> {
    match sent {
        Ok(answer) => classify_answer(&answer),
        Err(failure) => classify_failure(failure),
    }
}

fn classify_failure<T>(failure: Failure) -> Reply<T> {
    Reply::Unknown(match failure {
        Failure::NotConnected(cause) => {
            return Reply::RetryLater {
                cause: Later::NotConnected(cause),
                retry_after_ms: None,
            };
        }
        Failure::Unsendable(reason) => Why::Unsendable(reason),
        Failure::Timeout => Why::Timeout,
        Failure::Disconnected(cause) => Why::Disconnected(cause),
        Failure::TooLarge { status, request_id } => Why::Unreadable {
            http_status: status,
            request_id,
        },
    })
}

fn classify_answer<T: DeserializeOwned>(answer: &Incoming) -> Reply<T> {
    let unreadable = || {
        Reply::Unknown(Why::Unreadable {
            http_status: answer.status,
            request_id: answer.request_id.clone(),
        })
    };
    let later = |cause| Reply::RetryLater {
        cause,
        retry_after_ms: answer.retry_after_ms,
    };
    let error = || ApiError::read(answer.status, answer.request_id.as_deref(), &answer.body);
    match answer.status {
        200..=299 => match serde_json::from_slice(&answer.body) {
            Ok(object) => Reply::Done(object),
            Err(_) => unreadable(),
        },
        400..=499 => match (answer.status, answer.should_retry, error()) {
            (429, None | Some(true), None) => later(Later::Throttled),
            (_, _, None) => unreadable(),
            (_, Some(true), Some(error)) => later(Later::Asked(error)),
            (409 | 429, None, Some(error)) => later(Later::Asked(error)),
            (409, Some(false), Some(error)) => Reply::Unknown(Why::Conflict(error)),
            (402, _, Some(error)) => Reply::Declined {
                error,
                intent: declined_intent(&answer.body),
            },
            (_, _, Some(error)) => Reply::Refused(error),
        },
        500..=599 => Reply::Unknown(Why::ServerError {
            http_status: answer.status,
            error: error(),
            stored: answer.replayed || answer.should_retry == Some(false),
        }),
        _ => unreadable(),
    }
}

/// The intent inside a 402's error. Absent or unreadable, the decline stands: the error has at least its id.
fn declined_intent(body: &[u8]) -> Option<Box<PaymentIntent>> {
    #[derive(Deserialize)]
    struct Body {
        error: Inner,
    }
    #[derive(Deserialize)]
    struct Inner {
        payment_intent: Box<PaymentIntent>,
    }
    let body: Body = serde_json::from_slice(body).ok()?;
    Some(body.error.payment_intent)
}

#[cfg(test)]
mod tests;
