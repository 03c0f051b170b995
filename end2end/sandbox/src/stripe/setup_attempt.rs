//! SetupAttempts (docs.stripe.com/api/setup_attempts): one confirmation of a SetupIntent, and how it went.

use super::call::Call;
use super::error::{Error, Result};
use super::json::{Object, Value, json};
use super::list::Page;
use super::params::Params;
use super::payment_intent::{FutureUsage, PaymentError};
use super::table::Row;
use super::world::World;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SetupAttemptStatus {
    RequiresAction,
    Succeeded,
    Failed,
    /// Canceled, or begun anew, before it was decided.
    Abandoned,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SetupAttempt {
    pub id: String,
    pub created: i64,
    pub setup_intent: String,
    pub payment_method: String,
    pub customer: Option<String>,
    pub attach_to_self: bool,
    pub flow_directions: Option<Vec<String>>,
    pub usage: FutureUsage,
    pub status: SetupAttemptStatus,
    pub error: Option<PaymentError>,
    pub authenticated: bool,
    /// The SEPA debit that the payer's bank account was saved as, and its mandate.
    pub generated: Option<(String, String)>,
}

impl Row for SetupAttempt {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.setup_intent]
    }
}

impl SetupAttempt {
    pub(crate) fn json(&self, world: &World) -> Value {
        let mut json = json!({
            "id": self.id,
            "object": "setup_attempt",
            "application": null,
            "created": self.created,
            "customer": self.customer,
            "customer_account": null,
            "flow_directions": self.flow_directions,
            "livemode": false,
            "on_behalf_of": null,
            "payment_method": self.payment_method,
            "payment_method_details": self.details(world),
            "setup_error": self.error.as_ref().map(|error| error.json(world)),
            "setup_intent": self.setup_intent,
            "status": self.status,
            "usage": self.usage,
        });
        if self.attach_to_self {
            json["attach_to_self"] = json!(true);
        }
        json
    }

    fn details(&self, world: &World) -> Value {
        let method = world.payment_methods.get(&self.payment_method);
        let Some(instrument) = method.map(|method| &method.data.instrument) else {
            return Value::Null;
        };
        let kind = instrument.type_name();
        let (debit, mandate) = match &self.generated {
            Some((debit, mandate)) => (Some(debit), Some(mandate)),
            None => (None, None),
        };
        let own = match instrument.card() {
            Some(card) => card.setup_json(&world.account, self.authenticated),
            None if kind == "bancontact" => json!({
                "bank_code": null,
                "bank_name": null,
                "bic": null,
                "generated_sepa_debit": debit,
                "generated_sepa_debit_mandate": mandate,
                "iban_last4": null,
                "preferred_language": null,
                "verified_name": null,
            }),
            None if kind == "ideal" => json!({
                "bank": null,
                "bic": null,
                "generated_sepa_debit": debit,
                "generated_sepa_debit_mandate": mandate,
                "iban_last4": null,
                "verified_name": null,
            }),
            None => json!({}),
        };
        let mut details = Object::new();
        details.insert("type", Value::from(kind));
        details.insert(kind, own);
        Value::Object(details)
    }
}

impl Call<'_> {
    /// The parameter `setup_intent` is required.
    pub(crate) fn list_setup_attempts(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let intent = params.required_text("setup_intent")?;
        if self.world.setup_intents.get(&intent).is_none() {
            return Err(Error::missing_param(
                "setup_intent",
                &intent,
                "setup_intent",
            ));
        }
        page.of(
            &self.world.setup_attempts.of(&intent),
            "/v1/setup_attempts",
            |_| true,
            |attempt| attempt.json(self.world),
        )
    }

    pub(crate) fn end_setup_attempt(
        &mut self,
        id: Option<&str>,
        status: SetupAttemptStatus,
        change: impl FnOnce(&mut SetupAttempt),
    ) {
        let attempt = id.and_then(|id| self.world.setup_attempts.get_mut(id));
        if let Some(attempt) = attempt {
            attempt.status = status;
            change(attempt);
        }
    }
}
