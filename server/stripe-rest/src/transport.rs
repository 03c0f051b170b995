//! One sending over HTTP: what came back, or how far it got.
//!
//! Knows nothing of what an answer means.

use std::error::Error as _;

use reqwest::{RequestBuilder, header::HeaderMap};

/// More than any object a checkout reads; less than what would hurt.
pub(crate) const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// A whole answer: the status, the headers that matter, and the body to its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub status: u16,
    /// `stripe-should-retry`: Stripe's own word on whether to send the same call again.
    pub should_retry: Option<bool>,
    /// `idempotent-replayed`: the answer was stored when the key was first used.
    pub replayed: bool,
    /// `retry-after`, when it is a number of seconds.
    pub retry_after_ms: Option<u64>,
    /// `request-id`.
    pub request_id: Option<String>,
    pub body: Vec<u8>,
}

/// Why there is no whole answer.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// The request could not be written down; nothing was sent.
    Unsendable(String),
    /// There was no connection to send it on; nothing was sent.
    NotConnected(String),
    Timeout,
    Disconnected(String),
    TooLarge {
        status: u16,
        request_id: Option<String>,
    },
}

/// Sends once, and reads the answer to its end or to the limit.
pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, Failure> {
    let mut response = request.send().await.map_err(failure)?;
    let mut answer = read_head(response.status().as_u16(), response.headers());
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if answer.body.len() + chunk.len() > MAX_BODY_BYTES {
            return Err(Failure::TooLarge {
                status: answer.status,
                request_id: answer.request_id,
            });
        }
        answer.body.extend_from_slice(&chunk);
    }
    Ok(answer)
}

fn read_head(status: u16, headers: &HeaderMap) -> Answer {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Answer {
        status,
        should_retry: match text("stripe-should-retry") {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        },
        replayed: text("idempotent-replayed") == Some("true"),
        retry_after_ms: text("retry-after")
            .and_then(|seconds| seconds.trim().parse::<u64>().ok())
            .map(|seconds| seconds.saturating_mul(1_000)),
        request_id: text("request-id").map(str::to_owned),
        body: Vec::new(),
    }
}

fn failure(error: reqwest::Error) -> Failure {
    // The order counts: a connection that took too long is a connection that never was.
    if error.is_builder() {
        Failure::Unsendable(chain(error))
    } else if error.is_connect() {
        Failure::NotConnected(chain(error))
    } else if error.is_timeout() {
        Failure::Timeout
    } else {
        Failure::Disconnected(chain(error))
    }
}

/// The whole chain of causes, for the first says only "error sending request".
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn headers_are_read_and_nonsense_in_them_is_ignored() {
        let retry = |value: &'static str| {
            let name = HeaderName::from_static("stripe-should-retry");
            let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
            read_head(200, &headers).should_retry
        };
        let after = |value: &'static str| {
            let name = HeaderName::from_static("retry-after");
            let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
            read_head(200, &headers).retry_after_ms
        };
        assert_eq!(retry("true"), Some(true));
        assert_eq!(retry("false"), Some(false));
        assert_eq!(retry("maybe"), None);
        assert_eq!(after("2"), Some(2_000));
        assert_eq!(after("18446744073709551615"), Some(u64::MAX));
        assert_eq!(after("-1"), None);
        assert_eq!(after("Wed, 21 Oct 2026 07:28:00 GMT"), None);
    }
}
