//! Webhook deliveries: which event goes where, how often it was tried, and when it is tried again, on the world's
//! clock. Signing and sending are the shell's: this only decides.

use super::call::Call;
use super::error::{Error, Result};
use super::event::Event;
use super::message::{Dispatch, Effect, Webhook};
use super::params::Params;
use super::table::Row;
use super::timer::Timer;
use crate::stripe::json::{Text, Value};
use serde::{Deserialize, Serialize};

/// A receiver that stays away is tried for about a quarter of an hour.
const MOST_ATTEMPTS: usize = 20;
const FIRST_RETRY_MS: i64 = 500;
const LONGEST_RETRY_MS: i64 = 60_000;
/// An event that was held back goes out when the one before which it should have come is surely on its way.
const OVERTAKEN_AFTER_MS: u64 = 200;

/// Whether new events are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// They are.
    On,
    /// They are recorded only.
    Off,
}

impl DeliveryMode {
    pub(crate) fn delivers(self) -> bool {
        self == DeliveryMode::On
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeliveryStatus {
    Pending,
    Delivered,
    Failed,
    /// A fault has swallowed it.
    Lost,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub id: String,
    pub event: String,
    #[serde(rename = "type")]
    pub kind: Text,
    pub url: String,
    /// `we_…`, where the receiver was made by API.
    #[serde(default)]
    pub webhook_endpoint: Option<String>,
    #[serde(default)]
    pub created: i64,
    pub status: DeliveryStatus,
    /// HTTP status of each try; null where there was no answer.
    pub attempts: Vec<Option<u16>>,
    /// Whether its time is yet to come, and not a try under way.
    #[serde(default)]
    pub waiting: bool,
}

impl Row for Delivery {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.event]
    }
}

impl Delivery {
    fn has_arrived_at(&self, receiver: &Delivery) -> bool {
        self.status == DeliveryStatus::Delivered
            && (&self.url, &self.webhook_endpoint) == (&receiver.url, &receiver.webhook_endpoint)
    }

    /// Notes a try's outcome. Milliseconds until the next, if there is to be one.
    pub(crate) fn note(&mut self, answer: Option<u16>) -> Option<i64> {
        self.attempts.push(answer);
        if answer.is_some_and(|status| (200..300).contains(&status)) {
            self.status = DeliveryStatus::Delivered;
            return None;
        }
        if self.attempts.len() >= MOST_ATTEMPTS {
            self.status = DeliveryStatus::Failed;
            return None;
        }
        self.waiting = true;
        let doublings = self.attempts.len().min(16) as u32 - 1;
        Some((FIRST_RETRY_MS << doublings).min(LONGEST_RETRY_MS))
    }
}

/// What goes wrong on an event's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WebhookFault {
    /// It never arrives.
    Lose,
    /// It arrives later, on the world's clock.
    Delay {
        /// How much later.
        ms: u32,
    },
    /// It arrives twice.
    Duplicate,
    /// It arrives after the one that follows it.
    Reorder,
}

/// Which events a [`WebhookFault`] strikes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedWebhookFault {
    /// An event's type; `*` at its end stands for anything.
    #[serde(rename = "type")]
    kind: String,
    /// The first matching event it strikes, counted from 1.
    #[serde(default = "one")]
    nth: u64,
    /// How many events it strikes.
    #[serde(default = "one")]
    times: u64,
    fault: WebhookFault,
    #[serde(default)]
    seen: u64,
}

fn one() -> u64 {
    1
}

impl PlannedWebhookFault {
    /// Strikes the next event of this type; `*` at its end stands for anything.
    pub fn new(kind: &str, fault: WebhookFault) -> Self {
        PlannedWebhookFault {
            kind: kind.to_owned(),
            nth: 1,
            times: 1,
            fault,
            seen: 0,
        }
    }

    /// Lets the events before the `nth` pass, counted from 1.
    #[must_use]
    pub fn from_nth(self, nth: u64) -> Self {
        PlannedWebhookFault { nth, ..self }
    }

    /// Strikes so many events in a row.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        PlannedWebhookFault { times, ..self }
    }
}

/// The fault that strikes this event, if any; plans that are over are dropped.
fn strike(plans: &mut Vec<PlannedWebhookFault>, kind: &str) -> Option<WebhookFault> {
    let mut struck = None;
    for plan in plans.iter_mut() {
        if super::routes::matches_kind(&plan.kind, kind) {
            plan.seen += 1;
            if plan.seen >= plan.nth {
                struck = struck.or(Some(plan.fault));
            }
        }
    }
    plans.retain(|plan| plan.seen < plan.nth.saturating_add(plan.times).saturating_sub(1));
    struck
}

