//! Values from anything serialisable.

use super::{Object, Text, Value};
use serde::de::value::Error;
use serde::ser::{self, Serialize, Serializer};
use std::borrow::Cow;

impl Value {
    /// What serde would write of it.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Value {
        // The builder takes all there is in serde's world, so that only a `Serialize` that fails by itself could fail.
        value.serialize(Builder).unwrap_or_default()
    }
}

/// JSON has no limit for numbers, and this has: beyond it they lose their last digits, as in JavaScript.
pub(super) fn integer(number: u64) -> Value {
    i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer)
}

struct Builder;

/// `{ name: value }`, as serde writes variants that hold something.
fn tagged(name: &'static str, value: Value) -> Value {
    Value::Object(Object::from(vec![(Cow::Borrowed(name), value)]))
}

impl Serializer for Builder {
    type Ok = Value;
    type Error = Error;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    fn serialize_bool(self, truth: bool) -> Result<Value, Error> {
        Ok(Value::Bool(truth))
    }

    fn serialize_i8(self, number: i8) -> Result<Value, Error> {
        Ok(Value::Integer(number.into()))
    }

    fn serialize_i16(self, number: i16) -> Result<Value, Error> {
        Ok(Value::Integer(number.into()))
    }

    fn serialize_i32(self, number: i32) -> Result<Value, Error> {
        Ok(Value::Integer(number.into()))
    }

    fn serialize_i64(self, number: i64) -> Result<Value, Error> {
        Ok(Value::Integer(number))
    }

    fn serialize_u8(self, number: u8) -> Result<Value, Error> {
        Ok(Value::Integer(number.into()))
    }

    fn serialize_u16(self, number: u16) -> Result<Value, Error> {
        Ok(Value::Integer(number.into()))
    }

    fn serialize_u32(self, number: u32) -> Result<Value, Error> {
        Ok(Value::Integer(number.into()))
    }

    fn serialize_u64(self, number: u64) -> Result<Value, Error> {
        Ok(integer(number))
    }

    fn serialize_f32(self, number: f32) -> Result<Value, Error> {
        Ok(Value::Float(number.into()))
    }

    fn serialize_f64(self, number: f64) -> Result<Value, Error> {
        Ok(Value::Float(number))
    }

    fn serialize_char(self, sign: char) -> Result<Value, Error> {
        Ok(Value::from(sign.to_string()))
    }

    fn serialize_str(self, text: &str) -> Result<Value, Error> {
        Ok(Value::from(text.to_owned()))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Value, Error> {
        Ok(Value::Array(
            bytes
                .iter()
                .map(|byte| Value::Integer((*byte).into()))
                .collect(),
        ))
    }

    fn serialize_none(self) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Error> {
        Ok(Value::from(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Error> {
        Ok(tagged(variant, value.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, Error> {
        Ok(Items::new(None, length.unwrap_or_default()))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, Error> {
        Ok(Items::new(None, length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, Error> {
        Ok(Items::new(None, length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Items, Error> {
        Ok(Items::new(Some(variant), length))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Fields, Error> {
        Ok(Fields::new(None, length.unwrap_or_default()))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields, Error> {
        Ok(Fields::new(None, length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Fields, Error> {
        Ok(Fields::new(Some(variant), length))
    }
}

/// A list that grows.
struct Items {
    variant: Option<&'static str>,
    items: Vec<Value>,
}

impl Items {
    fn new(variant: Option<&'static str>, length: usize) -> Self {
        let items = Vec::with_capacity(length);
        Items { variant, items }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.items.push(value.serialize(Builder)?);
        Ok(())
    }

    fn end(self) -> Value {
        let items = Value::Array(self.items);
        match self.variant {
            Some(variant) => tagged(variant, items),
            None => items,
        }
    }
}

/// An object that grows.
struct Fields {
    variant: Option<&'static str>,
    fields: Vec<(Text, Value)>,
    /// The name that waits for its value.
    name: Text,
}

impl Fields {
    fn new(variant: Option<&'static str>, length: usize) -> Self {
        Fields {
            variant,
            fields: Vec::with_capacity(length),
            name: Text::default(),
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, name: Text, value: &T) -> Result<(), Error> {
        self.fields.push((name, value.serialize(Builder)?));
        Ok(())
    }

    fn end(self) -> Value {
        let fields = Value::Object(Object::from(self.fields));
        match self.variant {
            Some(variant) => tagged(variant, fields),
            None => fields,
        }
    }
}

macro_rules! takes_items {
    ($($role:ident $take:ident),*) => {$(
        impl ser::$role for Items {
            type Ok = Value;
            type Error = Error;

            fn $take<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.push(value)
            }

            fn end(self) -> Result<Value, Error> {
                Ok(self.end())
            }
        }
    )*};
}

takes_items!(SerializeSeq serialize_element, SerializeTuple serialize_element);
takes_items!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

macro_rules! takes_fields {
    ($($role:ident),*) => {$(
        impl ser::$role for Fields {
            type Ok = Value;
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.push(Cow::Borrowed(name), value)
            }

            fn end(self) -> Result<Value, Error> {
                Ok(self.end())
            }
        }
    )*};
}

takes_fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Fields {
    type Ok = Value;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        self.name = match name.serialize(Builder)? {
            Value::String(text) => text,
            other => Cow::Owned(other.compact()),
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let name = std::mem::take(&mut self.name);
        self.push(name, value)
    }

    fn end(self) -> Result<Value, Error> {
        Ok(self.end())
    }
}
