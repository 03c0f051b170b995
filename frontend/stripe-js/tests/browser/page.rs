//! The page of a test: what it holds, and what it may ask Playwright for. The answers are in `end2end/browser/page.ts`.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use serde_json::{Value, json};
use stripe_js::{LoadOptions, PublishableKey, Stripe, StripeError, Subscription};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = ask)]
    async fn ask_playwright(what: &str, asked: &str) -> Result<JsValue, JsValue>;
}

pub async fn ask(what: &str, asked: Value) -> Value {
    let answer = ask_playwright(what, &asked.to_string()).await.unwrap();
    serde_json::from_str(&answer.as_string().unwrap()).unwrap()
}

/// Where the test's Stripe is.
pub struct World {
    pub url: String,
    pub key: PublishableKey,
}

impl World {
    pub async fn find() -> Self {
        let world = ask("world", json!([])).await;
        Self {
            url: text(&world["url"]),
            key: PublishableKey::parse(&text(&world["key"])).unwrap(),
        }
    }

    pub fn script(&self) -> String {
        format!("{}/endive/stripe.js", self.url)
    }

    pub fn load_options(&self) -> LoadOptions {
        LoadOptions {
            url: self.script(),
            ..LoadOptions::default()
        }
    }

    /// Begins at once, like the crate's own.
    pub fn load(&self) -> impl Future<Output = Result<Stripe, StripeError>> + use<> {
        Stripe::load(&self.key, &self.load_options())
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Stripe.js, ready.
pub async fn stripe() -> Stripe {
    World::find().await.load().await.unwrap()
}

pub fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A new place for an element.
pub fn place(id: &str) -> web_sys::Element {
    let place = document().create_element("div").unwrap();
    place.set_id(id);
    document().body().unwrap().append_child(&place).unwrap();
    place
}

pub fn count(selector: &str) -> u32 {
    document().query_selector_all(selector).unwrap().length()
}

/// Listens from now on; what the first event carries.
pub fn first<T: 'static, F: FnOnce(Box<dyn FnMut(T)>) -> Subscription>(
    subscribe: F,
) -> impl Future<Output = T> + use<T, F> {
    let heard = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&heard);
    let mut resolve = None;
    let told = Promise::new(&mut |done: Function, _| resolve = Some(done));
    let listening = subscribe(Box::new(move |event| {
        slot.borrow_mut().get_or_insert(event);
        if let Some(done) = &resolve {
            done.call0(&JsValue::NULL).unwrap();
        }
    }));
    async move {
        JsFuture::from(told).await.unwrap();
        drop(listening);
        heard.take().unwrap()
    }
}

/// The shopper types into a field of the element at this place.
pub async fn enter(place: &str, field: &str, text: &str) {
    ask("enter", json!([place, field, text])).await;
}

/// The shopper fills a card into the Payment Element at this place.
pub async fn fill(place: &str, number: &str) {
    enter(place, "number", number).await;
    enter(place, "expiry", "12 / 40").await;
    enter(place, "cvc", "123").await;
    ask("choose", json!([place, "country", "US"])).await;
    enter(place, "postalCode", "10001").await;
}

/// One call to Stripe's API, as the shop's server.
pub async fn server(method: &str, path: &str, params: Value) -> Value {
    ask("server", json!([method, path, params])).await
}

/// Requests that match get nothing, for so many times.
pub async fn lose(pattern: &str, times: u32) {
    ask("lose", json!([pattern, times])).await;
}

/// How many requests there were with this in their address.
pub async fn requests(part: &str) -> u64 {
    ask("requests", json!([part])).await.as_u64().unwrap()
}

/// What the console was told with this in it.
pub async fn console(part: &str) -> Vec<String> {
    let lines = ask("console", json!([part])).await;
    lines.as_array().unwrap().iter().map(text).collect()
}

/// What there is once the garbage is gone: frames, listeners, documents and nodes of the page; this program's memory in bytes,
/// and the values of JavaScript's that it holds.
pub async fn held() -> Value {
    let mut held = ask("held", json!([])).await;
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    held["memory"] = buffer.byte_length().into();
    held["values"] = wasm_bindgen::externref_heap_live_count().into();
    held
}
