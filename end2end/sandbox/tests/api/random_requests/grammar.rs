//! Which parameters a call takes: the table that the sandbox itself reads (`src/stripe/contract/parameters.txt`).

use std::collections::BTreeMap;

const TABLE: &str = include_str!("../../../src/stripe/contract/parameters.txt");

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Empty,
    Text,
    Integer,
    Decimal,
    Boolean,
    Choice(Vec<String>),
    /// An object, by its fields.
    Fields,
    /// What the field `[]` below says.
    List,
    /// Free names, for what the field `*` below says.
    Free,
    /// What is written once under this name.
    Named(String),
}

#[derive(Debug, Default, Clone)]
pub struct Shape {
    pub kinds: Vec<Kind>,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub required: bool,
    pub shape: Shape,
}

impl Shape {
    /// The field `[]` of a list, or `*` of free names.
    pub fn inner(&self, name: &str) -> Option<&Shape> {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map(|field| &field.shape)
    }
}

/// All calls, and the shapes they share.
pub struct Grammar {
    /// By method and path, `POST /v1/customers/{id}`.
    pub calls: BTreeMap<(String, String), Vec<Field>>,
    shared: BTreeMap<String, Shape>,
}

impl Grammar {
    pub fn read() -> Grammar {
        let mut lines = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .peekable();
        let mut grammar = Grammar {
            calls: BTreeMap::new(),
            shared: BTreeMap::new(),
        };
        while let Some(line) = lines.next() {
            let fields = fields(&mut lines, 1);
            match line.split_once(' ') {
                Some((name, kinds)) if name.starts_with('&') => {
                    let kinds = kinds.split(' ').map(kind).collect();
                    let shape = Shape { kinds, fields };
                    grammar.shared.insert(name[1..].to_owned(), shape);
                }
                Some((method, path)) => {
                    let call = (method.to_owned(), path.to_owned());
                    grammar.calls.insert(call, fields);
                }
                None => panic!("neither a shape nor a call: {line}"),
            }
        }
        grammar
    }

    pub fn shared(&self, name: &str) -> &Shape {
        &self.shared[name]
    }
}

fn fields<'a>(
    lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
    depth: usize,
) -> Vec<Field> {
    let mut found = Vec::new();
    let indent = |line: &str| line.len() - line.trim_start().len();
    while let Some(line) = lines.next_if(|line| indent(line) == depth) {
        let mut words = line.trim().split(' ');
        let name = words.next().unwrap_or_default();
        let kinds = words.map(kind).collect();
        found.push(Field {
            name: name.trim_end_matches('!').to_owned(),
            required: name.ends_with('!'),
            shape: Shape {
                kinds,
                fields: fields(lines, depth + 1),
            },
        });
    }
    found
}

fn kind(word: &str) -> Kind {
    // Values keep within most bounds as they are.
    let word = match word.split_once(':') {
        Some((kind, _)) if !word.starts_with(['=', '&']) => kind,
        _ => word,
    };
    match word {
        "''" => Kind::Empty,
        "text" => Kind::Text,
        "integer" => Kind::Integer,
        "number" | "decimal" => Kind::Decimal,
        "boolean" => Kind::Boolean,
        "{}" => Kind::Fields,
        "[]" => Kind::List,
        "{*}" => Kind::Free,
        other => match (other.strip_prefix('='), other.strip_prefix('&')) {
            (Some(choices), _) => Kind::Choice(choices.split('|').map(str::to_owned).collect()),
            (_, Some(name)) => Kind::Named(name.to_owned()),
            _ => panic!("no such kind: {other}"),
        },
    }
}
