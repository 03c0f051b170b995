//! The table of what `expand[]` may name, made from Stripe's official types beside that of the parameters. Read at the first
//! request that expands.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("expandable.txt")));

/// How a path fares in the answer to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expansion {
    Expands,
    /// It would, with `data.` before it.
    InData,
    Nothing,
}

/// What a path names in the answer to a call, whose segments come without `v1`. Of calls that Stripe's clients do not know,
/// nothing is known.
pub(crate) fn expansion(method: &str, segments: &[&str], path: &[String]) -> Option<Expansion> {
    let answer = TABLE.answer(method, segments)?;
    if TABLE.expands(answer, path) {
        return Some(Expansion::Expands);
    }
    let data = TABLE.places[answer].fields.get("data");
    Some(match data {
        Some(data) if TABLE.expands(*data, path) => Expansion::InData,
        _ => Expansion::Nothing,
    })
}

/// Whether a field of objects of this kind leads to anything that can be expanded. Kinds without such fields are not known.
pub(crate) fn leads_on(kind: &str, field: &str) -> bool {
    let places = TABLE.kinds.get(kind);
    places.is_none_or(|places| {
        let has = |place: &usize| TABLE.places[*place].fields.contains_key(field);
        places.iter().any(has)
    })
}

#[derive(Debug, Default)]
struct Place {
    /// An id stands here, or something that is left out unless it is asked for.
    expands: bool,
    /// The resources found here, by name.
    resources: Vec<&'static str>,
    fields: BTreeMap<&'static str, usize>,
}

#[derive(Debug)]
struct Answer {
    method: &'static str,
    segments: Vec<&'static str>,
    place: usize,
}

#[derive(Debug, Default)]
struct Table {
    places: Vec<Place>,
    resources: HashMap<&'static str, usize>,
    /// By what objects call themselves.
    kinds: HashMap<&'static str, Vec<usize>>,
    /// A path in full comes before one with an id.
    answers: Vec<Answer>,
}

impl Table {
    fn answer(&self, method: &str, segments: &[&str]) -> Option<usize> {
        let fits = |answer: &&Answer| {
            let mut pairs = answer.segments.iter().zip(segments);
            answer.method == method
                && answer.segments.len() == segments.len()
                && pairs.all(|(known, given)| *known == "{id}" || known == given)
        };
        self.answers.iter().find(fits).map(|answer| answer.place)
    }

    fn expands(&self, from: usize, path: &[String]) -> bool {
        let mut reached = vec![from];
        for name in path {
            reached = reached
                .into_iter()
                .flat_map(|place| self.within(place, name))
                .collect();
        }
        reached.iter().any(|place| self.places[*place].expands)
    }

    /// The field of this name, of the object itself and of each resource that it may be.
    fn within(&self, place: usize, name: &str) -> Vec<usize> {
        let resources = self.places[place].resources.iter();
        let known = resources.filter_map(|resource| self.resources.get(resource));
        std::iter::once(&place)
            .chain(known)
            .filter_map(|place| self.places[*place].fields.get(name).copied())
            .collect()
    }

    fn read(text: &'static str) -> Table {
        let mut table = Table::default();
        // The places that the next line may belong to, and how far each is indented.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let trimmed = line.trim_start_matches(' ');
            let depth = line.len() - trimmed.len();
            let mut words = trimmed.split(' ');
            let name = words.next().unwrap_or_default();
            open.retain(|(outer, _)| *outer < depth);
            let place = table.places.len();
            match open.last() {
                Some((_, outer)) => {
                    table.places[*outer].fields.insert(name, place);
                }
                None if matches!(name, "DELETE" | "GET" | "POST") => {
                    let path = words.next().unwrap_or_default();
                    table.answers.push(Answer {
                        method: name,
                        segments: path.trim_start_matches("/v1/").split('/').collect(),
                        place,
                    });
                }
                None => {
                    table.resources.insert(name, place);
                    let kind = words.next().unwrap_or_default();
                    table.kinds.entry(kind).or_default().push(place);
                }
            }
            let mut read = Place::default();
            for word in words {
                match word {
                    "@" | "+" => read.expands = true,
                    resource => read.resources.push(resource),
                }
            }
            table.places.push(read);
            open.push((depth, place));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(method: &str, call: &str, path: &str) -> Option<Expansion> {
        let segments: Vec<&str> = call.split('/').collect();
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        expansion(method, &segments, &path)
    }

    #[test]
    fn each_answer_has_paths_of_its_own() {
        use Expansion::{Expands, InData, Nothing};
        for (call, path, expected) in [
            ("payment_intents/pi_1", "customer", Expands),
            ("payment_intents/pi_1", "latest_charge.refunds", Expands),
            ("payment_intents/pi_1", "amount_details.line_items", Expands),
            ("payment_intents/pi_1", "subscription", Nothing),
            ("payment_intents/pi_1", "charge", Nothing),
            ("payment_intents/pi_1", "amount", Nothing),
            ("payment_intents/pi_1", "data.customer", Nothing),
            ("payment_intents", "data.customer", Expands),
            ("payment_intents", "customer", InData),
            ("payment_intents", "data", Nothing),
            ("payment_intents/search", "data.latest_charge", Expands),
            ("charges/ch_1", "payment_method", Nothing),
            ("charges/ch_1", "payment_intent", Expands),
        ] {
            assert_eq!(of("GET", call, path), Some(expected), "{call} {path}");
        }
        assert_eq!(of("POST", "3ds2/authenticate", "customer"), None);
    }

    #[test]
    fn every_resource_that_is_named_is_described() {
        let named = TABLE.places.iter().flat_map(|place| &place.resources);
        let unknown: Vec<_> = named
            .filter(|name| !TABLE.resources.contains_key(*name))
            .collect();
        assert_eq!(unknown, Vec::<&&str>::new());
        assert!(TABLE.answers.len() > 100, "{}", TABLE.answers.len());
    }
}
