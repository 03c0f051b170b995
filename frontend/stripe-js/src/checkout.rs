//! Checkout Sessions inside your page: Stripe keeps cart, tax and total, and Elements show and change them.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::future_to_promise;

use crate::answer::Answer;
use crate::appearance::Appearance;
use crate::calls::{Reply, calls, reply};
use crate::elements::{
    AddressElement, ContactDetailsElement, CurrencySelectorElement, ExpressCheckoutElement, Font,
    LinkSignupElement, LinkSignupElementOptions, PaymentElement, TaxIdElement, TaxIdElementOptions,
    TermsElement,
};
use crate::error::StripeError;
use crate::events::Subscription;
use crate::given::Given;
use crate::js;
use crate::payload::Read;
use crate::stripe::Stripe;

pub use form::*;
pub use form_change::*;
pub use line::*;
pub use options::*;
pub use recurring::*;
pub use session::*;
pub use tax_id_type::*;

#[path = "checkout_form.rs"]
mod form;
#[path = "checkout_form_change.rs"]
mod form_change;
#[path = "checkout_line.rs"]
mod line;
#[path = "checkout_options.rs"]
mod options;
#[path = "checkout_recurring.rs"]
mod recurring;
#[path = "checkout_session.rs"]
mod session;
#[path = "session_tax_id_type.rs"]
mod tax_id_type;

/// A Checkout Session shown with Elements. Its elements are created here instead of by a group.
///
/// See <https://docs.stripe.com/js/custom_checkout>.
#[derive(Clone, Debug)]
pub struct CheckoutElementsSdk {
    handle: JsValue,
}

impl Stripe {
    /// Opens a Checkout Session that your server made with `ui_mode: elements`. Replaces `initCheckout` of earlier trains.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/init>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
    pub fn init_checkout_elements_sdk(
        &self,
        options: impl Into<Given<CheckoutElementsSdkOptions>>,
    ) -> Result<CheckoutElementsSdk, StripeError> {
        self.make(INIT_ELEMENTS_SDK, &options.into())
            .map(|handle| CheckoutElementsSdk { handle })
    }
}

pub(crate) const INIT_ELEMENTS_SDK: &str = "initCheckoutElementsSdk";

/// Declares how a session's elements are created and found again; what Stripe.js has no options for is created without.
macro_rules! elements {
    (
        impl $On:ident($object:literal) {
            $( $create:ident = $create_name:literal ($($Options:ty)?), $get:ident = $get_name:literal -> $Element:ident; )+
        }
    ) => {
        impl $On {
            $(
                #[doc = concat!("Creates the session's [`", stringify!($Element), "`]: `", $create_name, "`.")]
                ///
                /// See <https://docs.stripe.com/js/custom_checkout>.
                ///
                /// # Errors
                /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused, or has one already.
                pub fn $create(
                    &self
                    $(, options: impl Into<$crate::Given<$Options>>)?
                ) -> Result<$Element, $crate::StripeError> {
                    let create = || {
                        let arguments: &[wasm_bindgen::JsValue] = &[
                            $( $crate::js::plain::<$Options>(&options.into())? )?
                        ];
                        $crate::js::call(&self.handle, $create_name, arguments)
                    };
                    create().map($crate::Element::owned).map_err($crate::js::thrown)
                }

                #[doc = concat!("The session's [`", stringify!($Element), "`], if there is one: `", $get_name, "`.")]
                /// It belongs to whoever created it: dropping this handle does not destroy it.
                ///
                /// See <https://docs.stripe.com/js/custom_checkout>.
                ///
                /// # Errors
                /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
                pub fn $get(&self) -> Result<Option<$Element>, $crate::StripeError> {
                    $crate::js::call(&self.handle, $get_name, &[])
                        .map($crate::Element::borrowed)
                        .map_err($crate::js::thrown)
                }
            )+
        }

        #[cfg(test)]
        pub(crate) fn bound_elements() -> Vec<$crate::proof::BoundCall> {
            vec![$(
                {
                    #[allow(unused_mut)]
                    let mut call = $crate::proof::BoundCall::new::<()>($object, $create_name);
                    $( call.argument($crate::proof::sent::<$Options>()); )?
                    call
                },
                $crate::proof::BoundCall::new::<()>($object, $get_name),
            )+]
        }
    };
}

pub(crate) use elements;

