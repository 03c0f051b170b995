//! What a text may say, where its types leave that open: its rules go by its name, wherever in a request it stands.

use super::Place;
use crate::stripe::error::Result;
use crate::stripe::metadata;
use crate::stripe::params::Param;
use crate::stripe::payment_intent::email;

/// A line of a card's statement has no more room.
const LONGEST_DESCRIPTOR: usize = 22;
const NOT_IN_DESCRIPTORS: &[char] = &['<', '>', '\\', '\'', '"', '*'];

pub(super) fn check(field: &str, param: &Param, place: &Place<'_>) -> Result<()> {
    match (field, param) {
        ("metadata", Param::Map(_)) => check_metadata(param, place),
        (_, Param::Text(text)) if text.is_empty() => Ok(()),
        ("receipt_email", Param::Text(text)) => email(text.clone(), &place.name()).map(drop),
        ("statement_descriptor" | "statement_descriptor_suffix", Param::Text(text)) => {
            check_descriptor(text, place)
        }
        _ => Ok(()),
    }
}

/// docs.stripe.com/get-started/account/statement-descriptors
fn check_descriptor(text: &str, place: &Place<'_>) -> Result<()> {
    if text.chars().count() > LONGEST_DESCRIPTOR {
        return Err(place.error(|name| {
            format!("Invalid string in `{name}`: must be at most {LONGEST_DESCRIPTOR} characters.")
        }));
    }
    if text.contains(NOT_IN_DESCRIPTORS) {
        return Err(place
            .error(|name| format!("`{name}` cannot contain any of < > \\ ' \" *"))
            .code("invalid_characters"));
    }
    if !text.contains(char::is_alphabetic) {
        return Err(place.error(|name| format!("`{name}` must contain at least one letter.")));
    }
    Ok(())
}

/// docs.stripe.com/api/metadata: what a change leads to is counted where it is made.
fn check_metadata(param: &Param, place: &Place<'_>) -> Result<()> {
    let Param::Map(given) = param else {
        return Ok(());
    };
    let mut set = 0;
    for (name, value) in given {
        let Param::Text(value) = value else {
            continue;
        };
        if !metadata::fits(name, value) {
            return Err(Place::In(place, name).error(|_| metadata::TOO_LONG.to_owned()));
        }
        set += usize::from(!value.is_empty());
    }
    if set > metadata::MOST {
        return Err(place.error(|_| metadata::TOO_MANY.to_owned()));
    }
    Ok(())
}
