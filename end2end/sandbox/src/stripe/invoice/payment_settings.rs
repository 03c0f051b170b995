//! `payment_settings` of an invoice or a subscription: which methods may pay, and card options.

use crate::stripe::error::Result;
use crate::stripe::json::{Value, json};
use crate::stripe::params::Params;
use crate::stripe::payment_intent::Request3ds;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PaymentSettings {
    pub payment_method_types: Option<Vec<String>>,
    /// Whether options were given at all.
    has_options: bool,
    pub request_three_d_secure: Option<Request3ds>,
}

impl PaymentSettings {
    pub(crate) fn read(&mut self, mut given: Params) -> Result<()> {
        let types = given.change_list("payment_method_types")?;
        types.apply(&mut self.payment_method_types);
        if let Some(mut options) = given.map("payment_method_options")? {
            self.has_options = true;
            self.request_three_d_secure = match options.map("card")? {
                None => None,
                Some(mut card) => card.choice("request_three_d_secure", Request3ds::NAMES)?,
            };
        }
        Ok(())
    }

    /// What an invoice's and a subscription's share; `card` is what else a card's options have.
    pub(crate) fn json(&self, card: Value) -> Value {
        let mut options = Value::Null;
        if self.has_options {
            options = json!({
                "acss_debit": null,
                "bancontact": null,
                "card": self.request_three_d_secure.map(|request| {
                    let mut card = card;
                    card["request_three_d_secure"] = json!(request);
                    card
                }),
                "customer_balance": null,
                "konbini": null,
                "payto": null,
                "pix": null,
                "sepa_debit": null,
                "upi": null,
                "us_bank_account": null,
            });
        }
        json!({
            "payment_method_options": options, "payment_method_types": self.payment_method_types,
        })
    }
}
