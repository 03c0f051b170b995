//! One element, of whatever kind: owned from its creation to its end. What a kind adds, its own file declares with the
//! macro `element!`.

use std::fmt;
use std::marker::PhantomData;

use wasm_bindgen::JsValue;

use crate::error::StripeError;
use crate::events::Subscription;
use crate::js;

/// An element, which lives as long as this value: dropping it takes it off the page and destroys it, once.
///
/// [`Elements::create`](crate::Elements::create) makes one. The kinds are markers such as [`Payment`](super::Payment);
/// each has an alias, [`PaymentElement`](super::PaymentElement).
///
/// See <https://docs.stripe.com/js/element>.
pub struct Element<K> {
    handle: JsValue,
    owned: bool,
    kind: PhantomData<fn() -> K>,
}

/// A kind of element. Only this crate has kinds.
pub trait Kind: sealed::Sealed + 'static {
    /// Stripe's name for it, as `elements.create` takes it.
    const TYPE: &'static str;
    /// Where its options have dates: milliseconds until they are handed over.
    #[doc(hidden)]
    const DATES: &'static [&'static str] = &[];
    /// What it is created with.
    type Options;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

impl<K> Element<K> {
    pub(crate) fn owned(handle: JsValue) -> Self {
        Self {
            handle,
            owned: true,
            kind: PhantomData,
        }
    }

    pub(crate) fn borrowed(handle: JsValue) -> Option<Self> {
        handle.is_object().then(|| Self {
            handle,
            owned: false,
            kind: PhantomData,
        })
    }

    /// Shows the element in `place`, best an empty `div` inside the `form`.
    ///
    /// See <https://docs.stripe.com/js/element/mount>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js cannot mount it there.
    pub fn mount(&self, place: &web_sys::Element) -> Result<(), StripeError> {
        let place: &JsValue = place.as_ref();
        self.tell("mount", std::slice::from_ref(place))
    }

    /// Takes the element off the page; it can be mounted again.
    ///
    /// See <https://docs.stripe.com/js/element/other_methods/unmount>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn unmount(&self) -> Result<(), StripeError> {
        self.tell("unmount", &[])
    }

    pub(crate) fn tell(&self, method: &str, arguments: &[JsValue]) -> Result<(), StripeError> {
        js::call(&self.handle, method, arguments)
            .map(drop)
            .map_err(js::thrown)
    }

    pub(crate) fn listen(
        &self,
        event: &'static str,
        handler: impl FnMut(JsValue) + 'static,
    ) -> Subscription {
        Subscription::new(&self.handle, event, Box::new(handler))
    }
}

impl<K> AsRef<JsValue> for Element<K> {
    fn as_ref(&self) -> &JsValue {
        &self.handle
    }
}

impl<K> Drop for Element<K> {
    fn drop(&mut self) {
        if self.owned
            && let Err(error) = js::call(&self.handle, "destroy", &[])
        {
            js::warn("stripe-js could not destroy an element", &error);
        }
    }
}

impl<K: Kind> fmt::Debug for Element<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Element").field(&K::TYPE).finish()
    }
}

