//! Objects of one kind, in the order they were made, found by id and by what they belong to: no look-up grows with
//! their number.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;

/// Anything with an id of its own.
pub(crate) trait Row {
    fn id(&self) -> &str;

    /// Unix seconds; 0 for what is never listed.
    fn created(&self) -> i64 {
        0
    }

    /// Ids of the objects it is looked up by: its customer, its intent, its charge.
    fn owners(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// Rows in order of creation. Serialised as a plain list: the indexes are rebuilt on loading.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    rows: Vec<T>,
    places: HashMap<String, usize>,
    /// By owner's id; places in ascending order.
    owned: HashMap<String, Vec<usize>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            rows: Vec::new(),
            places: HashMap::new(),
            owned: HashMap::new(),
        }
    }
}

impl<T: Row> Table<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.places.get(id).map(|&place| &self.rows[place])
    }

    /// For changes that leave the owners as they are.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.places.get(id).map(|&place| &mut self.rows[place])
    }

    /// Where a row stands in the order of creation.
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Adds a row, or replaces the one with the same id.
    pub(crate) fn put(&mut self, row: T) {
        let place = match self.places.get(row.id()) {
            Some(&place) => {
                if self.rows[place].owners() == row.owners() {
                    self.rows[place] = row;
                    return;
                }
                self.forget_owners(place);
                place
            }
            None => {
                self.places.insert(row.id().to_owned(), self.rows.len());
                self.rows.len()
            }
        };
        for owner in row.owners() {
            let places = self.owned.entry(owner.to_owned()).or_default();
            if let Err(at) = places.binary_search(&place) {
                places.insert(at, place);
            }
        }
        if place == self.rows.len() {
            self.rows.push(row);
        } else {
            self.rows[place] = row;
        }
    }

    fn forget_owners(&mut self, place: usize) {
        for owner in self.rows[place].owners() {
            if let Some(places) = self.owned.get_mut(owner)
                && let Ok(at) = places.binary_search(&place)
            {
                places.remove(at);
            }
        }
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// All rows, to be looked through by place.
    pub(crate) fn all(&self) -> Rows<'_, T> {
        Rows {
            table: self,
            places: None,
        }
    }

    /// The rows that belong to this object.
    pub(crate) fn of(&self, owner: &str) -> Rows<'_, T> {
        Rows {
            table: self,
            places: Some(self.owned.get(owner).map_or(&[], Vec::as_slice)),
        }
    }

    /// The rows of the first owner given, or else all.
    pub(crate) fn of_first(&self, owners: &[&Option<String>]) -> Rows<'_, T> {
        match owners.iter().find_map(|owner| owner.as_deref()) {
            Some(owner) => self.of(owner),
            None => self.all(),
        }
    }
}

/// Some rows of a table, in the order of creation.
pub(crate) struct Rows<'a, T> {
    pub table: &'a Table<T>,
    places: Option<&'a [usize]>,
}

impl<'a, T: Row> Rows<'a, T> {
    pub(crate) fn len(&self) -> usize {
        self.places.map_or(self.table.rows.len(), <[usize]>::len)
    }

    /// How many of these rows come before a place in the table.
    pub(crate) fn before(&self, place: usize) -> usize {
        match self.places {
            None => place,
            Some(places) => places.partition_point(|other| *other < place),
        }
    }

    pub(crate) fn at(&self, index: usize) -> &'a T {
        let place = self.places.map_or(index, |places| places[index]);
        &self.table.rows[place]
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &'a T> + '_ {
        (0..self.len()).map(|index| self.at(index))
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
