//! Values at rest: bytes instead of a tree or a text, for what is kept by the million and seldom read. An object is
//! the number of its list of names, then its values; the program's own texts are numbers, too.

use super::known::{Known, known};
use super::{Object, Text, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A value, packed. In a state file it is a text of JSON.
#[derive(Clone, PartialEq)]
pub(crate) struct Packed(Box<[u8]>);

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INTEGER: u8 = 3;
const FLOAT: u8 = 4;
const OWN_TEXT: u8 = 5;
const TEXT: u8 = 6;
const ARRAY: u8 = 7;
/// All its names are the program's own.
const SHAPED: u8 = 8;
const OBJECT: u8 = 9;

impl Packed {
    pub(crate) fn value(&self) -> Value {
        let mut reader = Reader {
            known: &known(),
            rest: &self.0,
        };
        // Bytes that this program has packed are whole.
        reader.value().unwrap_or_default()
    }

    /// Whether an id stands in it, which is never one of the program's own texts: those others are kept as they are,
    /// so nothing has to be unpacked.
    pub(crate) fn mentions(&self, id: &str) -> bool {
        let Some(last) = id.as_bytes().last() else {
            return false;
        };
        // The last letter of an id is seldom another's: most places are passed at a glance.
        self.0
            .windows(id.len())
            .any(|bytes| bytes.last() == Some(last) && bytes == id.as_bytes())
    }
}

impl From<&Value> for Packed {
    fn from(value: &Value) -> Self {
        let mut writer = Writer {
            known: &mut known(),
            bytes: Vec::with_capacity(1024),
            names: Vec::new(),
        };
        writer.value(value);
        Packed(writer.bytes.as_slice().into())
    }
}

struct Writer<'a> {
    known: &'a mut Known,
    bytes: Vec<u8>,
    names: Vec<&'static str>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.bytes.push(NULL),
            Value::Bool(false) => self.bytes.push(FALSE),
            Value::Bool(true) => self.bytes.push(TRUE),
            Value::Integer(number) => {
                self.bytes.push(INTEGER);
                // Small numbers of either sign are short.
                self.number((number << 1 ^ number >> 63) as u64);
            }
            Value::Float(number) => {
                self.bytes.push(FLOAT);
                self.bytes.extend(number.to_le_bytes());
            }
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                self.bytes.push(ARRAY);
                self.number(items.len() as u64);
                for item in items {
                    self.value(item);
                }
            }
            Value::Object(object) => self.object(object),
        }
    }

    fn object(&mut self, object: &Object) {
        self.names.clear();
        let own = object.iter().map_while(|(name, _)| match name {
            Cow::Borrowed(name) => Some(*name),
            Cow::Owned(_) => None,
        });
        self.names.extend(own);
        if self.names.len() == object.len() {
            let shape = self.known.shape_number(&self.names);
            self.bytes.push(SHAPED);
            self.number(shape as u64);
            for (_, value) in object.iter() {
                self.value(value);
            }
            return;
        }
        self.bytes.push(OBJECT);
        self.number(object.len() as u64);
        for (name, value) in object.iter() {
            self.text(name);
            self.value(value);
        }
    }

    fn text(&mut self, text: &Text) {
        match text {
            Cow::Borrowed(text) => {
                let number = self.known.text_number(text);
                self.bytes.push(OWN_TEXT);
                self.number(number as u64);
            }
            Cow::Owned(text) => {
                self.bytes.push(TEXT);
                self.number(text.len() as u64);
                self.bytes.extend(text.as_bytes());
            }
        }
    }

    /// Seven bits to a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

struct Reader<'a> {
    known: &'a Known,
    rest: &'a [u8],
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            NULL => Value::Null,
            FALSE => Value::Bool(false),
            TRUE => Value::Bool(true),
            INTEGER => {
                let number = self.number()?;
                Value::Integer((number >> 1) as i64 ^ -((number & 1) as i64))
            }
            FLOAT => {
                let (number, rest) = self.rest.split_first_chunk()?;
                self.rest = rest;
                Value::Float(f64::from_le_bytes(*number))
            }
            ARRAY => {
                let length = self.number()?;
                let items: Option<Vec<Value>> = (0..length).map(|_| self.value()).collect();
                Value::Array(items?)
            }
            SHAPED => {
                let shape = self.number()? as usize;
                let shape = self.known.shape(shape)?;
                let mut fields = Vec::with_capacity(shape.len());
                for name in shape.iter() {
                    fields.push((Cow::Borrowed(*name), self.value()?));
                }
                Value::Object(Object::from(fields))
            }
            OBJECT => {
                let length = self.number()?;
                let mut fields = Vec::new();
                for _ in 0..length {
                    let kind = self.byte()?;
                    fields.push((self.text(kind)?, self.value()?));
                }
                Value::Object(Object::from(fields))
            }
            kind => Value::String(self.text(kind)?),
        })
    }

    fn text(&mut self, kind: u8) -> Option<Text> {
        let number = self.number()? as usize;
        if kind == OWN_TEXT {
            return self.known.text(number).map(Cow::Borrowed);
        }
        let (text, rest) = self.rest.split_at_checked(number)?;
        self.rest = rest;
        Some(Cow::Owned(str::from_utf8(text).ok()?.to_owned()))
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }
}

impl fmt::Debug for Packed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.value().compact())
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.value().compact())
    }
}

/// State files of earlier days hold some values themselves.
impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = match Value::deserialize(deserializer)? {
            Value::String(text) => serde_json::from_str(&text).map_err(serde::de::Error::custom)?,
            value => value,
        };
        Ok(Packed::from(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stripe::json::json;

    #[test]
    fn what_was_packed_comes_out_as_it_was() {
        let name = "order".to_owned();
        let metadata = Value::Object([(Cow::Owned(name), json!("7"))].into_iter().collect());
        let numbers = [
            0,
            1,
            -1,
            63,
            -64,
            127,
            128,
            1_795_132_800,
            i64::MIN,
            i64::MAX,
        ];
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([1.5, -0.0, f64::MAX]),
            json!(numbers),
            json!({ "a": null, "b": { "a": true, "c": [false, "d", "é".repeat(300)] }, "metadata": metadata }),
        ] {
            let packed = Packed::from(&value);
            assert_eq!(packed.value().compact(), value.compact());
            let text = serde_json::to_string(&packed).expect("JSON");
            assert_eq!(
                serde_json::from_str::<Packed>(&text).expect("JSON").value(),
                value
            );
        }
    }

    #[test]
    fn an_object_of_known_shape_takes_a_byte_for_a_null() {
        let value = json!({ "first": null, "second": null, "third": null, "fourth": true });
        assert!(Packed::from(&value).0.len() <= 4 + 1 + 3);
    }

    #[test]
    fn ids_are_found_wherever_they_stand() {
        let packed = Packed::from(&json!({ "a": ["b", { "c": "pi_123".to_owned() }] }));
        for (id, expected) in [("pi_123", true), ("pi_124", false), ("", false)] {
            assert_eq!(packed.mentions(id), expected, "{id}");
        }
    }

    #[test]
    fn bytes_that_are_cut_short_are_null_and_no_panic() {
        let packed = Packed::from(&json!({ "a": ["b", "c".to_owned(), 300, 1.5] }));
        for length in 0..packed.0.len() {
            assert!(
                Packed(packed.0[..length].into()).value().is_null(),
                "{length}"
            );
        }
    }
}
