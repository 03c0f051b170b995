//! Webhook deliveries: which event goes where, how often it was tried, and when it is tried again.
//! Signing and sending are the shell's: this only decides.

use super::event::Event;
use super::message::{Dispatch, Effect, Webhook};
use super::table::Row;
use serde::{Deserialize, Serialize};

/// A receiver that stays away is tried for about a quarter of an hour.
const MOST_ATTEMPTS: usize = 20;
const FIRST_RETRY_MS: u64 = 500;
const LONGEST_RETRY_MS: u64 = 60_000;

/// Whether new events are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeliveryMode {
    On,
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
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub id: String,
    pub event: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub url: String,
    pub status: DeliveryStatus,
    /// HTTP status of each try; null where there was no answer.
    pub attempts: Vec<Option<u16>>,
}

impl Row for Delivery {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Delivery {
    pub(crate) fn new(id: String, event: &Event, webhook: &Webhook) -> Self {
        Delivery {
            id,
            event: event.id.clone(),
            kind: event.kind.clone(),
            url: webhook.url.clone(),
            status: DeliveryStatus::Pending,
            attempts: Vec::new(),
        }
    }

    pub(crate) fn dispatch(
        &self,
        world: &str,
        event: &Event,
        webhook: &Webhook,
        after_ms: u64,
    ) -> Effect {
        Effect::Deliver(Dispatch {
            world: world.to_owned(),
            delivery: self.id.clone(),
            event: event.id.clone(),
            kind: event.kind.clone(),
            webhook: webhook.clone(),
            body: super::pretty(&event.json()),
            after_ms,
        })
    }

    /// Notes a try's outcome. Milliseconds until the next, if there is to be one.
    pub(crate) fn note(&mut self, answer: Option<u16>) -> Option<u64> {
        self.attempts.push(answer);
        if answer.is_some_and(|status| (200..300).contains(&status)) {
            self.status = DeliveryStatus::Delivered;
            return None;
        }
        if self.attempts.len() >= MOST_ATTEMPTS {
            self.status = DeliveryStatus::Failed;
            return None;
        }
        let doublings = self.attempts.len().min(16) as u32 - 1;
        Some((FIRST_RETRY_MS << doublings).min(LONGEST_RETRY_MS))
    }
}
