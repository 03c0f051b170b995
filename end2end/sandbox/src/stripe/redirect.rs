//! Methods that send the shopper to another site (docs.stripe.com/payments/payment-methods), each by its test page.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RedirectMethod {
    AmazonPay,
    Bancontact,
    Eps,
    Ideal,
    Klarna,
    P24,
    Paypal,
    RevolutPay,
}

impl RedirectMethod {
    pub(crate) const ALL: &[RedirectMethod] = &[
        RedirectMethod::AmazonPay,
        RedirectMethod::Bancontact,
        RedirectMethod::Eps,
        RedirectMethod::Ideal,
        RedirectMethod::Klarna,
        RedirectMethod::P24,
        RedirectMethod::Paypal,
        RedirectMethod::RevolutPay,
    ];

    pub(crate) fn named(name: &str) -> Option<RedirectMethod> {
        Self::ALL
            .iter()
            .copied()
            .find(|method| method.as_str() == name)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            RedirectMethod::AmazonPay => "amazon_pay",
            RedirectMethod::Bancontact => "bancontact",
            RedirectMethod::Eps => "eps",
            RedirectMethod::Ideal => "ideal",
            RedirectMethod::Klarna => "klarna",
            RedirectMethod::P24 => "p24",
            RedirectMethod::Paypal => "paypal",
            RedirectMethod::RevolutPay => "revolut_pay",
        }
    }

    /// As the test page shows it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            RedirectMethod::AmazonPay => "Amazon Pay",
            RedirectMethod::Bancontact => "Bancontact",
            RedirectMethod::Eps => "EPS",
            RedirectMethod::Ideal => "iDEAL",
            RedirectMethod::Klarna => "Klarna",
            RedirectMethod::P24 => "Przelewy24",
            RedirectMethod::Paypal => "PayPal",
            RedirectMethod::RevolutPay => "Revolut Pay",
        }
    }

    pub(crate) fn takes(self, currency: &str) -> bool {
        match self {
            RedirectMethod::Bancontact | RedirectMethod::Eps | RedirectMethod::Ideal => {
                currency == "eur"
            }
            RedirectMethod::P24 => matches!(currency, "eur" | "pln"),
            RedirectMethod::AmazonPay
            | RedirectMethod::Klarna
            | RedirectMethod::Paypal
            | RedirectMethod::RevolutPay => matches!(currency, "eur" | "gbp" | "usd"),
        }
    }

    /// Whether money can be reserved first and captured later.
    pub(crate) fn captures_later(self) -> bool {
        matches!(
            self,
            RedirectMethod::AmazonPay
                | RedirectMethod::Klarna
                | RedirectMethod::Paypal
                | RedirectMethod::RevolutPay
        )
    }

    pub(crate) fn json(self) -> Value {
        match self {
            RedirectMethod::Ideal => json!({ "bank": null, "bic": null }),
            RedirectMethod::Eps | RedirectMethod::P24 => json!({ "bank": null }),
            RedirectMethod::Paypal => {
                json!({ "country": null, "payer_email": null, "payer_id": null })
            }
            _ => json!({}),
        }
    }
}
