//! The options of a group of Elements, at its creation and later.

use super::custom_payment_method::CustomPaymentMethod;
use super::font::Font;
use super::method_options::PaymentMethodOptions;
use super::mode::{CaptureMethod, Mode, ModeName, SetupFutureUsage};
use crate::appearance::Appearance;
use crate::extra::Extra;
use crate::names::closed_enum;
use crate::options::options;
use crate::secret::Secret;

options! {
    /// The options of a group without an intent. Begin with [`payment`](Self::payment), [`setup`](Self::setup) or
    /// [`subscription`](Self::subscription):
    ///
    /// ```
    /// use stripe_js::ElementsOptions;
    /// use stripe_js::elements::CaptureMethod;
    ///
    /// let options = ElementsOptions {
    ///     capture_method: Some(CaptureMethod::Manual),
    ///     ..ElementsOptions::payment(1_999, "usd")
    /// };
    /// ```
    ///
    /// What is said here about amount, currency, capture and future usage has to agree with the intent that the server
    /// makes later; Stripe refuses the token otherwise. Stripe.js before `endive` had `paymentMethodTypes`; it is an error
    /// now, and `allowed_payment_method_types` replaces it.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_without_intent>.
    #[serde(rename_all = "camelCase")]
    pub struct ElementsOptions {
        required {
            /// What the form is for.
            #[serde(flatten)]
            mode: Mode,
        }
        /// When the money is taken.
        capture_method: CaptureMethod,
        /// Whether the payment method will be used again.
        setup_future_usage: SetupFutureUsage,
        /// The connected account that the payment is for, `acct_…`.
        on_behalf_of: String,
        /// The only types to offer, such as `card`.
        allowed_payment_method_types: Vec<String>,
        /// Types never to offer.
        excluded_payment_method_types: Vec<String>,
        /// Which of your configurations says what to offer, `pmc_…`.
        payment_method_configuration: String,
        /// What only one payment method knows.
        payment_method_options: PaymentMethodOptions,
        /// That the page makes a payment method of the form, with
        /// [`create_payment_method_from_elements`](crate::Stripe::create_payment_method_from_elements).
        payment_method_creation: PaymentMethodCreation,
        /// Payment methods that you run yourself, by their names at Stripe.
        external_payment_method_types: Vec<String>,
        /// Payment methods that you run yourself, as your Dashboard knows them.
        custom_payment_methods: Vec<CustomPaymentMethod>,
        /// The secret of a customer session: with it, saved payment methods are shown. Optional: go on without it if there is
        /// none.
        customer_session_client_secret: Secret,
        /// The older way to show saved payment methods.
        customer_options: CustomerOptions,
        /// Which of two Address Elements carries the checkbox that makes both the same.
        sync_address_checkbox: SyncAddressCheckbox,
        /// Whether the shopper may pay in a currency of their own. Stripe has to open it for an account.
        adaptive_pricing: AdaptivePricing,
        /// How the elements look.
        appearance: Appearance,
        /// Fonts the elements may use: they do not see the page's own.
        fonts: Vec<Font>,
        /// The language of labels and messages, as an IETF tag; the browser's by default.
        locale: String,
        /// Whether a skeleton is shown while elements load.
        loader: LoaderUi,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

impl ElementsOptions {
    /// A payment of this amount, in the currency's smallest unit. The currency is three letters, lower case.
    pub fn payment(amount_minor: i64, currency: impl Into<String>) -> Self {
        Self::of(Mode::Payment {
            amount_minor,
            currency: currency.into(),
        })
    }

    /// A payment method kept for later.
    pub fn setup() -> Self {
        Self::of(Mode::Setup { currency: None })
    }

    /// The first payment of a subscription, in the currency's smallest unit.
    pub fn subscription(amount_minor: i64, currency: impl Into<String>) -> Self {
        Self::of(Mode::Subscription {
            amount_minor,
            currency: currency.into(),
        })
    }

    /// A group in this mode, with Stripe's defaults.
    pub fn of(mode: Mode) -> Self {
        Self {
            mode,
            ..Self::default()
        }
    }
}

options! {
    /// The options of a group with an intent that the server made before, or with none at all: single-field elements and
    /// [`PaymentMethodMessaging`](super::PaymentMethodMessaging) need none.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create>.
    #[serde(rename_all = "camelCase")]
    pub struct IntentElementsOptions {
        /// The intent's client secret.
        client_secret: Secret,
        /// The currency, for elements that ask for one.
        currency: String,
        /// That the page makes a payment method of the form.
        payment_method_creation: PaymentMethodCreation,
        /// Payment methods that you run yourself, as your Dashboard knows them.
        custom_payment_methods: Vec<CustomPaymentMethod>,
        /// The secret of a customer session: with it, saved payment methods are shown.
        customer_session_client_secret: Secret,
        /// The older way to show saved payment methods.
        customer_options: CustomerOptions,
        /// Which of two Address Elements carries the checkbox that makes both the same.
        sync_address_checkbox: SyncAddressCheckbox,
        /// How the elements look.
        appearance: Appearance,
        /// Fonts the elements may use: they do not see the page's own.
        fonts: Vec<Font>,
        /// The language of labels and messages, as an IETF tag; the browser's by default.
        locale: String,
        /// Whether a skeleton is shown while elements load.
        loader: LoaderUi,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// A change of a group's options.
    ///
    /// `loader`, `payment_method_options` and `payment_method_creation` are missing: they cannot change. See <https://docs.stripe.com/js/elements_object/update>.
    #[serde(rename_all = "camelCase")]
    pub struct ElementsUpdate {
        /// What the form is for.
        mode: ModeName,
        /// In the currency's smallest unit. Await the update before the next submit: wallets show this amount.
        #[serde(rename = "amount")]
        amount_minor: i64,
        /// Three letters, lower case.
        currency: String,
        /// When the money is taken.
        capture_method: CaptureMethod,
        /// Whether the payment method will be used again.
        setup_future_usage: SetupFutureUsage,
        /// The connected account that the payment is for, `acct_…`.
        on_behalf_of: String,
        /// The only types to offer.
        allowed_payment_method_types: Vec<String>,
        /// Types never to offer.
        excluded_payment_method_types: Vec<String>,
        /// Which of your configurations says what to offer, `pmc_…`.
        payment_method_configuration: String,
        /// Payment methods that you run yourself.
        custom_payment_methods: Vec<CustomPaymentMethod>,
        /// The secret of a customer session.
        customer_session_client_secret: Secret,
        /// How the elements look.
        appearance: Appearance,
        /// Fonts the elements may use.
        fonts: Vec<Font>,
        /// The language of labels and messages, as an IETF tag.
        locale: String,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

closed_enum! {
    /// Who makes the payment method.
    pub enum PaymentMethodCreation {
        /// The page.
        Manual = "manual",
    }
}

closed_enum! {
    /// Which of two Address Elements carries the checkbox that makes both the same.
    pub enum SyncAddressCheckbox {
        /// The one for billing, and the default.
        Billing = "billing",
        /// The one for shipping.
        Shipping = "shipping",
        /// Neither.
        None = "none",
    }
}

options! {
    /// Whether the shopper may pay in a currency of their own.
    pub struct AdaptivePricing {
        /// Whether they may.
        allowed: bool,
    }
}

options! {
    /// A customer and the key to their saved payment methods.
    #[serde(rename_all = "camelCase")]
    pub struct CustomerOptions {
        required {
            /// `cus_…`
            customer: String,
            /// The secret of an ephemeral key.
            ephemeral_key: Secret,
        }
    }
}

closed_enum! {
    /// Whether a skeleton is shown while elements load.
    pub enum LoaderUi {
        /// Stripe decides.
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::appearance::Theme;
    use crate::elements::FontStyle;
    use serde::Serialize;

    fn check(options: &impl Serialize, expected: Value) {
        assert_eq!(serde_json::to_value(options).unwrap(), expected);
    }

    #[test]
    fn every_option_has_stripes_name() {
        check(
            &ElementsOptions {
                capture_method: Some(CaptureMethod::AutomaticAsync),
                setup_future_usage: Some(SetupFutureUsage::OffSession),
                allowed_payment_method_types: Some(vec!["card".into()]),
                excluded_payment_method_types: Some(vec!["klarna".into()]),
                appearance: Some(Appearance {
                    theme: Some(Theme::Flat),
                    ..Default::default()
                }),
                fonts: Some(vec![
                    Font::Css {
                        css_src: "/fonts.css".into(),
                    },
                    Font::Custom {
                        family: "Inter".into(),
                        src: "url(/inter.woff2)".into(),
                        display: Some("swap".into()),
                        style: Some(FontStyle::Normal),
                        unicode_range: Some("U+0-FF".into()),
                        weight: Some("400".into()),
                    },
                ]),
                locale: Some("en-GB".into()),
                loader: Some(LoaderUi::Always),
                extra: Extra::default().with("weather", "fine"),
                ..ElementsOptions::payment(1_999, "usd")
            },
            json!({
                "mode": "payment",
                "amount": 1999,
                "currency": "usd",
                "captureMethod": "automatic_async",
                "setupFutureUsage": "off_session",
                "allowedPaymentMethodTypes": ["card"],
                "excludedPaymentMethodTypes": ["klarna"],
                "appearance": { "theme": "flat" },
                "fonts": [
                    { "cssSrc": "/fonts.css" },
                    {
                        "family": "Inter",
                        "src": "url(/inter.woff2)",
                        "display": "swap",
                        "style": "normal",
                        "unicodeRange": "U+0-FF",
                        "weight": "400",
                    },
                ],
                "locale": "en-GB",
                "loader": "always",
                "weather": "fine",
            }),
        );
    }

    #[test]
    fn an_update_names_only_what_changes() {
        check(&ElementsUpdate::default(), json!({}));
        check(
            &ElementsUpdate {
                mode: Some(ModeName::Subscription),
                amount_minor: Some(2_500),
                currency: Some("eur".into()),
                setup_future_usage: Some(SetupFutureUsage::Unset),
                extra: Extra::default().with("weather", json!([])),
                ..Default::default()
            },
            json!({
                "mode": "subscription",
                "amount": 2500,
                "currency": "eur",
                "setupFutureUsage": null,
                "weather": [],
            }),
        );
    }

    #[test]
    fn an_extra_wins_over_the_type() {
        let options = ElementsOptions {
            locale: Some("de".into()),
            extra: Extra::default().with("locale", "fr"),
            ..ElementsOptions::setup()
        };
        let text = serde_json::to_string(&options).unwrap();
        // A later member replaces an earlier one of the same name, for `JSON.parse` as for serde.
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["locale"], "fr");
    }

    #[test]
    fn the_values_of_extras_are_not_shown() {
        let extra = Extra::default().with("customerSessionClientSecret", "cuss_secret_hush");
        let options = ElementsOptions {
            extra,
            ..ElementsOptions::setup()
        };
        let shown = format!("{options:?} {:?}", crate::Json::from(&options));
        assert!(shown.contains("customerSessionClientSecret"));
        assert!(!shown.contains("hush"));
    }
}
