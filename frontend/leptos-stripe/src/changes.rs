//! What a change of options means: an update, or nothing that Stripe.js could do. It compares two JSON texts and knows
//! neither components nor Stripe.js.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Which options stay as they were at the creation, by their names in Stripe.js.
#[derive(Clone, Copy, Debug)]
pub enum Fixed {
    /// All of them: there is no update.
    All,
    /// These.
    These(&'static [&'static str]),
}

impl Fixed {
    fn has(self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => names.contains(&name),
        }
    }
}

/// The difference between what is shown and what is wanted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// The members that changed, as a JSON object.
    pub(crate) update: Option<String>,
    /// Changes that cannot be made, by the option's name.
    pub(crate) impossible: Vec<String>,
}

type Members = BTreeMap<String, Box<RawValue>>;

/// Compares member by member, each as a whole. A member that is left out stays as it was: an update cannot say that.
pub(crate) fn between(before: &str, after: &str, fixed: Fixed) -> serde_json::Result<Changes> {
    let (mut before, after) = (members(before)?, members(after)?);
    let mut changes = Changes::default();
    let mut update = Members::new();
    for (name, value) in after {
        let old = before.remove(&name);
        if old.is_some_and(|old| old.get() == value.get()) {
            continue;
        }
        if fixed.has(&name) {
            changes.impossible.push(name);
        } else {
            update.insert(name, value);
        }
    }
    changes.impossible.extend(before.into_keys());
    if !update.is_empty() {
        changes.update = Some(serde_json::to_string(&update)?);
    }
    Ok(changes)
}

fn members(text: &str) -> serde_json::Result<Members> {
    serde_json::from_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, update: Option<&str>, impossible: &[&str]) {
        let fixed = Fixed::These(&["fonts", "loader"]);
        let changes = between(before, after, fixed).unwrap();
        let expected = Changes {
            update: update.map(str::to_owned),
            impossible: impossible.iter().copied().map(str::to_owned).collect(),
        };
        assert_eq!(changes, expected, "{before} → {after}");
    }

    #[test]
    fn what_changed_is_told_and_what_cannot_change_is_named() {
        let before = r#"{"mode":"payment","amount":100,"fonts":[],"appearance":{"theme":"flat"}}"#;
        check(before, before, None, &[]);
        check(
            before,
            r#"{"mode":"payment","amount":250,"fonts":[],"appearance":{"theme":"flat"}}"#,
            Some(r#"{"amount":250}"#),
            &[],
        );
        check(
            before,
            r#"{"mode":"payment","amount":100,"fonts":[1],"loader":"never","locale":"de","appearance":{"theme":"night"}}"#,
            Some(r#"{"appearance":{"theme":"night"},"locale":"de"}"#),
            &["fonts", "loader"],
        );
        check(
            before,
            r#"{"mode":"setup","fonts":[],"appearance":{"theme":"flat"}}"#,
            Some(r#"{"mode":"setup"}"#),
            &["amount"],
        );
    }

    #[test]
    fn an_element_without_an_update_takes_no_change() {
        let changes = between("{}", r#"{"a":1,"b":{"c":2}}"#, Fixed::All).unwrap();
        assert_eq!(changes.update, None);
        assert_eq!(changes.impossible, ["a", "b"]);
    }

    #[test]
    fn text_that_is_no_object_is_an_error() {
        for text in ["", "7", "[1]", "{\"a\":}"] {
            assert!(between("{}", text, Fixed::All).is_err(), "{text}");
        }
    }
}
