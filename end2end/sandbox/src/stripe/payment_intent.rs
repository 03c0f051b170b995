//! PaymentIntents (docs.stripe.com/api/payment_intents): their fields, states and two shapes on the wire.
//! What moves them is in the modules below:
//!
//! | state | confirm | declined | bank agrees | bank refuses | capture | cancel | amount | metadata |
//! |---|---|---|---|---|---|---|---|---|
//! | requires_payment_method | paid | 402 | - | - | 400 | canceled | same | same |
//! | requires_confirmation | paid | 402 | - | - | 400 | canceled | same | same |
//! | requires_action | 400 | 400 | agreed | requires_payment_method | 400 | canceled | 400 | same |
//! | processing | 400 | 400 | - | - | 400 | 400 | 400 | same |
//! | requires_capture | 400 | 400 | - | - | succeeded | canceled | 400 | same |
//! | succeeded | 400 | 400 | - | - | 400 | 400 | 400 | same |
//! | canceled | 400 | 400 | - | - | 400 | 400 | 400 | same |
//!
//! `paid` is `requires_capture` where money is captured by hand, and `succeeded` elsewhere. `agreed` is
//! `requires_confirmation` where the server confirms by hand, and `paid` elsewhere. 402 leads to
//! `requires_payment_method`; 400 (`payment_intent_unexpected_state`) changes nothing. A test runs every cell.

mod attempt;
mod bill;
mod cancel;
mod capture;
mod confirm;
mod create;
mod debit;
mod fields;
mod increment;
mod method_options;
mod options;
mod order;
mod payment_error;
mod recollection;
mod settle;
mod update;

use super::accepted_methods::{AcceptedMethods, Payment};
use super::error::{Error, Result};
use super::list::Page;
use super::mandate::Acceptance;
use super::params::Metadata;
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Object, Value, json};
use serde::{Deserialize, Serialize};

pub(crate) use bill::Bill;
pub(crate) use fields::{email, read_radar};
pub(crate) use method_options::{OptionsByMethod, read as read_method_options};
pub(crate) use options::{
    CaptureMethod, CardOptions, ConfirmationMethod, FutureUsage, MethodUsage, Request3ds,
};
use order::Order;
pub(crate) use payment_error::PaymentError;

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
    #[serde(default)]
    pub method_options: OptionsByMethod,
    #[serde(flatten)]
    pub methods: AcceptedMethods,
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
    /// How often its authorization was incremented, or refused to be.
    #[serde(default)]
    pub increments: u32,
    /// How the payer agreed to the latest confirmation.
    #[serde(default)]
    pub acceptance: Option<Acceptance>,
    #[serde(default)]
    pub mandate: Option<String>,
    #[serde(default)]
    order: Option<Box<Order>>,
    /// A snapshot of the payer's browser, `rse_…`, which its charges name.
    #[serde(default)]
    pub radar_session: Option<String>,
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
    /// What a payment method of this type is saved for, if it is.
    pub(crate) fn future_usage(&self, kind: &str) -> Option<FutureUsage> {
        let own = match kind {
            "card" => self.card_options.setup_future_usage,
            kind => self
                .method_options
                .get(kind)
                .and_then(|options| options.setup_future_usage),
        };
        own.map_or(self.setup_future_usage, MethodUsage::usage)
    }

    /// Whether money paid with a method of this type is only reserved.
    pub(crate) fn captures_later(&self, kind: &str) -> bool {
        let own = match kind {
            "card" => self.card_options.capture_manually,
            kind => self
                .method_options
                .get(kind)
                .is_some_and(|options| options.capture_manually),
        };
        own || self.capture_method == CaptureMethod::Manual
    }

    /// The methods that may pay it.
    pub(crate) fn payment_method_types(&self) -> Vec<&'static str> {
        self.methods.for_payment(&Payment {
            amount: self.amount,
            currency: &self.currency,
            captured_later: self.capture_method == CaptureMethod::Manual,
            saved: self.setup_future_usage.is_some(),
        })
    }

    /// All fields, for the holder of the secret key.
    pub(crate) fn json(&self, world: &World) -> Value {
        let mut json = self.public_json(world);
        let rest = json!({
            "allowed_payment_method_types": self.methods.allowed_payment_method_types,
            "amount_capturable": self.amount_capturable,
            "amount_received": self.amount_received,
            "application": null,
            "application_fee_amount": null,
            "customer": self.customer,
            "customer_account": null,
            "excluded_payment_method_types": self.methods.excluded_payment_method_types,
            "latest_charge": self.latest_charge,
            "managed_payments": null,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "payment_method_options": self.method_options_json(),
            "payment_record": null,
            "review": null,
            "statement_descriptor": self.statement_descriptor,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "transfer_data": null,
            "transfer_group": self.transfer_group,
        });
        if let (Value::Object(json), Value::Object(rest)) = (&mut json, rest) {
            json.append(rest);
            if let Some(order) = &self.order {
                order.show(json);
            }
        }
        json
    }

    /// `amount_details[line_items]`
    pub(crate) fn list_order_lines(&self, page: &Page) -> Result<Value> {
        let none = Order::default();
        let order = self.order.as_deref().unwrap_or(&none);
        order.list_lines(&self.id, page)
    }

    /// What a browser sees, with the publishable key and the client secret.
    pub(crate) fn public_json(&self, world: &World) -> Value {
        json!({
            "id": self.id,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_details": { "tip": {} },
            "automatic_payment_methods": move self.methods.automatic_json(),
            "canceled_at": self.canceled_at,
            "cancellation_reason": self.cancellation_reason,
            "capture_method": self.capture_method,
            "client_secret": self.client_secret,
            "confirmation_method": self.confirmation_method,
            "created": self.created,
            "currency": self.currency,
            "description": self.description,
            "last_payment_error": move self.last_payment_error.as_ref().map(|error| error.json(world)),
            "livemode": false,
            "next_action": move self.next_action(world),
            "payment_method": self.payment_method,
            "payment_method_configuration_details": {
                "id": world.payment_method_configuration, "parent": null,
            },
            "payment_method_types": self.payment_method_types(),
            "processing": null,
            "receipt_email": self.receipt_email,
            "setup_future_usage": self.setup_future_usage,
            "shipping": move self.shipping.clone(),
            "source": null,
            "status": self.status.as_str(),
        })
    }

    fn next_action(&self, world: &World) -> Option<Value> {
        let authentication = world.authentications.get(self.authentication.as_deref()?)?;
        (self.status == Status::RequiresAction).then(|| authentication.next_action.clone())
    }

    fn method_options_json(&self) -> Value {
        let mut json = Object::new();
        json.insert("card", self.card_options_json());
        for (name, options) in &self.method_options {
            json.insert(name.clone(), options.json(name));
        }
        Value::Object(json)
    }

    fn card_options_json(&self) -> Value {
        let mut options = json!({
            "installments": null,
            "mandate_options": null,
            "network": self.card_options.network,
            "request_three_d_secure": self.card_options.request_three_d_secure,
        });
        if self.card_options.capture_manually {
            options["capture_method"] = json!("manual");
        }
        if self.card_options.require_cvc_recollection {
            options["require_cvc_recollection"] = json!(true);
        }
        if let Some(usage) = self.card_options.setup_future_usage {
            options["setup_future_usage"] = json!(usage);
        }
        self.card_options.requested.show(&mut options);
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
        .ok_or_else(|| Error::missing_intent("payment_intent", id))
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
