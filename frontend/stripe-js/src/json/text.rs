//! Writes options as JSON text: a serializer that cannot fail, because options cannot. With `serde_json`'s, every field of
//! every option has a way to fail, and all of that would be in a page's wasm.
//!
//! It does not know what options mean, and has no more of JSON than they need.

use std::fmt::{self, Display};

use serde::ser::{self, Impossible, Serialize};

/// What `serde_json`'s `RawValue`, which is JSON already, calls itself: extra options are kept as such.
const RAW: &str = "$serde_json::private::RawValue";

/// Options as JSON text.
pub(super) fn write(options: &impl Serialize) -> String {
    let mut text = Text::default();
    let Ok(()) = options.serialize(&mut text);
    text.out
}

#[derive(Default)]
struct Text {
    out: String,
    /// The next text is JSON already.
    raw: bool,
}

impl Text {
    fn quote(&mut self, text: &str) {
        self.out.push('"');
        for char in text.chars() {
            match char {
                '"' | '\\' => self.out.push('\\'),
                '\0'..' ' => {
                    self.out
                        .push_str(if char < '\x10' { "\\u000" } else { "\\u001" });
                    self.out.extend(char::from_digit(u32::from(char) % 16, 16));
                    continue;
                }
                _ => {}
            }
            self.out.push(char);
        }
        self.out.push('"');
    }

    /// Comes before a member and an item: a comma, unless it is the first.
    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), Some(b'{' | b'[')) {
            self.out.push(',');
        }
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.quote(name);
        self.out.push(':');
    }
}

/// There is none: so no branch is left of any.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    /// What serde's derives say of enums that are no objects and are to become members of one. There is none among the
    /// options: the tests write every struct of them with every name of every enum.
    fn custom<T: Display>(_: T) -> Self {
        unreachable!()
    }
}

type Written = Result<(), Never>;

/// Kinds of values that no options have: the tests would say so.
macro_rules! no_option_has {
    ($( $method:ident($($Argument:ty),*) -> $Answer:ty; )+) => {
        $( fn $method(self, $(_: $Argument),*) -> $Answer { unreachable!() } )+
    };
}

impl<'a> ser::Serializer for &'a mut Text {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Impossible<(), Never>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Impossible<(), Never>;

    fn serialize_bool(self, value: bool) -> Written {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Written {
        self.out.push_str(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Written {
        if value.is_finite() {
            self.out.push_str(&value.to_string());
            Ok(())
        } else {
            self.serialize_unit()
        }
    }

    fn serialize_str(self, text: &str) -> Written {
        if std::mem::take(&mut self.raw) {
            self.out.push_str(text);
        } else {
            self.quote(text);
        }
        Ok(())
    }

    fn serialize_unit(self) -> Written {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let mut members = self.serialize_map(None)?;
        ser::SerializeStruct::serialize_field(&mut members, variant, value)?;
        ser::SerializeStruct::end(members)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Never> {
        self.out.push('[');
        Ok(Items(self))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Never> {
        self.out.push('{');
        Ok(Members {
            text: self,
            is_raw: false,
        })
    }

    // Inlined, so that the names of all other structs are not in the wasm.
    #[inline(always)]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<'a>, Never> {
        if name == RAW {
            return Ok(Members {
                text: self,
                is_raw: true,
            });
        }
        self.serialize_map(None)
    }

    no_option_has! {
        serialize_i8(i8) -> Written;
        serialize_i16(i16) -> Written;
        serialize_i32(i32) -> Written;
        serialize_u8(u8) -> Written;
        serialize_u16(u16) -> Written;
        serialize_u64(u64) -> Written;
        serialize_f32(f32) -> Written;
        serialize_char(char) -> Written;
        serialize_bytes(&[u8]) -> Written;
        serialize_tuple(usize) -> Result<Self::SerializeTuple, Never>;
        serialize_tuple_struct(&'static str, usize) -> Result<Self::SerializeTupleStruct, Never>;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Result<Self::SerializeTupleVariant, Never>;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Result<Self::SerializeStructVariant, Never>;
    }
}

struct Items<'a>(&'a mut Text);

impl ser::SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.0.separate();
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Written {
        self.0.out.push(']');
        Ok(())
    }
}

struct Members<'a> {
    text: &'a mut Text,
    is_raw: bool,
}

impl ser::SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.text.raw = self.is_raw;
        if !self.is_raw {
            self.text.name(name);
        }
        value.serialize(&mut *self.text)
    }

    fn end(self) -> Written {
        if !self.is_raw {
            self.text.out.push('}');
        }
        Ok(())
    }
}

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Written {
        self.text.separate();
        name.serialize(&mut *self.text)?;
        self.text.out.push(':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut *self.text)
    }

    fn end(self) -> Written {
        ser::SerializeStruct::end(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::value::to_raw_value;
    use serde_json::{Value, json};

    use super::write;

    #[test]
    fn text_is_written_as_serde_json_reads_it() {
        for text in [
            "",
            "plain",
            "\"\\/",
            "\0\x01\t\n\r\x0f\x10\x1f\x7f",
            "é\u{2028}𝄞",
        ] {
            let written = write(&BTreeMap::from([(text, text)]));
            let read: Value = serde_json::from_str(&written).unwrap();
            assert_eq!(read, json!({ text: text }), "{written}");
        }
    }

    #[test]
    fn numbers_are_written_as_serde_json_reads_them() {
        for number in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(write(&number), json!(number).to_string());
        }
        for number in [12.5, -0.1, 1e300, f64::NAN] {
            assert_eq!(
                serde_json::from_str::<Value>(&write(&number)).unwrap(),
                json!(number)
            );
        }
    }

    #[test]
    fn what_is_empty_is_written_and_commas_stand_between_only() {
        let value = json!([[], {}, "{", ["["], null, { "[": [true, false], "{": {} }]);
        assert_eq!(write(&value), value.to_string());
    }

    #[test]
    fn what_is_json_already_is_written_as_it_is() {
        let raw = to_raw_value(&json!({ "fine": [1.5, "\"", 7u64] })).unwrap();
        let value = BTreeMap::from([("weather", &raw), ("windy", &raw)]);
        let read: Value = serde_json::from_str(&write(&value)).unwrap();
        let fine = json!({ "fine": [1.5, "\"", 7] });
        assert_eq!(read, json!({ "weather": fine, "windy": fine }));
    }
}
