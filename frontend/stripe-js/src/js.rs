//! The JavaScript side, raw: the methods of Stripe.js that this crate calls, and reading what they answer.
//! It knows no options and no types of ours; everything here may throw, and every throw is a `Result`.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::StripeError;
use crate::json::Json;
use crate::readable::Readable;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone, Debug)]
    pub(crate) type StripeHandle;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn elements(
        this: &StripeHandle,
        options: &JsValue,
    ) -> Result<ElementsHandle, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createConfirmationToken)]
    pub(crate) fn create_confirmation_token(
        this: &StripeHandle,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = handleNextAction)]
    pub(crate) fn handle_next_action(
        this: &StripeHandle,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = retrievePaymentIntent)]
    pub(crate) fn retrieve_payment_intent(
        this: &StripeHandle,
        client_secret: &str,
    ) -> Result<JsValue, JsValue>;

    #[derive(Clone, Debug)]
    pub(crate) type ElementsHandle;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn create(
        this: &ElementsHandle,
        element_type: &str,
        options: &JsValue,
    ) -> Result<ElementHandle, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn submit(this: &ElementsHandle) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn update(this: &ElementsHandle, options: &JsValue) -> Result<JsValue, JsValue>;

    #[derive(Clone, Debug)]
    pub(crate) type ElementHandle;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn mount(this: &ElementHandle, place: &web_sys::Element) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn unmount(this: &ElementHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn destroy(this: &ElementHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn focus(this: &ElementHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn blur(this: &ElementHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn clear(this: &ElementHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn collapse(this: &ElementHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn on(this: &ElementHandle, event: &str, handler: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn off(this: &ElementHandle, event: &str, handler: &JsValue) -> Result<(), JsValue>;
}

/// Options as the plain object Stripe.js expects.
pub(crate) fn plain<T>(options: &Json<T>) -> Result<JsValue, JsValue> {
    JSON::parse(options.as_str())
}

/// A plain object of values that JSON cannot carry, such as another handle.
pub(crate) fn object(members: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// What a call threw or a promise was rejected with.
pub(crate) fn thrown(value: JsValue) -> StripeError {
    StripeError::read(&value)
}

/// A failure that nobody can act on, for the page's developer.
pub(crate) fn warn(what: &str, cause: &JsValue) {
    web_sys::console::warn_2(&JsValue::from_str(what), cause);
}

pub(crate) fn get(value: &JsValue, name: &str) -> JsValue {
    // Reading a member of something that is no object throws: then there is no such member.
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

impl Readable for JsValue {
    fn as_text(&self) -> Option<String> {
        self.as_string()
    }

    fn text(&self, name: &str) -> Option<String> {
        get(self, name).as_string()
    }

    fn flag(&self, name: &str) -> Option<bool> {
        get(self, name).as_bool()
    }

    fn integer(&self, name: &str) -> Option<i64> {
        get(self, name).as_f64().map(|number| number as i64)
    }

    fn object(&self, name: &str) -> Option<Self> {
        Some(get(self, name)).filter(JsValue::is_object)
    }
}
