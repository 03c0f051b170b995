//! What browsers load, compiled in: Stripe.js with the pages and modules of its frames (`js/`, see its README), and
//! the look inside (`inside/`).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// Names every file of a folder once; a test holds it complete.
macro_rules! files {
    ($folder:literal: $($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../", $folder, "/", $name))),)*]
    };
}

type Files = &'static [(&'static str, &'static str)];

static INSIDE: Files = files!["inside":
    "changes.js",
    "clock.js",
    "dom.js",
    "event.js",
    "icon.svg",
    "inside.css",
    "json.js",
    "list.js",
    "main.js",
    "page.html",
    "payment.js",
    "request.js",
    "show.js",
    "table.js",
    "world.js",
    "worlds.js",
];

static STRIPE_JS: Files = files!["js":
    "acs.css",
    "acs.html",
    "acs.js",
    "checkout.css",
    "challenge.css",
    "challenge.html",
    "challenge.js",
    "payment.css",
    "payment.html",
    "payment/appearance.js",
    "payment/card.js",
    "payment/countries.js",
    "payment/field.js",
    "payment/form.js",
    "payment/main.js",
    "payment/token.js",
    "payment/validation.js",
    "shared/api.js",
    "shared/channel.js",
    "stripe/elements.js",
    "stripe/errors.js",
    "stripe/events.js",
    "stripe/frame.js",
    "stripe/next-action.js",
    "stripe/options.js",
    "stripe/origin.js",
    "stripe/payment-element.js",
    "stripe/stripe.js",
];

/// The parts of Stripe.js, in the order in which they use each other.
const SCRIPT: &[&str] = &[
    "stripe/origin.js",
    "shared/channel.js",
    "shared/api.js",
    "stripe/errors.js",
    "stripe/events.js",
    "stripe/options.js",
    "stripe/frame.js",
    "stripe/payment-element.js",
    "stripe/elements.js",
    "stripe/next-action.js",
    "stripe/stripe.js",
];

/// Stripe.js: one classic script, wrapped so that nothing of it leaks into the merchant's page.
pub(crate) fn script() -> Response {
    static JOINED: LazyLock<String> = LazyLock::new(|| {
        let parts: Vec<&str> = SCRIPT
            .iter()
            .filter_map(|name| text(STRIPE_JS, name))
            .collect();
        format!("(() => {{\n'use strict';\n{}\n}})();\n", parts.join("\n"))
    });
    answer("stripe.js", &JOINED)
}

/// A page under `/v3/`. Stripe's carry a hash in their names; here any will do.
pub(crate) fn page(name: &str) -> Response {
    let pages = [
        ("elements-inner-payment-", "payment.html"),
        ("three-ds-2-challenge-", "challenge.html"),
    ];
    match pages.iter().find(|(start, _)| name.starts_with(start)) {
        Some((_, file)) => get(file),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The file with this path under `js/`.
pub(crate) fn get(name: &str) -> Response {
    file(STRIPE_JS, name)
}

/// The file with this name under `inside/`.
pub(crate) fn inside(name: &str) -> Response {
    file(INSIDE, name)
}

fn file(files: Files, name: &str) -> Response {
    match text(files, name) {
        Some(text) => answer(name, text),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn text(files: Files, name: &str) -> Option<&'static str> {
    files
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

fn answer(name: &str, text: &'static str) -> Response {
    let content_type = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn names_in(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let entry = entry.expect("it can be read");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                names_in(&entry.path(), &format!("{name}/"), names);
            } else if !name.ends_with(".md") {
                names.insert(name);
            }
        }
    }

    #[test]
    fn every_file_of_the_browser_side_is_served() {
        for (folder, files) in [("js", STRIPE_JS), ("inside", INSIDE)] {
            let mut names = BTreeSet::new();
            names_in(
                &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
                "",
                &mut names,
            );
            let served: BTreeSet<String> =
                files.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(served, names);
        }
    }

    #[test]
    fn every_part_of_stripe_js_is_in_the_script() {
        let parts = STRIPE_JS
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| name.starts_with("stripe/"));
        for part in parts {
            assert!(SCRIPT.contains(&part), "{part}");
        }
        assert!(SCRIPT.iter().all(|name| text(STRIPE_JS, name).is_some()));
    }
}
