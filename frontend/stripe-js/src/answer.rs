//! Waiting for Stripe.js. It turns all three ways in which a call fails (a throw, a rejection, an `error` in what it
//! resolves to) into `Err`.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::error::StripeError;
use crate::fields::Fields;
use crate::js;

/// The answer of a call that has already been made. Dropping it does not take the call back.
#[must_use = "a call can fail: await its answer"]
pub struct Answer<T> {
    call: Result<JsFuture, StripeError>,
    // A function, not a closure: every call shares one small future, whatever it answers.
    read: fn(&JsValue) -> Result<T, StripeError>,
}

impl<T> Answer<T> {
    pub(crate) fn new(
        call: Result<JsValue, JsValue>,
        read: fn(&JsValue) -> Result<T, StripeError>,
    ) -> Self {
        let call = call
            .map(|promise| JsFuture::from(Promise::resolve(&promise)))
            .map_err(js::thrown);
        Self { call, read }
    }
}

impl<T> Future for Answer<T> {
    type Output = Result<T, StripeError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let answer = match &mut this.call {
            Ok(promise) => match Pin::new(promise).poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(answer) => answer.map_err(js::thrown),
            },
            Err(error) => Err(error.clone()),
        };
        Poll::Ready(answer.and_then(|answer| match answer.object("error") {
            Some(error) => Err(StripeError::read(&error)),
            None => (this.read)(&answer),
        }))
    }
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Answer(…)")
    }
}
