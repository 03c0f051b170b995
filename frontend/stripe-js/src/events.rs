//! Events of an element: what they carry, and how long someone listens.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::fields::Fields;
use crate::js::{self, ElementHandle};

/// What changed in the Payment Element.
///
/// See <https://docs.stripe.com/js/element/events/on_change?type=paymentElement>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentChange {
    /// Nothing is filled in.
    pub empty: bool,
    /// Everything is well formed, so far as can be told. No reason to move the focus: the shopper may still be typing.
    pub complete: bool,
    /// No payment method is open.
    pub collapsed: bool,
    /// The chosen payment method's type, such as `card`.
    pub payment_method_type: Option<String>,
    /// The chosen saved payment method, `pm_…`.
    pub saved_payment_method: Option<String>,
}

impl PaymentChange {
    pub(crate) fn read(event: &impl Fields) -> Self {
        let value = event.object("value");
        let value = value.as_ref();
        Self {
            empty: event.flag("empty").unwrap_or_default(),
            complete: event.flag("complete").unwrap_or_default(),
            collapsed: event.flag("collapsed").unwrap_or_default(),
            payment_method_type: value.and_then(|value| value.text("type")),
            saved_payment_method: value
                .and_then(|value| value.object("payment_method")?.text("id")),
        }
    }
}

type Handler = Box<dyn FnMut(JsValue)>;

/// Someone listening to an element. Dropping it ends that; it may be dropped in its own handler, and before or after the
/// element.
#[must_use = "dropping a subscription ends it"]
pub struct Subscription {
    element: ElementHandle,
    event: &'static str,
    listener: JsValue,
    handler: Rc<Slot>,
}

/// The handler, shared with the function that Stripe.js calls. It is taken out while it runs, so that an event raised by
/// the handler itself finds nothing to call, instead of a handler that is already running.
struct Slot {
    handler: RefCell<Option<Handler>>,
    wanted: Cell<bool>,
}

impl Slot {
    fn call(&self, event: JsValue) {
        let handler = self.handler.take();
        if let Some(mut handler) = handler {
            handler(event);
            if self.wanted.get() {
                self.handler.replace(Some(handler));
            }
        }
    }
}

impl Subscription {
    pub(crate) fn new(element: &ElementHandle, event: &'static str, handler: Handler) -> Self {
        let slot = Rc::new(Slot {
            handler: RefCell::new(Some(handler)),
            wanted: Cell::new(true),
        });
        let called = Rc::clone(&slot);
        // The function belongs to JavaScript and goes with its garbage: Stripe.js may call it once more after `off`,
        // while it walks through its listeners, and must then find a function that does nothing.
        let listener =
            Closure::<dyn Fn(JsValue)>::new(move |event| called.call(event)).into_js_value();
        if let Err(error) = element.on(event, &listener) {
            js::warn("stripe-js could not listen to an element", &error);
        }
        Self {
            element: element.clone(),
            event,
            listener,
            handler: slot,
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.handler.wanted.set(false);
        // What the handler holds is freed now, not with JavaScript's garbage. It is not running, or the slot is empty.
        drop(self.handler.handler.take());
        // An element that was destroyed before may refuse: then nobody listens already.
        let _ = self.element.off(self.event, &self.listener);
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Subscription").field(&self.event).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_is_read_tolerantly() {
        for (event, expected) in [
            (
                json!({
                    "elementType": "payment",
                    "empty": false,
                    "complete": true,
                    "collapsed": false,
                    "value": { "type": "card", "payment_method": { "id": "pm_1", "type": "card" } },
                    "weather": "fine",
                }),
                PaymentChange {
                    empty: false,
                    complete: true,
                    collapsed: false,
                    payment_method_type: Some("card".into()),
                    saved_payment_method: Some("pm_1".into()),
                },
            ),
            (
                json!({ "empty": true, "collapsed": true, "value": { "type": "afterpay_clearpay" } }),
                PaymentChange {
                    empty: true,
                    complete: false,
                    collapsed: true,
                    payment_method_type: Some("afterpay_clearpay".into()),
                    saved_payment_method: None,
                },
            ),
            (
                json!({ "empty": "yes", "value": null }),
                PaymentChange {
                    empty: false,
                    complete: false,
                    collapsed: false,
                    payment_method_type: None,
                    saved_payment_method: None,
                },
            ),
        ] {
            assert_eq!(PaymentChange::read(&event), expected, "{event}");
        }
    }
}
