//! What a group of Elements is for: a payment, a payment method for later, the first of many payments.

use serde::{Serialize, Serializer};

use crate::names::closed_enum;

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

closed_enum! {
    /// What a form is for, by name alone.
    pub enum ModeName {
        /// One payment.
        Payment = "payment",
        /// A payment method kept for later.
        Setup = "setup",
        /// The first of many payments.
        Subscription = "subscription",
    }
}

closed_enum! {
    /// When the money is taken. See <https://docs.stripe.com/payments/place-a-hold-on-a-payment-method>.
    pub enum CaptureMethod {
        /// With the confirmation.
        Automatic = "automatic",
        /// With the confirmation, without waiting for it.
        AutomaticAsync = "automatic_async",
        /// Later, by the server.
        Manual = "manual",
    }
}

/// A payment method kept for later.
impl Default for Mode {
    fn default() -> Self {
        Self::Setup { currency: None }
    }
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

#[cfg(test)]
mod samples {
    use super::*;
    use crate::sample::Sample;

    impl Sample for Mode {
        fn samples() -> Vec<Self> {
            let currency = || "eur".to_owned();
            let amount_minor = 1_099;
            vec![
                Self::Payment {
                    amount_minor,
                    currency: currency(),
                },
                Self::Setup {
                    currency: Some(currency()),
                },
                Self::Setup { currency: None },
                Self::Subscription {
                    amount_minor,
                    currency: currency(),
                },
            ]
        }
    }

    impl Sample for SetupFutureUsage {
        fn samples() -> Vec<Self> {
            vec![Self::OffSession, Self::OnSession, Self::Unset]
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::elements::ElementsOptions;

    fn check(options: &ElementsOptions, expected: Value) {
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
}
