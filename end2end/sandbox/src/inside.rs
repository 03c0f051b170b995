//! The look inside: the page at `/` that shows what a world holds, as it happens. It opens any world without a key,
//! and lists them, so it is for this machine alone unless the sandbox is told otherwise.

use crate::connection::Peer;
use crate::files;
use crate::sandbox::{LookInside, Sandbox};
use crate::stripe::WorldSummary;
use axum::extract::rejection::QueryRejection;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use serde::Deserialize;
use serde_json::json;

/// What a stranger sees in its place.
const CLOSED: &str = include_str!("index.html");

/// Nothing from elsewhere, nothing inline, in nobody's frame.
const HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-cache"),
];

pub(crate) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/", get(page))
        .route(
            "/inside/{name}",
            get(|Path(name): Path<String>| async move { (HEADERS, files::inside(&name)) }),
        )
        .route("/_control/worlds", get(worlds))
}

type Connection = Option<Extension<ConnectInfo<Peer>>>;

async fn page(
    State(sandbox): State<Sandbox>,
    connection: Connection,
    headers: HeaderMap,
) -> Response {
    if is_open(&sandbox, connection.as_ref(), &headers) {
        (HEADERS, files::inside("page.html")).into_response()
    } else {
        Html(CLOSED).into_response()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    search: String,
    starting_after: Option<String>,
    #[serde(default = "fifty")]
    limit: usize,
}

fn fifty() -> usize {
    50
}

/// The worlds, the latest used first. Not for other origins' scripts: no CORS.
async fn worlds(
    State(sandbox): State<Sandbox>,
    connection: Connection,
    headers: HeaderMap,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    if !is_open(&sandbox, connection.as_ref(), &headers) {
        let error = json!({ "error": {
            "type": "invalid_request_error",
            "message": "The worlds are listed for callers on this machine. `--look-inside` opens them to others.",
        } });
        return (StatusCode::FORBIDDEN, axum::Json(error)).into_response();
    }
    let Query(wanted) = match wanted {
        Ok(wanted) => wanted,
        Err(rejection) => {
            let message = rejection.body_text();
            let error = json!({ "error": { "type": "invalid_request_error", "message": message } });
            return (StatusCode::BAD_REQUEST, axum::Json(error)).into_response();
        }
    };
    let worlds = sandbox.worlds();
    let mut worlds = worlds.iter().filter(|it| it.name.contains(&wanted.search));
    if let Some(name) = &wanted.starting_after {
        worlds.find(|world| world.name == *name);
    }
    let mut data: Vec<&WorldSummary> = worlds.take(wanted.limit.min(100) + 1).collect();
    let has_more = data.len() > wanted.limit.min(100);
    data.truncate(wanted.limit.min(100));
    axum::Json(json!({ "object": "list", "data": data, "has_more": has_more })).into_response()
}

/// A page elsewhere can send a browser here under a name of its own, so the name counts as well as the connection.
fn is_open(
    sandbox: &Sandbox,
    connection: Option<&Extension<ConnectInfo<Peer>>>,
    headers: &HeaderMap,
) -> bool {
    if sandbox.look_inside() == LookInside::Everybody {
        return true;
    }
    let is_near = connection
        .is_none_or(|Extension(ConnectInfo(peer))| peer.address.ip().to_canonical().is_loopback());
    let host = headers.get(header::HOST).map(|host| host.to_str());
    is_near
        && match host {
            None => true,
            Some(host) => host.is_ok_and(names_this_machine),
        }
}

fn names_this_machine(host: &str) -> bool {
    let Ok(uri) = host.parse::<Uri>() else {
        return false;
    };
    let name = uri.host().unwrap_or_default();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost"
        || name.ends_with(".localhost")
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_name_it() {
        for (host, expected) in [
            ("localhost", true),
            ("localhost:12111", true),
            ("127.0.0.1:12111", true),
            ("127.1.2.3", true),
            ("[::1]:12111", true),
            ("shop.localhost:80", true),
            ("192.168.1.7:12111", false),
            ("evil.test:12111", false),
            ("localhost.evil.test", false),
            ("", false),
        ] {
            assert_eq!(names_this_machine(host), expected, "{host}");
        }
    }
}
