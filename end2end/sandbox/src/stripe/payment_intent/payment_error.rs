//! Why a confirmation failed, as it stays on the intent.

use crate::stripe::decline::{self, Decline};
use crate::stripe::error::{self, ErrorType};
use crate::stripe::json::{Value, json};
use crate::stripe::world::World;
use serde::{Deserialize, Serialize};

/// Why the latest confirmation failed. The payment method is an id: the wire shows it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PaymentError {
    #[serde(rename = "type")]
    pub kind: String,
    pub code: String,
    pub decline_code: Option<String>,
    pub message: String,
    pub charge: Option<String>,
    pub payment_method: String,
}

impl PaymentError {
    /// An issuer, or Radar, said no.
    pub(crate) fn declined(
        decline: Decline,
        charge: Option<String>,
        payment_method: String,
    ) -> Self {
        PaymentError {
            kind: ErrorType::Card.as_str().to_owned(),
            code: decline.code().to_owned(),
            decline_code: decline.decline_code().map(str::to_owned),
            message: decline.message().to_owned(),
            charge,
            payment_method,
        }
    }

    /// No bank's decline: the shopper failed, gave up or did not come.
    pub(crate) fn failed((code, message): (&str, &str), payment_method: String) -> Self {
        PaymentError {
            kind: ErrorType::InvalidRequest.as_str().to_owned(),
            code: code.to_owned(),
            decline_code: None,
            message: message.to_owned(),
            charge: None,
            payment_method,
        }
    }

    pub(crate) fn json(&self, world: &World) -> Value {
        let method = world.payment_methods.get(&self.payment_method);
        let mut json = json!({
            "type": self.kind,
            "code": self.code,
            "doc_url": error::doc_url(&self.code),
            "message": self.message,
            "payment_method": method.map(|method| method.json(&world.account)),
            "payment_method_type": method.map_or("card", |method| method.data.instrument.type_name()),
        });
        if let Some(charge) = &self.charge {
            json["charge"] = json!(charge);
        }
        if let Some(decline_code) = &self.decline_code {
            json["decline_code"] = json!(decline_code);
        }
        if self.kind == ErrorType::Card.as_str() {
            let advice = decline::advice(self.decline_code.as_ref().unwrap_or(&self.code));
            for (field, value) in [
                ("advice_code", advice.advice_code),
                ("network_decline_code", advice.network_decline_code),
                ("param", advice.param),
            ] {
                if let Some(value) = value {
                    json[field] = json!(value);
                }
            }
        }
        json
    }
}
