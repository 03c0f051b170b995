//! The options of a group of Elements, at its creation and later.

use serde::{Serialize, Serializer};

use crate::appearance::Appearance;
use crate::extra::Extra;
use crate::options::options;

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
/// makes later; Stripe refuses the token otherwise. Stripe.js before `endive` had `paymentMethodTypes`; it is an error now, and
/// `allowed_payment_method_types` replaces it.
///
/// See <https://docs.stripe.com/js/elements_object/create_without_intent>.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ElementsOptions {
    /// What the form is for.
    #[serde(flatten)]
    pub mode: Mode,
    /// When the money is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture_method: Option<CaptureMethod>,
    /// Whether the payment method will be used again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setup_future_usage: Option<SetupFutureUsage>,
    /// The only types to offer, such as `card`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_payment_method_types: Option<Vec<String>>,
    /// Types never to offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded_payment_method_types: Option<Vec<String>>,
    /// How the elements look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appearance: Option<Appearance>,
    /// Fonts the elements may use: they do not see the page's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fonts: Option<Vec<Font>>,
    /// The language of labels and messages, as an IETF tag; the browser's by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Whether a skeleton is shown while elements load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loader: Option<LoaderUi>,
    /// Options that these types do not know.
    #[serde(flatten)]
    pub extra: Extra,
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
            capture_method: None,
            setup_future_usage: None,
            allowed_payment_method_types: None,
            excluded_payment_method_types: None,
            appearance: None,
            fonts: None,
            locale: None,
            loader: None,
            extra: Extra::default(),
        }
    }
}

/// What a form is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Mode {
    /// One payment.
    Payment {
        /// In the currency's smallest unit.
        #[serde(rename = "amount")]
        amount_minor: i64,
        /// Three letters, lower case.
        currency: String,
    },
    /// A payment method kept for later.
    Setup {
        /// Three letters, lower case; needed for dynamic payment methods.
        #[serde(skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
    },
    /// The first of many payments.
    Subscription {
        /// In the currency's smallest unit.
        #[serde(rename = "amount")]
        amount_minor: i64,
        /// Three letters, lower case.
        currency: String,
    },
}

options! {
    /// A change of a group's options.
    ///
    /// `loader` is missing: it cannot change. See <https://docs.stripe.com/js/elements_object/update>.
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
        /// The only types to offer.
        allowed_payment_method_types: Vec<String>,
        /// Types never to offer.
        excluded_payment_method_types: Vec<String>,
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

/// What a form is for, by name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeName {
    /// One payment.
    Payment,
    /// A payment method kept for later.
    Setup,
    /// The first of many payments.
    Subscription,
}

/// When the money is taken. See <https://docs.stripe.com/payments/place-a-hold-on-a-payment-method>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureMethod {
    /// With the confirmation.
    Automatic,
    /// With the confirmation, without waiting for it.
    AutomaticAsync,
    /// Later, by the server.
    Manual,
}

/// Whether a payment method will be used again. See <https://docs.stripe.com/payments/save-during-payment>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupFutureUsage {
    /// Also while its owner is away.
    OffSession,
    /// Only with its owner present.
    OnSession,
    /// Not at all: `null`, which takes an earlier answer back in an update.
    Unset,
}

impl Serialize for SetupFutureUsage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::OffSession => serializer.serialize_str("off_session"),
            Self::OnSession => serializer.serialize_str("on_session"),
            Self::Unset => serializer.serialize_unit(),
        }
    }
}

/// Whether a skeleton is shown while elements load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LoaderUi {
    /// Stripe decides.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A font that elements may use. See <https://docs.stripe.com/js/appendix/css_font_source_object>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Font {
    /// A style sheet with `@font-face` rules.
    Css {
        /// Its address.
        css_src: String,
    },
    /// One font file.
    Custom {
        /// The name to give it.
        family: String,
        /// A value of `src` in a `@font-face` rule.
        src: String,
        /// A value of `font-display`.
        #[serde(skip_serializing_if = "Option::is_none")]
        display: Option<String>,
        /// Upright or not.
        #[serde(skip_serializing_if = "Option::is_none")]
        style: Option<FontStyle>,
        /// A value of `unicode-range`.
        #[serde(skip_serializing_if = "Option::is_none")]
        unicode_range: Option<String>,
        /// A value of `font-weight`.
        #[serde(skip_serializing_if = "Option::is_none")]
        weight: Option<String>,
    },
}

/// Upright or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FontStyle {
    /// Upright.
    Normal,
    /// Italic.
    Italic,
    /// Slanted.
    Oblique,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::appearance::Theme;

    fn check(options: &impl Serialize, expected: Value) {
        assert_eq!(serde_json::to_value(options).unwrap(), expected);
    }

    #[test]
    fn each_mode_sends_what_stripe_requires_and_nothing_else() {
        check(
            &ElementsOptions::payment(1_999, "usd"),
            json!({ "mode": "payment", "amount": 1999, "currency": "usd" }),
        );
        check(&ElementsOptions::setup(), json!({ "mode": "setup" }));
        check(
            &ElementsOptions::of(Mode::Setup {
                currency: Some("eur".into()),
            }),
            json!({ "mode": "setup", "currency": "eur" }),
        );
        check(
            &ElementsOptions::subscription(500, "jpy"),
            json!({ "mode": "subscription", "amount": 500, "currency": "jpy" }),
        );
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
                extra: Extra::default().with("onBehalfOf", "acct_1"),
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
                "onBehalfOf": "acct_1",
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
                extra: Extra::default().with("customPaymentMethods", json!([])),
                ..Default::default()
            },
            json!({
                "mode": "subscription",
                "amount": 2500,
                "currency": "eur",
                "setupFutureUsage": null,
                "customPaymentMethods": [],
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
