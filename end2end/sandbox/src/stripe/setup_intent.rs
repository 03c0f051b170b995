//! SetupIntents (docs.stripe.com/api/setup_intents): saving a payment method without paying.
//!
//! | state | confirm | declined | bank agrees | bank refuses | cancel | method | metadata |
//! |---|---|---|---|---|---|---|---|
//! | requires_payment_method | succeeded | 402 | - | - | canceled | requires_confirmation | same |
//! | requires_confirmation | succeeded | 402 | - | - | canceled | requires_confirmation | same |
//! | requires_action | 400 | 400 | succeeded | requires_payment_method | canceled | 400 | same |
//! | succeeded | 400 | 400 | - | - | 400 | 400 | same |
//! | canceled | 400 | 400 | - | - | 400 | 400 | same |
//!
//! 402 leads to `requires_payment_method`; 400 (`setup_intent_unexpected_state`) changes nothing. A test runs every cell.

mod calls;
mod confirm;
mod settle;

use super::accepted_methods::AcceptedMethods;
use super::error::{Error, Result};
use super::mandate::Acceptance;
use super::params::Metadata;
use super::payment_intent::{FutureUsage, OptionsByMethod, PaymentError, Request3ds};
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Object, Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Succeeded,
    Canceled,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Status::RequiresPaymentMethod => "requires_payment_method",
            Status::RequiresConfirmation => "requires_confirmation",
            Status::RequiresAction => "requires_action",
            Status::Succeeded => "succeeded",
            Status::Canceled => "canceled",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SetupIntent {
    pub id: String,
    pub client_secret: String,
    pub created: i64,
    pub status: Status,
    pub usage: FutureUsage,
    pub attach_to_self: bool,
    #[serde(flatten)]
    pub methods: AcceptedMethods,
    pub request_three_d_secure: Request3ds,
    pub cancellation_reason: Option<String>,
    pub customer: Option<String>,
    pub description: Option<String>,
    pub last_setup_error: Option<PaymentError>,
    pub metadata: Metadata,
    pub payment_method: Option<String>,
    /// `payatt_…`: what the shopper is asked for.
    pub authentication: Option<String>,
    /// How the payer agreed to the latest confirmation.
    #[serde(default)]
    pub acceptance: Option<Acceptance>,
    /// `setatt_…`
    #[serde(default)]
    pub latest_attempt: Option<String>,
    #[serde(default)]
    pub mandate: Option<String>,
    /// Amount and currency of a mandate for one payment, if that is what is wanted.
    #[serde(default)]
    pub single_use: Option<(i64, String)>,
    #[serde(default)]
    pub single_use_mandate: Option<String>,
    #[serde(default)]
    pub flow_directions: Option<Vec<String>>,
    #[serde(default)]
    pub method_options: OptionsByMethod,
}

impl Row for SetupIntent {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let owners = [&self.customer, &self.payment_method];
        owners.into_iter().filter_map(Option::as_deref).collect()
    }
}

impl SetupIntent {
    /// The methods that can be saved.
    pub(crate) fn payment_method_types(&self) -> Vec<&'static str> {
        self.methods.for_setup()
    }

    /// What a browser sees, with the publishable key and the client secret.
    pub(crate) fn public_json(&self, world: &World) -> Value {
        let waits = self.status == Status::RequiresAction;
        let authentication = self.authentication.as_ref().filter(|_| waits);
        let authentication = authentication.and_then(|id| world.authentications.get(id));
        json!({
            "id": self.id,
            "object": "setup_intent",
            "automatic_payment_methods": self.methods.automatic_json(),
            "cancellation_reason": self.cancellation_reason,
            "client_secret": self.client_secret,
            "created": self.created,
            "description": self.description,
            "last_setup_error": self.last_setup_error.as_ref().map(|error| error.json(world)),
            "livemode": false,
            "next_action": authentication.map(|authentication| authentication.next_action.clone()),
            "payment_method": self.payment_method,
            "payment_method_configuration_details": {
                "id": world.payment_method_configuration, "parent": null,
            },
            "payment_method_types": self.payment_method_types(),
            "status": self.status.as_str(),
            "usage": self.usage,
        })
    }

    /// All fields, for the holder of the secret key.
    pub(crate) fn json(&self, world: &World) -> Value {
        let mut json = self.public_json(world);
        let rest = json!({
            "allowed_payment_method_types": self.methods.allowed_payment_method_types,
            "application": null,
            "customer": self.customer,
            "customer_account": null,
            "excluded_payment_method_types": self.methods.excluded_payment_method_types,
            "flow_directions": self.flow_directions,
            "latest_attempt": self.latest_attempt,
            "managed_payments": null,
            "mandate": self.mandate,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "payment_method_options": self.method_options_json(),
            "single_use_mandate": self.single_use_mandate,
        });
        if let (Value::Object(json), Value::Object(rest)) = (&mut json, rest) {
            json.append(rest);
        }
        if self.attach_to_self {
            json["attach_to_self"] = json!(true);
        }
        json
    }

    fn method_options_json(&self) -> Value {
        let mut json = Object::new();
        let card = json!({
            "mandate_options": null,
            "network": null,
            "request_three_d_secure": self.request_three_d_secure,
        });
        json.insert("card", card);
        for (name, options) in &self.method_options {
            json.insert(name.clone(), options.json(name));
        }
        Value::Object(json)
    }

    /// 400 `setup_intent_unexpected_state`, with the intent as it is kept.
    pub(crate) fn unexpected_state(&self, world: &World, message: String) -> Box<Error> {
        let mut error = Error::invalid(message).code("setup_intent_unexpected_state");
        let kept = world.setup_intents.get(&self.id);
        error.setup_intent = kept.map(|kept| kept.json(world));
        error
    }
}

/// The intent with this id, for a path.
pub(crate) fn find<'a>(world: &'a World, id: &str) -> Result<&'a SetupIntent> {
    let intent = world.setup_intents.get(id);
    intent.ok_or_else(|| Error::missing_intent("setup_intent", id))
}

/// The intent, for a browser that knows its secret.
pub(crate) fn find_by_secret<'a>(
    world: &'a World,
    id: &str,
    client_secret: &str,
) -> Result<&'a SetupIntent> {
    let intent = find(world, id)?;
    if intent.client_secret == client_secret {
        return Ok(intent);
    }
    Err(Error::invalid(
        "The client_secret provided does not match the client_secret associated with the SetupIntent.",
    )
    .code("setup_intent_invalid_parameter")
    .param("client_secret"))
}
