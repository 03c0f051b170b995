//! The objects seen so far, by kind: requests name them again.

use super::dice::Dice;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// The newest are the liveliest.
const KEPT: usize = 30;

#[derive(Default)]
pub struct Pool {
    ids: BTreeMap<String, VecDeque<String>>,
}

impl Pool {
    /// Notes every object in an answer, with all it holds.
    pub fn note(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.note(item)),
            Value::Object(fields) => {
                if let (Some(object), Some(id)) = (fields.get("object"), fields.get("id")) {
                    self.add(object.as_str().unwrap_or_default(), id);
                }
                for (name, value) in fields {
                    if matches!(
                        name.as_str(),
                        "client_secret" | "three_d_secure_2_source" | "code"
                    ) {
                        self.add(name, value);
                    }
                    self.note(value);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, kind: &str, id: &Value) {
        let Some(id) = id.as_str() else { return };
        let ids = self.ids.entry(kind.to_owned()).or_default();
        if !ids.iter().any(|known| known == id) {
            ids.push_back(id.to_owned());
        }
        if ids.len() > KEPT {
            ids.pop_front();
        }
    }

    /// An id for a parameter or a place in a path, if its name is that of a kind: `default_payment_method`.
    pub fn named(&self, name: &str, dice: &mut Dice) -> Option<String> {
        let last = |kind: &str| kind.rsplit('.').next().unwrap_or_default().to_owned();
        let mut kinds: Vec<_> = self
            .ids
            .iter()
            .filter(|(kind, _)| name.ends_with(&last(kind)))
            .collect();
        // A `promotion_code` is that, and no `code`.
        if kinds.iter().any(|(kind, _)| last(kind) == name) {
            kinds.retain(|(kind, _)| last(kind) == name);
        }
        if kinds.is_empty() {
            return None;
        }
        let (_, ids) = dice.any(&kinds);
        Some(ids[dice.roll(ids.len())].clone())
    }

    /// Any id at all.
    pub fn any(&self, dice: &mut Dice) -> Option<String> {
        let kinds: Vec<_> = self.ids.values().collect();
        if kinds.is_empty() {
            return None;
        }
        let ids = dice.any(&kinds);
        Some(ids[dice.roll(ids.len())].clone())
    }

    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }
}
