//! `/_control`: what a test asks of the sandbox itself. JSON in and out, in the world of the secret key.

mod answer;
mod clock;
mod look;
mod seed;

pub use answer::ShopperAnswer;

use super::auth::{Access, Caller, secret_key_required};
use super::call::Call;
use super::delivery::{DeliveryMode, PlannedWebhookFault};
use super::error::{Error, Result};
use super::fault::PlannedFault;
use super::message::Request;
use super::outcome::Outcome;
use super::table::{Row, Table};
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Webhooks {
    mode: Option<DeliveryMode>,
    redeliver: Option<String>,
    /// `we_…`: redelivers to this endpoint only.
    webhook_endpoint: Option<String>,
    #[serde(default)]
    faults: Vec<PlannedWebhookFault>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlannedOutcomes {
    outcome: Outcome,
    #[serde(default = "one")]
    times: u16,
}

fn one() -> u16 {
    1
}

impl Call<'_> {
    pub(crate) fn control(&mut self, caller: &Caller, request: &Request) -> Result<Value> {
        if caller.access != Access::Secret {
            return Err(secret_key_required());
        }
        let Request { method, path, .. } = request;
        let body = &request.body;
        match (method.as_str(), path.as_str()) {
            ("GET", "/_control/state") => return Ok(state(self.world, self.now)),
            ("POST", "/_control/reset") => self.world.reset(),
            ("POST", "/_control/faults") => {
                let plan: PlannedFault = read_plan(body)?;
                plan.check().map_err(Error::invalid)?;
                self.world.faults.push(plan);
            }
            ("POST", "/_control/webhooks") => {
                let asked: Webhooks = read_plan(body)?;
                let event = match &asked.redeliver {
                    None => None,
                    Some(id) => match self.world.events.get(id) {
                        Some(event) => Some(event.clone()),
                        None => return Err(Error::missing("event", id)),
                    },
                };
                if let Some(id) = &asked.webhook_endpoint {
                    self.webhook_endpoint(id)?;
                }
                if let Some(mode) = asked.mode {
                    self.world.delivery_mode = mode;
                }
                self.world.webhook_faults.extend(asked.faults);
                if let Some(event) = event {
                    self.redeliver(&event, asked.webhook_endpoint.as_deref());
                }
            }
            ("POST", "/_control/outcomes") => {
                let PlannedOutcomes { outcome, times } = read_plan(body)?;
                let planned = std::iter::repeat_n(outcome, usize::from(times));
                self.world.next_outcomes.extend(planned);
            }
            ("POST", "/_control/answers") => return self.answer_for_the_shopper(&read(body)?),
            ("GET", "/_control/assumptions") => return Ok(json!(self.world.assumptions)),
            ("POST", "/_control/assumptions") => {
                self.world.assumptions = changed(&self.world.assumptions, body, "assumption")?;
                return Ok(json!(self.world.assumptions));
            }
            ("GET", "/_control/quirks") => return Ok(json!(self.world.quirks)),
            ("POST", "/_control/quirks") => {
                self.world.quirks = changed(&self.world.quirks, body, "quirk")?.check()?;
                return Ok(json!(self.world.quirks));
            }
            ("GET", "/_control/clock") => return Ok(self.clock()),
            ("POST", "/_control/clock") => {
                self.set_clock(&read(body)?)?;
                return Ok(self.clock());
            }
            ("GET", "/_control/snapshot") => return self.snapshot(),
            ("POST", "/_control/seed") => self.seed(read(body)?)?,
            ("GET", _) => return self.look(path, &request.query),
            _ => return Err(no_such_control(request)),
        }
        Ok(json!({}))
    }
}

fn no_such_control(request: &Request) -> Box<Error> {
    Error::invalid(format!(
        "No such control: {} {}.",
        request.method, request.path
    ))
    .status(404)
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| Error::invalid(format!("Invalid JSON: {error}.")))
}

