//! Options on their way into a call: JSON, and what JSON cannot carry.

use std::fmt;

use wasm_bindgen::JsValue;

use crate::js;
use crate::json::{Json, Options};

/// Options as a call takes them: `&options`, or a [`Json`] that a server wrote, and on top of either whatever is no data:
/// an element, a function. What can be put on top is a method of this type:
///
/// ```no_run
/// use stripe_js::methods::Card;
/// use stripe_js::elements::CardElement;
/// use stripe_js::{CreatePaymentMethod, Given, Stripe};
///
/// # async fn pay(stripe: &Stripe, card: &CardElement) -> Result<(), stripe_js::StripeError> {
/// let data = CreatePaymentMethod::<Card>::default();
/// let method = stripe.create_payment_method(Given::from(&data).with_card(card)).await?;
/// # Ok(())
/// # }
/// ```
pub struct Given<T> {
    pub(crate) json: Json<T>,
    pub(crate) attached: Vec<Attached>,
}

/// What is put on top.
pub(crate) struct Attached {
    /// Where, such as `payment_method.card`.
    pub(crate) path: String,
    pub(crate) value: JsValue,
    /// How: a page that puts nothing on top has no code for it.
    pub(crate) put: fn(&JsValue, &str, &JsValue) -> Result<(), JsValue>,
}

impl<T> Given<T> {
    #[must_use]
    pub(crate) fn with(mut self, path: impl Into<String>, value: impl Into<JsValue>) -> Self {
        self.attached.push(Attached {
            path: path.into(),
            value: value.into(),
            put: js::put,
        });
        self
    }
}

impl<T> From<Json<T>> for Given<T> {
    fn from(json: Json<T>) -> Self {
        Self {
            json,
            attached: Vec::new(),
        }
    }
}

impl<T: Options> From<&T> for Given<T> {
    fn from(options: &T) -> Self {
        Json::from(options).into()
    }
}

/// Shows no content, like [`Json`].
impl<T> fmt::Debug for Given<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Given(…)")
    }
}
