//! Puts Stripe.js on the page: once, with one retry, and again later if that failed. It knows the script tag and nothing
//! of what the script does.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Document, HtmlScriptElement, Window};

use crate::error::{ErrorKind, StripeError};
use crate::js;

/// The release train of Stripe.js that this crate is written against; it speaks API version `2026-10-28.endive`.
///
/// See <https://docs.stripe.com/sdks/stripejs-versioning>.
pub const RELEASE_TRAIN: &str = "endive";

/// Where Stripe serves that train. Stripe asks that the script always be loaded from here, never bundled or self-hosted.
pub const STRIPE_JS_URL: &str = "https://js.stripe.com/endive/stripe.js";

/// How to load the script.
#[derive(Clone, Debug)]
pub struct LoadOptions {
    /// The script's address: [`STRIPE_JS_URL`], or a sandbox's in tests.
    pub url: String,
    /// The page's CSP nonce, for a policy that asks for one on every script.
    pub nonce: Option<String>,
    /// Whether Stripe.js may watch the page for signs of fraud, as it does by default. Every page that pays should let it.
    ///
    /// See <https://docs.stripe.com/disputes/prevention/advanced-fraud-detection>.
    pub advanced_fraud_signals: bool,
    /// How long one attempt may take, in milliseconds. There are at most two.
    pub timeout_ms: u32,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            url: STRIPE_JS_URL.to_owned(),
            nonce: None,
            advanced_fraud_signals: true,
            timeout_ms: 15_000,
        }
    }
}

impl LoadOptions {
    /// A script that is on the page already was loaded with parameters of its own.
    fn warn_if_unheard(&self) {
        if !self.advanced_fraud_signals {
            js::warn(
                "stripe-js found a script of Stripe's on the page: advanced_fraud_signals comes too late for",
                &JsValue::from_str(&self.url),
            );
        }
    }

    /// The address with what Stripe.js reads from it.
    fn src(&self) -> String {
        if self.advanced_fraud_signals {
            return self.url.clone();
        }
        let separator = if self.url.contains('?') { "&" } else { "?" };
        [&self.url, separator, "advancedFraudSignals=false"].concat()
    }
}

thread_local! {
    /// The load that is under way or has succeeded: whoever asks meanwhile shares it.
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Starts loading now, or joins the load that is under way; resolves to the page's `Stripe` function.
pub(crate) fn load(
    options: &LoadOptions,
) -> impl Future<Output = Result<Function, StripeError>> + use<> {
    let started = start(options);
    async move {
        let (window, loading) = started.ok_or(StripeError::of(ErrorKind::Unavailable))?;
        if let Some(loading) = loading {
            JsFuture::from(loading).await.map_err(|name| {
                StripeError::of(ErrorKind::parse(&name.as_string().unwrap_or_default()))
            })?;
        }
        constructor(&window).ok_or(StripeError::of(ErrorKind::ScriptEmpty))
    }
}

/// `None` where there is no page; no promise where Stripe.js is there already.
fn start(options: &LoadOptions) -> Option<(Window, Option<Promise>)> {
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    let window = web_sys::window()?;
    let document = window.document()?;
    if constructor(&window).is_some() {
        options.warn_if_unheard();
        return Some((window, None));
    }
    let loading = LOADING.with_borrow_mut(|loading| {
        loading
            .get_or_insert_with(|| share(window.clone(), document, options.clone()))
            .clone()
    });
    Some((window, Some(loading)))
}

/// A load as one promise for all who wait. A failure leaves nothing behind, so that a later call starts afresh.
fn share(window: Window, document: Document, options: LoadOptions) -> Promise {
    future_to_promise(async move {
        let mut outcome = attempt(&window, &document, &options).await;
        if outcome.is_err() {
            outcome = attempt(&window, &document, &options).await;
        }
        outcome.map(|()| JsValue::UNDEFINED).map_err(|kind| {
            LOADING.take();
            JsValue::from_str(kind.as_str())
        })
    })
}

/// One wait for one tag: the page's own, or a new one. A tag that failed is taken away, because a script element loads
/// only once in its life.
async fn attempt(
    window: &Window,
    document: &Document,
    options: &LoadOptions,
) -> Result<(), ErrorKind> {
    let found = find(document, &options.url);
    if found.is_some() {
        options.warn_if_unheard();
    }
    let script = found
        .or_else(|| inject(document, options))
        .ok_or(ErrorKind::ScriptBlocked)?;
    let mut timer = None;
    // The promise's own functions are the listeners: there is no closure to keep, and none to leak.
    let arrived = Promise::new(&mut |resolve: Function, reject: Function| {
        let _ = script.add_event_listener_with_callback("load", &resolve);
        let _ = script.add_event_listener_with_callback("error", &reject);
        // A tag that failed before we came never fires again: only the clock ends that wait.
        timer = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                &reject,
                i32::try_from(options.timeout_ms).unwrap_or(i32::MAX),
            )
            .ok();
    });
    let arrived = JsFuture::from(arrived).await;
    if let Some(timer) = timer {
        window.clear_timeout_with_handle(timer);
    }
    if constructor(window).is_some() {
        return Ok(());
    }
    script.remove();
    Err(match arrived {
        Ok(_) => ErrorKind::ScriptEmpty,
        // A listener is called with an event, a timer with nothing.
        Err(reason) if reason.is_object() => ErrorKind::ScriptBlocked,
        Err(_) => ErrorKind::ScriptTimedOut,
    })
}

