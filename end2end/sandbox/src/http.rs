//! HTTP around the machine: addresses, headers, CORS. Decides nothing.

use crate::connection::Scissors;
use crate::files;
use crate::sandbox::Sandbox;
use crate::stripe::{Request, Response};
use crate::test_page;
use axum::Extension;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{any, get, post};

pub(crate) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/", get(|| async { Html(include_str!("index.html")) }))
        .route("/endive/stripe.js", get(|| async { files::script() }))
        .route("/v3", get(|| async { files::script() }))
        .route("/v3/", get(|| async { files::script() }))
        .route(
            "/v3/{page}",
            get(|Path(name): Path<String>| async move { files::page(&name) }),
        )
        .route(
            "/js/{*name}",
            get(|Path(name): Path<String>| async move { files::get(&name) }),
        )
        .route(
            "/3d_secure_2_test/{source}",
            get(|| async { files::get("acs.html") }),
        )
        .route("/3d_secure_2_test/{source}/{answer}", post(machine))
        .route(
            "/test_payment/{page}/{source}",
            get(|Path((page, source)): Path<(String, String)>| async move {
                test_page::get(&page, &source)
            }),
        )
        .route("/test_payment/{page}/{source}/{answer}", post(machine))
        .route("/_control/{control}", any(machine))
        .route("/v1/{*path}", any(machine).options(preflight))
        .with_state(sandbox)
}

/// Browsers call the API from the merchant's pages and from Stripe's frames.
const CORS: [(HeaderName, &str); 2] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        "Request-Id, Stripe-Version, Idempotent-Replayed",
    ),
];

async fn preflight() -> impl IntoResponse {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "300"),
    ];
    (StatusCode::NO_CONTENT, CORS, headers)
}

async fn machine(
    State(sandbox): State<Sandbox>,
    connection: Option<Extension<ConnectInfo<Scissors>>>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> axum::response::Response {
    let text = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned)
    };
    let host = text("host").unwrap_or_else(|| "127.0.0.1".to_owned());
    let request = Request {
        method: method.as_str().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        authorization: text("authorization"),
        content_type: text("content-type"),
        idempotency_key: text("idempotency-key"),
        stripe_version: text("stripe-version"),
        origin: format!("http://{host}"),
        body: body.to_vec(),
    };
    let scissors = connection.map(|Extension(ConnectInfo(scissors))| scissors);
    let response = sandbox.answer(&request, scissors).await;
    log(&request, &response);
    shown(response)
}

fn log(request: &Request, response: &Response) {
    let id = response
        .headers
        .iter()
        .find(|(name, _)| *name == "request-id");
    let id = id.map_or("-", |(_, id)| id);
    tracing::info!(
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
