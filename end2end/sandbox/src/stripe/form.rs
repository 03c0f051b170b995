//! Form bodies and query strings as Stripe reads them: `metadata[order]=7&expand[]=latest_charge`.
//! Knows the syntax only; what a parameter means is for its reader in `params`.

use super::error::{Error, Result};
use super::params::{Param, Params};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Deeper brackets than any parameter of Stripe's has are taken as part of a (then unknown) name.
const DEEPEST: usize = 12;

/// Name and value pairs, decoded, in order.
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name, true), decoded(value, true))
        })
        .collect()
}

/// The nested parameters that the pairs spell.
pub(crate) fn nested(pairs: &[(String, String)]) -> Result<Params> {
    let mut fields = BTreeMap::new();
    for (name, value) in pairs {
        insert(&mut fields, &path(name), name, value)?;
    }
    Ok(Params::new(String::new(), fields))
}

fn insert(
    fields: &mut BTreeMap<String, Param>,
    path: &[&str],
    name: &str,
    value: &str,
) -> Result<()> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(());
    };
    // `list[]` appends: lists are maps with numbers for names, some of which may have been given as such.
    let key = if first.is_empty() {
        let mut places = (fields.len()..).map(|place| place.to_string());
        let free = places.find(|place| !fields.contains_key(place));
        free.unwrap_or_default()
    } else {
        (*first).to_owned()
    };
    if rest.is_empty() {
        if let Some(Param::Map(_)) = fields.insert(key, Param::Text(value.to_owned())) {
            return Err(conflict(name));
        }
        return Ok(());
    }
    match fields
        .entry(key)
        .or_insert_with(|| Param::Map(BTreeMap::new()))
    {
        Param::Map(inner) => insert(inner, rest, name, value),
        Param::Text(_) => Err(conflict(name)),
    }
}

fn conflict(name: &str) -> Box<Error> {
    Error::invalid(format!(
        "Invalid request: parameter `{name}` is given both as a value and as an object."
    ))
    .param(name)
}

/// `a[b][]` is `["a", "b", ""]`; a name with broken brackets is itself.
fn path(name: &str) -> Vec<&str> {
    let Some((first, brackets)) = name.split_once('[') else {
        return vec![name];
    };
    let Some(brackets) = brackets.strip_suffix(']') else {
        return vec![name];
    };
    let mut path = vec![first];
    path.extend(brackets.split("]["));
    if first.is_empty() || path.len() > DEEPEST {
        return vec![name];
    }
    path
}

/// The names and ids in a path. Clients encode ids that their callers have made up, such as a coupon's.
pub(crate) fn segments(path: &str) -> Vec<Cow<'_, str>> {
    let segments = path.trim_matches('/').split('/');
    segments
        .map(|segment| match segment.contains('%') {
            true => Cow::Owned(decoded(segment, false)),
            false => Cow::Borrowed(segment),
        })
        .collect()
}

/// A plus is a space in a form, and a plus in a path.
fn decoded(text: &str, is_form: bool) -> String {
    if !text.bytes().any(|byte| byte == b'%' || byte == b'+') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (hex, bytes[at]) {
            (Some(byte), _) => {
                decoded.push(byte);
                at += 3;
                continue;
            }
            (None, b'+') if is_form => decoded.push(b' '),
            (None, byte) => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded() {
        for (text, expected) in [
            ("a=b+c", "b c"),
            ("a=%C3%A9", "é"),
            ("a=100%", "100%"),
            ("a=%zz", "%zz"),
            ("a=%+1", "% 1"),
            ("a", ""),
            ("a=b=c", "b=c"),
        ] {
            assert_eq!(
                pairs(text),
                [("a".to_owned(), expected.to_owned())],
                "{text}"
            );
        }
    }

    #[test]
    fn brackets_nest_and_broken_ones_are_names() {
        for (name, expected) in [
            ("a[b][c]", vec!["a", "b", "c"]),
            ("a[]", vec!["a", ""]),
            ("a[b", vec!["a[b"]),
            ("[b]", vec!["[b]"]),
            (
                "a[1][2][3][4][5][6][7][8][9][10][11][12]",
                vec!["a[1][2][3][4][5][6][7][8][9][10][11][12]"],
            ),
        ] {
            assert_eq!(path(name), expected, "{name}");
        }
    }

    #[test]
    fn a_list_keeps_what_is_appended_beside_what_has_a_place() {
        for (text, expected) in [
            ("a[]=x&a[]=y", "0=x 1=y"),
            ("a[1]=x&a[]=y", "1=x 2=y"),
            ("a[0]=x&a[]=y&a[]=z", "0=x 1=y 2=z"),
            ("a[2]=x&a[]=y&a[]=z", "1=y 2=x 3=z"),
        ] {
            let params = nested(&pairs(text)).expect("a list");
            let Some(Param::Map(items)) = params.fields().get("a") else {
                panic!("{text}");
            };
            let items: Vec<String> = items
                .iter()
                .map(|(place, item)| match item {
                    Param::Text(item) => format!("{place}={item}"),
                    Param::Map(_) => panic!("{text}"),
                })
                .collect();
            assert_eq!(items.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_a_value_or_an_object_never_both() {
        for text in ["a=1&a[b]=2", "a[b]=2&a=1"] {
            assert!(nested(&pairs(text)).is_err(), "{text}");
        }
    }
}
