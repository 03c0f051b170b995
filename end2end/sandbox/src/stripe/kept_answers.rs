//! The answers kept under idempotency keys, the oldest first, so that those whose day is over are dropped as new ones come,
//! a few at a time.

use super::json::Packed;
use hashbrown::{DefaultHashBuilder, HashTable};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, VecDeque};
use std::hash::BuildHasher;

const KEPT_FOR_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptAnswer {
    pub path: String,
    /// SHA-256 of the parameters: they may hold what should not be kept.
    pub params: String,
    pub created_ms: i64,
    /// Until then, by the real clock, the first request is still running, as its caller sees it.
    pub running_until_ms: u64,
    pub request_id: String,
    pub status: u16,
    pub body: Packed,
}

/// Serialised as a map from key to answer.
#[derive(Debug, Default)]
pub(crate) struct KeptAnswers {
    answers: VecDeque<(Box<str>, Box<KeptAnswer>)>,
    /// How many were dropped from the front.
    dropped: u64,
    /// By key: the key's hash, and which answer it is of all that ever were.
    places: HashTable<(u64, u64)>,
    hasher: DefaultHashBuilder,
}

impl KeptAnswers {
    /// The answer under this key, if its day is not over.
    pub(crate) fn get(&self, key: &str, now_ms: i64) -> Option<&KeptAnswer> {
        let (_, kept) = &self.answers[self.index(key)?];
        (now_ms < kept.created_ms + KEPT_FOR_MS).then_some(kept)
    }

    pub(crate) fn put(&mut self, key: String, answer: KeptAnswer) {
        let is_over = |kept: &KeptAnswer| kept.created_ms + KEPT_FOR_MS <= answer.created_ms;
        while self
            .answers
            .front()
            .is_some_and(|(_, oldest)| is_over(oldest))
        {
            self.drop_oldest();
        }
        let hash = self.hasher.hash_one(key.as_str());
        match self.index(&key) {
            Some(index) => *self.answers[index].1 = answer,
            None => {
                let place = self.dropped + self.answers.len() as u64;
                self.places
                    .insert_unique(hash, (hash, place), |(hash, _)| *hash);
                self.answers.push_back((key.into(), Box::new(answer)));
            }
        }
    }

    fn index(&self, key: &str) -> Option<usize> {
        let hash = self.hasher.hash_one(key);
        let index = |place: u64| (place - self.dropped) as usize;
        let is_it =
            |(known, place): &(u64, u64)| *known == hash && *self.answers[index(*place)].0 == *key;
        self.places
            .find(hash, is_it)
            .map(|(_, place)| index(*place))
    }

    fn drop_oldest(&mut self) {
        if let Some((key, _)) = self.answers.pop_front() {
            let hash = self.hasher.hash_one(&*key);
            let oldest = self.dropped;
            if let Ok(entry) = self.places.find_entry(hash, |(_, place)| *place == oldest) {
                entry.remove();
            }
            self.dropped += 1;
        }
    }
}

impl Serialize for KeptAnswers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In the order of keys: answers of the same moment have no other that a reader could restore.
        let by_key: BTreeMap<_, _> = self.answers.iter().map(|(key, kept)| (key, kept)).collect();
        serializer.collect_map(by_key)
    }
}

impl<'de> Deserialize<'de> for KeptAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut answers: Vec<_> = BTreeMap::<String, KeptAnswer>::deserialize(deserializer)?
            .into_iter()
            .collect();
        answers.sort_by_key(|(_, answer)| answer.created_ms);
        let mut kept = KeptAnswers::default();
        for (key, answer) in answers {
            kept.put(key, answer);
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stripe::json::json;

    fn answer(created_ms: i64) -> KeptAnswer {
        KeptAnswer {
            path: "/v1/customers".to_owned(),
            params: String::new(),
            created_ms,
            running_until_ms: 0,
            request_id: format!("req_{created_ms}"),
            status: 200,
            body: Packed::from(&json!({})),
        }
    }

    #[test]
    fn answers_are_dropped_when_their_day_is_over_and_no_earlier() {
        let mut kept = KeptAnswers::default();
        for time in 0..1000 {
            kept.put(format!("key {time}"), answer(time));
        }
        let later = KEPT_FOR_MS + 499;
        kept.put("late".to_owned(), answer(later));
        assert_eq!(kept.answers.len(), 501);
        for time in 0..1000 {
            let found = kept.get(&format!("key {time}"), later);
            assert_eq!(
                found.map(|kept| kept.created_ms),
                (time > 499).then_some(time)
            );
        }
        assert!(kept.get("late", later).is_some());
    }

    #[test]
    fn a_key_used_again_after_its_day_has_the_new_answer() {
        let mut kept = KeptAnswers::default();
        // Real clocks can be set back: the oldest need not be in front.
        kept.put("front".to_owned(), answer(10));
        kept.put("again".to_owned(), answer(0));
        let later = KEPT_FOR_MS + 5;
        assert!(kept.get("again", later).is_none());
        kept.put("again".to_owned(), answer(later));
        assert_eq!(
            kept.get("again", later).map(|kept| kept.created_ms),
            Some(later)
        );
        assert!(kept.get("front", later).is_some());
    }
}
