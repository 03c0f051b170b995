//! Events (docs.stripe.com/api/events): what happened, with the object as it was then.

use super::API_VERSION;
use super::table::Row;
use crate::stripe::json::{Packed, Text, Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Event {
    pub id: String,
    /// `type` on the wire: `payment_intent.succeeded`.
    pub kind: Text,
    pub created: i64,
    /// Most events are never read: they take little room meanwhile.
    pub object: Packed,
    /// For `….updated`: the changed fields' old values.
    pub previous_attributes: Option<Packed>,
    pub request_id: Option<String>,
    pub idempotency_key: Option<String>,
    pub pending_webhooks: usize,
}

impl Row for Event {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl Event {
    /// Whether it is about an object with this id, or one that belongs to it.
    pub(crate) fn mentions(&self, id: &str) -> bool {
        self.object.mentions(id)
    }

    pub(crate) fn json(&self) -> Value {
        let mut data = json!({ "object": move self.object.value() });
        if let Some(previous) = &self.previous_attributes {
            data["previous_attributes"] = previous.value();
        }
        json!({
            "id": self.id,
            "object": "event",
            "api_version": API_VERSION,
            "created": self.created,
            "data": move data,
            "livemode": false,
            "pending_webhooks": self.pending_webhooks,
            "request": { "id": self.request_id, "idempotency_key": self.idempotency_key },
            "type": self.kind,
        })
    }
}
