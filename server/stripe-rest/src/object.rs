//! What a successful answer may hold, and the two shapes in which Stripe writes a reference or a list of nothing.
//!
//! Knows nothing of HTTP.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

use crate::{PaymentIntent, Refund};

/// The object that a POST made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// A payment, after create, update, confirm, capture or cancel.
    PaymentIntent(Box<PaymentIntent>),
    /// A refund.
    Refund(Box<Refund>),
    /// Anything else: the call was carried out, and this crate has no type for what came of it.
    Other {
        /// Stripe's name for its kind: `customer_session`, …
        object: String,
        /// Its id, where it has one.
        id: Option<String>,
    },
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let object = text("object").ok_or_else(|| D::Error::missing_field("object"))?;
        match object.as_str() {
            "payment_intent" => serde_json::from_value(value).map(Self::PaymentIntent),
            "refund" => serde_json::from_value(value).map(Self::Refund),
            _ => {
                let id = text("id");
                Ok(Self::Other { object, id })
            }
        }
        .map_err(D::Error::custom)
    }
}

/// Reads a reference that Stripe writes as an id or, when asked to expand it, as the object itself.
pub(crate) fn expandable_id<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Expandable {
        Id(String),
        Object { id: String },
    }
    let reference = Option::<Expandable>::deserialize(deserializer)?;
    Ok(reference.map(|(Expandable::Id(id) | Expandable::Object { id })| id))
}

/// Reads `null` as the default: `#[serde(default)]` alone covers only a field that is absent.
pub(crate) fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests;
