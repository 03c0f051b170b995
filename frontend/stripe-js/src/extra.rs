//! The way out of the types: options that Stripe.js knows and these structs do not.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::{RawValue, Value, to_raw_value};

/// Members added to an options object as they are; one that repeats a typed field wins over it.
///
/// ```
/// use serde_json::json;
/// use stripe_js::{ElementsOptions, Extra};
///
/// let options = ElementsOptions {
///     extra: Extra::default().with("weather", json!({ "fine": true })),
///     ..ElementsOptions::payment(1_999, "usd")
/// };
/// ```
#[derive(Clone, Default)]
pub struct Extra(Vec<(String, Box<RawValue>)>);

impl Extra {
    /// Adds one member.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        // A `Value` has text keys only, so it can always be written.
        if let Ok(value) = to_raw_value(&value.into()) {
            self.0.push((name.into(), value));
        }
        self
    }
}

/// Shows names only: a value can be a secret.
impl fmt::Debug for Extra {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
