//! The client: POSTs exactly as they were stored, and reads that are retried.
//!
//! Knows nothing of storage or orders, and writes no log: the caller has the context for one.

use std::time::Duration;

use serde::de::DeserializeOwned;
// The runtime's clock, so that a paused one pauses deadlines too.
use tokio::time::Instant;

use crate::{
    ApiError, Call, ClientError, ConfirmationToken, Dispute, Http, List, PaymentIntent, Refund,
    Reply, SecretKey, Why,
    reply::classify,
    retry::next_read_ms,
    transport::{Outgoing, Posted, Transport},
};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_DEADLINE: Duration = Duration::from_secs(20);
/// One try of a read: short, so that a try that hangs leaves time for another.
const READ_TIMEOUT: Duration = Duration::from_secs(8);

/// Why an object could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GetError {
    /// The text cannot be the id of anything at Stripe; nothing was sent.
    #[error("not an id")]
    InvalidId,
    /// Stripe has no such object in this account and mode.
    #[error("not found: {0}")]
    NotFound(Box<ApiError>),
    /// Stripe would not answer: a key without the right, for one.
    #[error("refused: {0}")]
    Refused(Box<ApiError>),
    /// An answer came that is not the object.
    #[error("{0}")]
    Unreadable(Box<Why>),
    /// No answer until the deadline.
    #[error("unavailable after {attempts} tries; the last: {last}")]
    Unavailable {
        /// How often it was tried.
        attempts: u32,
        /// What came of the last try, for a log.
        last: String,
    },
}

/// A client of one Stripe account. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Client<T = Http> {
    transport: T,
    timeout: Duration,
    deadline: Duration,
    random: fn() -> u64,
}

impl Client {
    /// A client that speaks to `base_url`: [`API_URL`](crate::API_URL), or with a test key also a sandbox's address.
    pub fn new(key: SecretKey, base_url: &str) -> Result<Self, ClientError> {
        Ok(Self::over(Http::new(&key, base_url)?))
    }
}

impl<T: Transport> Client<T> {
    /// A client that speaks over `transport`.
    pub fn over(transport: T) -> Self {
        Self {
            transport,
            timeout: DEFAULT_TIMEOUT,
            deadline: DEFAULT_DEADLINE,
            // Without randomness there is no jitter, and nothing worse.
            random: || getrandom::u64().unwrap_or(0),
        }
    }

    /// Sets how long one sending may take, from connecting to the last byte of the answer. Default: 30 s.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Sets how long a read may take, with all its tries. Default: 20 s.
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Sets where the randomness comes from that spreads the tries of a read. Default: the system's.
    pub fn with_random(self, random: fn() -> u64) -> Self {
        Self { random, ..self }
    }

    /// Sends a stored call once, byte for byte, bounded by the timeout.
    ///
    /// Store the call before, and the reply after. What the reply means and whether to send again: see [`Reply`].
    pub async fn post(&self, call: &Call) -> Reply {
        if let Err(reason) = call.check() {
            return Reply::Unknown(Why::Unsendable(reason.to_owned()));
        }
        let posted = Posted {
            idempotency_key: &call.idempotency_key,
            body: &call.body,
        };
        let request = Outgoing {
            path: &call.path,
            query: "",
            posted: Some(posted),
            timeout: self.timeout,
        };
        classify(self.transport.send(request).await)
    }

    /// Reads a PaymentIntent, trying again until the deadline.
    pub async fn payment_intent(&self, id: &str) -> Result<PaymentIntent, GetError> {
        self.get("payment_intents", id).await
    }

    /// Reads a ConfirmationToken, trying again until the deadline.
    pub async fn confirmation_token(&self, id: &str) -> Result<ConfirmationToken, GetError> {
        self.get("confirmation_tokens", id).await
    }

    /// Reads a Dispute, trying again until the deadline.
    pub async fn dispute(&self, id: &str) -> Result<Dispute, GetError> {
        self.get("disputes", id).await
    }

    /// Reads the newest hundred refunds of a PaymentIntent, trying again until the deadline.
    pub async fn refunds_of(&self, intent: &str) -> Result<List<Refund>, GetError> {
        if !is_id(intent) {
            return Err(GetError::InvalidId);
        }
        let query = format!("payment_intent={intent}&limit=100");
        self.read("/v1/refunds", &query).await
    }

    /// Reads a page of the PaymentIntents made between two times (seconds since 1970, the second left out), older
    /// than the intent `after`, trying again until the deadline.
    pub async fn payment_intents_created(
        &self,
        from: i64,
        until: i64,
        after: Option<&str>,
    ) -> Result<List<PaymentIntent>, GetError> {
        let mut query = format!("created[gte]={from}&created[lt]={until}&limit=100");
        if let Some(after) = after {
            if !is_id(after) {
                return Err(GetError::InvalidId);
            }
            query.push_str("&starting_after=");
            query.push_str(after);
        }
        self.read("/v1/payment_intents", &query).await
    }

    async fn get<O: DeserializeOwned>(&self, collection: &str, id: &str) -> Result<O, GetError> {
        if !is_id(id) {
            return Err(GetError::InvalidId);
        }
        self.read(&format!("/v1/{collection}/{id}"), "").await
    }

    async fn read<O: DeserializeOwned>(&self, path: &str, query: &str) -> Result<O, GetError> {
        let start = Instant::now();
        let mut attempts = 0;
        loop {
            let left = self.deadline.saturating_sub(start.elapsed());
            let timeout = self.timeout.min(READ_TIMEOUT).min(left);
            let request = Outgoing {
                path,
                query,
                posted: None,
                timeout,
            };
            let reply = classify(self.transport.send(request).await);
            attempts += 1;
            let last = reply.to_string();
            let again = reply.may_send_again();
            let retry_after_ms = match reply {
                Reply::Done(object) => return Ok(object),
                Reply::Refused(error) | Reply::Declined { error, .. } => {
                    return Err(match error.http_status {
                        404 => GetError::NotFound(Box::new(error)),
                        _ => GetError::Refused(Box::new(error)),
                    });
                }
                Reply::Unknown(why @ Why::Unreadable { .. }) => {
                    return Err(GetError::Unreadable(Box::new(why)));
                }
                Reply::RetryLater { retry_after_ms, .. } => retry_after_ms,
                Reply::Unknown(_) => None,
            };
            let next = again.then(|| self.next_read(attempts, retry_after_ms, start.elapsed()));
            match next.flatten() {
                Some(delay) => tokio::time::sleep(delay).await,
                None => return Err(GetError::Unavailable { attempts, last }),
            }
        }
    }

    fn next_read(
        &self,
        attempts: u32,
        retry_after_ms: Option<u64>,
        spent: Duration,
    ) -> Option<Duration> {
        let delay_ms = next_read_ms(
            attempts,
            (self.random)(),
            retry_after_ms,
            millis(spent),
            millis(self.deadline),
        );
        delay_ms.map(Duration::from_millis)
    }
}

/// Ids are letters, digits and underscores: nothing else gets into a path, whoever sent it.
fn is_id(text: &str) -> bool {
    (1..=255).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