elements! {
    impl CheckoutElementsSdk("checkout") {
        create_payment = "createPaymentElement"(CheckoutPaymentOptions), get_payment = "getPaymentElement" -> PaymentElement;
        create_billing_address = "createBillingAddressElement"(CheckoutAddressOptions),
            get_billing_address = "getBillingAddressElement" -> AddressElement;
        create_shipping_address = "createShippingAddressElement"(CheckoutAddressOptions),
            get_shipping_address = "getShippingAddressElement" -> AddressElement;
        create_express_checkout = "createExpressCheckoutElement"(CheckoutExpressOptions),
            get_express_checkout = "getExpressCheckoutElement" -> ExpressCheckoutElement;
        create_currency_selector = "createCurrencySelectorElement"(),
            get_currency_selector = "getCurrencySelectorElement" -> CurrencySelectorElement;
        create_tax_id = "createTaxIdElement"(TaxIdElementOptions), get_tax_id = "getTaxIdElement" -> TaxIdElement;
        create_contact_details = "createContactDetailsElement"(),
            get_contact_details = "getContactDetailsElement" -> ContactDetailsElement;
        create_terms = "createTermsElement"(), get_terms = "getTermsElement" -> TermsElement;
        create_link_signup = "createLinkSignupElement"(LinkSignupElementOptions),
            get_link_signup = "getLinkSignupElement" -> LinkSignupElement;
    }
}

mod load_actions {
    use super::*;

    calls! {
        impl CheckoutElementsSdk("checkout") {
            /// Waits for the session, and answers with what can be done with it.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/load_actions>.
            ///
            /// # Errors
            /// [`ErrorKind::Checkout`](crate::ErrorKind::Checkout) if the session cannot be used.
            fn load_actions = "loadActions"() -> CheckoutActions;
        }
    }
}

/// What both ways of showing a session have.
macro_rules! shown {
    ($On:ident, $Look:ty) => {
        impl $On {
            /// The session changed.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/change_event>.
            pub fn on_change(
                &self,
                mut handler: impl FnMut(CheckoutSession) + 'static,
            ) -> Subscription {
                let handler = move |session: JsValue| {
                    handler(CheckoutSession::read(&session).unwrap_or_default());
                };
                Subscription::new(&self.handle, CHANGE, Box::new(handler))
            }

            /// Changes how its elements look.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/change_appearance>.
            ///
            /// # Errors
            /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused it.
            pub fn change_appearance(
                &self,
                appearance: impl Into<Given<$Look>>,
            ) -> Result<(), StripeError> {
                self.tell(CHANGE_APPEARANCE, &appearance.into())
            }

            /// Adds fonts that its elements may use.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/load_fonts>.
            ///
            /// # Errors
            /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused them.
            pub fn load_fonts(
                &self,
                fonts: impl Into<Given<Vec<Font>>>,
            ) -> Result<(), StripeError> {
                self.tell(LOAD_FONTS, &fonts.into())
            }

            fn tell<T>(&self, method: &str, options: &Given<T>) -> Result<(), StripeError> {
                js::plain(options)
                    .and_then(|options| js::call(&self.handle, method, &[options]))
                    .map(drop)
                    .map_err(js::thrown)
            }
        }
    };
}

shown!(CheckoutElementsSdk, Appearance);
shown!(CheckoutFormSdk, FormAppearance);

impl AsRef<JsValue> for CheckoutElementsSdk {
    fn as_ref(&self) -> &JsValue {
        &self.handle
    }
}

pub(crate) const CHANGE: &str = "change";
pub(crate) const CHANGE_APPEARANCE: &str = "changeAppearance";
pub(crate) const LOAD_FONTS: &str = "loadFonts";

/// What can be done with a Checkout Session. Each call answers with the session as it is afterwards.
///
/// See <https://docs.stripe.com/js/custom_checkout/load_actions>.
#[derive(Clone, Debug)]
pub struct CheckoutActions {
    handle: JsValue,
}

impl Reply for CheckoutActions {
    fn reply(answer: &JsValue) -> Result<Self, StripeError> {
        use crate::readable::Readable;
        let handle = answer.object("actions");
        handle
            .map(|handle| Self { handle })
            .ok_or_else(|| StripeError::incomplete("actions"))
    }
}

impl AsRef<JsValue> for CheckoutActions {
    fn as_ref(&self) -> &JsValue {
        &self.handle
    }
}

reply! { CheckoutSession = "session"; }

mod actions {
    use super::*;

