//! The wallet that a card came out of: of the browser, or of another company. The test wallets of Stripe.js are
//! `js/express-checkout-sheet/`; here is only what the API tells of them.

use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// Wallets that hand over a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wallet {
    /// Apple's, of a browser on its devices.
    ApplePay,
    /// Google's, of Chrome.
    GooglePay,
    /// Stripe's own, of any browser.
    Link,
}

impl Wallet {
    pub(crate) const NAMES: &[(&str, Wallet)] = &[
        ("apple_pay", Wallet::ApplePay),
        ("google_pay", Wallet::GooglePay),
        ("link", Wallet::Link),
    ];

    /// The `wallet` of a card. Link hands over the card's own number, the others one of the device.
    pub(crate) fn json(self, last4: &str) -> Value {
        match self {
            Wallet::ApplePay => {
                json!({ "apple_pay": { "type": "apple_pay" }, "dynamic_last4": last4, "type": "apple_pay" })
            }
            Wallet::GooglePay => {
                json!({ "dynamic_last4": last4, "google_pay": {}, "type": "google_pay" })
            }
            Wallet::Link => json!({ "dynamic_last4": null, "link": {}, "type": "link" }),
        }
    }

    /// What the older card of a token calls it.
    pub(crate) fn tokenization_method(self) -> Option<&'static str> {
        match self {
            Wallet::ApplePay => Some("apple_pay"),
            Wallet::GooglePay => Some("android_pay"),
            Wallet::Link => None,
        }
    }
}
