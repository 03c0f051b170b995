//! The table of parameters, made from Stripe's official types by `cargo xtask test sandbox -- contract --update-snapshots`.
//! Read at the first request.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::LazyLock;

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("parameters.txt")));

/// A value that is no object and no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    /// A number in a text, however long.
    Decimal,
    Boolean,
}

impl Kind {
    fn named(word: &str) -> Option<Kind> {
        Some(match word {
            "text" => Kind::Text,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "decimal" => Kind::Decimal,
            "boolean" => Kind::Boolean,
            _ => return None,
        })
    }

    pub(super) fn admits(self, text: &str) -> bool {
        match self {
            Kind::Text => true,
            // Rust's own parser also takes "+5", which Stripe does not.
            Kind::Integer => !text.starts_with('+') && text.parse::<i64>().is_ok(),
            Kind::Number | Kind::Decimal => is_decimal(text),
            Kind::Boolean => matches!(text, "true" | "false"),
        }
    }
}

fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(fraction)
}

/// From the least to the most, both included; either may be open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub least: Option<u32>,
    pub most: Option<u32>,
}

impl Bounds {
    /// `1..60`, `..40`.
    fn read(text: &str) -> Bounds {
        let (least, most) = text.split_once("..").unwrap_or_default();
        Bounds {
            least: least.parse().ok(),
            most: most.parse().ok(),
        }
    }

    pub(super) fn hold(self, value: f64) -> bool {
        self.least.is_none_or(|least| f64::from(least) <= value)
            && self.most.is_none_or(|most| value <= f64::from(most))
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (Some(least), Some(most)) => write!(f, "between {least} and {most}"),
            (Some(least), None) => write!(f, "at least {least}"),
            (None, Some(most)) => write!(f, "at most {most}"),
            (None, None) => f.write_str("any"),
        }
    }
}

/// All that a parameter may be.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// An empty text, which unsets.
    pub empty: bool,
    pub kinds: Vec<Kind>,
    pub choices: Vec<&'static str>,
    /// Of a text's characters, or of a number.
    pub range: Bounds,
    /// Of a list's items.
    pub count: Bounds,
    pub is_object: bool,
    /// Sorted by name.
    pub fields: Vec<Field>,
    /// What each item of a list is.
    pub item: Option<ShapeId>,
    /// What stands under each name, where names are free.
    pub value: Option<ShapeId>,
}

#[derive(Debug)]
pub(super) struct Field {
    pub name: &'static str,
    pub required: bool,
    pub shape: ShapeId,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct ShapeId(usize);

impl Shape {
    fn read(words: &'static str) -> Shape {
        let mut shape = Shape::default();
        for word in words.split(' ') {
            if let Some(choices) = word.strip_prefix('=') {
                shape.choices.extend(choices.split('|'));
                continue;
            }
            let (word, bounds) = word.split_once(':').unwrap_or((word, ""));
            let bounds = Bounds::read(bounds);
            match (word, Kind::named(word)) {
                (_, Some(kind)) => {
                    shape.kinds.push(kind);
                    shape.range = bounds;
                }
                ("''", _) => shape.empty = true,
                ("{}", _) => shape.is_object = true,
                ("[]", _) => shape.count = bounds,
                // The lines below say the rest.
                _ => {}
            }
        }
        shape
    }

    /// What a text stands in the way of.
    pub(super) fn structure(&self) -> &'static str {
        if self.item.is_some() {
            "array"
        } else {
            "object"
        }
    }

    /// What an object stands in the way of.
    pub(super) fn scalar(&self) -> &'static str {
        match self.kinds.first() {
            Some(Kind::Integer) => "integer",
            Some(Kind::Number | Kind::Decimal) => "decimal",
            Some(Kind::Boolean) => "boolean",
            Some(Kind::Text) | None => "string",
        }
    }
}

#[derive(Debug)]
struct Endpoint {
    method: &'static str,
    segments: Vec<&'static str>,
    shape: ShapeId,
}

#[derive(Debug, Default)]
pub(super) struct Table {
    shapes: Vec<Shape>,
    /// By the first segment after `v1`; a path in full comes before one with an id.
    endpoints: BTreeMap<&'static str, Vec<Endpoint>>,
}