/// Declares a kind of element: its options, its update, its methods and its events. What Stripe.js has under one name for
/// many elements is named alone; what is the kind's own comes with its comment and its payload.
macro_rules! element {
    (
        $(#[$meta:meta])*
        $Kind:ident = $type:literal, $Alias:ident($Options:ty $(, dates $dates:expr)?) {
            $( update($Update:ty $(, dates $update_dates:expr)?), )?
            methods [$( $method:ident ),* $(,)?],
            events [$( $event:ident ),* $(,)?],
            $( $(#[$own_meta:meta])* on $on:ident = $own:literal($Payload:ty) $(replies $Reply:ident)?, )*
        }
    ) => {
        $(#[$meta])*
        pub type $Alias = $crate::elements::Element<$Kind>;

        #[doc = concat!("The kind of [`", stringify!($Alias), "`].")]
        #[derive(Clone, Copy, Debug)]
        pub enum $Kind {}

        impl $crate::elements::element::sealed::Sealed for $Kind {}

        impl $crate::elements::Kind for $Kind {
            const TYPE: &'static str = $type;
            $( const DATES: &'static [&'static str] = $dates; )?
            type Options = $Options;
        }

        impl $crate::elements::Element<$Kind> {
            $(
                /// Changes options; what the update does not name stays.
                ///
                /// See <https://docs.stripe.com/js/elements_object/update_payment_element>.
                ///
                /// # Errors
                /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
                pub fn update(
                    &self,
                    options: impl Into<$crate::Given<$Update>>,
                ) -> Result<(), $crate::StripeError> {
                    let options = $crate::js::plain(&options.into()).map_err($crate::js::thrown)?;
                    $( $crate::js::date(&options, $update_dates).map_err($crate::js::thrown)?; )?
                    self.tell("update", &[options])
                }
            )?
            $( $crate::elements::element::element!(@method $method); )*
            $( $crate::elements::element::element!(@event $event); )*
            $(
                $(#[$own_meta])*
                pub fn $on(
                    &self,
                    mut handler: impl FnMut($Payload $(, $Reply)?) + 'static,
                ) -> $crate::Subscription {
                    self.listen($own, move |event| {
                        use $crate::payload::Read;
                        handler(
                            <$Payload>::read(&event).unwrap_or_default()
                            $(, $Reply::new(event))?
                        );
                    })
                }
            )*
        }

        #[cfg(test)]
        impl $Kind {
            pub(crate) fn bound() -> $crate::proof::BoundElement {
                let mut bound = $crate::proof::BoundElement::new::<$Options>($type);
                $( let dates: &[&str] = $dates; bound.dates = dates.to_vec(); )?
                $( bound.update::<$Update>(); )?
                $( bound.methods.push(stringify!($method)); )*
                $( bound.plain_event(stringify!($event)); )*
                $( bound.event::<$Payload>($own); )*
                bound
            }
        }
    };


    (@method focus) => {
        /// Puts the focus into the element.
        ///
        /// See <https://docs.stripe.com/js/element/other_methods/focus>.
        ///
        /// # Errors
        /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
        pub fn focus(&self) -> Result<(), $crate::StripeError> {
            self.tell("focus", &[])
        }
    };
    (@method blur) => {
        /// Takes the focus out of the element.
        ///
        /// See <https://docs.stripe.com/js/element/other_methods/blur>.
        ///
        /// # Errors
        /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
        pub fn blur(&self) -> Result<(), $crate::StripeError> {
            self.tell("blur", &[])
        }
    };
    (@method clear) => {
        /// Empties the element's fields.
        ///
        /// See <https://docs.stripe.com/js/element/other_methods/clear>.
        ///
        /// # Errors
        /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
        pub fn clear(&self) -> Result<(), $crate::StripeError> {
            self.tell("clear", &[])
        }
    };
    (@method collapse) => {
        /// Closes the chosen payment method, leaving the list of them.
        ///
        /// See <https://docs.stripe.com/js/element/other_methods/collapse>.
        ///
        /// # Errors
        /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
        pub fn collapse(&self) -> Result<(), $crate::StripeError> {
            self.tell("collapse", &[])
        }
    };

    (@event ready) => {
        /// The element is there and can take the focus.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_ready>.
        pub fn on_ready(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("ready", move |_| handler())
        }
    };
    (@event focus) => {
        /// The element took the focus.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_focus>.
        pub fn on_focus(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("focus", move |_| handler())
        }
    };
    (@event blur) => {
        /// The element lost the focus.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_blur>.
        pub fn on_blur(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("blur", move |_| handler())
        }
    };
    (@event escape) => {
        /// The escape key was pressed in the element.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_escape>.
        pub fn on_escape(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("escape", move |_| handler())
        }
    };
    (@event loaderstart) => {
        /// The skeleton is shown.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_loaderstart>.
        pub fn on_loader_start(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("loaderstart", move |_| handler())
        }
    };
    (@event loaderror) => {
        /// The element could not be loaded. Make a new one to try again.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_loaderror>.
        pub fn on_load_error(
            &self,
            mut handler: impl FnMut($crate::StripeError) + 'static,
        ) -> $crate::Subscription {
            self.listen("loaderror", move |event| {
                use $crate::readable::Readable;
                let error = event.object("error").unwrap_or(event);
                handler($crate::StripeError::read(&error));
            })
        }
    };
    (@event networkschange) => {
        /// What is known about the card's networks changed.
        ///
        /// See <https://docs.stripe.com/co-branded-cards-compliance>.
        pub fn on_networks_change(
            &self,
            mut handler: impl FnMut() + 'static,
        ) -> $crate::Subscription {
            self.listen("networkschange", move |_| handler())
        }
    };
    (@event click) => {
        /// The button was clicked.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_click>.
        pub fn on_click(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("click", move |_| handler())
        }
    };
    (@event success) => {
        /// What the element is for has succeeded.
        ///
        /// See <https://docs.stripe.com/issuing/elements>.
        pub fn on_success(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("success", move |_| handler())
        }
    };
    (@event cancel) => {
        /// The shopper closed the wallet's sheet without paying.
        ///
        /// See <https://docs.stripe.com/js/elements_object/express_checkout_element_cancel_event>.
        pub fn on_cancel(&self, mut handler: impl FnMut() + 'static) -> $crate::Subscription {
            self.listen("cancel", move |_| handler())
        }
    };
}

pub(crate) use element;
