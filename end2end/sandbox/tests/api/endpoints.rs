//! Webhook endpoints made by API, what goes wrong on the way to them, and retries on the world's clock.

use crate::machine::{Machine, text};
use serde_json::{Value, json};
use stripe_sandbox::{Dispatch, Effect};

const ENDPOINTS: &str = "/v1/webhook_endpoints";
const URL: (&str, &str) = ("url", "http://shop.test/hook");

pub fn endpoint(machine: &mut Machine, events: &[&str]) -> Value {
    let mut fields = vec![URL];
    fields.extend(events.iter().map(|event| ("enabled_events[]", *event)));
    machine.post(ENDPOINTS, &fields).ok().body
}

/// What the latest call left to be sent.
pub fn sent(machine: &mut Machine) -> Vec<Dispatch> {
    let effects = std::mem::take(&mut machine.effects);
    let dispatch = |effect| match effect {
        Effect::Deliver(dispatch) => Some(dispatch),
        _ => None,
    };
    effects.into_iter().filter_map(dispatch).collect()
}

pub fn kinds(machine: &mut Machine) -> Vec<String> {
    sent(machine)
        .into_iter()
        .map(|dispatch| dispatch.kind)
        .collect()
}

#[test]
fn an_endpoint_shows_its_secret_once_and_hears_what_it_asked_for() {
    for (events, heard) in [
        (
            vec!["*"],
            vec![
                "payment_intent.created",
                "charge.succeeded",
                "payment_intent.succeeded",
            ],
        ),
        (
            vec!["payment_intent.created", "payment_intent.succeeded"],
            vec!["payment_intent.created", "payment_intent.succeeded"],
        ),
        (
            vec!["charge.succeeded", "charge.failed"],
            vec!["charge.succeeded"],
        ),
        (vec!["invoice.paid"], vec![]),
    ] {
        let mut machine = Machine::new();
        let made = endpoint(&mut machine, &events);
        let secret = text(&made["secret"]);
        assert!(secret.starts_with("whsec_"), "{secret}");
        machine.pay_by("pm_card_visa", &[]).ok();
        let dispatches = sent(&mut machine);
        assert!(
            dispatches
                .iter()
                .all(|dispatch| dispatch.webhook.secret == secret),
            "{events:?}"
        );
        let kinds: Vec<_> = dispatches
            .iter()
            .map(|dispatch| dispatch.kind.as_str())
            .collect();
        assert_eq!(kinds, heard, "{events:?}");
        let path = format!("{ENDPOINTS}/{}", text(&made["id"]));
        assert_eq!(
            machine.get(&path).ok().body.get("secret"),
            None,
            "{events:?}"
        );
        assert!(!machine.state().to_string().contains(&secret), "{events:?}");
    }
}

#[test]
fn an_endpoint_is_changed_switched_off_and_deleted() {
    let mut machine = Machine::new();
    let id = text(&endpoint(&mut machine, &["*"])["id"]);
    let path = format!("{ENDPOINTS}/{id}");
    machine
        .post(
            &path,
            &[
                ("enabled_events[]", "charge.succeeded"),
                ("description", "x"),
            ],
        )
        .ok();
    machine.pay_by("pm_card_visa", &[]).ok();
    assert_eq!(kinds(&mut machine), ["charge.succeeded"]);
    assert_eq!(
        machine.post(&path, &[("disabled", "true")]).ok().body["status"],
        "disabled"
    );
    machine.pay_by("pm_card_visa", &[]).ok();
    assert_eq!(kinds(&mut machine), [] as [String; 0]);
    machine.post(&path, &[("disabled", "false")]).ok();
    assert_eq!(
        machine.delete(&path).ok().body,
        json!({ "id": id, "object": "webhook_endpoint", "deleted": true })
    );
    machine.pay_by("pm_card_visa", &[]).ok();
    assert_eq!(kinds(&mut machine), [] as [String; 0]);
    assert_eq!(machine.get(&path).status, 404);
    assert_eq!(machine.get(ENDPOINTS).ok().body["data"], json!([]));
}

