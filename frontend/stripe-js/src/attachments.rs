//! What can be put on top of options: elements that stand for data, and content of the page's own.

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::confirm::{CardConfirm, ConfirmPaymentWith, ConfirmSetupWith, OffSession};
use crate::elements::{
    Element, ElementsOptions, ElementsUpdate, IntentElementsOptions, TakesBankAccount, TakesCard,
    TakesCvc, TakesIban,
};
use crate::given::Given;
use crate::methods::{AuBecsDebit, Card, CreatePaymentMethod, SepaDebit};

/// Lets an element stand for data at a path, for several structs of options.
macro_rules! stands {
    ($( $doc:literal $method:ident($Trait:ident) {
        $( $Options:ty: $path:literal, )+
    } )+) => {
        $($(
            impl Given<$Options> {
                #[doc = $doc]
                #[must_use]
                pub fn $method<K: $Trait>(self, element: &Element<K>) -> Self {
                    let element: &JsValue = element.as_ref();
                    self.with($path, element.clone())
                }
            }
        )+)+

        /// The paths, by the name of the options' type, and what stands there.
        #[cfg(test)]
        pub(crate) fn attached() -> Vec<(&'static str, &'static str, &'static str)> {
            vec![$($( (std::any::type_name::<$Options>(), $path, stringify!($method)), )+)+]
        }
    };
}

stands! {
    "Lets an element stand for the card."
    with_card(TakesCard) {
        CreatePaymentMethod<Card>: "card",
        ConfirmPaymentWith<Card, CardConfirm>: "payment_method.card",
        ConfirmSetupWith<Card>: "payment_method.card",
    }
    "Lets an element stand for the security code of a saved card."
    with_cvc(TakesCvc) {
        ConfirmPaymentWith<Card, CardConfirm>: "payment_method_options.card.cvc",
    }
    "Lets an element stand for the IBAN."
    with_iban(TakesIban) {
        CreatePaymentMethod<SepaDebit>: "sepa_debit",
        ConfirmPaymentWith<SepaDebit, (), OffSession>: "payment_method.sepa_debit",
        ConfirmSetupWith<SepaDebit>: "payment_method.sepa_debit",
    }
    "Lets an element stand for the bank account."
    with_bank_account(TakesBankAccount) {
        CreatePaymentMethod<AuBecsDebit>: "au_becs_debit",
        ConfirmPaymentWith<AuBecsDebit, (), OffSession>: "payment_method.au_becs_debit",
        ConfirmSetupWith<AuBecsDebit>: "payment_method.au_becs_debit",
    }
}

/// Where content of the page's own is shown for a payment method that it runs itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentPlace {
    /// In the Payment Element.
    Payment,
    /// In the Express Checkout Element.
    ExpressCheckout,
}

macro_rules! content {
    ($($Options:ty),+) => { $(
        impl Given<$Options> {
            /// Shows content of the page's own for the custom payment method at this index of `custom_payment_methods`.
            ///
            /// `render` gets the place to fill, and `destroy` says that it is gone; both may be called again.
            ///
            /// See <https://docs.stripe.com/payments/payment-element/custom-payment-methods>.
            #[must_use]
            pub fn with_content(
                self,
                index: usize,
                place: ContentPlace,
                mut render: impl FnMut(web_sys::Element) + 'static,
                mut destroy: impl FnMut() + 'static,
            ) -> Self {
                let place = match place {
                    ContentPlace::Payment => "payment",
                    ContentPlace::ExpressCheckout => "expressCheckout",
                };
                let index = index.to_string();
                let path = |name: &str| ["customPaymentMethods", &index, place, name].join(".");
                // The functions belong to JavaScript, as the group they are given to does.
                let render = Closure::<dyn FnMut(web_sys::Element)>::new(move |place| render(place));
                let destroy = Closure::<dyn FnMut()>::new(move || destroy());
                self.with(path("type"), "embedded")
                    .with(path("embedded.handleRender"), render.into_js_value())
                    .with(path("embedded.handleDestroy"), destroy.into_js_value())
            }
        }
    )+ };
}

content!(ElementsOptions, IntentElementsOptions, ElementsUpdate);
