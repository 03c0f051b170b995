//! The network, as a [`Transport`]: Stripe's address, the key in the header, and reqwest.

use std::{error::Error as _, fmt, time::Duration};

use reqwest::{
    RequestBuilder, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect,
};

use crate::{
    API_URL, API_VERSION, Mode, SecretKey,
    transport::{Failure, Incoming, MAX_BODY_BYTES, Outgoing, Transport},
};

const USER_AGENT: &str = concat!("till-stripe-rest/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

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

/// The way to one Stripe account over HTTP. Clones share their connections.
#[derive(Clone)]
pub struct Http {
    http: reqwest::Client,
    base_url: Url,
    mode: Mode,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("base_url", &self.base_url.as_str())
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl Http {
    pub(crate) fn new(key: &SecretKey, base_url: &str) -> Result<Self, ClientError> {
        let base_url = parse_address(base_url)?;
        if key.mode() == Mode::Live && base_url.as_str().trim_end_matches('/') != API_URL {
            return Err(ClientError::LiveKeyElsewhere);
        }
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .default_headers(default_headers(key))
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
        })
    }

    /// The address of a path. Only path and query are set, so that no stored text can lead the key to another host.
    fn url(&self, path: &str, query: &str) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&format!(
            "{}{path}",
            self.base_url.path().trim_end_matches('/')
        ));
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        url
    }
}

impl Transport for Http {
    async fn send(&self, request: Outgoing<'_>) -> Result<Incoming, Failure> {
        let url = self.url(request.path, request.query);
        let builder = match request.posted {
            None => self.http.get(url),
            Some(posted) => self
                .http
                .post(url)
                .header("idempotency-key", posted.idempotency_key)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(posted.body.to_owned()),
        };
        send(builder.timeout(request.timeout)).await
    }
}

/// Sends once, and reads the answer to its end or to the limit.
async fn send(request: RequestBuilder) -> Result<Incoming, Failure> {
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

fn read_head(status: u16, headers: &HeaderMap) -> Incoming {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Incoming {
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

#[cfg(test)]
mod tests;
