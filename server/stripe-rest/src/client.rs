//! The HTTP client: POSTs exactly as they were stored, and reads that are retried.
//!
//! Knows nothing of storage or orders, and writes no log: the caller has the context for one.

use std::{
    fmt,
    time::{Duration, Instant},
};

use reqwest::{
    Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use serde::de::DeserializeOwned;

use crate::{
    API_URL, API_VERSION, ApiError, Call, ConfirmationToken, Mode, PaymentIntent, Reply, SecretKey,
    Why, reply::classify, retry::next_read_ms, transport,
};

const USER_AGENT: &str = concat!("till-stripe-rest/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_DEADLINE: Duration = Duration::from_secs(20);
/// One try of a read: short, so that a try that hangs leaves time for another.
const READ_TIMEOUT: Duration = Duration::from_secs(8);

/// Why there can be no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Not an http(s) address without query, fragment and credentials.
    #[error("the Stripe address is not an http or https address")]
    Address,
    /// A live key must never reach anybody but Stripe.
    #[error("a live key is used with {API_URL} only")]
    LiveKeyElsewhere,
    /// The HTTP client could not be set up: no root certificates, for one.
    #[error("the HTTP client cannot be set up")]
    Setup(#[source] reqwest::Error),
}

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

/// A client of one Stripe account. Cloning is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: Url,
    mode: Mode,
    timeout: Duration,
    deadline: Duration,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url.as_str())
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client that speaks to `base_url`: [`API_URL`], or with a test key also a sandbox's address.
    pub fn new(key: SecretKey, base_url: &str) -> Result<Self, ClientError> {
        let base_url = parse_address(base_url)?;
        if key.mode() == Mode::Live && base_url.as_str().trim_end_matches('/') != API_URL {
            return Err(ClientError::LiveKeyElsewhere);
        }
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .default_headers(default_headers(&key))
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .referer(false)
            // Stripe never redirects, and the key must not follow one.
            .redirect(redirect::Policy::none())
            // One sending is one sending: who may repeat it is decided with the reply at hand.
            .retry(reqwest::retry::never());
        if is_loopback(&base_url) {
            // A proxy for the outer world cannot reach a sandbox on this machine.
            builder = builder.no_proxy();
        }
        Ok(Self {
            http: builder.build().map_err(ClientError::Setup)?,
            base_url,
            mode: key.mode(),
            timeout: DEFAULT_TIMEOUT,
            deadline: DEFAULT_DEADLINE,
        })
    }

    /// Sets how long one sending may take, from connecting to the last byte of the answer. Default: 30 s.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Sets how long a read may take, with all its tries. Default: 20 s.
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Sends a stored call once, byte for byte, bounded by the timeout.
    ///
    /// Store the call before, and the reply after. What the reply means and whether to send again: see [`Reply`].
    pub async fn post(&self, call: &Call) -> Reply {
        if let Err(reason) = call.check() {
            return Reply::Unknown(Why::Unsendable(reason.to_owned()));
        }
        let request = self
            .http
            .post(self.url(&call.path))
            .header("idempotency-key", &call.idempotency_key)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(call.body.clone())
            .timeout(self.timeout);
        classify(transport::send(request).await)
    }

    /// Reads a PaymentIntent, trying again until the deadline.
    pub async fn payment_intent(&self, id: &str) -> Result<PaymentIntent, GetError> {
        self.get("payment_intents", id).await
    }

    /// Reads a ConfirmationToken, trying again until the deadline.
    pub async fn confirmation_token(&self, id: &str) -> Result<ConfirmationToken, GetError> {
        self.get("confirmation_tokens", id).await
    }

    async fn get<T: DeserializeOwned>(&self, collection: &str, id: &str) -> Result<T, GetError> {
        if !is_id(id) {
            return Err(GetError::InvalidId);
        }
        let url = self.url(&format!("/v1/{collection}/{id}"));
        let start = Instant::now();
        let mut attempts = 0;
        loop {
            let left = self.deadline.saturating_sub(start.elapsed());
            let timeout = self.timeout.min(READ_TIMEOUT).min(left);
            let reply =
                classify(transport::send(self.http.get(url.clone()).timeout(timeout)).await);
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
        // Without randomness there is no jitter, and nothing worse.
        let random = getrandom::u64().unwrap_or(0);
        let delay_ms = next_read_ms(
            attempts,
            random,
            retry_after_ms,
            millis(spent),
            millis(self.deadline),
        );
        delay_ms.map(Duration::from_millis)
    }

    /// The address of a path. Only the path part is set, so that no stored text can lead the key to another host.
    fn url(&self, path: &str) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&format!(
            "{}{path}",
            self.base_url.path().trim_end_matches('/')
        ));
        url
    }
}

fn default_headers(key: &SecretKey) -> HeaderMap {
    // A parsed key is visible ASCII, which every header value may hold.
    let mut bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose()))
        .expect("a key of visible ASCII fits into a header");
    bearer.set_sensitive(true);
    HeaderMap::from_iter([
        (AUTHORIZATION, bearer),
        (ACCEPT, HeaderValue::from_static("application/json")),
        (
            HeaderName::from_static("stripe-version"),
            HeaderValue::from_static(API_VERSION),
        ),
    ])
}

fn parse_address(text: &str) -> Result<Url, ClientError> {
    let url = Url::parse(text).map_err(|_| ClientError::Address)?;
    let plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if plain && matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err(ClientError::Address)
    }
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse()
                .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    })
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
