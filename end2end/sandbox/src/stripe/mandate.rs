//! Mandates (docs.stripe.com/api/mandates): a payer's leave to be debited, once or again.

use super::call::Call;
use super::error::{Error, Result};
use super::instrument::Instrument;
use super::json::{Object, Value, json};
use super::params::Params;
use super::random::fingerprint;
use super::table::Row;
use super::world::World;
use serde::{Deserialize, Serialize};

/// How the payer agreed (`mandate_data[customer_acceptance]`).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Acceptance {
    accepted_at: Option<i64>,
    /// The browser's address and name; on paper there is none.
    online: Option<(String, String)>,
}

/// The address and browser of whoever asks: here always the same.
fn shopper() -> (String, String) {
    ("127.0.0.1".to_owned(), "Mozilla/5.0 (sandbox)".to_owned())
}

impl Acceptance {
    /// Reads `mandate_data`; an empty one is none.
    pub(crate) fn read(params: &mut Params) -> Result<Option<Acceptance>> {
        if params.is_text("mandate_data", "") {
            return Ok(None);
        }
        let Some(mut data) = params.map("mandate_data")? else {
            return Ok(None);
        };
        let acceptance = data.map("customer_acceptance")?;
        let mut acceptance = acceptance.ok_or_else(|| data.missing("customer_acceptance"))?;
        let accepted_at = acceptance.integer("accepted_at")?;
        let kind = acceptance.one_of("type", &["offline", "online"])?;
        let kind = kind.ok_or_else(|| acceptance.missing("type"))?;
        let online = acceptance.map("online")?;
        let online = match (kind.as_str(), online) {
            ("online", Some(mut online)) => {
                // Stripe.js leaves it to Stripe to note who is asking.
                if online.boolean("infer_from_client")? == Some(true) {
                    Some(shopper())
                } else {
                    let ip_address = online.required_text("ip_address")?;
                    Some((ip_address, online.required_text("user_agent")?))
                }
            }
            ("online", None) => return Err(acceptance.missing("online")),
            _ => None,
        };
        Ok(Some(Acceptance {
            accepted_at,
            online,
        }))
    }

    /// What Stripe.js notes of the shopper who pressed the button.
    pub(crate) fn in_the_browser(now: i64) -> Acceptance {
        Acceptance {
            accepted_at: Some(now),
            online: Some(shopper()),
        }
    }

    pub(crate) fn json(&self) -> Value {
        match &self.online {
            Some((ip_address, user_agent)) => json!({
                "accepted_at": self.accepted_at,
                "online": { "ip_address": ip_address, "user_agent": user_agent },
                "type": "online",
            }),
            None => json!({ "accepted_at": self.accepted_at, "offline": {}, "type": "offline" }),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MandateStatus {
    Active,
    /// Used up, revoked, or refused by the bank.
    Inactive,
    /// The account is yet to be verified.
    Pending,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mandate {
    pub id: String,
    pub acceptance: Acceptance,
    pub payment_method: String,
    pub status: MandateStatus,
    /// Amount and currency of a mandate for one payment.
    pub single_use: Option<(i64, String)>,
}

impl Row for Mandate {
    fn id(&self) -> &str {
        &self.id
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.payment_method]
    }
}

impl Mandate {
    pub(crate) fn json(&self, world: &World) -> Value {
        let method = world.payment_methods.get(&self.payment_method);
        let kind = method.map_or("card", |method| method.data.instrument.type_name());
        let reference = fingerprint(&self.id).to_ascii_uppercase();
        let own = match kind {
            "sepa_debit" => json!({
                "reference": reference,
                "url": format!("https://hooks.stripe.com/adapter/sepa_debit/file/{}", self.id),
            }),
            "paypal" => json!({ "billing_agreement_id": null, "payer_id": null }),
            _ => json!({}),
        };
        let mut details = Object::new();
        details.insert("type", Value::from(kind.to_owned()));
        details.insert(kind.to_owned(), own);
        let mut json = json!({
            "id": self.id,
            "object": "mandate",
            "customer_acceptance": self.acceptance.json(),
            "livemode": false,
            "payment_method": self.payment_method,
            "payment_method_details": Value::Object(details),
            "status": self.status,
        });
        match &self.single_use {
            Some((amount, currency)) => {
                json["single_use"] = json!({ "amount": amount, "currency": currency });
                json["type"] = json!("single_use");
            }
            None => {
                json["multi_use"] = json!({});
                json["type"] = json!("multi_use");
            }
        }
        json
    }
}

/// Whether these can only be debited with the payer's leave, whatever else is agreed.
pub(crate) fn is_debit(instrument: &Instrument) -> bool {
    instrument.bank_account().is_some()
}

impl Call<'_> {
    /// Notes the payer's leave. The mandate's id.
    pub(crate) fn agree(
        &mut self,
        payment_method: &str,
        acceptance: Acceptance,
        status: MandateStatus,
        single_use: Option<(i64, String)>,
    ) -> String {
        let id = self.world.random.id("mandate_1");
        self.world.mandates.put(Mandate {
            id: id.clone(),
            acceptance,
            payment_method: payment_method.to_owned(),
            status,
            single_use,
        });
        id
    }

    /// The mandate under which a saved method can be charged again.
    pub(crate) fn standing_mandate(&self, payment_method: &str) -> Option<&Mandate> {
        let mandates = self.world.mandates.of(payment_method);
        mandates.iter().rfind(|mandate| {
            mandate.single_use.is_none() && mandate.status == MandateStatus::Active
        })
    }

    pub(crate) fn set_mandate(&mut self, id: &str, status: MandateStatus) {
        let Some(mut mandate) = self.world.mandates.get(id).cloned() else {
            return;
        };
        let before = mandate.json(self.world);
        mandate.status = status;
        let after = mandate.json(self.world);
        self.world.mandates.put(mandate);
        self.emit_updated("mandate.updated", &before, after);
    }

    /// The payer can no longer be charged with this method.
    pub(crate) fn end_mandates(&mut self, payment_method: &str) {
        let mandates = self.world.mandates.of(payment_method);
        let ids: Vec<String> = mandates.iter().map(|mandate| mandate.id.clone()).collect();
        for id in ids {
            self.set_mandate(&id, MandateStatus::Inactive);
        }
    }

    /// The mandate that a payment names, if it covers this method.
    pub(crate) fn check_named_mandate(&self, id: &str, payment_method: Option<&str>) -> Result<()> {
        let mandate = self.world.mandates.get(id);
        let mandate = mandate.ok_or_else(|| Error::missing_param("mandate", id, "mandate"))?;
        let fits = mandate.status == MandateStatus::Active
            && Some(mandate.payment_method.as_str()) == payment_method;
        if fits {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "The mandate {id} is not active, or was given for another payment method."
        ))
        .code("payment_intent_mandate_invalid")
        .param("mandate"))
    }
}

/// The words Stripe has for a debit without leave.
pub(crate) fn required(object: &str) -> Box<Error> {
    Error::invalid(format!(
        "This {object} requires a mandate, but no existing mandate was found. Collect mandate acceptance from the customer \
         and try again, providing acceptance data in the mandate_data parameter."
    ))
}