impl Table {
    pub(super) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0]
    }

    /// What a call takes; its path's segments come without `v1`.
    pub(super) fn call(&self, method: &str, segments: &[&str]) -> Option<&Shape> {
        let endpoints = self.endpoints.get(segments.first()?)?;
        let fits = |endpoint: &&Endpoint| {
            let mut pairs = endpoint.segments.iter().zip(segments);
            endpoint.method == method
                && endpoint.segments.len() == segments.len()
                && pairs.all(|(known, given)| *known == "{id}" || known == given)
        };
        let found = endpoints.iter().find(fits)?;
        Some(self.shape(found.shape))
    }

    fn read(text: &'static str) -> Table {
        let mut table = Table::default();
        let mut shared = HashMap::new();
        // The shapes that the next line may belong to, and how far each is indented.
        let mut open: Vec<(usize, ShapeId)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let words = line.trim_start_matches(' ');
            let depth = line.len() - words.len();
            let (name, words) = words.split_once(' ').unwrap_or((words, ""));
            open.retain(|(outer, _)| *outer < depth);
            let id = match open.last() {
                Some((_, outer)) if words.starts_with('&') => {
                    let id = table.shared(&mut shared, words);
                    table.put(*outer, name, id);
                    id
                }
                Some((_, outer)) => {
                    let id = table.add(Shape::read(words));
                    table.put(*outer, name, id);
                    id
                }
                None if name.starts_with('&') => {
                    let id = table.shared(&mut shared, name);
                    table.shapes[id.0] = Shape::read(words);
                    id
                }
                None => {
                    let shape = table.add(Shape::read("{}"));
                    table.add_endpoint(name, words, shape);
                    shape
                }
            };
            open.push((depth, id));
        }
        table
    }

    fn add(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(shape);
        ShapeId(self.shapes.len() - 1)
    }

    /// The shape of this name, which may be described later.
    fn shared(
        &mut self,
        shared: &mut HashMap<&'static str, ShapeId>,
        name: &'static str,
    ) -> ShapeId {
        *shared
            .entry(name)
            .or_insert_with(|| self.add(Shape::default()))
    }

    fn put(&mut self, outer: ShapeId, name: &'static str, shape: ShapeId) {
        let outer = &mut self.shapes[outer.0];
        match name {
            "[]" => outer.item = Some(shape),
            "*" => outer.value = Some(shape),
            name => {
                let required = name.ends_with('!');
                let name = name.trim_end_matches('!');
                outer.fields.push(Field {
                    name,
                    required,
                    shape,
                });
            }
        }
    }

    fn add_endpoint(&mut self, method: &'static str, path: &'static str, shape: ShapeId) {
        let segments: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let first = segments.first().copied().unwrap_or_default();
        self.endpoints.entry(first).or_default().push(Endpoint {
            method,
            segments,
            shape,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_full_wins_over_one_with_an_id() {
        let fields = |path: &[&str]| {
            let shape = TABLE.call("GET", path).expect("a known call");
            shape
                .fields
                .iter()
                .map(|field| field.name)
                .collect::<Vec<_>>()
        };
        assert!(fields(&["charges", "search"]).contains(&"query"));
        assert_eq!(fields(&["charges", "ch_1"]), ["expand"]);
        assert!(TABLE.call("PUT", &["charges", "ch_1"]).is_none());
    }

    #[test]
    fn every_shape_is_described_and_its_fields_are_sorted() {
        for shape in &TABLE.shapes {
            let takes = shape.empty
                || shape.is_object
                || shape.item.is_some()
                || shape.value.is_some()
                || !shape.kinds.is_empty()
                || !shape.choices.is_empty();
            assert!(takes, "{shape:?}");
            assert!(shape.fields.is_sorted_by(|one, next| one.name < next.name));
        }
    }

    #[test]
    fn decimals_are_plain() {
        for (text, good) in [
            ("12.5", true),
            ("-3", true),
            ("1e3", false),
            (".5", false),
            ("5.", false),
            ("", false),
            ("1.2.3", false),
        ] {
            assert_eq!(Kind::Decimal.admits(text), good, "{text}");
        }
    }
}
