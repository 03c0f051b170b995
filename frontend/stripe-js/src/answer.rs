//! Waiting for Stripe.js. It turns all three ways in which a call fails (a throw, a rejection, an `error` in what it
//! resolves to) into `Err`.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::error::{ErrorKind, StripeError};
use crate::js;
use crate::readable::Readable;

/// The answer of a call that has already been made. Dropping it does not take the call back.
#[must_use = "a call can fail: await its answer"]
pub struct Answer<T> {
    promise: JsFuture,
    // A function, not a closure: all calls share one small future, whatever they answer.
    read: fn(&JsValue) -> Result<T, StripeError>,
}

impl<T> Answer<T> {
    pub(crate) fn new(
        call: Result<JsValue, JsValue>,
        read: fn(&JsValue) -> Result<T, StripeError>,
    ) -> Self {
        let promise = match call {
            Ok(answer) => Promise::resolve(&answer),
            Err(thrown) => Promise::reject(&thrown),
        };
        Self {
            promise: promise.into(),
            read,
        }
    }
}

impl<T> Future for Answer<T> {
    type Output = Result<T, StripeError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        poll_answer(&mut this.promise, context).map(|answer| (this.read)(&answer?))
    }
}

fn poll_answer(
    promise: &mut JsFuture,
    context: &mut Context<'_>,
) -> Poll<Result<JsValue, StripeError>> {
    Pin::new(promise).poll(context).map(|answer| {
        let answer = answer.map_err(js::thrown)?;
        match answer.object("error") {
            // Most errors say of what type they are; those of a Checkout Session stand beside one.
            Some(error) => Err(StripeError::read_or(
                &error,
                match answer.text("type") {
                    Some(_) => ErrorKind::Checkout,
                    None => ErrorKind::Api,
                },
            )),
            None => Ok(answer),
        }
    })
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Answer(…)")
    }
}