#[test]
fn wrong_endpoints_are_refused() {
    let events = ("enabled_events[]", "*");
    for (fields, param) in [
        (vec![URL], "enabled_events"),
        (vec![events], "url"),
        (vec![events, ("url", "shop.test")], "url"),
        (vec![events, ("url", "ftp://shop.test")], "url"),
        (
            vec![events, URL, ("api_version", "2020-08-27")],
            "api_version",
        ),
        (vec![events, URL, ("colour", "red")], "colour"),
    ] {
        let mut machine = Machine::new();
        let answer = machine.post(ENDPOINTS, &fields);
        assert_eq!(
            (answer.status, answer.error("param")),
            (400, json!(param)),
            "{fields:?}"
        );
    }
}

#[test]
fn a_receiver_that_stays_away_is_tried_again_on_the_world_s_clock() {
    let mut machine = Machine::new();
    endpoint(&mut machine, &["payment_intent.created"]);
    machine.control("clock", json!({ "frozen": true })).ok();
    machine.pay_by("pm_card_visa", &[]).ok();
    let mut tries = 0;
    let mut under_way = sent(&mut machine);
    while let Some(dispatch) = under_way.pop() {
        tries += 1;
        machine
            .stripe
            .delivered(machine.now_ms, &dispatch, Some(500));
        machine.now_ms += 3_600_000;
        assert!(
            machine.stripe.tick(machine.now_ms).is_empty(),
            "the clock stands still"
        );
        machine.advance(61);
        under_way = sent(&mut machine);
        assert!(under_way.len() <= 1);
    }
    assert_eq!(tries, 20);
    assert_eq!(machine.state()["deliveries"][0]["status"], "failed");
}

#[test]
fn events_are_lost_late_doubled_and_overtaken_on_demand() {
    let all = [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
    ];
    for (fault, at_once, later) in [
        (json!({ "kind": "lose" }), vec![0, 2], vec![]),
        (json!({ "kind": "delay", "ms": 5000 }), vec![0, 2], vec![1]),
        (json!({ "kind": "duplicate" }), vec![0, 1, 1, 2], vec![]),
        (json!({ "kind": "reorder" }), vec![0, 2, 1], vec![]),
    ] {
        let mut machine = Machine::new();
        endpoint(&mut machine, &all);
        let plan = json!({ "faults": [{ "type": "charge.*", "fault": fault }] });
        machine.control("webhooks", plan).ok();
        machine
            .pay_by("pm_card_visa", &[("capture_method", "automatic")])
            .ok();
        let names = |places: Vec<usize>| {
            places
                .into_iter()
                .map(|place| all[place])
                .collect::<Vec<_>>()
        };
        assert_eq!(kinds(&mut machine), names(at_once), "{fault}");
        machine.advance(5);
        assert_eq!(kinds(&mut machine), names(later), "{fault}");
        machine.pay_by("pm_card_visa", &[]).ok();
        assert_eq!(kinds(&mut machine), all, "{fault}: once only");
    }
}

#[test]
fn an_event_is_sent_again_to_one_endpoint() {
    let mut machine = Machine::new();
    let first = text(&endpoint(&mut machine, &["*"])["id"]);
    endpoint(&mut machine, &["*"]);
    machine.customer();
    assert_eq!(kinds(&mut machine).len(), 2);
    let event = machine.state()["events"][0]["id"].clone();
    machine
        .control("webhooks", json!({ "redeliver": event }))
        .ok();
    assert_eq!(kinds(&mut machine).len(), 2);
    machine
        .control(
            "webhooks",
            json!({ "redeliver": event, "webhook_endpoint": first }),
        )
        .ok();
    assert_eq!(kinds(&mut machine).len(), 1);
    let path = format!("/v1/events/{}/retry", text(&event));
    machine.post(&path, &[("webhook_endpoint", &first)]).ok();
    assert_eq!(kinds(&mut machine).len(), 1);
    let unknown = machine.post(&path, &[("webhook_endpoint", "we_x")]);
    assert_eq!(unknown.status, 404);
}
