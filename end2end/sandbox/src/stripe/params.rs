//! Reading parameters as Stripe does: each reader takes what it knows, with Stripe's error where the value is wrong,
//! and whatever is left at the end is unknown. Reading changes nothing, so a refused request has no effect.

use super::error::{Error, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Free texts of the caller's, by name (docs.stripe.com/api/metadata).
pub(crate) type Metadata = BTreeMap<String, String>;

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

    pub(crate) fn is_text(&self, field: &str, text: &str) -> bool {
        matches!(self.fields.get(field), Some(Param::Text(given)) if given == text)
    }

    pub(crate) fn is_map(&self, field: &str) -> bool {
        matches!(self.fields.get(field), Some(Param::Map(_)))
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

    pub(crate) fn text(&mut self, field: &str) -> Result<Option<String>> {
        match self.raw(field)? {
            Some(text) if text.is_empty() => {
                let name = self.name(field);
                Err(Error::invalid(format!(
                    "You passed an empty string for '{name}'. Empty values unset a field, and '{name}' cannot be \
                     unset: leave it out, or give it a value."
                ))
                .code("parameter_invalid_empty")
                .param(name))
            }
            Some(text) if text.chars().count() > LONGEST_TEXT => {
                let name = self.name(field);
                Err(Error::invalid(format!(
                    "Invalid string in `{name}`: must be at most {LONGEST_TEXT} characters."
                ))
                .param(name))
            }
            text => Ok(text),
        }
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
        for (name, value) in changes.fields {
            let place = format!("metadata[{name}]");
            let Param::Text(value) = value else {
                return Err(Error::invalid("Metadata values must be strings.").param(place));
            };
            if name.chars().count() > 40 || value.chars().count() > 500 {
                return Err(Error::invalid(
                    "Metadata names can have up to 40 characters, and values up to 500.",
                )
                .param(place));
            }
            if value.is_empty() {
                metadata.remove(&name);
            } else {
                metadata.insert(name, value);
            }
        }
        if metadata.len() > 50 {
            return Err(Error::invalid("Metadata can have up to 50 names.").param("metadata"));
        }
        Ok(metadata)
    }

    /// Known to Stripe, without effect here (the README's limits name them).
    pub(crate) fn without_effect(&mut self, fields: &[&str]) {
        for field in fields {
            self.fields.remove(*field);
        }
    }

    /// Known to Stripe, and too weighty to pass over in silence.
    pub(crate) fn not_modelled(&self, fields: &[&str]) -> Result<()> {
        match fields.iter().find(|field| self.has(field)) {
            None => Ok(()),
            Some(field) => Err(Error::invalid(format!(
                "The sandbox does not model `{}` yet; Stripe itself knows it.",
                self.name(field)
            ))
            .param(self.name(field))),
        }
    }

    /// Everything that was not read is unknown.
    pub(crate) fn finish(self) -> Result<()> {
        let Some(field) = self.fields.keys().next() else {
            return Ok(());
        };
        let name = self.name(field);
        Err(
            Error::invalid(format!("Received unknown parameter: {name}"))
                .code("parameter_unknown")
                .param(name),
        )
    }
}

/// A postal address, in Stripe's fields; those not given are null.
pub(crate) fn address(params: Option<Params>) -> Result<Value> {
    let Some(mut params) = params else {
        return Ok(json!({
            "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null,
        }));
    };
    let mut address = serde_json::Map::new();
    for field in ["city", "country", "line1", "line2", "postal_code", "state"] {
        let text = params.raw(field)?.filter(|text| !text.is_empty());
        address.insert(field.to_owned(), json!(text));
    }
    params.finish()?;
    Ok(Value::Object(address))
}

/// Where goods go: `name` and `address` are required.
pub(crate) fn shipping(params: Option<Params>) -> Result<Option<Value>> {
    let Some(mut params) = params else {
        return Ok(None);
    };
    let inner = params
        .map("address")?
        .ok_or_else(|| params.missing("address"))?;
    let shipping = json!({
        "address": address(Some(inner))?,
        "name": params.required_text("name")?,
        "phone": params.raw("phone")?.filter(|text| !text.is_empty()),
        "carrier": params.text("carrier")?,
        "tracking_number": params.text("tracking_number")?,
    });
    params.finish()?;
    Ok(Some(shipping))
}

/// Who pays.
pub(crate) fn billing_details(params: Option<Params>) -> Result<Value> {
    let mut params = params.unwrap_or_default();
    let address_params = params.map("address")?;
    let mut details = json!({ "address": address(address_params)? });
    for field in ["email", "name", "phone", "tax_id"] {
        details[field] = json!(params.raw(field)?.filter(|text| !text.is_empty()));
    }
    params.finish()?;
    Ok(details)
}

/// Changes those billing details that are given; an empty text unsets.
pub(crate) fn merge_billing_details(details: &mut Value, mut params: Params) -> Result<()> {
    if let Some(mut given) = params.map("address")? {
        for field in ["city", "country", "line1", "line2", "postal_code", "state"] {
            if let Some(text) = given.raw(field)? {
                details["address"][field] = json!(Some(text).filter(|text| !text.is_empty()));
            }
        }
        given.finish()?;
    }
    for field in ["email", "name", "phone", "tax_id"] {
        if let Some(text) = params.raw(field)? {
            details[field] = json!(Some(text).filter(|text| !text.is_empty()));
        }
    }
    params.finish()
}
