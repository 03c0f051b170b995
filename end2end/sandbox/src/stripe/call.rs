//! One call on a world: what an operation may touch, and what it leaves to be done outside.

use super::delivery::Delivery;
use super::event::Event;
use super::message::{Effect, Webhook};
use super::world::World;
use serde_json::Value;

pub(crate) struct Call<'a> {
    pub world: &'a mut World,
    pub webhooks: &'a [Webhook],
    pub effects: &'a mut Vec<Effect>,
    /// The world's time, Unix seconds.
    pub now: i64,
    /// `req_…` of the API request, null for what happens without one.
    pub request_id: Option<String>,
    pub idempotency_key: Option<String>,
}

impl Call<'_> {
    /// Records an event with a snapshot of its object, and sends it to every webhook.
    pub(crate) fn emit(&mut self, kind: &str, object: Value, previous_attributes: Option<Value>) {
        let event = Event {
            id: self.world.random.id("evt_3"),
            kind: kind.to_owned(),
            created: self.now,
            object,
            previous_attributes,
            request_id: self.request_id.clone(),
            idempotency_key: self.idempotency_key.clone(),
            pending_webhooks: self.webhooks.len(),
        };
        if self.world.delivery_mode.delivers() {
            self.deliver(&event);
        }
        self.world.events.put(event);
    }

    /// Sends an event to every webhook, whatever the mode.
    pub(crate) fn deliver(&mut self, event: &Event) {
        for webhook in self.webhooks {
            let delivery = Delivery::new(self.world.random.id("wd_"), event, webhook);
            self.effects
                .push(delivery.dispatch(&self.world.name, event, webhook, 0));
            self.world.deliveries.put(delivery);
        }
    }
}
