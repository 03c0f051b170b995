//! Every component as declared, as JSON: `end2end/bindings` compares it with what `stripe-js` binds.
//!
//! `LEPTOS_STRIPE_PROOF` names the file to write.

use serde_json::json;

use crate::changes::Fixed;

/// A component: its kind, the options that its update does not take (`None`: there is no update), its events.
#[derive(Debug)]
pub(crate) struct Declared {
    kind: &'static str,
    fixed: Option<&'static [&'static str]>,
    events: Vec<&'static str>,
}

impl Declared {
    pub(crate) fn new(kind: &'static str, fixed: Fixed, events: Vec<&'static str>) -> Self {
        let fixed = match fixed {
            Fixed::All => None,
            Fixed::These(names) => Some(names),
        };
        Self {
            kind,
            fixed,
            events,
        }
    }
}

#[test]
fn every_component_is_written() {
    let declared = crate::elements::declared();
    let elements: Vec<_> = declared
        .iter()
        .map(|it| json!({ "type": it.kind, "fixed": it.fixed, "events": it.events }))
        .collect();
    assert!(!elements.is_empty());
    if let Some(file) = std::env::var_os("LEPTOS_STRIPE_PROOF") {
        let all = json!({ "group": crate::group::FIXED, "elements": elements });
        std::fs::write(file, all.to_string()).unwrap();
    }
}