impl Call<'_> {
    /// Where an event of this type goes: endpoint, if it was made by API, and address.
    pub(crate) fn receivers(&self, kind: &str) -> Vec<(Option<String>, String)> {
        let fixed = self.webhooks.iter().map(|hook| (None, hook.url.clone()));
        let made = self.world.webhook_endpoints.iter();
        let made = made.filter(|endpoint| endpoint.hears(kind));
        fixed
            .chain(made.map(|endpoint| (Some(endpoint.id.clone()), endpoint.url.clone())))
            .collect()
    }

    /// Sends a new event, unless a fault is planned for it.
    pub(crate) fn deliver_new(&mut self, event: &Event) {
        let held = std::mem::take(&mut self.world.held_deliveries);
        let fault = strike(&mut self.world.webhook_faults, &event.kind);
        for id in self.prepare_deliveries(event, None) {
            match fault {
                None => self.dispatch(&id, 0),
                Some(WebhookFault::Duplicate) => {
                    self.dispatch(&id, 0);
                    self.dispatch(&id, 0);
                }
                Some(WebhookFault::Lose) => {
                    if let Some(delivery) = self.world.deliveries.get_mut(&id) {
                        delivery.status = DeliveryStatus::Lost;
                    }
                }
                Some(WebhookFault::Delay { ms }) => self.dispatch_later(&id, i64::from(ms)),
                Some(WebhookFault::Reorder) => self.world.held_deliveries.push(id),
            }
        }
        for id in held {
            self.dispatch(&id, OVERTAKEN_AFTER_MS);
        }
    }

    /// Sends an event to every receiver, or to one endpoint, whatever is planned.
    pub(crate) fn redeliver(&mut self, event: &Event, endpoint: Option<&str>) {
        for id in self.prepare_deliveries(event, endpoint) {
            self.dispatch(&id, 0);
        }
    }

    /// `POST /v1/events/{id}/retry`, as Stripe's command line asks for it.
    pub(crate) fn retry_event(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let event = self.world.events.get(id).cloned();
        let event = event.ok_or_else(|| Error::missing("event", id))?;
        let endpoint = params.text("webhook_endpoint")?;
        if let Some(endpoint) = &endpoint {
            self.webhook_endpoint(endpoint)?;
        }
        self.redeliver(&event, endpoint.as_deref());
        Ok(event.json())
    }

    fn prepare_deliveries(&mut self, event: &Event, only: Option<&str>) -> Vec<String> {
        let mut ids = Vec::new();
        for (webhook_endpoint, url) in self.receivers(&event.kind) {
            if only.is_some() && webhook_endpoint.as_deref() != only {
                continue;
            }
            let id = self.world.random.id("wd_");
            ids.push(id.clone());
            self.world.deliveries.put(Delivery {
                id,
                event: event.id.clone(),
                kind: event.kind.clone(),
                url,
                webhook_endpoint,
                created: self.now,
                status: DeliveryStatus::Pending,
                attempts: Vec::new(),
                waiting: false,
            });
        }
        // The event is stored after its deliveries are prepared: what is sent is read from it.
        self.world.events.put(event.clone());
        ids
    }

    /// Tries again, or at last, when its time has come.
    pub(crate) fn send_delivery(&mut self, id: &str) {
        if let Some(delivery) = self.world.deliveries.get_mut(id) {
            delivery.waiting = false;
            self.dispatch(id, 0);
        }
    }

    fn dispatch_later(&mut self, id: &str, after_ms: i64) {
        if let Some(delivery) = self.world.deliveries.get_mut(id) {
            delivery.waiting = true;
        }
        let delivery = id.to_owned();
        self.set_timer_ms(after_ms, Timer::DeliveryIsDue { delivery });
    }

    /// Hands a delivery to the shell. One whose receiver is gone has failed.
    pub(crate) fn dispatch(&mut self, id: &str, after_ms: u64) {
        let Some(delivery) = self.world.deliveries.get(id) else {
            return;
        };
        let webhook: Option<Webhook> = match &delivery.webhook_endpoint {
            Some(endpoint) => {
                let endpoint = self.world.webhook_endpoints.get(endpoint);
                let living = endpoint.filter(|endpoint| !endpoint.deleted && !endpoint.disabled);
                living.map(|endpoint| endpoint.webhook())
            }
            None => {
                let mut hooks = self.webhooks.iter();
                hooks.find(|hook| hook.url == delivery.url).cloned()
            }
        };
        let event = self.world.events.get(&delivery.event);
        let (Some(webhook), Some(event)) = (webhook, event) else {
            if let Some(delivery) = self.world.deliveries.get_mut(id) {
                delivery.status = DeliveryStatus::Failed;
            }
            return;
        };
        self.effects.push(Effect::Deliver(Dispatch {
            world: self.world.name.clone(),
            delivery: id.to_owned(),
            event: event.id.clone(),
            kind: event.kind.to_string(),
            webhook,
            body: super::pretty(&event.json()),
            after_ms,
        }));
    }

    /// Notes how a try went, and plans the next.
    pub(crate) fn delivered(&mut self, id: &str, answer: Option<u16>) {
        // A world that was reset has forgotten its deliveries.
        let Some(delivery) = self.world.deliveries.get_mut(id) else {
            return;
        };
        if delivery.status != DeliveryStatus::Pending {
            // A duplicate of one that has arrived.
            delivery.attempts.push(answer);
            return;
        }
        if let Some(after_ms) = delivery.note(answer) {
            let delivery = id.to_owned();
            self.set_timer_ms(after_ms, Timer::DeliveryIsDue { delivery });
        } else if let Some(delivery) = self.world.deliveries.get(id) {
            // Sent again, an event arrives where it has arrived before.
            let same = self.world.deliveries.of(&delivery.event);
            let arrived = same.iter().filter(|it| it.has_arrived_at(delivery));
            if arrived.count() == 1
                && delivery.status == DeliveryStatus::Delivered
                && let Some(event) = self.world.events.get_mut(&delivery.event)
            {
                event.pending_webhooks = event.pending_webhooks.saturating_sub(1);
            }
        }
    }
}
