//! Names of things: our order keys and shop id, Stripe's intents and tokens. Each is made by `parse` or from
//! random bytes that the caller drew.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a well-formed id")]
pub struct IdError;

/// Crockford's base 32, lower case: no letters that look like digits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 128 bits as 26 letters; the first carries three of them.
fn encode(bytes: [u8; 16]) -> String {
    let number = u128::from_be_bytes(bytes);
    (0..26)
        .rev()
        .map(|place| char::from(ALPHABET[(number >> (place * 5) & 31) as usize]))
        .collect()
}

fn is_encoded(text: &str) -> bool {
    text.len() == 26
        && text.bytes().all(|byte| ALPHABET.contains(&byte))
        && text.as_bytes()[0] <= b'7'
}

/// Names an order and opens its page: 128 random bits, so whoever holds it may see and pay the order. It has no
/// `Display`: what goes into a log is its [`reference`](OrderKey::reference), and that is what `Debug` shows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderKey(String);

impl OrderKey {
    /// A key from 128 random bits.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> OrderKey {
        OrderKey(encode(bytes))
    }

    /// Reads a key.
    ///
    /// # Errors
    /// Anything but 26 letters of the alphabet.
    pub fn parse(text: &str) -> Result<OrderKey, IdError> {
        if is_encoded(text) {
            Ok(OrderKey(text.to_owned()))
        } else {
            Err(IdError)
        }
    }

    /// Where the order is shown.
    #[must_use]
    pub fn order_page(&self) -> String {
        format!("/orders/{}", self.0)
    }

    /// Where the order is paid.
    #[must_use]
    pub fn checkout_page(&self) -> String {
        format!("/checkout/{}", self.0)
    }

    /// The key as it stands in addresses and metadata.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a shopper reads out on the telephone: the first eight letters, `3F7K-92QX`.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("{}-{}", &self.0[..4], &self.0[4..8]).to_uppercase()
    }
}

/// Names a cart: 128 random bits in a shopper's cookie.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CartId(String);

impl CartId {
    /// An id from 128 random bits.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> CartId {
        CartId(encode(bytes))
    }

    /// Reads an id.
    ///
    /// # Errors
    /// Anything but 26 letters of the alphabet.
    pub fn parse(text: &str) -> Result<CartId, IdError> {
        if is_encoded(text) {
            Ok(CartId(text.to_owned()))
        } else {
            Err(IdError)
        }
    }

    /// The id as it stands in the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names this shop's database in the metadata of every intent, so that another shop on the same Stripe account
/// is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShopId(String);

impl ShopId {
    /// An id from 128 random bits.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> ShopId {
        ShopId(format!("shop_{}", encode(bytes)))
    }

    /// Reads an id.
    ///
    /// # Errors
    /// Anything but `shop_` and 26 letters.
    pub fn parse(text: &str) -> Result<ShopId, IdError> {
        match text.strip_prefix("shop_") {
            Some(rest) if is_encoded(rest) => Ok(ShopId(text.to_owned())),
            _ => Err(IdError),
        }
    }

    /// The id as it stands in metadata.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A Stripe id: its prefix, then letters, digits and underscores, 255 at most.
fn is_stripe_id(text: &str, prefix: &str) -> bool {
    text.len() <= 255
        && text.strip_prefix(prefix).is_some_and(|rest| {
            !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
}

/// A PaymentIntent's id, `pi_…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IntentId(String);

impl IntentId {
    /// Reads an id.
    ///
    /// # Errors
    /// Anything that could not stand in one of Stripe's addresses.
    pub fn parse(text: &str) -> Result<IntentId, IdError> {
        // A client secret begins like its intent's id and must never pass for one.
        if is_stripe_id(text, "pi_") && !text.contains("_secret_") {
            Ok(IntentId(text.to_owned()))
        } else {
            Err(IdError)
        }
    }

    /// The id as Stripe wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A ConfirmationToken's id, `ctoken_…`: how a payment method travels from Stripe.js to the server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TokenId(String);

impl TokenId {
    /// Reads an id.
    ///
    /// # Errors
    /// Anything that could not stand in one of Stripe's addresses.
    pub fn parse(text: &str) -> Result<TokenId, IdError> {
        if is_stripe_id(text, "ctoken_") {
            Ok(TokenId(text.to_owned()))
        } else {
            Err(IdError)
        }
    }

    /// The id as Stripe wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderKey({}…)", self.reference())
    }
}

macro_rules! parsed_from_text {
    ($($id:ident),*) => {$(
        impl TryFrom<String> for $id {
            type Error = IdError;
            fn try_from(text: String) -> Result<$id, IdError> {
                $id::parse(&text)
            }
        }
        impl From<$id> for String {
            fn from(id: $id) -> String {
                id.0
            }
        }
    )*};
}
parsed_from_text!(OrderKey, CartId, ShopId, IntentId, TokenId);

macro_rules! shown_as_text {
    ($($id:ident),*) => {$(
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}
shown_as_text!(CartId, ShopId, IntentId, TokenId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_round_trip() {
        for bytes in [[0; 16], [255; 16], [7; 16]] {
            let key = OrderKey::from_random(bytes);
            assert_eq!(OrderKey::parse(key.as_str()), Ok(key));
        }
        assert_eq!(OrderKey::from_random([255; 16]).reference(), "7ZZZ-ZZZZ");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for bad in [
            "",
            "x",
            "../../etc/passwd",
            "8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
            "7zzzzzzzzzzzzzzzzzzzzzzzzzz",
            "ééééééééééééé",
        ] {
            assert_eq!(OrderKey::parse(bad), Err(IdError), "{bad}");
        }
    }

    #[test]
    fn stripe_ids_cannot_smuggle_a_path() {
        assert!(IntentId::parse("pi_3abcDEF").is_ok());
        assert!(TokenId::parse("ctoken_1abc").is_ok());
        for bad in ["pi_", "pi_a/b", "pi_a?x", "ch_1", "pi_1_secret_2", ""] {
            assert!(IntentId::parse(bad).is_err(), "{bad}");
        }
        for bad in ["ctoken_", "ctoken_a b", "tok_1", "ctoken_é"] {
            assert!(TokenId::parse(bad).is_err(), "{bad}");
        }
        assert!(TokenId::parse(&format!("ctoken_{}", "a".repeat(300))).is_err());
    }
}
