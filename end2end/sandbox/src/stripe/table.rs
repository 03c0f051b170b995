//! Objects of one kind, in the order they were made, found by id.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;

/// Anything with an id of its own.
pub(crate) trait Row {
    fn id(&self) -> &str;
}

/// Rows in order of creation. Serialised as a plain list: the index is rebuilt on loading.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    rows: Vec<T>,
    places: HashMap<String, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            rows: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Row> Table<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.places.get(id).map(|&place| &self.rows[place])
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.places.get(id).map(|&place| &mut self.rows[place])
    }

    /// Adds a row, or replaces the one with the same id.
    pub(crate) fn put(&mut self, row: T) {
        match self.places.get(row.id()) {
            Some(&place) => self.rows[place] = row,
            None => {
                self.places.insert(row.id().to_owned(), self.rows.len());
                self.rows.push(row);
            }
        }
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rows.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de> + Row> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut table = Table::default();
        for row in Vec::<T>::deserialize(deserializer)? {
            table.put(row);
        }
        Ok(table)
    }
}
