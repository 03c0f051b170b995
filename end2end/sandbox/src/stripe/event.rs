//! Events (docs.stripe.com/api/events): what happened, with the object as it was then.

use super::API_VERSION;
use super::table::Row;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Event {
    pub id: String,
    /// `type` on the wire: `payment_intent.succeeded`.
    pub kind: String,
    pub created: i64,
    /// JSON, as text: a tree of it would take ten times the room, and most events are never read.
    #[serde(deserialize_with = "text_of_json")]
    pub object: String,
    /// For `….updated`: the changed fields' old values.
    pub previous_attributes: Option<Value>,
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
    pub(crate) fn json(&self) -> Value {
        let object: Value = serde_json::from_str(&self.object).unwrap_or_default();
        let mut data = json!({ "object": object });
        if let Some(previous) = &self.previous_attributes {
            data["previous_attributes"] = previous.clone();
        }
        json!({
            "id": self.id,
            "object": "event",
            "api_version": API_VERSION,
            "created": self.created,
            "data": data,
            "livemode": false,
            "pending_webhooks": self.pending_webhooks,
            "request": { "id": self.request_id, "idempotency_key": self.idempotency_key },
            "type": self.kind,
        })
    }
}

/// State files of earlier days hold the object itself.
fn text_of_json<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        object => object.to_string(),
    })
}
