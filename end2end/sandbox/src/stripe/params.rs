//! Reading parameters as Stripe does: each reader takes what it knows, with Stripe's error where the value is wrong.
//! Reading changes nothing, so a refused request has no effect. Names are the business of `contract`: what is known and
//! not read has no effect either.

mod contact;

use super::error::{Error, Result};
use super::metadata;
use std::collections::BTreeMap;

pub(crate) use super::metadata::Metadata;
pub(crate) use contact::{address, billing_details, merge_billing_details, shipping};

/// Longer texts are refused everywhere.
const LONGEST_TEXT: usize = 5000;

#[derive(Debug, Clone)]
pub(crate) enum Param {
    Text(String),
    Map(BTreeMap<String, Param>),
}

/// Parameters not yet read, and where they stand in the request (`shipping[address]`).
#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    place: String,
    fields: BTreeMap<String, Param>,
}

/// A parameter that an empty text unsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change<T> {
    Keep,
    Unset,
    Set(T),
}

impl<T> Change<T> {
    pub(crate) fn map<U>(self, convert: impl FnOnce(T) -> Result<U>) -> Result<Change<U>> {
        Ok(match self {
            Change::Keep => Change::Keep,
            Change::Unset => Change::Unset,
            Change::Set(value) => Change::Set(convert(value)?),
        })
    }

    pub(crate) fn apply(self, field: &mut Option<T>) {
        match self {
            Change::Keep => {}
            Change::Unset => *field = None,
            Change::Set(value) => *field = Some(value),
        }
    }
}

impl Params {
    pub(crate) fn new(place: String, fields: BTreeMap<String, Param>) -> Self {
        Params { place, fields }
    }

    /// What is not read yet.
    pub(crate) fn fields(&self) -> &BTreeMap<String, Param> {
        &self.fields
    }

    /// Where these stand in the request: `shipping[address]`.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// The full name of a field: `shipping[address][line1]`.
    pub(crate) fn name(&self, field: &str) -> String {
        if self.place.is_empty() {
            field.to_owned()
        } else {
            format!("{}[{field}]", self.place)
        }
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// The names not yet read.
    pub(crate) fn names(&self) -> Vec<String> {
        self.fields.keys().cloned().collect()
    }

    pub(crate) fn is_text(&self, field: &str, text: &str) -> bool {
        matches!(self.fields.get(field), Some(Param::Text(given)) if given == text)
    }

    pub(crate) fn is_map(&self, field: &str) -> bool {
        matches!(self.fields.get(field), Some(Param::Map(_)))
    }

    /// Refuses two of these, given together.
    pub(crate) fn only_one_of(&self, fields: &[&str]) -> Result<()> {
        let is_given = |field: &&&str| self.has(field) && !self.is_text(field, "");
        let mut given = fields.iter().filter(is_given);
        match (given.next(), given.next()) {
            (Some(first), Some(second)) => Err(self.exclusive(first, second)),
            _ => Ok(()),
        }
    }

    /// The refusal of two parameters that exclude each other.
    pub(crate) fn exclusive(&self, first: &str, second: &str) -> Box<Error> {
        let (first, second) = (self.name(first), self.name(second));
        Error::invalid(format!(
            "Received both {first} and {second} parameters. Please pass in only one."
        ))
        .code("parameters_exclusive")
        .param(first)
    }

    pub(crate) fn missing(&self, field: &str) -> Box<Error> {
        let name = self.name(field);
        Error::invalid(format!("Missing required param: {name}."))
            .code("parameter_missing")
            .param(name)
    }

    /// A text that may be empty.
    fn raw(&mut self, field: &str) -> Result<Option<String>> {
        match self.fields.remove(field) {
            None => Ok(None),
            Some(Param::Text(text)) => Ok(Some(text)),
            Some(Param::Map(_)) => Err(self.invalid(field, "string")),
        }
    }

    fn invalid(&self, field: &str, expected: &str) -> Box<Error> {
        Error::invalid(format!("Invalid {expected} in `{}`.", self.name(field)))
            .param(self.name(field))
    }

    /// An empty text is none: where it says something, there is `change`, and where it may not stand, the contract.
    pub(crate) fn text(&mut self, field: &str) -> Result<Option<String>> {
        self.text_up_to(field, LONGEST_TEXT)
    }

    /// An absolute URL; apps have schemes of their own.
    pub(crate) fn url(&mut self, field: &str) -> Result<Option<String>> {
        match self.text(field)? {
            Some(text) if !text.contains("://") => Err(Error::invalid("Not a valid URL")
                .code("url_invalid")
                .param(self.name(field))),
            text => Ok(text),
        }
    }

    /// A text of so many characters at most.
    pub(crate) fn text_up_to(&mut self, field: &str, most: usize) -> Result<Option<String>> {
        match self.raw(field)? {
            Some(text) if text.is_empty() => Ok(None),
            Some(text) if text.chars().count() > most => {
                let name = self.name(field);
                Err(Error::invalid(format!(
                    "Invalid string in `{name}`: must be at most {most} characters."
                ))
                .param(name))
            }
            text => Ok(text),
        }
    }

    pub(crate) fn required_text(&mut self, field: &str) -> Result<String> {
        self.text(field)?.ok_or_else(|| self.missing(field))
    }

    /// A text that an empty value unsets.
    pub(crate) fn change(&mut self, field: &str) -> Result<Change<String>> {
        Ok(match self.raw(field)? {
            None => Change::Keep,
            Some(text) if text.is_empty() => Change::Unset,
            Some(text) => Change::Set(text),
        })
    }

    pub(crate) fn integer(&mut self, field: &str) -> Result<Option<i64>> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        // Rust's own parser also takes "+5", which Stripe does not.
        match text.parse() {
            Ok(number) if !text.starts_with('+') => Ok(Some(number)),
            _ => Err(Error::invalid(format!("Invalid integer: {text}"))
                .code("parameter_invalid_integer")
                .param(self.name(field))),
        }
    }

