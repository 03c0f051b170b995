//! `/_control`: what a test asks of the sandbox itself. JSON in and out, in the world of the secret key.

use super::auth::{Access, Caller, secret_key_required};
use super::call::Call;
use super::delivery::{DeliveryMode, PlannedWebhookFault};
use super::error::{Error, Result};
use super::fault::PlannedFault;
use super::outcome::Outcome;
use super::table::{Row, Table};
use super::world::World;
use serde::Deserialize;
use serde_json::{Value, json};

/// Ten years: a bound that keeps times far from overflow.
const LONGEST_ADVANCE_S: i64 = 10 * 366 * 24 * 60 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Webhooks {
    mode: Option<DeliveryMode>,
    redeliver: Option<String>,
    /// `we_…`: redelivers to this endpoint only.
    webhook_endpoint: Option<String>,
    #[serde(default)]
    faults: Vec<PlannedWebhookFault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    #[serde(default)]
    advance_seconds: i64,
    frozen: Option<bool>,
}

#[derive(Deserialize)]
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
    pub(crate) fn control(
        &mut self,
        caller: &Caller,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> Result<Value> {
        if caller.access != Access::Secret {
            return Err(secret_key_required());
        }
        match (method, path) {
            ("GET", "/_control/state") => return Ok(state(self.world, self.now)),
            ("POST", "/_control/reset") => self.world.reset(),
            ("POST", "/_control/faults") => {
                let plan: PlannedFault = read(body)?;
                plan.check().map_err(Error::invalid)?;
                self.world.faults.push(plan);
            }
            ("POST", "/_control/webhooks") => {
                let asked: Webhooks = read(body)?;
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
                let PlannedOutcomes { outcome, times } = read(body)?;
                let planned = std::iter::repeat_n(outcome, usize::from(times));
                self.world.next_outcomes.extend(planned);
            }
            ("GET", "/_control/assumptions") => return Ok(json!(self.world.assumptions)),
            ("POST", "/_control/assumptions") => {
                let changes: serde_json::Map<String, Value> = read(body)?;
                let mut assumptions = json!(self.world.assumptions);
                for (name, value) in changes {
                    assumptions[name] = value;
                }
                self.world.assumptions = serde_json::from_value(assumptions)
                    .map_err(|error| Error::invalid(format!("Invalid assumption: {error}.")))?;
                return Ok(json!(self.world.assumptions));
            }
            ("GET", "/_control/clock") => return Ok(self.clock()),
            ("POST", "/_control/clock") => {
                let clock: Clock = read(body)?;
                self.set_clock(&clock)?;
                return Ok(self.clock());
            }
            _ => {
                return Err(
                    Error::invalid(format!("No such control: {method} {path}.")).status(404)
                );
            }
        }
        Ok(json!({}))
    }

    fn clock(&self) -> Value {
        json!({ "now": self.now, "frozen": self.world.frozen_at_ms.is_some() })
    }

    /// Time never goes back: unfrozen, the clock goes on from where it stood.
    fn set_clock(&mut self, clock: &Clock) -> Result<()> {
        let advance_ms = clock.advance_seconds.saturating_mul(1000);
        let real_ms = i64::try_from(self.real_ms).unwrap_or(i64::MAX / 2);
        if !(0..=LONGEST_ADVANCE_S).contains(&clock.advance_seconds) {
            return Err(Error::invalid(
                "`advance_seconds` goes forward, ten years at most.",
            ));
        }
        let then_ms = self.now_ms.saturating_add(advance_ms);
        if then_ms.saturating_sub(real_ms) > LONGEST_ADVANCE_S * 1000 {
            return Err(Error::invalid("The clock is ten years ahead already."));
        }
        let frozen = clock.frozen.unwrap_or(self.world.frozen_at_ms.is_some());
        self.world.frozen_at_ms = frozen.then_some(then_ms);
        self.world.clock_offset_ms = then_ms - real_ms;
        self.look_at_the_clock();
        Ok(())
    }
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| Error::invalid(format!("Invalid JSON: {error}.")))
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
        "customers": all(&world.customers, |customer| customer.json()),
        "customer_sessions": all(&world.customer_sessions, |session| session.json()),
        "payment_methods": all(&world.payment_methods, |method| method.json(&world.account)),
        "refunds": all(&world.refunds, |refund| refund.json()),
        "balance_transactions": all(&world.balance_transactions, |row| row.json(now)),
        "disputes": all(&world.disputes, |dispute| dispute.json(world, now)),
        "webhook_endpoints": all(&world.webhook_endpoints, |endpoint| endpoint.json()),
        "events": all(&world.events, |event| event.json()),
        "deliveries": world.deliveries,
        "requests": world.requests,
    })
}
