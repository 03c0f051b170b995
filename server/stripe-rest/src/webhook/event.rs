//! The few facts of an event that tell what to look at. An event is a hint, never the truth: ask Stripe for the
//! object it names.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::object::null_is_default;

/// Something that happened at Stripe: <https://docs.stripe.com/api/events/object>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `evt_…`: the same for every delivery of this event.
    pub id: String,
    /// Stripe's `type`: `payment_intent.succeeded`, … An open text.
    pub kind: String,
    /// When it happened, in seconds since 1970.
    pub created: i64,
    /// Real money?
    pub livemode: bool,
    /// The API version the object in it is written in.
    pub api_version: Option<String>,
    /// What kind of object it is about: `payment_intent`, `charge`, `refund`, `dispute`, …
    pub object: Option<String>,
    /// The id of that object.
    pub object_id: Option<String>,
    /// The PaymentIntent it concerns: the object itself, or the one the object belongs to.
    pub payment_intent: Option<String>,
    /// What a shop wrote on the object: whose it is. Empty where it carries none of its own.
    pub metadata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Wire {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    livemode: bool,
    api_version: Option<String>,
    #[serde(default, deserialize_with = "null_is_default")]
    data: Data,
}

#[derive(Default, Deserialize)]
struct Data {
    #[serde(default, deserialize_with = "null_is_default")]
    object: Map<String, Value>,
}

impl Event {
    pub(super) fn read(raw: &str) -> Option<Self> {
        let wire: Wire = serde_json::from_str(raw).ok()?;
        let of = &wire.data.object;
        let object = of.get("object").and_then(id_of);
        let object_id = of.get("id").and_then(id_of);
        let payment_intent = match object.as_deref() {
            Some("payment_intent") => object_id.clone(),
            _ => of.get("payment_intent").and_then(id_of),
        };
        Some(Self {
            id: wire.id,
            kind: wire.kind,
            created: wire.created,
            livemode: wire.livemode,
            api_version: wire.api_version,
            metadata: of.get("metadata").map(texts).unwrap_or_default(),
            object,
            object_id,
            payment_intent,
        })
    }
}

/// A text, or the id of an object that Stripe expanded in its place.
fn id_of(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value.get("id")?.as_str());
    text.map(str::to_owned)
}

fn texts(metadata: &Value) -> BTreeMap<String, String> {
    let pairs = metadata.as_object().into_iter().flatten();
    pairs
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}
