//! The program's own texts, and the lists of names its objects have, each under a number: in the order they were first
//! met, for as long as the program runs. There are as many as there are in its source, whatever the traffic.

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use std::hash::{BuildHasher, Hasher};
use std::ptr;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

/// How many names of a list its hash is made of.
const TOLD_BY: usize = 6;

#[derive(Default)]
pub(super) struct Known {
    texts: Vec<&'static str>,
    text_numbers: HashMap<&'static str, usize>,
    shapes: Vec<Shape>,
    shape_numbers: HashTable<(u64, usize)>,
    hasher: DefaultHashBuilder,
}

/// The names of an object's fields, in order.
pub(super) type Shape = Arc<[&'static str]>;

pub(super) fn known() -> MutexGuard<'static, Known> {
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The program's own text that is the same.
pub(super) fn own_text(text: &str) -> Option<&'static str> {
    let known = known();
    let number = known.text_numbers.get(text)?;
    Some(known.texts[*number])
}

impl Known {
    pub(super) fn text_number(&mut self, text: &'static str) -> usize {
        *self.text_numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() - 1
        })
    }

    pub(super) fn text(&self, number: usize) -> Option<&'static str> {
        self.texts.get(number).copied()
    }

    /// Names are told by where in the program they stand, which is faster than reading them: the same name standing
    /// twice makes two shapes of one, and nothing worse.
    pub(super) fn shape_number(&mut self, names: &[&'static str]) -> usize {
        // A few of them tell nearly all lists apart; what is found is compared whole.
        let mut hasher = self.hasher.build_hasher();
        hasher.write_usize(names.len());
        for name in names.iter().step_by(names.len() / TOLD_BY + 1) {
            hasher.write_usize(name.as_ptr().addr());
        }
        let hash = hasher.finish();
        let is_it = |(known, number): &(u64, usize)| {
            let shape = &self.shapes[*number];
            let mut pairs = shape.iter().zip(names);
            *known == hash
                && shape.len() == names.len()
                && pairs.all(|(known, name)| ptr::eq(*known, *name))
        };
        if let Some((_, number)) = self.shape_numbers.find(hash, is_it) {
            return *number;
        }
        for name in names {
            self.text_number(name);
        }
        let number = self.shapes.len();
        self.shapes.push(Shape::from(names));
        self.shape_numbers
            .insert_unique(hash, (hash, number), |(hash, _)| *hash);
        number
    }

    pub(super) fn shape(&self, number: usize) -> Option<Shape> {
        self.shapes.get(number).cloned()
    }
}
