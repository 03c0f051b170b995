//! The page that a redirecting method sends the shopper to: the test's, or a developer's, choice how it ends.

use crate::stripe::redirect_page_name;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const PAGE: &str = include_str!("test_page.html");

/// The page of this method, for this attempt. Its buttons post below its own address.
pub(crate) fn get(page: &str, source: &str) -> Response {
    let is_source = source
        .bytes()
        .all(|sign| sign.is_ascii_alphanumeric() || sign == b'_');
    let Some(name) = redirect_page_name(page).filter(|_| is_source) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache, no-store"),
    ];
    (
        headers,
        PAGE.replace("{name}", name).replace("{source}", source),
    )
        .into_response()
}