    pub(crate) fn boolean(&mut self, field: &str) -> Result<Option<bool>> {
        match self.text(field)?.as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(other) => {
                Err(Error::invalid(format!("Invalid boolean: {other}")).param(self.name(field)))
            }
        }
    }

    /// One of the named values.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        field: &str,
        choices: &[(&'static str, T)],
    ) -> Result<Option<T>> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text) {
            return Ok(Some(*value));
        }
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        Err(Error::invalid(format!(
            "Invalid {}: must be one of {}",
            self.name(field),
            names.join(", ")
        ))
        .param(self.name(field)))
    }

    pub(crate) fn map(&mut self, field: &str) -> Result<Option<Params>> {
        match self.fields.remove(field) {
            None => Ok(None),
            Some(Param::Map(fields)) => Ok(Some(Params::new(self.name(field), fields))),
            Some(Param::Text(text)) if text.is_empty() => Ok(None),
            Some(Param::Text(_)) => Err(self.invalid(field, "object")),
        }
    }

    /// An object that an empty text unsets.
    pub(crate) fn change_map(&mut self, field: &str) -> Result<Change<Params>> {
        if self.is_text(field, "") {
            self.fields.remove(field);
            return Ok(Change::Unset);
        }
        Ok(self.map(field)?.map_or(Change::Keep, Change::Set))
    }

    /// An integer that an empty text unsets.
    pub(crate) fn change_integer(
        &mut self,
        field: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Result<Change<i64>> {
        if self.is_text(field, "") {
            self.fields.remove(field);
            return Ok(Change::Unset);
        }
        Ok(self
            .integer_in(field, range)?
            .map_or(Change::Keep, Change::Set))
    }

    /// One of the named texts.
    pub(crate) fn one_of(&mut self, field: &str, names: &[&'static str]) -> Result<Option<String>> {
        let choices: Vec<_> = names.iter().map(|name| (*name, *name)).collect();
        Ok(self.choice(field, &choices)?.map(str::to_owned))
    }

    /// A list that an empty text empties.
    pub(crate) fn change_list(&mut self, field: &str) -> Result<Change<Vec<String>>> {
        if self.is_text(field, "") {
            self.fields.remove(field);
            return Ok(Change::Unset);
        }
        Ok(self.list(field)?.map_or(Change::Keep, Change::Set))
    }

    /// An integer within bounds.
    pub(crate) fn integer_in(
        &mut self,
        field: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Result<Option<i64>> {
        match self.integer(field)? {
            Some(number) if !range.contains(&number) => Err(Error::invalid(format!(
                "`{}` must be between {} and {}.",
                self.name(field),
                range.start(),
                range.end()
            ))
            .code("parameter_invalid_integer")
            .param(self.name(field))),
            number => Ok(number),
        }
    }

    pub(crate) fn list(&mut self, field: &str) -> Result<Option<Vec<String>>> {
        let Some(Params { fields, .. }) = self.map(field)? else {
            return Ok(None);
        };
        let mut items = Vec::new();
        for (place, item) in fields {
            match (place.parse::<usize>(), item) {
                (Ok(place), Param::Text(text)) => items.push((place, text)),
                _ => return Err(self.invalid(field, "array")),
            }
        }
        items.sort();
        Ok(Some(items.into_iter().map(|(_, text)| text).collect()))
    }

    /// A list of objects, in order.
    pub(crate) fn items(&mut self) -> Result<Vec<Params>> {
        let mut items = Vec::new();
        for (place, item) in std::mem::take(&mut self.fields) {
            match (place.parse::<usize>(), item) {
                (Ok(at), Param::Map(fields)) => {
                    items.push((at, Params::new(self.name(&place), fields)))
                }
                _ => return Err(self.invalid(&place, "array")),
            }
        }
        items.sort_by_key(|(at, _)| *at);
        Ok(items.into_iter().map(|(_, item)| item).collect())
    }

    /// Objects by names of the caller's.
    pub(crate) fn named_maps(self) -> Result<Vec<(String, Params)>> {
        let Params { place, fields } = self;
        let named = fields.into_iter().map(|(name, field)| match field {
            Param::Map(fields) => Ok((
                name.clone(),
                Params::new(format!("{place}[{name}]"), fields),
            )),
            Param::Text(_) => {
                let place = format!("{place}[{name}]");
                Err(Error::invalid(format!("Invalid object in `{place}`.")).param(place))
            }
        });
        named.collect()
    }

    /// Changes to metadata: a named empty value removes that name, an empty whole removes all.
    pub(crate) fn metadata(&mut self, old: &Metadata) -> Result<Metadata> {
        let mut metadata = old.clone();
        if self.is_text("metadata", "") {
            self.fields.remove("metadata");
            return Ok(Metadata::new());
        }
        let Some(changes) = self.map("metadata")? else {
            return Ok(metadata);
        };
        let whole = changes.place.clone();
        for (name, value) in changes.fields {
            let place = format!("{whole}[{name}]");
            let Param::Text(value) = value else {
                return Err(Error::invalid("Metadata values must be strings.").param(place));
            };
            if !metadata::fits(&name, &value) {
                return Err(Error::invalid(metadata::TOO_LONG).param(place));
            }
            if value.is_empty() {
                metadata.remove(&name);
            } else {
                metadata.insert(name, value);
            }
        }
        if metadata.len() > metadata::MOST {
            return Err(Error::invalid(metadata::TOO_MANY).param(whole));
        }
        Ok(metadata)
    }

    /// For a parameter that is read as another is.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        if let Some(field) = self.fields.remove(from) {
            self.fields.insert(to.to_owned(), field);
        }
    }

    /// Whether anything is left to read besides these.
    pub(crate) fn has_others(&self, fields: &[&str]) -> bool {
        self.fields
            .keys()
            .any(|name| !fields.contains(&name.as_str()))
    }

    /// All that is left, as a form has it, named from here on.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        fn collect(name: String, param: Param, pairs: &mut Vec<(String, String)>) {
            match param {
                Param::Text(text) => pairs.push((name, text)),
                Param::Map(fields) => {
                    for (field, param) in fields {
                        collect(format!("{name}[{field}]"), param, pairs);
                    }
                }
            }
        }
        let mut pairs = Vec::new();
        for (name, param) in self.fields {
            collect(name, param, &mut pairs);
        }
        pairs
    }

    /// As if it had been given.
    pub(crate) fn put(&mut self, field: &str, text: String) {
        self.fields.insert(field.to_owned(), Param::Text(text));
    }
}
