//! PaymentMethods (docs.stripe.com/api/payment_methods): what a customer pays with, saved or used once.
//! Only test cards and test accounts get this far: the number of a real one is never kept.

mod calls;
mod given;

use super::card::Card;
use super::error::Result;
use super::instrument::Instrument;
use super::params::{self, Metadata, Params};
use super::payment_intent::read_radar;
use super::table::Row;
use super::token;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

pub(crate) use given::Method;

const ALLOW_REDISPLAY: &[&str] = &["always", "limited", "unspecified"];

/// The `payment_method_data` of a request, or what a named card has in its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PaymentMethodData {
    #[serde(flatten)]
    pub instrument: Instrument,
    pub billing_details: Value,
    pub allow_redisplay: Option<String>,
    pub metadata: Metadata,
    /// A snapshot of the payer's browser.
    #[serde(default)]
    pub radar_session: Option<String>,
}

impl PaymentMethodData {
    pub(crate) fn of(instrument: Instrument) -> Result<Self> {
        Ok(PaymentMethodData {
            instrument,
            billing_details: params::billing_details(None)?,
            allow_redisplay: None,
            metadata: Metadata::new(),
            radar_session: None,
        })
    }

    pub(crate) fn read(mut params: Params, world: &World, now: i64) -> Result<Self> {
        let billing_details = params.map("billing_details")?;
        let mut billing_details = params::billing_details(billing_details)?;
        let allow_redisplay = params.one_of("allow_redisplay", ALLOW_REDISPLAY)?;
        let metadata = params.metadata(&Metadata::new())?;
        let mut radar_session = None;
        read_radar(&mut params, &mut radar_session)?;
        let instrument = Instrument::read(&mut params, world, now);
        let instrument = instrument?;
        if let Some(token) = instrument.token() {
            token::complete_billing_details(world, token, &mut billing_details);
        }
        Ok(PaymentMethodData {
            instrument,
            billing_details,
            allow_redisplay,
            metadata,
            radar_session,
        })
    }

    pub(crate) fn card(&self) -> Option<&Card> {
        self.instrument.card()
    }

    /// The fields a PaymentMethod and a preview of one share.
    pub(crate) fn json(&self, account: &str, customer: Option<&str>) -> Value {
        let mut json = json!({
            "allow_redisplay": self.allow_redisplay.as_deref().unwrap_or("unspecified"),
            "billing_details": self.billing_details,
            "customer": customer,
            "customer_account": null,
            "type": self.instrument.type_name(),
        });
        json[self.instrument.type_name()] = self.instrument.json(account);
        json
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PaymentMethod {
    pub id: String,
    pub created: i64,
    pub data: PaymentMethodData,
    #[serde(default)]
    pub customer: Option<String>,
    /// Authenticated for later payments without the customer.
    #[serde(default)]
    pub set_up_off_session: bool,
    /// Paid with and not saved, or taken from its customer: it cannot be used again.
    #[serde(default)]
    pub used_up: bool,
}

impl Row for PaymentMethod {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        self.customer.as_deref().into_iter().collect()
    }
}

impl PaymentMethod {
    pub(crate) fn json(&self, account: &str) -> Value {
        let mut json = self.data.json(account, self.customer.as_deref());
        // The issuer has seen a card that was charged or saved.
        if let Some(card) = self.data.card()
            && (self.used_up || self.customer.is_some())
        {
            json["card"]["checks"] = card.checks(&self.data.billing_details);
        }
        json["id"] = json!(self.id);
        json["object"] = json!("payment_method");
        json["created"] = json!(self.created);
        json["livemode"] = json!(false);
        if let Some(session) = &self.data.radar_session {
            json["radar_options"] = json!({ "session": session });
        }
        json["metadata"] = json!(self.data.metadata);
        json
    }
}
