//! Metadata (docs.stripe.com/api/metadata): free texts of the caller's, by name. Nearly every object has a few, so they
//! take no more room than their letters.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// How many names there may be.
pub(crate) const MOST: usize = 50;
pub(crate) const TOO_MANY: &str = "Metadata can have up to 50 names.";
pub(crate) const TOO_LONG: &str =
    "Metadata names can have up to 40 characters, and values up to 500.";

/// Whether a name and its value are short enough.
pub(crate) fn fits(name: &str, value: &str) -> bool {
    name.chars().count() <= 40 && value.chars().count() <= 500
}

/// In order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    texts: Vec<(Box<str>, Box<str>)>,
}

impl Metadata {
    pub(crate) fn new() -> Self {
        Metadata::default()
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(crate) fn insert(&mut self, name: String, value: String) {
        match self.place(&name) {
            Ok(place) => self.texts[place].1 = value.into(),
            Err(place) => {
                self.texts.reserve_exact(1);
                self.texts.insert(place, (name.into(), value.into()));
            }
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        if let Ok(place) = self.place(name) {
            self.texts.remove(place);
        }
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.texts
            .binary_search_by(|(known, _)| (**known).cmp(name))
    }
}

impl Serialize for Metadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.texts.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Metadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = BTreeMap::deserialize(deserializer)?;
        let texts = texts.into_iter().collect();
        Ok(Metadata { texts })
    }
}
