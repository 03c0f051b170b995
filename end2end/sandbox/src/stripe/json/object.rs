//! An object's fields, in the order they were put.

use super::{Text, Value};
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// Objects are small or read from end to end: looking a field up among them beats any tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Object {
    fields: Vec<(Text, Value)>,
}

impl Object {
    pub(crate) fn new() -> Self {
        Object::default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.fields.len()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let mut fields = self.fields.iter();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let mut fields = self.fields.iter_mut();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The field of this name, made if there is none.
    pub(super) fn slot(&mut self, name: Text) -> &mut Value {
        let found = self.fields.iter().position(|(known, _)| *known == name);
        let at = found.unwrap_or(self.fields.len());
        if found.is_none() {
            self.fields.push((name, Value::Null));
        }
        &mut self.fields[at].1
    }

    pub(crate) fn insert(&mut self, name: impl Into<Text>, value: Value) {
        *self.slot(name.into()) = value;
    }

    /// Adds the fields of another object, which has none of the same name.
    pub(crate) fn append(&mut self, mut other: Object) {
        debug_assert!(other.iter().all(|(name, _)| self.get(name).is_none()));
        self.fields.append(&mut other.fields);
    }

    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.fields.iter().map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&Text, &Value)> {
        self.fields.iter().map(|(name, value)| (name, value))
    }

    /// Fields whose value another object does not have. Objects made by the same code have them at the same place.
    pub(crate) fn changed_since<'a>(
        &'a self,
        old: &'a Object,
    ) -> impl Iterator<Item = (&'a Text, Option<&'a Value>)> {
        self.fields
            .iter()
            .enumerate()
            .filter_map(|(at, (name, value))| {
                let old = match old.fields.get(at) {
                    Some((same, old)) if same == name => Some(old),
                    _ => old.get(name),
                };
                (old != Some(value)).then_some((name, old))
            })
    }
}

/// The order of fields means nothing.
impl PartialEq for Object {
    fn eq(&self, other: &Object) -> bool {
        self.len() == other.len() && self.changed_since(other).next().is_none()
    }
}

/// For fields that are known to have different names.
impl From<Vec<(Text, Value)>> for Object {
    fn from(fields: Vec<(Text, Value)>) -> Self {
        Object { fields }
    }
}

impl FromIterator<(Text, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (Text, Value)>>(fields: I) -> Self {
        let mut object = Object::new();
        for (name, value) in fields {
            object.insert(name, value);
        }
        object
    }
}

impl IntoIterator for Object {
    type Item = (Text, Value);
    type IntoIter = std::vec::IntoIter<(Text, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.fields.into_iter()
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own = |(name, _): &(Text, Value)| matches!(name, Cow::Borrowed(_));
        if !self.fields.iter().all(own) {
            let mut map = serializer.serialize_map(Some(self.len()))?;
            for (name, value) in &self.fields {
                map.serialize_entry(name, value)?;
            }
            return map.end();
        }
        // The same in JSON; and only the names of a struct are the program's own texts, which need no copy.
        let mut fields = serializer.serialize_struct("", self.len())?;
        for (name, value) in &self.fields {
            if let Cow::Borrowed(name) = name {
                fields.serialize_field(name, value)?;
            }
        }
        fields.end()
    }
}
