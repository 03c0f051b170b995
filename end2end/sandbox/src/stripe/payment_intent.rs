//! PaymentIntents (docs.stripe.com/api/payment_intents): their fields, states and two shapes on the wire.
//! What moves them is in the modules below.

mod close;
mod confirm;
mod create;
mod debit;
mod fields;
mod options;
mod payment_error;
mod settle;
mod update;

use super::error::{Error, Result};
use super::instrument::types_for;
use super::params::Metadata;
use super::redirect::RedirectMethod;
use super::table::Row;
use super::world::World;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) use fields::{email, read_automatic_payment_methods, refuse_payment_method_types};
pub(crate) use options::{
    AllowRedirects, CaptureMethod, CardOptions, ConfirmationMethod, FutureUsage, MethodUsage,
    Request3ds,
};
pub(crate) use payment_error::PaymentError;
pub(crate) use settle::HELD_FOR_S;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    RequiresCapture,
    /// A debit is under way, and will succeed or fail.
    Processing,
    Succeeded,
    Canceled,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Status::RequiresPaymentMethod => "requires_payment_method",
            Status::RequiresConfirmation => "requires_confirmation",
            Status::RequiresAction => "requires_action",
            Status::RequiresCapture => "requires_capture",
            Status::Processing => "processing",
            Status::Succeeded => "succeeded",
            Status::Canceled => "canceled",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PaymentIntent {
    pub id: String,
    pub client_secret: String,
    pub created: i64,
    pub status: Status,
    pub amount: i64,
    pub currency: String,
    pub amount_capturable: i64,
    pub amount_received: i64,
    pub capture_method: CaptureMethod,
    pub card_options: CardOptions,
    pub automatic_payment_methods: bool,
    pub allow_redirects: AllowRedirects,
    pub allowed_payment_method_types: Option<Vec<String>>,
    pub excluded_payment_method_types: Option<Vec<String>>,
    pub canceled_at: Option<i64>,
    pub cancellation_reason: Option<String>,
    #[serde(default)]
    pub confirmation_method: ConfirmationMethod,
    #[serde(default)]
    pub customer: Option<String>,
    pub description: Option<String>,
    pub last_payment_error: Option<PaymentError>,
    pub latest_charge: Option<String>,
    pub metadata: Metadata,
    /// `payatt_…`: the 3-D Secure attempt under way.
    pub authentication: Option<String>,
    pub payment_method: Option<String>,
    pub receipt_email: Option<String>,
    pub setup_future_usage: Option<FutureUsage>,
    pub shipping: Option<Value>,
    pub statement_descriptor: Option<String>,
    pub statement_descriptor_suffix: Option<String>,
    pub transfer_group: Option<String>,
    /// How often it was confirmed; Stripe has a limit.
    pub confirmations: u32,
}

impl Row for PaymentIntent {
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

impl PaymentIntent {
    /// What the payment method is saved for, if it is.
    pub(crate) fn future_usage(&self) -> Option<FutureUsage> {
        match self.card_options.setup_future_usage {
            Some(own) => own.usage(),
            None => self.setup_future_usage,
        }
    }

