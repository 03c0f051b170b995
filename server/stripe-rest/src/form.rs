//! Form encoding with Stripe's nested names, in the order the fields were given.
//!
//! The same fields always give the same bytes, so that a stored call can be compared and replayed.
//! Knows nothing of which fields Stripe takes.

use std::fmt::{self, Display, Write as _};

/// A form in the making.
///
/// ```
/// use stripe_rest::form::Form;
///
/// let body = Form::new()
///     .field("amount", 1200)
///     .field("currency", "eur")
///     .nested("metadata", Form::new().field("order", "7 & 8"))
///     .list("expand", ["latest_charge"])
///     .encode();
/// assert_eq!(body, "amount=1200&currency=eur&metadata[order]=7%20%26%208&expand[0]=latest_charge");
/// ```
#[derive(Clone, Default)]
pub struct Form {
    /// Encoded names (`metadata[order]`) and encoded values.
    pairs: Vec<(String, String)>,
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `name=value`. An empty value is sent as such: Stripe takes it as "unset this".
    pub fn field(mut self, name: &str, value: impl Display) -> Self {
        self.pairs
            .push((percent_encode(name), percent_encode(&value.to_string())));
        self
    }

    /// Adds the field if there is a value for it.
    pub fn optional(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    /// Adds every field of `inner` under `name`: `name[field]=…`. An empty form adds nothing.
    pub fn nested(mut self, name: &str, inner: Form) -> Self {
        let outer = percent_encode(name);
        for (name, value) in inner.pairs {
            // `b[c]` under `a` is `a[b][c]`: the first bracket closes after the inner name's own head.
            let (head, tail) = name.split_at(name.find('[').unwrap_or(name.len()));
            self.pairs.push((format!("{outer}[{head}]{tail}"), value));
        }
        self
    }

    /// Adds a list: `name[0]=…&name[1]=…`. An empty list adds nothing.
    pub fn list<T: Display>(self, name: &str, items: impl IntoIterator<Item = T>) -> Self {
        let inner = items
            .into_iter()
            .enumerate()
            .fold(Form::new(), |form, (index, item)| {
                form.field(&index.to_string(), item)
            });
        self.nested(name, inner)
    }

    /// The body to send.
    pub fn encode(&self) -> String {
        let pairs: Vec<String> = self
            .pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("&")
    }
}

/// Shows names only: values may be an address or an e-mail.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.pairs.iter().map(|(name, _)| name);
        f.write_str("Form ")?;
        f.debug_list().entries(names).finish()
    }
}

/// Keeps what RFC 3986 calls unreserved, and writes every other byte as `%XX`: readers agree on that form alone
/// (a blank as `+` means a blank only to some).
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_to_the_byte() {
        for (value, expected) in [
            ("", "v="),
            ("AZaz09-._~", "v=AZaz09-._~"),
            ("a b", "v=a%20b"),
            ("a+b", "v=a%2Bb"),
            ("a&b=c", "v=a%26b%3Dc"),
            ("100%", "v=100%25"),
            ("[x]", "v=%5Bx%5D"),
            ("Zoë", "v=Zo%C3%AB"),
            ("東京", "v=%E6%9D%B1%E4%BA%AC"),
            ("\r\n\0\u{7f}", "v=%0D%0A%00%7F"),
            ("https://shop/?a#b", "v=https%3A%2F%2Fshop%2F%3Fa%23b"),
        ] {
            assert_eq!(
                Form::new().field("v", value).encode(),
                expected,
                "{value:?}"
            );
        }
    }

    #[test]
    fn names_nest_and_keep_their_order() {
        let address = || Form::new().field("line1", "1").field("city", "2");
        for (form, expected) in [
            (Form::new(), ""),
            (Form::new().field("b", 1).field("a", 2), "b=1&a=2"),
            (Form::new().field("confirm", true), "confirm=true"),
            (
                Form::new().field("amount", i64::MAX),
                "amount=9223372036854775807",
            ),
            (Form::new().nested("shipping", Form::new()), ""),
            (
                Form::new().nested("shipping", Form::new().nested("address", address())),
                "shipping[address][line1]=1&shipping[address][city]=2",
            ),
            (
                Form::new().nested(
                    "a",
                    Form::new().nested("b", Form::new().nested("c", Form::new().field("d", 1))),
                ),
                "a[b][c][d]=1",
            ),
            (
                Form::new().list("expand", ["x", "y"]),
                "expand[0]=x&expand[1]=y",
            ),
            (Form::new().list("expand", [0_u8; 0]), ""),
            (
                Form::new().nested("f", Form::new().list("g", ["x"])),
                "f[g][0]=x",
            ),
            (
                Form::new().nested("metadata", Form::new().field("a[b]&c", 1)),
                "metadata[a%5Bb%5D%26c]=1",
            ),
            (
                Form::new()
                    .optional("a", None::<&str>)
                    .optional("b", Some("x")),
                "b=x",
            ),
        ] {
            assert_eq!(form.encode(), expected);
        }
    }

    #[test]
    fn debug_shows_names_and_no_values() {
        let form = Form::new().nested("shipping", Form::new().field("name", "Ada"));
        assert_eq!(format!("{form:?}"), r#"Form ["shipping[name]"]"#);
    }
}
