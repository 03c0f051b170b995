//! Search by metadata and fields, and metadata itself.

use crate::machine::{Machine, text};
use serde_json::{Value, json};

const INTENTS: &str = "/v1/payment_intents";

fn encoded(query: &str) -> String {
    query.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn create(machine: &mut Machine, order: &str, amount: &str) -> String {
    let fields = [
        ("amount", amount),
        ("currency", "usd"),
        ("metadata[order]", order),
    ];
    machine.post(INTENTS, &fields).ok().id()
}

fn found(machine: &mut Machine, query: &str) -> Vec<String> {
    let target = format!("{INTENTS}/search?query={}", encoded(query));
    let data = machine.get(&target).ok().body["data"].clone();
    data.as_array()
        .into_iter()
        .flatten()
        .map(|row| text(&row["id"]))
        .collect()
}

#[test]
fn intents_are_found_by_metadata_and_fields() {
    let mut machine = Machine::new();
    let made: Vec<String> = [("a", "100"), ("b", "200"), ("a", "300")]
        .iter()
        .map(|(order, amount)| create(&mut machine, order, amount))
        .collect();
    for (query, expected) in [
        ("metadata['order']:'a'", vec![2, 0]),
        ("metadata['order']:'a' AND amount>100", vec![2]),
        ("metadata['order']:'b' OR amount:300", vec![2, 1]),
        ("-metadata['order']:'a'", vec![1]),
        (
            "status:'requires_payment_method' AND currency:'usd'",
            vec![2, 1, 0],
        ),
        ("metadata['order']:'c'", vec![]),
    ] {
        let expected: Vec<String> = expected
            .into_iter()
            .map(|place: usize| made[place].clone())
            .collect();
        assert_eq!(found(&mut machine, query), expected, "{query}");
    }
    for query in ["", "nonsense", "colour:'red'"] {
        let answer = machine.get(&format!("{INTENTS}/search?query={}", encoded(query)));
        assert_eq!(
            (answer.status, answer.error("param")),
            (400, json!("query")),
            "{query}"
        );
    }
}

#[test]
fn pages_of_a_search_follow_each_other() {
    let mut machine = Machine::new();
    for _ in 0..5 {
        create(&mut machine, "a", "100");
    }
    let mut seen = Vec::new();
    let mut page = String::new();
    loop {
        let query = encoded("metadata['order']:'a'");
        let answer = machine
            .get(&format!("{INTENTS}/search?limit=2&query={query}{page}"))
            .ok()
            .body;
        assert_eq!(answer["object"], "search_result");
        seen.extend(
            answer["data"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|row| text(&row["id"])),
        );
        assert_eq!(answer["has_more"], json!(!answer["next_page"].is_null()));
        match &answer["next_page"] {
            Value::String(next) => page = format!("&page={next}"),
            _ => break,
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 5);
}

#[test]
fn what_is_new_is_found_late_if_so_assumed() {
    for (lag, at_once) in [(0, 1), (60, 0)] {
        let mut machine = Machine::new();
        machine
            .control("assumptions", json!({ "search_lag_seconds": lag }))
            .ok();
        create(&mut machine, "a", "100");
        assert_eq!(
            found(&mut machine, "metadata['order']:'a'").len(),
            at_once,
            "{lag}"
        );
        machine.advance(lag);
        assert_eq!(
            found(&mut machine, "metadata['order']:'a'").len(),
            1,
            "{lag}"
        );
    }
}

#[test]
fn metadata_is_merged_unset_and_limited() {
    let mut machine = Machine::new();
    let id = create(&mut machine, "a", "100");
    let path = format!("{INTENTS}/{id}");
    for (fields, expected) in [
        (
            vec![("metadata[x]", "1")],
            json!({ "order": "a", "x": "1" }),
        ),
        (vec![("metadata[order]", "")], json!({ "x": "1" })),
        (
            vec![("metadata[x]", "2"), ("metadata[y]", "3")],
            json!({ "x": "2", "y": "3" }),
        ),
        (vec![("metadata", "")], json!({})),
    ] {
        assert_eq!(
            machine.post(&path, &fields).ok().body["metadata"],
            expected,
            "{fields:?}"
        );
    }
    for (name, value, status) in [(40, 500, 200), (41, 1, 400), (1, 501, 400)] {
        let field = format!("metadata[{}]", "n".repeat(name));
        let value = "v".repeat(value);
        assert_eq!(
            machine.post(&path, &[(&field, &value)]).status,
            status,
            "{name}"
        );
    }
    for (count, status) in [(50, 200), (51, 400)] {
        let names: Vec<String> = (0..count)
            .map(|number| format!("metadata[k{number}]"))
            .collect();
        let mut fields = vec![("amount", "100"), ("currency", "usd")];
        fields.extend(names.iter().map(|name| (name.as_str(), "v")));
        assert_eq!(machine.post(INTENTS, &fields).status, status, "{count}");
    }
}
