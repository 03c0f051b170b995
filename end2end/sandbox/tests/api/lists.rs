//! Lists: order, pages, filters, expansion.

use crate::machine::{Machine, START_MS, text};
use serde_json::Value;

fn ids(list: &Value) -> Vec<String> {
    let data = list["data"].as_array().cloned().unwrap_or_default();
    data.iter().map(|item| text(&item["id"])).collect()
}

/// Five intents, a second apart, oldest first.
fn five(machine: &mut Machine) -> Vec<String> {
    (0..5)
        .map(|_| {
            machine.now_ms += 1000;
            machine.pay("4242424242424242").ok().id()
        })
        .collect()
}

#[test]
fn pages_run_from_the_newest_to_the_oldest() {
    let mut machine = Machine::new();
    let made = five(&mut machine);
    let start = START_MS / 1000;
    for (query, expected, has_more) in [
        (String::new(), vec![4, 3, 2, 1, 0], false),
        ("limit=2".to_owned(), vec![4, 3], true),
        (
            format!("limit=2&starting_after={}", made[3]),
            vec![2, 1],
            true,
        ),
        (
            format!("limit=2&starting_after={}", made[1]),
            vec![0],
            false,
        ),
        (
            format!("limit=2&ending_before={}", made[0]),
            vec![2, 1],
            true,
        ),
        (
            format!("limit=3&ending_before={}", made[2]),
            vec![4, 3],
            false,
        ),
        (format!("created[gte]={}", start + 4), vec![4, 3], false),
        (
            format!("created[gt]={}&created[lte]={}", start + 1, start + 3),
            vec![2, 1],
            false,
        ),
        (format!("created[lt]={}", start + 2), vec![0], false),
        ("customer=cus_nobody".to_owned(), vec![], false),
    ] {
        let list = machine
            .get(&format!("/v1/payment_intents?{query}"))
            .ok()
            .body;
        let expected: Vec<String> = expected
            .into_iter()
            .map(|place: usize| made[place].clone())
            .collect();
        assert_eq!(ids(&list), expected, "{query}");
        assert_eq!(list["has_more"], has_more, "{query}");
    }
}

#[test]
fn wrong_pages_are_refused() {
    let mut machine = Machine::new();
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "starting_after=pi_x",
        "created[ge]=1",
        "colour=red",
    ] {
        assert_eq!(
            machine.get(&format!("/v1/payment_intents?{query}")).status,
            400,
            "{query}"
        );
    }
}

#[test]
fn charges_are_found_by_intent_and_events_by_type() {
    let mut machine = Machine::new();
    let made = five(&mut machine);
    let charges = machine
        .get(&format!("/v1/charges?payment_intent={}", made[2]))
        .ok()
        .body;
    assert_eq!(charges["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(charges["data"][0]["payment_intent"], made[2]);
    for (query, expected) in [
        ("type=charge.succeeded", 5),
        ("type=charge.succ*", 5),
        ("types[]=refund.created", 0),
    ] {
        let events = machine.get(&format!("/v1/events?{query}")).ok().body;
        assert_eq!(
            events["data"].as_array().map(Vec::len),
            Some(expected),
            "{query}"
        );
    }
}

#[test]
fn ids_expand_to_their_objects() {
    let mut machine = Machine::new();
    let id = machine.pay("4242424242424242").ok().id();
    for (target, place, kind) in [
        (
            format!("/v1/payment_intents/{id}?expand[]=latest_charge"),
            "/latest_charge/object",
            "charge",
        ),
        (
            format!("/v1/payment_intents/{id}?expand[]=payment_method"),
            "/payment_method/object",
            "payment_method",
        ),
        (
            format!("/v1/payment_intents/{id}?expand[]=latest_charge.payment_intent"),
            "/latest_charge/payment_intent/object",
            "payment_intent",
        ),
        (
            "/v1/payment_intents?expand[]=data.latest_charge".to_owned(),
            "/data/0/latest_charge/object",
            "charge",
        ),
    ] {
        let answer = machine.get(&target).ok();
        assert_eq!(answer.body.pointer(place), Some(&kind.into()), "{target}");
    }
}
