//! One call on a world: what an operation may touch, and what it leaves to be done outside.

use super::event::Event;
use super::message::{Effect, Webhook};
use super::world::World;
use crate::stripe::json::{Object, Packed, Value};

pub(crate) struct Call<'a> {
    pub world: &'a mut World,
    pub webhooks: &'a [Webhook],
    pub effects: &'a mut Vec<Effect>,
    /// The world's time, Unix seconds.
    pub now: i64,
    /// The same in milliseconds.
    pub now_ms: i64,
    /// The real time, whatever the world's clock says.
    pub real_ms: u64,
    /// How the caller reached the sandbox: `http://127.0.0.1:12111`.
    pub origin: &'a str,
    /// `req_…` of the API request, null for what happens without one.
    pub request_id: Option<String>,
    pub idempotency_key: Option<String>,
}

impl<'a> Call<'a> {
    /// A call at the real time `real_ms`, which is not yet that of any API request.
    pub(crate) fn new(
        world: &'a mut World,
        webhooks: &'a [Webhook],
        effects: &'a mut Vec<Effect>,
        real_ms: u64,
        origin: &'a str,
    ) -> Self {
        let now_ms = world.time_ms(real_ms);
        Call {
            world,
            webhooks,
            effects,
            now: now_ms.div_euclid(1000),
            now_ms,
            real_ms,
            origin,
            request_id: None,
            idempotency_key: None,
        }
    }

    /// Reads the world's clock anew, after it was moved.
    pub(crate) fn look_at_the_clock(&mut self) {
        self.now_ms = self.world.time_ms(self.real_ms);
        self.now = self.now_ms.div_euclid(1000);
    }

    /// Records an event with a snapshot of its object, and sends it to every webhook.
    pub(crate) fn emit(
        &mut self,
        kind: &'static str,
        object: Value,
        previous_attributes: Option<Value>,
    ) {
        let event = Event {
            id: self.world.random.id("evt_3"),
            kind: kind.into(),
            created: self.now,
            object: Packed::from(&object),
            previous_attributes: previous_attributes.as_ref().map(Packed::from),
            request_id: self.request_id.clone(),
            idempotency_key: self.idempotency_key.clone(),
            pending_webhooks: self.receivers(kind).len(),
        };
        self.effects.push(Effect::Happened {
            kind: kind.to_owned(),
            event: event.id.clone(),
        });
        if self.world.delivery_mode.delivers() {
            self.deliver_new(&event);
        } else {
            self.world.events.put(event);
        }
    }

    /// Records what an update changed, if it changed anything.
    pub(crate) fn emit_updated(&mut self, kind: &'static str, before: &Value, after: Value) {
        let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else {
            return;
        };
        let changed: Object = new
            .changed_since(old)
            .map(|(name, old)| (name.clone(), old.cloned().unwrap_or_default()))
            .collect();
        if !changed.is_empty() {
            self.emit(kind, after, Some(Value::Object(changed)));
        }
    }
}
