//! `/_control`: what a test asks of the sandbox itself. JSON in and out, in the world of the secret key.

use super::auth::{Access, Caller, secret_key_required};
use super::call::Call;
use super::delivery::DeliveryMode;
use super::error::{Error, Result};
use super::fault::PlannedFault;
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    advance_seconds: i64,
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
            ("GET", "/_control/state") => return Ok(state(self.world)),
            ("POST", "/_control/reset") => self.world.reset(),
            ("POST", "/_control/faults") => {
                let plan: PlannedFault = read(body)?;
                plan.check().map_err(Error::invalid)?;
                self.world.faults.push(plan);
            }
            ("POST", "/_control/webhooks") => {
                let Webhooks { mode, redeliver } = read(body)?;
                if let Some(mode) = mode {
                    self.world.delivery_mode = mode;
                }
                if let Some(id) = redeliver {
                    let event = self.world.events.get(&id).cloned();
                    let event = event.ok_or_else(|| Error::missing("event", &id))?;
                    self.deliver(&event);
                }
            }
            ("POST", "/_control/clock") => {
                let Clock { advance_seconds } = read(body)?;
                if !(0..=LONGEST_ADVANCE_S).contains(&advance_seconds) {
                    return Err(Error::invalid(
                        "`advance_seconds` goes forward, ten years at most.",
                    ));
                }
                let offset = self.world.clock_offset_ms + advance_seconds * 1000;
                if offset > LONGEST_ADVANCE_S * 1000 {
                    return Err(Error::invalid("The clock is ten years ahead already."));
                }
                self.world.clock_offset_ms = offset;
                self.look_at_the_clock();
            }
            _ => {
                return Err(
                    Error::invalid(format!("No such control: {method} {path}.")).status(404)
                );
            }
        }
        Ok(json!({}))
    }
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| Error::invalid(format!("Invalid JSON: {error}.")))
}

fn state(world: &World) -> Value {
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
        "events": all(&world.events, |event| event.json()),
        "deliveries": world.deliveries,
        "requests": world.requests,
    })
}
