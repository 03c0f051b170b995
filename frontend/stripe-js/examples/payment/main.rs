//! A page that takes a payment with nothing but `stripe-js`: it brings the form in `index.html` to life. How the payment is
//! made is in `payment.rs`; here is what the page shows of it.

mod payment;

use js_sys::Error;
use stripe_js::{LoadOptions, PublishableKey, StripeError};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element, HtmlButtonElement};

/// What the page has.
#[derive(Clone)]
struct Page {
    document: Document,
    /// It says with whose key it pays.
    form: Element,
    place: Element,
    button: HtmlButtonElement,
    words: Element,
}

#[wasm_bindgen(start)]
async fn start() -> Result<(), JsValue> {
    let page = Page::find().ok_or("the page has no form")?;
    if let Err(error) = open(&page).await {
        page.fail(error);
    }
    Ok(())
}

async fn open(page: &Page) -> Result<(), StripeError> {
    let key = page.form.get_attribute("data-key").unwrap_or_default();
    let mut load = LoadOptions::default();
    if let Some(url) = page.form.get_attribute("data-stripe-js") {
        load.url = url;
    }
    let form = payment::show(&PublishableKey::parse(&key)?, &load, &page.place).await?;
    let button = page.button.clone();
    let ready = form.payment.on_ready(move || button.set_disabled(false));
    let speaker = page.clone();
    let failed = form.payment.on_load_error(move |error| speaker.fail(error));

    let pays = page.clone();
    let click = Closure::<dyn Fn()>::new(move || {
        // The form and who listens to it are kept for as long as the button.
        let _ = (&ready, &failed);
        let page = pays.clone();
        page.button.set_disabled(true);
        page.say("");
        let paid = payment::pay(&form);
        spawn_local(async move {
            match paid.await {
                Ok(()) => page.leave(),
                Err(error) => {
                    page.fail(error);
                    page.button.set_disabled(false);
                }
            }
        });
    });
    let click = click.into_js_value();
    page.button.set_onclick(Some(click.unchecked_ref()));
    Ok(())
}

impl Page {
    fn find() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let form = document.get_element_by_id("payment")?;
        let within = |selector| form.query_selector(selector).ok()?;
        Some(Self {
            place: within("div")?,
            button: within("button")?.dyn_into().ok()?,
            words: within("[role=alert]")?,
            document,
            form,
        })
    }

    fn say(&self, words: &str) {
        self.words.set_text_content(Some(words));
    }

    fn fail(&self, error: impl Into<JsValue>) {
        let error: Error = error.into().unchecked_into();
        self.words
            .set_text_content(error.message().as_string().as_deref());
    }

    /// How it ended, the shop says, who asks Stripe.
    fn leave(&self) {
        if let Some(location) = self.document.location() {
            let _ = location.set_href("/order");
        }
    }
}
