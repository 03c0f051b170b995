//! Objects of one kind, in the order they were made, found by id and by what they belong to: no look-up grows with
//! their number.

mod chunks;

use chunks::Chunks;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::hash::BuildHasher;

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
    rows: Chunks<T>,
    /// By id, which only the row itself holds. Beside each its hash: a growing table looks at no row.
    places: HashTable<(u64, u32)>,
    hasher: DefaultHashBuilder,
    /// By owner's id; places in ascending order.
    owned: HashMap<String, Vec<usize>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            rows: Chunks::default(),
            places: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            owned: HashMap::new(),
        }
    }
}

impl<T: Row> Table<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.place(id).map(|place| self.row(place))
    }

    fn row(&self, place: usize) -> &T {
        #[cfg(test)]
        looks::note();
        &self.rows[place]
    }

    /// For changes that leave the owners as they are.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.place(id).map(|place| &mut self.rows[place])
    }

    /// Where a row stands in the order of creation.
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        let hash = self.hasher.hash_one(id);
        let found = self.places.find(hash, |(known, place)| {
            *known == hash && self.rows[*place as usize].id() == id
        });
        found.map(|(_, place)| *place as usize)
    }

    /// Adds a row, or replaces the one with the same id.
    pub(crate) fn put(&mut self, row: T) {
        let place = match self.place(row.id()) {
            Some(place) => {
                if self.rows[place].owners() == row.owners() {
                    self.rows[place] = row;
                    return;
                }
                self.forget_owners(place);
                place
            }
            None => {
                let hash = self.hasher.hash_one(row.id());
                // Memory is full long before there are more rows than this can count.
                let place = self.rows.len() as u32;
                self.places
                    .insert_unique(hash, (hash, place), |(hash, _)| *hash);
                self.rows.len()
            }
        };
        for owner in row.owners() {
            let places = self.owned.entry_ref(owner).or_default();
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
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        (0..self.rows.len()).map(|place| self.row(place))
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
            places: Some(Cow::Borrowed(self.places_of(owner))),
        }
    }

    /// The rows that belong to any of these objects.
    pub(crate) fn of_any(&self, owners: &[String]) -> Rows<'_, T> {
        let places = owners.iter().flat_map(|owner| self.places_of(owner));
        let mut places: Vec<usize> = places.copied().collect();
        places.sort_unstable();
        places.dedup();
        Rows {
            table: self,
            places: Some(Cow::Owned(places)),
        }
    }

    fn places_of(&self, owner: &str) -> &[usize] {
        self.owned.get(owner).map_or(&[], Vec::as_slice)
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
    places: Option<Cow<'a, [usize]>>,
}

impl<'a, T: Row> Rows<'a, T> {
    pub(crate) fn len(&self) -> usize {
        let places = self.places.as_ref();
        places.map_or(self.table.rows.len(), |places| places.len())
    }

    /// How many of these rows come before a place in the table.
    pub(crate) fn before(&self, place: usize) -> usize {
        match &self.places {
            None => place,
            Some(places) => places.partition_point(|other| *other < place),
        }
    }

    /// Where those begin that were made then or later.
    pub(crate) fn since(&self, created: i64) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.at(middle).created() < created {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    pub(crate) fn at(&self, index: usize) -> &'a T {
        let place = self.places.as_ref().map_or(index, |places| places[index]);
        self.table.row(place)
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &'a T> + '_ {
        (0..self.len()).map(|index| self.at(index))
    }
}

impl<T: Serialize + Row> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
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

/// How many rows were looked at, so that a test can tell a look-up from a search.
#[cfg(test)]
pub(crate) mod looks {
    use std::cell::Cell;

    thread_local! {
        static LOOKS: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn note() {
        LOOKS.set(LOOKS.get() + 1);
    }

    /// Since the last time.
    pub(crate) fn take() -> usize {
        LOOKS.take()
    }
}
