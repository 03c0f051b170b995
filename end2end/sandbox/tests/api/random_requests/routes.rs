//! Every path the sandbox answers, read from its router's own text, so that a new one is tried without being told of.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `/v1/customers/{id}/payment_methods`, and so on.
pub fn paths() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stripe");
    let below = fs::read_dir(folder.join("routes")).expect("the router's folder");
    let mut files: Vec<_> = below.map(|entry| entry.expect("a file").path()).collect();
    files.push(folder.join("routes.rs"));
    let texts = files
        .iter()
        .map(|file| fs::read_to_string(file).expect("the router's text"));
    let paths: BTreeSet<String> = texts.flat_map(|text| in_text(&text)).collect();
    let named = |name: &str| paths.iter().any(|path| path.contains(name));
    for known in [
        "/v1/payment_intents/{id}/confirm",
        "/v1/charges/{id}",
        "/v1/coupons",
    ] {
        assert!(named(known), "the router is read: {paths:?}");
    }
    paths
}

/// The paths that the slice patterns of a `match` stand for: `["refunds", id] =>`.
fn in_text(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        rest = &rest[start + 1..];
        let Some(end) = rest.find(']') else { break };
        let (inside, after) = (&rest[..end], &rest[end + 1..]);
        if is_arm(after) && inside.contains('"') && !inside.contains(['[', ';']) {
            paths.extend(alternatives(inside));
        }
    }
    paths
}

/// Whether what follows a pattern makes it one of a `match`: `=>`, `) =>`, ` if … =>`, or another pattern.
fn is_arm(after: &str) -> bool {
    let after = after.trim_start().trim_start_matches(')').trim_start();
    ["=>", "if ", "|"]
        .iter()
        .any(|sign| after.starts_with(sign))
}

fn alternatives(inside: &str) -> Vec<String> {
    let mut paths = vec!["/v1".to_owned()];
    for element in inside.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        if element.contains("..") || element == "\"v1\"" {
            return Vec::new();
        }
        let mut names: Vec<&str> = element.split('"').skip(1).step_by(2).collect();
        if names.is_empty() {
            names.push("{id}");
        }
        paths = paths
            .iter()
            .flat_map(|path| names.iter().map(move |name| format!("{path}/{name}")))
            .collect();
    }
    paths
}
