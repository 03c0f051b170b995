//! The names and kinds of parameters, by Stripe's official types: a request is held against them before its operation reads
//! it. What a value means, and whether it fits the others, is the operation's business.

mod absent;
mod expandable;
mod table;
mod wording;

use super::error::{Error, Result};
use super::params::{Param, Params};
use std::collections::BTreeMap;
use table::{Field, Kind, Shape, TABLE};

pub(crate) use expandable::{Expansion, expansion, leads_on};

/// Checks what a server sends. Calls that Stripe's clients do not know, those of Stripe.js, have no contract.
pub(crate) fn check(method: &str, segments: &[&str], params: &Params) -> Result<()> {
    if lost_payment_method_types(segments) && params.has("payment_method_types") {
        return Err(payment_method_types());
    }
    match TABLE.call(method, segments) {
        Some(shape) => check_fields(&shape.fields, params.fields(), &Place::Request),
        None => Ok(()),
    }
}

/// Where the endive train took a parameter away: docs.stripe.com/changelog/endive/2026-09-30.
fn lost_payment_method_types(segments: &[&str]) -> bool {
    matches!(
        segments,
        ["payment_intents" | "setup_intents", ..] | ["checkout", "sessions", ..]
    )
}

fn payment_method_types() -> Box<Error> {
    Error::invalid(
        "`payment_method_types` is no longer supported in this API version. Use `allowed_payment_method_types` or \
         `excluded_payment_method_types`, or the Dashboard.",
    )
    .code("payment_method_types_no_longer_supported")
    .param("payment_method_types")
}

/// Where a value stands: only an error spells it out.
enum Place<'a> {
    Request,
    In(&'a Place<'a>, &'a str),
}

impl Place<'_> {
    fn name(&self) -> String {
        match self {
            Place::Request => String::new(),
            Place::In(Place::Request, field) => (*field).to_owned(),
            Place::In(outer, field) => format!("{}[{field}]", outer.name()),
        }
    }

    fn error(&self, message: impl FnOnce(&str) -> String) -> Box<Error> {
        let name = self.name();
        Error::invalid(message(&name)).param(name)
    }
}

fn check_fields(known: &[Field], given: &BTreeMap<String, Param>, place: &Place<'_>) -> Result<()> {
    for (name, param) in given {
        let place = Place::In(place, name);
        match known.binary_search_by(|field| field.name.cmp(name)) {
            Ok(at) => check_value(TABLE.shape(known[at].shape), param, &place)?,
            Err(_) => {
                return Err(place
                    .error(|name| format!("Received unknown parameter: {name}"))
                    .code("parameter_unknown"));
            }
        }
    }
    for field in known.iter().filter(|field| field.required) {
        if !given.contains_key(field.name) {
            return Err(Place::In(place, field.name)
                .error(|name| format!("Missing required param: {name}."))
                .code("parameter_missing"));
        }
    }
    for (name, param) in given {
        let place = Place::In(place, name);
        check_present(name, param, &place)?;
        wording::check(name, param, &place)?;
    }
    Ok(())
}

fn check_present(field: &str, param: &Param, place: &Place<'_>) -> Result<()> {
    match param {
        Param::Text(value) if value.is_empty() => Ok(()),
        Param::Text(value) => absent::refusal(field, value, || place.name()).map_or(Ok(()), Err),
        Param::Map(items) if absent::LISTS.contains(&field) => items
            .values()
            .try_for_each(|item| check_present(field, item, place)),
        Param::Map(_) => Ok(()),
    }
}

fn check_value(shape: &Shape, param: &Param, place: &Place<'_>) -> Result<()> {
    match param {
        Param::Text(text) if text.is_empty() => check_empty(shape, place),
        Param::Text(text) => check_text(shape, text, place),
        Param::Map(given) => check_map(shape, given, place),
    }
}

fn check_empty(shape: &Shape, place: &Place<'_>) -> Result<()> {
    if shape.empty {
        return Ok(());
    }
    Err(place
        .error(|name| {
            format!(
                "You passed an empty string for '{name}'. Empty values unset a field, and '{name}' cannot be unset: \
                 leave it out, or give it a value."
            )
        })
        .code("parameter_invalid_empty"))
}

fn check_text(shape: &Shape, text: &str, place: &Place<'_>) -> Result<()> {
    if shape.choices.contains(&text) {
        return Ok(());
    }
    if let Some(kind) = shape.kinds.iter().find(|kind| kind.admits(text)) {
        return check_range(shape, *kind, text, place);
    }
    let error = |message: String| place.error(|_| message);
    Err(match shape.kinds.first() {
        Some(Kind::Integer) => {
            error(format!("Invalid integer: {text}")).code("parameter_invalid_integer")
        }
        Some(Kind::Number | Kind::Decimal) => error(format!("Invalid decimal: {text}")),
        Some(Kind::Boolean) => error(format!("Invalid boolean: {text}")),
        Some(Kind::Text) | None if shape.choices.is_empty() => {
            error(format!("Invalid {}", shape.structure()))
        }
        Some(Kind::Text) | None => place.error(|name| {
            format!(
                "Invalid {name}: must be one of {}",
                shape.choices.join(", ")
            )
        }),
    })
}

fn check_range(shape: &Shape, kind: Kind, text: &str, place: &Place<'_>) -> Result<()> {
    let range = shape.range;
    match kind {
        Kind::Boolean => Ok(()),
        Kind::Text if range.hold(text.chars().count() as f64) => Ok(()),
        Kind::Text => {
            Err(place
                .error(|name| format!("Invalid string in `{name}`: must be {range} characters.")))
        }
        // What is no number was refused before.
        _ if text.parse().is_ok_and(|value| !range.hold(value)) => Err(place
            .error(|name| format!("`{name}` must be {range}."))
            .code("parameter_invalid_integer")),
        _ => Ok(()),
    }
}

fn check_map(shape: &Shape, given: &BTreeMap<String, Param>, place: &Place<'_>) -> Result<()> {
    if let Some(item) = shape.item {
        if !shape.count.hold(given.len() as f64) {
            let count = shape.count;
            return Err(place.error(|name| format!("`{name}` takes {count} items.")));
        }
        for (at, param) in given {
            let place = Place::In(place, at);
            if at.parse::<usize>().is_err() {
                return Err(place.error(|_| "Invalid array".to_owned()));
            }
            check_value(TABLE.shape(item), param, &place)?;
        }
        return Ok(());
    }
    if let Some(value) = shape.value {
        return given.iter().try_for_each(|(name, param)| {
            check_value(TABLE.shape(value), param, &Place::In(place, name))
        });
    }
    if shape.is_object {
        return check_fields(&shape.fields, given, place);
    }
    Err(place.error(|name| {
        format!(
            "Invalid {} in `{name}`: it is not an object",
            shape.scalar()
        )
    }))
}