/// The settings, with those changed that the body names.
fn changed<T: Serialize + DeserializeOwned>(settings: &T, body: &[u8], what: &str) -> Result<T> {
    let changes: serde_json::Map<String, serde_json::Value> = read(body)?;
    let mut settings = serde_json::json!(settings);
    for (name, value) in changes {
        settings[name] = value;
    }
    serde_json::from_value(settings)
        .map_err(|error| Error::invalid(format!("Invalid {what}: {error}.")))
}

/// A plan, every name of which is understood: of a fault without fields, serde passes over those it is given.
fn read_plan<T: Serialize + DeserializeOwned>(body: &[u8]) -> Result<T> {
    let plan: T = read(body)?;
    let given: serde_json::Value = read(body)?;
    match stranger(&given, &serde_json::json!(plan)) {
        None => Ok(plan),
        Some(name) => Err(Error::invalid(format!(
            "Invalid JSON: unknown field `{name}`."
        ))),
    }
}

/// A name that is given, and not known.
fn stranger(given: &serde_json::Value, known: &serde_json::Value) -> Option<String> {
    match (given, known) {
        (serde_json::Value::Object(given), serde_json::Value::Object(known)) => given
            .iter()
            .find_map(|(name, value)| match known.get(name) {
                Some(known) => stranger(value, known),
                None => Some(name.clone()),
            }),
        (serde_json::Value::Array(given), serde_json::Value::Array(known)) => {
            let mut pairs = given.iter().zip(known);
            pairs.find_map(|(given, known)| stranger(given, known))
        }
        _ => None,
    }
}

fn state(world: &World, now: i64) -> Value {
    fn all<T: Row>(table: &Table<T>, json: impl Fn(&T) -> Value) -> Vec<Value> {
        table.iter().map(json).collect()
    }
    json!({
        "payment_intents": all(&world.payment_intents, |intent| intent.json(world)),
        "charges": all(&world.charges, |charge| charge.json(world)),
        "confirmation_tokens": all(&world.confirmation_tokens, |token| token.json(&world.account)),
        "setup_intents": all(&world.setup_intents, |intent| intent.json(world)),
        "setup_attempts": all(&world.setup_attempts, |attempt| attempt.json(world)),
        "mandates": all(&world.mandates, |mandate| mandate.json(world)),
        "customers": all(&world.customers, |customer| customer.json()),
        "customer_sessions": all(&world.customer_sessions, |session| session.json()),
        "payment_methods": all(&world.payment_methods, |method| method.json(&world.account)),
        "refunds": all(&world.refunds, |refund| refund.json()),
        "balance_transactions": all(&world.balance_transactions, |row| row.json(now)),
        "disputes": all(&world.disputes, |dispute| dispute.json(world, now)),
        "checkout_sessions": all(&world.checkout_sessions, |it| it.json(world)),
        "shipping_rates": all(&world.shipping_rates, |rate| rate.json()),
        "tax_calculations": all(&world.tax_calculations, |it| it.json()),
        "tax_transactions": all(&world.tax_transactions, |it| it.json()),
        "tokens": all(&world.tokens, |token| token.json(&world.account)),
        "discounts": all(&world.discounts, |discount| discount.json()),
        "subscriptions": all(&world.subscriptions, |subscription| subscription.json(world)),
        "invoices": all(&world.invoices, |invoice| invoice.json(world)),
        "invoice_items": all(&world.invoice_items, |item| item.json()),
        "invoice_payments": all(&world.invoice_payments, |payment| payment.json()),
        "products": all(&world.products, |product| product.json()),
        "prices": all(&world.prices, |price| price.json()),
        "coupons": all(&world.coupons, |coupon| coupon.json(now)),
        "promotion_codes": all(&world.promotion_codes, |code| code.json(now)),
        "early_fraud_warnings": all(&world.early_fraud_warnings, |it| it.json(world)),
        "webhook_endpoints": all(&world.webhook_endpoints, |endpoint| endpoint.json()),
        "events": all(&world.events, |event| event.json()),
        "deliveries": world.deliveries,
        "requests": world.requests,
    })
}
