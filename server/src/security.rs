//! What the browser may load, and which posts are the shop's own.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use stripe_js::STRIPE_JS_URL;

use crate::config::{Config, origin_of};

/// The Content-Security-Policy's parts that do not change from answer to answer.
/// <https://docs.stripe.com/security/guide#content-security-policy>
#[derive(Debug, Clone)]
pub struct Policy {
    plain: String,
    with_stripe: String,
    https: bool,
}

impl Policy {
    /// The policy for a shop with these settings.
    #[must_use]
    pub fn new(config: &Config) -> Policy {
        let base = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        let (connect, frames) = if config.js_url == STRIPE_JS_URL {
            (
                "https://api.stripe.com".to_owned(),
                "https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com".to_owned(),
            )
        } else {
            // `Config` lets no address pass that has no origin.
            let origin = origin_of(&config.js_url).unwrap_or_default();
            (origin.clone(), origin)
        };
        let reload = config
            .reload_port
            .map(|port| format!(" ws://127.0.0.1:{port} ws://localhost:{port}"));
        let reload = reload.unwrap_or_default();
        Policy {
            plain: base.to_owned(),
            with_stripe: format!(
                "{base}; connect-src 'self' {connect}{reload}; frame-src {frames}"
            ),
            https: config
                .site_url
                .as_ref()
                .is_some_and(|url| url.starts_with("https://")),
        }
    }

    /// Whether the shop is reached by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// The header for a page: with an island the nonce's scripts, what they load, and Stripe's frames; else no
    /// script at all.
    #[must_use]
    pub fn for_page(&self, nonce: Option<&str>) -> String {
        match nonce {
            Some(nonce) => {
                format!(
                    "{}; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'",
                    self.with_stripe
                )
            }
            None => self.plain.clone(),
        }
    }
}

/// Gives every answer the headers that do not depend on it.
pub async fn headers(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    );
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin-allow-popups",
    );
    if policy.https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Refuses a post that another site's page makes with this shopper's cookie.
pub async fn same_origin(request: Request, next: Next) -> Response {
    if request.method() == Method::POST && is_foreign(request.headers()) {
        return (
            StatusCode::FORBIDDEN,
            "This form was not sent from the shop. Please open the shop and try again.",
        )
            .into_response();
    }
    next.run(request).await
}

/// Every current browser says where a post comes from; an old one at least names the page's origin. What says
/// neither is no browser, and has no shopper's cookie to abuse.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_none() || host != text("host")
        }
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_from_another_site_is_foreign() {
        for (pairs, foreign) in [
            (vec![("sec-fetch-site", "same-origin")], false),
            (vec![("sec-fetch-site", "none")], false),
            (vec![("sec-fetch-site", "cross-site")], true),
            (vec![("sec-fetch-site", "same-site")], true),
            (
                vec![("origin", "https://shop.example"), ("host", "shop.example")],
                false,
            ),
            (
                vec![("origin", "https://evil.example"), ("host", "shop.example")],
                true,
            ),
            (vec![("origin", "null"), ("host", "shop.example")], true),
            (vec![("host", "shop.example")], false),
        ] {
            let headers = pairs.iter().map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            });
            assert_eq!(is_foreign(&headers.collect()), foreign, "{pairs:?}");
        }
    }
}