fn find(document: &Document, url: &str) -> Option<HtmlScriptElement> {
    let scripts = document.query_selector_all("script[src]").ok()?;
    (0..scripts.length())
        .filter_map(|index| scripts.get(index)?.dyn_into::<HtmlScriptElement>().ok())
        .find(|script| {
            let src = script.src();
            src.split('?').next() == url.split('?').next() || is_stripe_js(&src)
        })
}

fn inject(document: &Document, options: &LoadOptions) -> Option<HtmlScriptElement> {
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    // As an attribute, because a page with Trusted Types may refuse it, and only this way of setting says so.
    script.set_attribute("src", &options.src()).ok()?;
    if let Some(nonce) = &options.nonce {
        script.set_attribute("nonce", nonce).ok()?;
    }
    document.head()?.append_child(&script).ok()?;
    Some(script)
}

fn constructor(window: &Window) -> Option<Function> {
    js::get(window, "Stripe").dyn_into().ok()
}

/// Whether an address is one at which Stripe serves Stripe.js: `/v3`, or `/<train>/stripe.js`.
fn is_stripe_js(src: &str) -> bool {
    let Some(path) = src.strip_prefix("https://js.stripe.com/") else {
        return false;
    };
    let path = path.split('?').next().unwrap_or(path);
    match path.strip_suffix("/stripe.js") {
        Some(train) => {
            train == "v3"
                || !train.is_empty() && train.bytes().all(|byte| byte.is_ascii_lowercase())
        }
        None => path == "v3" || path == "v3/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_for_any_train_is_stripe_js() {
        for (src, expected) in [
            (STRIPE_JS_URL, true),
            (
                "https://js.stripe.com/endive/stripe.js?advancedFraudSignals=false",
                true,
            ),
            ("https://js.stripe.com/v3", true),
            ("https://js.stripe.com/v3/", true),
            ("https://js.stripe.com/v3/?a=b", true),
            ("https://js.stripe.com/v3/stripe.js", true),
            ("https://js.stripe.com/acacia/stripe.js", true),
            (
                "https://js.stripe.com/v3/fingerprinted/js/checkout.js",
                false,
            ),
            ("https://js.stripe.com/stripe.js", false),
            ("https://js.stripe.com/a/b/stripe.js", false),
            ("https://js.stripe.com.example/v3/", false),
            ("http://js.stripe.com/v3/", false),
            ("", false),
        ] {
            assert_eq!(is_stripe_js(src), expected, "{src}");
        }
    }

    #[test]
    fn fraud_signals_are_left_out_by_the_address() {
        let src = |url: &str, advanced_fraud_signals| {
            LoadOptions {
                url: url.to_owned(),
                advanced_fraud_signals,
                ..LoadOptions::default()
            }
            .src()
        };
        assert_eq!(src("/s.js", true), "/s.js");
        assert_eq!(src("/s.js", false), "/s.js?advancedFraudSignals=false");
        assert_eq!(
            src("/s.js?a=b", false),
            "/s.js?a=b&advancedFraudSignals=false"
        );
    }

    #[test]
    fn the_address_names_the_train() {
        assert!(STRIPE_JS_URL.contains(RELEASE_TRAIN));
    }
}
