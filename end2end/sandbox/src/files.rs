//! What browsers load: Stripe.js with the pages and modules of its frames (`js/`, see its README), and the look inside
//! (`inside/`). A release has them compiled in; a debug build reads them from the disk, so that an edit needs a reload
//! and no build.

use crate::frame_script;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{Embed, EmbeddedFile};
use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Embed)]
#[folder = "js/"]
struct StripeJs;

#[derive(Embed)]
#[folder = "inside/"]
struct Inside;

/// The release trains whose script is served at `/<train>/stripe.js`, besides `/v3/`.
const TRAINS: &[&str] = &["acacia", "basil", "clover", "dahlia", "endive"];

/// The parts of Stripe.js, in the order in which they use each other. All share a scope, but the files of a folder, which
/// have one each, in which they use what came before and register themselves.
const SCRIPT: &[&str] = &[
    "stripe/origin.js",
    "shared/channel.js",
    "shared/api.js",
    "stripe/errors.js",
    "stripe/events.js",
    "stripe/options.js",
    "stripe/frame.js",
    "stripe/modal.js",
    "stripe/intent.js",
    "stripe/session.js",
    "stripe/quirks.js",
    "stripe/next-action.js",
    "stripe/next-actions/",
    "stripe/element.js",
    "stripe/elements/",
    "stripe/group-options.js",
    "stripe/group.js",
    "stripe/method-data.js",
    "stripe/stripe.js",
    "stripe/methods/",
    "stripe/absent.js",
    "stripe/window.js",
];

/// Stripe.js and its frames, at the addresses that Stripe has them at. Caches ask each time whether what they have is still
/// the same: an address tells nothing of it, as any hash will do.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let trains = TRAINS.iter().map(|train| format!("/{train}/stripe.js"));
    let scripts = trains.chain(["/v3".to_owned(), "/v3/".to_owned()]);
    scripts
        .fold(Router::new(), |router, path| {
            router.route(&path, get(|| async { script() }))
        })
        .route(
            "/v3/{page}",
            get(|Path(name): Path<String>| async move { page(&name) }),
        )
        .route(
            "/js/{*name}",
            get(|Path(name): Path<String>| async move { file_of_stripe(&name) }),
        )
        .route(
            "/3d_secure_2_test/{source}",
            get(|| async { file_of_stripe("acs/page.html") }),
        )
        .layer(middleware::from_fn(revalidate))
}

/// Sends nothing to a cache that has it already.
async fn revalidate(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let (mut parts, body) = next.run(request).await.into_parts();
    // It is whole in memory: reading it cannot fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    if parts.status != StatusCode::OK {
        return Response::from_parts(parts, Body::from(body));
    }
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let known = known.as_ref().and_then(|known| known.to_str().ok());
    let is_known = known.is_some_and(|known| {
        let mut tags = known
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"));
        tags.any(|known| known == tag)
    });
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}

/// Stripe.js: one classic script, wrapped so that nothing of it leaks into the merchant's page.
fn script() -> Response {
    let mut names: Vec<_> = StripeJs::iter().collect();
    names.sort_unstable();
    let mut script = "(() => {\n'use strict';\n".to_owned();
    for part in SCRIPT {
        let is_folder = part.ends_with('/');
        let (open, close) = if is_folder { ("{\n", "}\n") } else { ("", "") };
        let of_part = names
            .iter()
            .filter(|name| *name == part || is_folder && name.starts_with(part));
        for file in of_part.filter_map(|name| StripeJs::get(name)) {
            let text = String::from_utf8_lossy(&file.data);
            script.extend([open, &text, close]);
        }
    }
    script.push_str("})();\n");
    answer("stripe.js", script.into_bytes())
}

/// A page under `/v3/`: `elements-inner-card-<hash>.html` is `card/page.html`. Stripe's hashes change; here any will do.
fn page(name: &str) -> Response {
    let kind = name
        .strip_suffix(".html")
        .and_then(|name| name.rsplit_once('-'))
        .map(|(kind, _)| kind.strip_prefix("elements-inner-").unwrap_or(kind));
    match kind {
        Some(kind) => file_of_stripe(&format!("{kind}/page.html")),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The file with this path under `js/`; a `main.js` comes with all that it imports.
fn file_of_stripe(name: &str) -> Response {
    if name.ends_with("/main.js") && StripeJs::get(name).is_some() {
        return match frame_script::join(name, &text_of) {
            Ok(script) => answer(name, script.into_bytes()),
            Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem).into_response(),
        };
    }
    file(name, StripeJs::get)
}

fn text_of(name: &str) -> Option<String> {
    StripeJs::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// The file with this name under `inside/`.
pub(crate) fn inside(name: &str) -> Response {
    file(name, Inside::get)
}

fn file(name: &str, get: fn(&str) -> Option<EmbeddedFile>) -> Response {
    match get(name).filter(|_| content_type(name).is_some()) {
        Some(file) => answer(name, file.data.into_owned()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "html" => Some("text/html; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

fn answer(name: &str, body: Vec<u8>) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            content_type(name).unwrap_or("application/octet-stream"),
        ),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_stripe_js_is_in_the_script() {
        let names: Vec<_> = StripeJs::iter().collect();
        for name in names.iter().filter(|name| name.starts_with("stripe/")) {
            let is_part =
                |part: &&&str| name == *part || part.ends_with('/') && name.starts_with(**part);
            assert_eq!(SCRIPT.iter().filter(is_part).count(), 1, "{name}");
        }
        for part in SCRIPT {
            assert!(names.iter().any(|name| name.starts_with(part)), "{part}");
        }
    }

    #[test]
    fn every_frame_has_a_script() {
        let mains: Vec<_> = StripeJs::iter()
            .filter(|name| name.ends_with("/main.js"))
            .collect();
        assert!(mains.len() > 10, "{mains:?}");
        for name in mains {
            let joined = frame_script::join(&name, &text_of);
            assert!(joined.is_ok(), "{joined:?}");
            let page = text_of(&name.replace("main.js", "page.html"));
            let loads = format!("<script src=\"/js/{name}\" defer></script>");
            assert!(page.is_none_or(|page| page.contains(&loads)), "{name}");
        }
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for name in [
            "../Cargo.toml",
            "../src/lib.rs",
            "stripe/../../src/files.rs",
        ] {
            assert_eq!(
                file_of_stripe(name).status(),
                StatusCode::NOT_FOUND,
                "{name}"
            );
        }
    }
}
