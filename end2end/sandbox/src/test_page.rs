//! The page that a method sends its payer to: the test's, or a developer's, choice how it ends.

use crate::stripe::redirect_page_name;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const PAGE: &str = include_str!("test_page.html");
const ANSWERED: &str = include_str!("test_page/answered.html");
/// In place of the QR codes, whose `data` is the page's address.
const CODE: &str = include_str!("test_page/code.svg");
/// One white pixel.
const PIXEL: &[u8] = include_bytes!("test_page/pixel.png");

/// The page of this method, for this attempt. Its buttons post below its own address; `answered` thanks those who are
/// sent nowhere else.
pub(crate) fn get(page: &str, source: &str, answered: bool) -> Response {
    let is_source = source
        .bytes()
        .all(|sign| sign.is_ascii_alphanumeric() || sign == b'_');
    let Some(name) = redirect_page_name(page).filter(|_| is_source) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = if answered { ANSWERED } else { PAGE };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache, no-store"),
    ];
    (
        headers,
        page.replace("{name}", name).replace("{source}", source),
    )
        .into_response()
}

/// The images a `next_action` names.
pub(crate) fn image(name: &str) -> Response {
    match name {
        "code.svg" => ([(header::CONTENT_TYPE, "image/svg+xml")], CODE).into_response(),
        "code.png" => ([(header::CONTENT_TYPE, "image/png")], PIXEL).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