    /// The methods that may pay it.
    pub(crate) fn payment_method_types(&self) -> Vec<&'static str> {
        let listed = |list: &Option<Vec<String>>, kind: &str| {
            list.as_ref()
                .map(|list| list.iter().any(|listed| listed == kind))
        };
        let captures_later = self.capture_method == CaptureMethod::Manual;
        let fits = |kind: &&'static str| {
            let by_itself = match RedirectMethod::named(kind) {
                None => *kind == "card" || !captures_later,
                Some(method) => {
                    self.allow_redirects == AllowRedirects::Always
                        && self.setup_future_usage.is_none()
                        && (method.captures_later() || !captures_later)
                }
            };
            by_itself
                && listed(&self.allowed_payment_method_types, kind) != Some(false)
                && listed(&self.excluded_payment_method_types, kind) != Some(true)
        };
        types_for(&self.currency).into_iter().filter(fits).collect()
    }

    /// All fields, for the holder of the secret key.
    pub(crate) fn json(&self, world: &World) -> Value {
        let mut json = self.public_json(world);
        let rest = json!({
            "allowed_payment_method_types": self.allowed_payment_method_types,
            "amount_capturable": self.amount_capturable,
            "amount_received": self.amount_received,
            "application": null,
            "application_fee_amount": null,
            "customer": self.customer,
            "customer_account": null,
            "excluded_payment_method_types": self.excluded_payment_method_types,
            "latest_charge": self.latest_charge,
            "managed_payments": null,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "payment_method_options": { "card": self.card_options_json() },
            "payment_record": null,
            "review": null,
            "statement_descriptor": self.statement_descriptor,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "transfer_data": null,
            "transfer_group": self.transfer_group,
        });
        if let (Value::Object(json), Value::Object(rest)) = (&mut json, rest) {
            json.extend(rest);
        }
        json
    }

    /// What a browser sees, with the publishable key and the client secret.
    pub(crate) fn public_json(&self, world: &World) -> Value {
        json!({
            "id": self.id,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_details": { "tip": {} },
            "automatic_payment_methods": {
                "allow_redirects": self.allow_redirects, "enabled": self.automatic_payment_methods,
            },
            "canceled_at": self.canceled_at,
            "cancellation_reason": self.cancellation_reason,
            "capture_method": self.capture_method,
            "client_secret": self.client_secret,
            "confirmation_method": self.confirmation_method,
            "created": self.created,
            "currency": self.currency,
            "description": self.description,
            "last_payment_error": self.last_payment_error.as_ref().map(|error| error.json(world)),
            "livemode": false,
            "next_action": self.next_action(world),
            "payment_method": self.payment_method,
            "payment_method_configuration_details": {
                "id": world.payment_method_configuration, "parent": null,
            },
            "payment_method_types": self.payment_method_types(),
            "processing": null,
            "receipt_email": self.receipt_email,
            "setup_future_usage": self.setup_future_usage,
            "shipping": self.shipping,
            "source": null,
            "status": self.status.as_str(),
        })
    }

    fn next_action(&self, world: &World) -> Option<Value> {
        let authentication = world.authentications.get(self.authentication.as_deref()?)?;
        (self.status == Status::RequiresAction).then(|| authentication.next_action(world))
    }

    fn card_options_json(&self) -> Value {
        let mut options = json!({
            "installments": null,
            "mandate_options": null,
            "network": null,
            "request_three_d_secure": self.card_options.request_three_d_secure,
        });
        if self.card_options.capture_manually {
            options["capture_method"] = json!("manual");
        }
        if let Some(usage) = self.card_options.setup_future_usage {
            options["setup_future_usage"] = json!(usage);
        }
        options
    }

    /// 400 `payment_intent_unexpected_state`, with the intent as it is kept, whatever this call would have changed.
    pub(crate) fn unexpected_state(&self, world: &World, message: String) -> Box<Error> {
        let error = Error::invalid(message).code("payment_intent_unexpected_state");
        match world.payment_intents.get(&self.id) {
            Some(kept) => error.payment_intent(kept.json(world)),
            None => error,
        }
    }
}

/// The intent with this id, for a path.
pub(crate) fn find<'a>(world: &'a World, id: &str) -> Result<&'a PaymentIntent> {
    world
        .payment_intents
        .get(id)
        .ok_or_else(|| Error::missing("payment_intent", id))
}

/// The intent, for a browser that knows its secret.
pub(crate) fn find_by_secret<'a>(
    world: &'a World,
    id: &str,
    client_secret: &str,
) -> Result<&'a PaymentIntent> {
    let intent = find(world, id)?;
    if intent.client_secret == client_secret {
        return Ok(intent);
    }
    Err(Error::invalid(
        "The client_secret provided does not match the client_secret associated with the PaymentIntent.",
    )
    .code("payment_intent_invalid_parameter")
    .param("client_secret"))
}
