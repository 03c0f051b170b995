//! A page as an answer: HTML, status, and the headers that belong to it.

use std::sync::Arc;

use app::document::{Document, DocumentProps, Frame};
use app::pages::problem::{ProblemPage, ProblemPageProps};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use hydration_context::SsrSharedContext;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use orders::{Carts, HeldCart, StoreError};

use crate::cookie;
use crate::parts::Parts;

/// A page, before it is HTML.
pub struct Page {
    /// What the tab says.
    pub title: String,
    /// The answer's status.
    pub status: StatusCode,
    /// How soon it loads itself again, seconds.
    pub refresh_seconds: Option<u32>,
    /// Whether it has an island.
    pub hydrate: bool,
}

impl Page {
    /// A page that is all right and stands still.
    pub fn new(title: impl Into<String>) -> Page {
        Page {
            title: title.into(),
            status: StatusCode::OK,
            refresh_seconds: None,
            hydrate: false,
        }
    }
}

/// The cart of whoever asks.
pub async fn held_cart(parts: &Parts, headers: &HeaderMap) -> Result<Option<HeldCart>, StoreError> {
    match cookie::cart(headers) {
        Some(id) => parts.payments.store().cart(&id).await,
        None => Ok(None),
    }
}

/// How many things a looked-up cart holds.
pub fn count(cart: Option<&HeldCart>) -> Option<u32> {
    Some(cart.map_or(0, |held| held.cart.count()))
}

/// Renders `content` inside the document. It runs where islands, and they alone, become live in the browser.
pub fn render<V: IntoView + 'static>(
    parts: &Parts,
    cart_count: Option<u32>,
    page: Page,
    content: impl FnOnce() -> V + Send + 'static,
) -> Response {
    let frame = Frame {
        assets: parts.assets.clone(),
        test_mode: !parts.config.is_live(),
        cart_count,
        reload_port: parts.config.reload_port,
    };
    let Page {
        title,
        status,
        refresh_seconds,
        hydrate,
    } = page;
    let has_script = hydrate || frame.reload_port.is_some();
    let nonce = Nonce::new();
    let policy = parts
        .policy
        .for_page(has_script.then_some(&**nonce.as_inner()));
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(nonce);
        let children: Children = Box::new(move || content().into_any());
        Document(DocumentProps {
            title,
            frame,
            hydrate,
            children,
        })
        .into_view()
        .to_html()
    });
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // How a page without a script stays true.
    if let Some(seconds) = refresh_seconds {
        headers.insert(header::REFRESH, HeaderValue::from(seconds));
    }
    // A nonce is base 64, and the rest is ours: every header takes it.
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A page that says what went wrong, and what to do.
pub fn problem(
    parts: &Parts,
    status: StatusCode,
    title: &str,
    words: &str,
    reference: Option<String>,
) -> Response {
    let (title, words) = (title.to_owned(), words.to_owned());
    let page = Page {
        status,
        ..Page::new(title.clone())
    };
    render(parts, None, page, move || {
        ProblemPage(ProblemPageProps {
            title,
            words,
            reference,
        })
    })
}

/// No such page, order or thing.
pub fn not_found(parts: &Parts) -> Response {
    problem(
        parts,
        StatusCode::NOT_FOUND,
        "Not found",
        "There is nothing here. Perhaps the address was cut off.",
        None,
    )
}

/// Something failed that the shopper cannot mend. The log has the cause, the page a reference to it.
pub fn broken(parts: &Parts, error: &(dyn std::error::Error + 'static)) -> Response {
    let reference =
        getrandom::u32().map_or_else(|_| "none".to_owned(), |number| format!("{number:08x}"));
    let cause = error.source().map(ToString::to_string);
    tracing::error!(reference, %error, cause, "could not answer a request");
    let words = "Something went wrong on our side. Nothing was charged by this page. Please try again in a moment.";
    problem(
        parts,
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        words,
        Some(reference),
    )
}
