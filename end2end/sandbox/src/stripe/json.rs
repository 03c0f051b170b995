//! JSON as answers are made of it. The names of fields are the program's own texts, and fields stand in the order they
//! are written in: a tree of it is built and dropped at a fraction of what `serde_json`'s costs, which here is most
//! of the work. It looks the same to those who use it.

mod build;
mod known;
mod object;
mod packed;
mod read;
mod write;

use serde::{Serialize, Serializer, ser::SerializeSeq};
use std::borrow::Cow;
use std::ops::{Index, IndexMut};

pub(crate) use object::Object;
pub(crate) use packed::Packed;

/// A text; the program's own are not copied.
pub(crate) type Text = Cow<'static, str>;

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Value {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    String(Text),
    Array(Vec<Value>),
    Object(Object),
}

static NULL: Value = Value::Null;

impl Value {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        match self {
            Value::Object(object) => object.get_mut(name),
            _ => None,
        }
    }

    pub(crate) fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// As answers are printed.
    pub(crate) fn pretty(&self) -> String {
        write::pretty(self)
    }

    /// As short as it gets.
    pub(crate) fn compact(&self) -> String {
        write::compact(self)
    }
}

/// Null where there is no such field.
impl Index<&str> for Value {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&NULL)
    }
}

/// Makes the field, and the object around it, where there is none.
impl IndexMut<&'static str> for Value {
    fn index_mut(&mut self, name: &'static str) -> &mut Value {
        if !matches!(self, Value::Object(_)) {
            *self = Value::Object(Object::default());
        }
        match self {
            Value::Object(object) => object.slot(Cow::Borrowed(name)),
            other => other,
        }
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, text: &&str) -> bool {
        self == *text
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, truth: &bool) -> bool {
        matches!(self, Value::Bool(known) if known == truth)
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Value::String(Cow::Borrowed(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::String(Cow::Owned(text))
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Value::Bool(truth)
    }
}

/// Null, or the value.
impl From<Option<Value>> for Value {
    fn from(value: Option<Value>) -> Self {
        value.unwrap_or_default()
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Value::Integer(i64::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Float(number)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(truth) => serializer.serialize_bool(*truth),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            // The same text in JSON, and a reader that keeps the program's own texts as they are knows it for one.
            Value::String(Cow::Borrowed(text)) => serializer.serialize_unit_variant("", 0, text),
            Value::String(Cow::Owned(text)) => serializer.serialize_str(text),
            Value::Array(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(item)?;
                }
                seq.end()
            }
            Value::Object(object) => object.serialize(serializer),
        }
    }
}

/// A value, written as JSON; anything serialisable can stand in it. After `move`, something made for the purpose is
/// taken as it is, where everything else is copied.
macro_rules! json {
    (null) => {
        $crate::stripe::json::Value::Null
    };
    ([ $($items:tt)* ]) => {
        $crate::stripe::json::Value::Array($crate::stripe::json::items!([] $($items)*))
    };
    ({ $($fields:tt)* }) => {
        $crate::stripe::json::Value::Object($crate::stripe::json::Object::from(
            $crate::stripe::json::fields!([] $($fields)*),
        ))
    };
    ($literal:literal) => {
        $crate::stripe::json::Value::from($literal)
    };
    ($value:expr) => {
        $crate::stripe::json::Value::of(&$value)
    };
}

/// The fields of an object, one after the other; those done are in the brackets.
macro_rules! fields {
    ([ $($done:tt)* ] $(,)?) => {
        vec![ $($done)* ]
    };
    ([ $($done:tt)* ] $name:literal : null $(, $($rest:tt)*)?) => {
        $crate::stripe::json::fields!(
            [ $($done)* (::std::borrow::Cow::Borrowed($name), $crate::stripe::json::Value::Null), ] $($($rest)*)?
        )
    };
    ([ $($done:tt)* ] $name:literal : { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::stripe::json::fields!(
            [ $($done)* (::std::borrow::Cow::Borrowed($name), $crate::stripe::json::json!({ $($inner)* })), ]
            $($($rest)*)?
        )
    };
    ([ $($done:tt)* ] $name:literal : [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::stripe::json::fields!(
            [ $($done)* (::std::borrow::Cow::Borrowed($name), $crate::stripe::json::json!([ $($inner)* ])), ]
            $($($rest)*)?
        )
    };
    ([ $($done:tt)* ] $name:literal : $value:literal $(, $($rest:tt)*)?) => {
        $crate::stripe::json::fields!(
            [ $($done)* (::std::borrow::Cow::Borrowed($name), $crate::stripe::json::json!($value)), ] $($($rest)*)?
        )
    };
    ([ $($done:tt)* ] $name:literal : move $value:expr $(, $($rest:tt)*)?) => {
        $crate::stripe::json::fields!(
            [ $($done)* (::std::borrow::Cow::Borrowed($name), $crate::stripe::json::Value::from($value)), ]
            $($($rest)*)?
        )
    };
    ([ $($done:tt)* ] $name:literal : $value:expr $(, $($rest:tt)*)?) => {
        $crate::stripe::json::fields!(
            [ $($done)* (::std::borrow::Cow::Borrowed($name), $crate::stripe::json::json!($value)), ] $($($rest)*)?
        )
    };
}

/// The items of a list, in the same way.
macro_rules! items {
    ([ $($done:tt)* ] $(,)?) => {
        vec![ $($done)* ]
    };
    ([ $($done:tt)* ] null $(, $($rest:tt)*)?) => {
        $crate::stripe::json::items!([ $($done)* $crate::stripe::json::Value::Null, ] $($($rest)*)?)
    };
    ([ $($done:tt)* ] { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::stripe::json::items!([ $($done)* $crate::stripe::json::json!({ $($inner)* }), ] $($($rest)*)?)
    };
    ([ $($done:tt)* ] $value:expr $(, $($rest:tt)*)?) => {
        $crate::stripe::json::items!([ $($done)* $crate::stripe::json::json!($value), ] $($($rest)*)?)
    };
}

pub(crate) use {fields, items, json};

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::from_str;

    #[test]
    fn it_prints_as_serde_json_does() {
        let word = "more".to_owned();
        let ours = json!({
            "z": null, "a": { "b": [1, { "c": -2 }, null, "x\n\"é"] }, "empty": {}, "none": [],
            "half": 0.5, "yes": true, "word": word, "some": Some(7), "list": vec!["a", "b"],
        });
        let theirs = serde_json::json!({
            "z": null, "a": { "b": [1, { "c": -2 }, null, "x\n\"é"] }, "empty": {}, "none": [],
            "half": 0.5, "yes": true, "word": word, "some": Some(7), "list": vec!["a", "b"],
        });
        for text in [ours.pretty(), ours.compact()] {
            let read: serde_json::Value = from_str(&text).expect("JSON");
            assert_eq!(read, theirs, "{text}");
        }
        assert!(ours.pretty().starts_with("{\n  \"z\": null,\n  \"a\": {\n"));
    }

    #[test]
    fn reading_what_was_written_gives_the_same() {
        let value = json!({ "a": [1, "b", { "c": null }], "d": 1.5, "e": false, "f": {} });
        assert_eq!(from_str::<Value>(&value.pretty()).expect("JSON"), value);
    }

    #[test]
    fn a_field_set_twice_has_the_later_value() {
        let mut value = json!({ "a": 1, "b": 2 });
        value["a"] = json!(3);
        value["c"]["d"] = json!(4);
        assert_eq!(value.compact(), r#"{"a":3,"b":2,"c":{"d":4}}"#);
        assert!(value["nothing"]["below"].is_null());
    }
}