    calls! {
        impl CheckoutActions("actions") {
            /// Applies a promotion code.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/apply_promotion_code>.
            fn apply_promotion_code = "applyPromotionCode"(code: text) -> CheckoutSession;

            /// Takes the promotion code away.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/remove_promotion_code>.
            fn remove_promotion_code = "removePromotionCode"() -> CheckoutSession;

            /// Sets where the goods go.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/update_shipping_address>.
            fn update_shipping_address = "updateShippingAddress"(contact: given(CheckoutContact)) -> CheckoutSession;

            /// Sets where the payment method is billed to.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/update_billing_address>.
            fn update_billing_address = "updateBillingAddress"(contact: given(CheckoutContact)) -> CheckoutSession;

            /// Sets the phone number.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/update_phone_number>.
            fn update_phone_number = "updatePhoneNumber"(phone: text) -> CheckoutSession;

            /// Sets the e-mail address.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/update_email>.
            fn update_email = "updateEmail"(email: text) -> CheckoutSession;

            /// Sets the person's name.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout>.
            fn update_individual_name = "updateIndividualName"(name: text) -> CheckoutSession;

            /// Sets the business's name.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout>.
            fn update_business_name = "updateBusinessName"(name: text) -> CheckoutSession;

            /// Changes how many of a line are bought.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/update_line_item_quantity>.
            fn update_line_item_quantity = "updateLineItemQuantity"(line: given(LineItemQuantity)) -> CheckoutSession;

            /// Sets the tax ID.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/update_tax_id_info>.
            fn update_tax_id_info = "updateTaxIdInfo"(tax_id: given(TaxIdInfo)) -> CheckoutSession;

            /// Chooses a way of shipping, by its id.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/update_shipping_option>.
            fn update_shipping_option = "updateShippingOption"(id: text) -> CheckoutSession;

            /// Adds an optional item, by its price's id.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout>.
            fn add_optional_line_item = "addOptionalLineItem"(price: text) -> CheckoutSession;

            /// Takes an optional item away, by its price's id.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout>.
            fn remove_optional_line_item = "removeOptionalLineItem"(price: text) -> CheckoutSession;

            /// Checks the form, and shows what is missing.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout>.
            fn validate_elements = "validateElements"() -> CheckoutSession;

            /// Pays. Without more, the page is left for `return_url` when that succeeds.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/confirm>.
            fn confirm = "confirm"(options: given(ConfirmCheckout)) -> CheckoutSession;
        }
    }
}

impl CheckoutActions {
    /// The session as it is now.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/session>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn session(&self) -> Result<CheckoutSession, StripeError> {
        let session = js::call(&self.handle, GET_SESSION, &[]).map_err(js::thrown)?;
        CheckoutSession::read(&session).ok_or_else(|| StripeError::incomplete("session"))
    }

    /// Lets your server change the session, and shows it afterwards. An error of yours becomes the answer's.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/run_server_update>.
    ///
    /// # Errors
    /// Whatever Stripe answers.
    pub fn run_server_update(
        &self,
        update: impl Future<Output = Result<(), String>> + 'static,
    ) -> Answer<CheckoutSession> {
        // Stripe.js calls it once.
        let update = Closure::once_into_js(move || -> Promise {
            future_to_promise(async move {
                let updated = update.await;
                updated.map(|()| JsValue::UNDEFINED).map_err(JsValue::from)
            })
        });
        let called = js::call(&self.handle, RUN_SERVER_UPDATE, &[update]);
        Answer::new(called, CheckoutSession::reply)
    }
}

pub(crate) const GET_SESSION: &str = "getSession";
pub(crate) const RUN_SERVER_UPDATE: &str = "runServerUpdate";

/// All calls of this file, with samples.
#[cfg(test)]
pub(crate) fn bound() -> Vec<crate::proof::BoundCall> {
    use crate::proof::BoundCall;
    let mut calls = vec![
        BoundCall::plain::<CheckoutElementsSdkOptions>("stripe", INIT_ELEMENTS_SDK),
        BoundCall::plain::<Appearance>("checkout", CHANGE_APPEARANCE),
        BoundCall::plain::<Vec<Font>>("checkout", LOAD_FONTS),
        BoundCall::new::<()>("actions", GET_SESSION),
        BoundCall::plain::<CheckoutFormSdkOptions>("stripe", INIT_FORM_SDK),
        BoundCall::plain::<FormAppearance>("checkoutForm", CHANGE_APPEARANCE),
        BoundCall::plain::<Vec<Font>>("checkoutForm", LOAD_FONTS),
    ];
    calls.extend(form::bound_elements());
    calls.extend(form::bound_calls());
    calls.extend(form::load_actions::bound_calls());
    calls.extend(bound_elements());
    calls.extend(load_actions::bound_calls());
    calls.extend(actions::bound_calls());
    calls
}
