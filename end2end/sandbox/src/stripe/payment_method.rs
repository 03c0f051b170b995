//! PaymentMethods (docs.stripe.com/api/payment_methods): cards, for now.
//! Only test cards get this far: the number of a real one is never kept.

use super::card::Card;
use super::error::{Error, Result};
use super::params::{self, Metadata, Params};
use super::table::Row;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The `payment_method_data` of a request, or what a named card has in its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PaymentMethodData {
    pub card: Card,
    pub billing_details: Value,
    pub allow_redisplay: Option<String>,
    pub metadata: Metadata,
}

impl PaymentMethodData {
    pub(crate) fn of_card(card: Card) -> Result<Self> {
        Ok(PaymentMethodData {
            card,
            billing_details: params::billing_details(None)?,
            allow_redisplay: None,
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn read(mut params: Params, now: i64) -> Result<Self> {
        match params.required_text("type")?.as_str() {
            "card" => {}
            other => {
                return Err(Error::invalid(format!(
                    "The sandbox models cards only, for now: payment method type `{other}` is not available."
                ))
                .param(params.name("type")));
            }
        }
        let billing_details = params.map("billing_details")?;
        let billing_details = params::billing_details(billing_details)?;
        let allow_redisplay = params
            .choice(
                "allow_redisplay",
                &[
                    ("always", "always"),
                    ("limited", "limited"),
                    ("unspecified", "unspecified"),
                ],
            )?
            .map(str::to_owned);
        let metadata = params.metadata(&Metadata::new())?;
        let card = params.map("card")?.ok_or_else(|| params.missing("card"))?;
        params.without_effect(&[
            "radar_options",
            "guid",
            "muid",
            "sid",
            "referrer",
            "time_on_page",
        ]);
        params.finish()?;
        Ok(PaymentMethodData {
            card: Card::read(card, now)?,
            billing_details,
            allow_redisplay,
            metadata,
        })
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PaymentMethod {
    pub id: String,
    pub created: i64,
    pub data: PaymentMethodData,
}

impl Row for PaymentMethod {
    fn id(&self) -> &str {
        &self.id
    }
}

impl PaymentMethod {
    pub(crate) fn json(&self, account: &str) -> Value {
        json!({
            "id": self.id,
            "object": "payment_method",
            "allow_redisplay": self.data.allow_redisplay.as_deref().unwrap_or("unspecified"),
            "billing_details": self.data.billing_details,
            "card": self.data.card.json(account),
            "created": self.created,
            "customer": null,
            "customer_account": null,
            "livemode": false,
            "metadata": self.data.metadata,
            "type": "card",
        })
    }
}
