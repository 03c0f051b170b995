//! A Checkout Session as one ready form.

use wasm_bindgen::JsValue;

use super::form_change::{CheckoutFormChange, CheckoutFormConfirm};
use super::{CheckoutActions, CheckoutDefaults, SavedPaymentMethods, elements};
use crate::appearance::{InputStyle, LabelStyle, Theme, Variables};
use crate::calls::{calls, reply};
use crate::elements::element::element;
use crate::elements::payment::Show;
use crate::elements::{
    ApplePayTheme, ConfirmReply, Contact, CurrencySelectorElement, Font, GooglePayTheme, LoaderUi,
    PayPalTheme, WalletsOffered,
};
use crate::error::StripeError;
use crate::given::Given;
use crate::names::closed_enum;
use crate::options::options;
use crate::secret::Secret;
use crate::stripe::Stripe;

/// A Checkout Session shown as one ready form. Clones are handles to the same session.
///
/// See <https://docs.stripe.com/payments/checkout>.
#[derive(Clone, Debug)]
pub struct CheckoutFormSdk {
    pub(super) handle: JsValue,
}

impl Stripe {
    /// Opens a Checkout Session that is shown as one ready form.
    ///
    /// See <https://docs.stripe.com/payments/checkout>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
    pub fn init_checkout_form_sdk(
        &self,
        options: impl Into<Given<CheckoutFormSdkOptions>>,
    ) -> Result<CheckoutFormSdk, StripeError> {
        self.make(INIT_FORM_SDK, &options.into())
            .map(|handle| CheckoutFormSdk { handle })
    }
}

pub(crate) const INIT_FORM_SDK: &str = "initCheckoutFormSdk";

impl AsRef<JsValue> for CheckoutFormSdk {
    fn as_ref(&self) -> &JsValue {
        &self.handle
    }
}

elements! {
    impl CheckoutFormSdk("checkoutForm") {
        create_form = "createForm"(CheckoutFormOptions), get_form = "getForm" -> CheckoutForm;
        create_currency_selector = "createCurrencySelectorElement"(),
            get_currency_selector = "getCurrencySelectorElement" -> CurrencySelectorElement;
    }
}

pub(super) mod load_actions {
    use super::*;

    calls! {
        impl CheckoutFormSdk("checkoutForm") {
            /// Waits for the session, and answers with what can be done with it. What the form itself asks for cannot be
            /// set: Stripe.js has no such actions here, and says so.
            ///
            /// See <https://docs.stripe.com/js/custom_checkout/load_actions>.
            ///
            /// # Errors
            /// [`ErrorKind::Checkout`](crate::ErrorKind::Checkout) if the session cannot be used.
            fn load_actions = "loadActions"() -> CheckoutActions;
        }
    }
}

element! {
    /// The ready form of a Checkout Session: [`CheckoutFormSdk::create_form`] makes it, no group of Elements does.
    ///
    /// See <https://docs.stripe.com/payments/checkout>.
    PaymentForm = "paymentForm", CheckoutForm(CheckoutFormOptions) {
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart, cancel],
        /// What the shopper filled in changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change>.
        on on_change = "change"(CheckoutFormChange),
        /// The shopper wants to pay: now confirm the session.
        ///
        /// See <https://docs.stripe.com/js/custom_checkout/confirm>.
        on on_confirm = "confirm"(CheckoutFormConfirm) replies ConfirmReply,
    }
}

calls! {
    impl CheckoutForm("paymentForm") {
        /// What is filled in, also where it is not complete.
        ///
        /// See <https://docs.stripe.com/payments/checkout>.
        fn get_value = "getValue"() -> CheckoutFormChange;

        /// Shows a part of the form, by its index.
        ///
        /// See <https://docs.stripe.com/payments/checkout>.
        fn set_view = "setView"(index: number) -> ();
    }
}

reply! { CheckoutFormChange; }

options! {
    /// How a Checkout Session is shown as one form.
    #[serde(rename_all = "camelCase")]
    pub struct CheckoutFormSdkOptions {
        required {
            /// The session's client secret.
            client_secret: Secret,
        }
        /// How the form looks.
        appearance: FormAppearance,
        /// Whether a skeleton is shown while it loads.
        loader: LoaderUi,
        /// Fonts it may use.
        fonts: Vec<Font>,
        /// What is offered of saved payment methods.
        saved_payment_method: SavedPaymentMethods,
        /// What is known of the shopper already.
        default_values: CheckoutDefaults,
    }
}

options! {
    /// How the form looks: an [`Appearance`](crate::Appearance) without rules.
    #[serde(rename_all = "camelCase")]
    pub struct FormAppearance {
        /// Where to begin.
        theme: Theme,
        /// Names such as `colorPrimary`, and their values.
        variables: Variables,
        /// How labels stand to their fields.
        labels: LabelStyle,
        /// How fields stand to each other.
        inputs: InputStyle,
        /// Whether nothing moves.
        disable_animations: bool,
    }
}

options! {
    /// What the form shows.
    #[serde(rename_all = "camelCase")]
    pub struct CheckoutFormOptions {
        /// How much of it is open.
        layout: FormLayout,
        /// Addresses to choose from.
        contacts: Vec<Contact>,
        /// Its wallet buttons.
        express_checkout: FormExpressCheckout,
        /// What it offers beside.
        features: FormFeatures,
    }
}

closed_enum! {
    /// How much of the form is open.
    pub enum FormLayout {
        /// All of it.
        Expanded = "expanded",
        /// One part at a time.
        Compact = "compact",
    }
}

options! {
    /// The form's wallet buttons.
    #[serde(rename_all = "camelCase")]
    pub struct FormExpressCheckout {
        /// Their height in pixels, 40 to 55.
        #[serde(rename = "buttonHeight")]
        button_height_px: u32,
        /// Their colours.
        button_theme: FormButtonThemes,
        /// Which wallets are offered.
        payment_methods: WalletsOffered,
    }
}

options! {
    /// The colours of the form's wallet buttons.
    #[serde(rename_all = "camelCase")]
    pub struct FormButtonThemes {
        /// Apple Pay's.
        apple_pay: ApplePayTheme,
        /// Google Pay's.
        google_pay: GooglePayTheme,
        /// PayPal's.
        paypal: PayPalTheme,
        /// Klarna's.
        klarna: KlarnaTheme,
    }
}

closed_enum! {
    /// The colour of a Klarna button.
    pub enum KlarnaTheme {
        /// Dark.
        Dark = "dark",
        /// Light.
        Light = "light",
        /// With an outline.
        Outlined = "outlined",
    }
}

options! {
    /// What the form offers beside.
    #[serde(rename_all = "camelCase")]
    pub struct FormFeatures {
        /// Whether it takes promotion codes.
        promotion_code_collection: Show,
    }
}
