//! Listening to an element or a group: from the subscription to its end. It does not know what events carry.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::js;

pub(crate) const ON: &str = "on";

type Handler = Box<dyn FnMut(JsValue)>;

/// Someone listening to an element or a group. Dropping it ends that; it may be dropped in its own handler, and before or after the
/// element.
#[must_use = "dropping a subscription ends it"]
pub struct Subscription {
    on: JsValue,
    event: &'static str,
    listener: JsValue,
    slot: Rc<Slot>,
}

/// The handler, shared with the function that Stripe.js calls. It is taken out while it runs, so that an event raised by
/// the handler itself finds nothing to call, instead of a handler that is already running.
struct Slot {
    handler: Cell<Option<Handler>>,
    wanted: Cell<bool>,
}

impl Slot {
    fn call(&self, event: JsValue) {
        if let Some(mut handler) = self.handler.take() {
            handler(event);
            if self.wanted.get() {
                self.handler.set(Some(handler));
            }
        }
    }
}

impl Subscription {
    pub(crate) fn new(on: &JsValue, event: &'static str, handler: Handler) -> Self {
        let slot = Rc::new(Slot {
            handler: Cell::new(Some(handler)),
            wanted: Cell::new(true),
        });
        let called = Rc::clone(&slot);
        // The function belongs to JavaScript and goes with its garbage: Stripe.js may call it once more after `off`,
        // while it walks through its listeners, and must then find a function that does nothing.
        let listener =
            Closure::<dyn Fn(JsValue)>::new(move |event| called.call(event)).into_js_value();
        if let Err(error) = js::call(on, ON, &[event.into(), listener.clone()]) {
            js::warn("stripe-js could not listen", &error);
        }
        Self {
            on: on.clone(),
            event,
            listener,
            slot,
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.slot.wanted.set(false);
        // What the handler holds is freed now, not with JavaScript's garbage. It is not running, or the slot is empty.
        drop(self.slot.handler.take());
        // An element that was destroyed before may refuse: then nobody listens already.
        let _ = js::call(&self.on, "off", &[self.event.into(), self.listener.clone()]);
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Subscription").field(&self.event).finish()
    }
}
