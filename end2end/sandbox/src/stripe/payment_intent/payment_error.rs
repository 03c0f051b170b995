//! Why a confirmation failed, as it stays on the intent.

use crate::stripe::decline::Decline;
use crate::stripe::error::{self, ErrorType};
use crate::stripe::world::World;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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

    /// The shopper failed at the bank, or gave up.
    pub(crate) fn not_authenticated(code: &str, payment_method: String) -> Self {
        PaymentError {
            kind: ErrorType::InvalidRequest.as_str().to_owned(),
            code: code.to_owned(),
            decline_code: None,
            message: "We are unable to authenticate your payment method. Please choose a different payment method \
                      and try again."
                .to_owned(),
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
        json
    }
}
