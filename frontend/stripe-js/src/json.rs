//! Options as JSON text: how they travel from a server to the page, and from this crate to Stripe.js.

mod text;

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The options `T`, already written as JSON.
///
/// Every call that takes options takes `impl Into<Json<T>>`: pass `&T`, or pass a `Json<T>` that a server wrote into the
/// page. The second form costs the browser nothing: the text goes to Stripe.js as it is, and neither `T` nor the code
/// that writes it becomes part of the page's wasm.
///
/// It serialises (and deserialises) as one string, so it can be a property of a server-rendered component.
pub struct Json<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

impl<T> Json<T> {
    /// Takes text that was written elsewhere, unread. Text that is no JSON object becomes an
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) when it is used.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            of: PhantomData,
        }
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Options of this crate. Nobody else has any: that writing them cannot fail is only known of these, by the tests.
pub trait Options: Serialize {}

/// None.
impl Options for () {}

impl<T: Options> From<&T> for Json<T> {
    fn from(options: &T) -> Self {
        Self::from_text(text::write(options))
    }
}

impl<T> Clone for Json<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.clone())
    }
}

/// Shows no content: options can hold a customer session's secret.
impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Json(…)")
    }
}

impl<T> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ElementsOptions;

    #[test]
    fn what_a_server_writes_reaches_the_page_unread() {
        let written = Json::from(&ElementsOptions::payment(1_999, "usd"));
        let travelled = serde_json::to_string(&written).unwrap();
        let read: Json<ElementsOptions> = serde_json::from_str(&travelled).unwrap();
        assert_eq!(read.as_str(), written.as_str());
        assert_eq!(
            read.as_str(),
            r#"{"mode":"payment","amount":1999,"currency":"usd"}"#
        );
    }
}
