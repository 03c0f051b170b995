//! HTTP around the machine: addresses, headers, CORS. Decides nothing.

use crate::connection::Peer;
use crate::files;
use crate::inside;
use crate::sandbox::Sandbox;
use crate::stripe::{self, Request, Response};
use crate::test_page;
use axum::Extension;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use std::sync::atomic::{AtomicU64, Ordering};

/// A snapshot holds a world whole: this one, thirty thousand payments.
const LARGEST_SNAPSHOT: usize = 512 * 1024 * 1024;

pub(crate) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .merge(files::router())
        .merge(inside::router())
        .route("/3d_secure_2_test/{source}/{answer}", post(machine))
        .route(
            "/test_payment/{page}/{source}",
            get(
                |Path((page, source)): Path<(String, String)>, uri: OriginalUri| async move {
                    test_page::get(&page, &source, uri.query() == Some("answered"))
                },
            ),
        )
        .route(
            "/test_payment/{page}/{source}/{answer}",
            post(machine).get(
                |Path((_, _, name)): Path<(String, String, String)>| async move {
                    test_page::image(&name)
                },
            ),
        )
        .route(
            "/_control/seed",
            any(machine).layer(DefaultBodyLimit::max(LARGEST_SNAPSHOT)),
        )
        .route("/_control/{*control}", any(machine))
        .route("/v1", any(machine))
        .route("/v1/", any(machine))
        .route("/c/pay/{session}", get(machine).post(machine))
        .route("/c/pay/{session}/return", get(machine))
        .route("/r/{link}", get(machine))
        .route("/v1/{*path}", any(machine).options(preflight))
        .route("/v2/{*path}", any(|| async { second_version() }))
        .with_state(sandbox)
}

/// Nothing is there, and clients want to be told so in JSON.
fn second_version() -> axum::response::Response {
    let message = "The sandbox has nothing under /v2. Its README lists what it models.";
    shown(stripe::refusal(404, message))
}

/// Browsers call the API from the merchant's pages and from Stripe's frames.
const CORS: [(HeaderName, &str); 2] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        "Request-Id, Stripe-Version, Idempotent-Replayed, Original-Request, Stripe-Should-Retry",
    ),
];

async fn preflight() -> impl IntoResponse {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Idempotency-Key, Stripe-Account, Stripe-Version",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "300"),
    ];
    (StatusCode::NO_CONTENT, CORS, headers)
}

async fn machine(
    State(sandbox): State<Sandbox>,
    connection: Option<Extension<ConnectInfo<Peer>>>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> axum::response::Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => {
            let status = rejection.status().as_u16();
            let mut refusal = stripe::refusal(status, rejection.body_text());
            refusal.headers.push(("request-id", unread_id()));
            return shown(refusal);
        }
    };
    let peer = connection.map(|Extension(ConnectInfo(peer))| peer);
    let is_tls = peer.as_ref().is_some_and(|peer| peer.is_tls);
    let text = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned)
    };
    let request = Request {
        method: method.as_str().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        authorization: text("authorization"),
        content_type: text("content-type"),
        idempotency_key: text("idempotency-key"),
        stripe_version: text("stripe-version"),
        stripe_account: text("stripe-account").or_else(|| text("stripe-context")),
        origin: origin(&headers, is_tls),
        body: body.to_vec(),
    };
    let response = sandbox
        .answer(&request, peer.map(|peer| peer.scissors))
        .await;
    log(&request, &response);
    shown(response)
}

/// How the caller reaches the sandbox. Whoever stands between (a proxy, a test that answers for Stripe's hosts) says so.
fn origin(headers: &HeaderMap, is_tls: bool) -> String {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = said("x-forwarded-proto").unwrap_or(if is_tls { "https" } else { "http" });
    let host = said("x-forwarded-host").or_else(|| said("host"));
    format!("{scheme}://{}", host.unwrap_or("127.0.0.1"))
}

/// The id of a request that no world has seen, and so none has numbered.
fn unread_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("req_unread{:08}", COUNT.fetch_add(1, Ordering::Relaxed))
}

fn log(request: &Request, response: &Response) {
    // Looking on is nothing that happens.
    if request.method == "GET" && request.path.starts_with("/_control/") {
        return;
    }
    let id = response
        .headers
        .iter()
        .find(|(name, _)| *name == "request-id");
    let id = id.map_or("-", |(_, id)| id);
    tracing::info!(
        target: "requests",
        "[{}] {} {} [{id}]",
        response.status,
        request.method,
        request.path
    );
}

fn shown(response: Response) -> axum::response::Response {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut shown = (
        status,
        CORS,
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-cache, no-store"),
        ],
        response.body,
    )
        .into_response();
    for (name, value) in response.headers {
        // What the caller sent came in a header, so it fits in one.
        if let Ok(value) = HeaderValue::from_str(&value) {
            shown
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }
    shown
}
