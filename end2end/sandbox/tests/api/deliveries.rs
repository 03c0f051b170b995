//! Webhook tables: every fault on every event, the whole schedule of retries, and who hears what.

use crate::endpoints::{endpoint, kinds, sent};
use crate::machine::{Machine, text};
use serde_json::{Value, json};
use stripe_sandbox::{Dispatch, Effect};

/// What a payment tells, in order.
const STORY: [&str; 3] = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
];

fn pay(machine: &mut Machine) {
    let booked_at_once = [("capture_method", "automatic")];
    machine.pay_by("pm_card_visa", &booked_at_once).ok();
}

fn names(places: &[usize]) -> Vec<&'static str> {
    places.iter().map(|place| STORY[*place]).collect()
}

fn deliveries(machine: &mut Machine) -> Vec<Value> {
    let state = machine.state();
    state["deliveries"].as_array().cloned().unwrap_or_default()
}

#[test]
fn each_fault_strikes_each_event() {
    let [lose, late, twice, overtaken] = [
        json!({ "kind": "lose" }),
        json!({ "kind": "delay", "ms": 5000 }),
        json!({ "kind": "duplicate" }),
        json!({ "kind": "reorder" }),
    ];
    // The event struck, what is sent at once, and what after five seconds.
    let table: &[(&Value, usize, &[usize], &[usize])] = &[
        (&lose, 0, &[1, 2], &[]),
        (&lose, 1, &[0, 2], &[]),
        (&lose, 2, &[0, 1], &[]),
        (&late, 0, &[1, 2], &[0]),
        (&late, 1, &[0, 2], &[1]),
        (&late, 2, &[0, 1], &[2]),
        (&twice, 0, &[0, 0, 1, 2], &[]),
        (&twice, 1, &[0, 1, 1, 2], &[]),
        (&twice, 2, &[0, 1, 2, 2], &[]),
        (&overtaken, 0, &[1, 0, 2], &[]),
        (&overtaken, 1, &[0, 2, 1], &[]),
        // Nothing has followed it yet.
        (&overtaken, 2, &[0, 1], &[]),
    ];
    for (fault, struck, at_once, later) in table {
        let case = format!("{fault} on {}", STORY[*struck]);
        let mut machine = Machine::new();
        endpoint(&mut machine, &["*"]);
        let plan = json!({ "faults": [{ "type": STORY[*struck], "fault": fault }] });
        machine.control("webhooks", plan).ok();
        pay(&mut machine);
        assert_eq!(kinds(&mut machine), names(at_once), "{case}");
        machine.advance(5);
        assert_eq!(kinds(&mut machine), names(later), "{case}");
        // The events themselves are none the worse, and the next payment's are sent as ever.
        assert_eq!(machine.events(), STORY, "{case}");
        pay(&mut machine);
        let next = match (*struck, **fault == overtaken) {
            (2, true) => vec![STORY[0], STORY[2], STORY[1], STORY[2]],
            _ => STORY.to_vec(),
        };
        assert_eq!(kinds(&mut machine), next, "{case}");
    }
}

#[test]
fn an_overtaken_event_is_sent_a_moment_after_the_one_that_overtakes_it() {
    let mut machine = Machine::new();
    endpoint(&mut machine, &["*"]);
    let plan = json!({ "faults": [{ "type": "*", "times": 2, "fault": { "kind": "reorder" } }] });
    machine.control("webhooks", plan).ok();
    pay(&mut machine);
    let dispatches = sent(&mut machine);
    let order: Vec<_> = dispatches
        .iter()
        .map(|dispatch| (dispatch.kind.as_str(), dispatch.after_ms))
        .collect();
    assert_eq!(order, [(STORY[0], 200), (STORY[2], 0), (STORY[1], 200)]);
}

#[test]
fn a_fault_counts_the_events_of_its_type() {
    for (kind, nth, times, lost) in [
        ("charge.succeeded", 1, 1, &[1][..]),
        ("charge.succeeded", 2, 1, &[4]),
        ("charge.succeeded", 1, 2, &[1, 4]),
        ("payment_intent.*", 2, 2, &[2, 3]),
        ("*", 3, 1, &[2]),
        ("*", 1, 100, &[0, 1, 2, 3, 4, 5]),
        ("charge.failed", 1, 1, &[]),
        ("charge", 1, 1, &[]),
    ] {
        let case = format!("{kind} {nth} {times}");
        let mut machine = Machine::new();
        endpoint(&mut machine, &["*"]);
        let fault = json!({ "kind": "lose" });
        let plan = json!({ "type": kind, "nth": nth, "times": times, "fault": fault });
        machine
            .control("webhooks", json!({ "faults": [plan] }))
            .ok();
        pay(&mut machine);
        pay(&mut machine);
        let statuses: Vec<_> = deliveries(&mut machine)
            .iter()
            .enumerate()
            .filter(|(_, delivery)| delivery["status"] == "lost")
            .map(|(place, _)| place)
            .collect();
        assert_eq!(statuses, lost, "{case}");
    }
}

/// Tells how a try went, and what is due next.
fn answer(machine: &mut Machine, dispatch: &Dispatch, status: Option<u16>) {
    machine.stripe.delivered(machine.now_ms, dispatch, status);
}

fn due(machine: &mut Machine) -> Vec<Dispatch> {
    let effects = machine.stripe.tick(machine.now_ms);
    effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Deliver(dispatch) => Some(dispatch),
            _ => None,
        })
        .collect()
}

#[test]
fn retries_come_after_twice_the_time_up_to_a_minute_and_end() {
    let waits = [500, 1000, 2000, 4000, 8000, 16_000, 32_000];
    let waits = waits.into_iter().chain(std::iter::repeat_n(60_000, 12));
    let mut machine = Machine::new();
    endpoint(&mut machine, &["payment_intent.created"]);
    pay(&mut machine);
    let mut under_way = sent(&mut machine);
    let mut tried = 0;
    for wait in waits {
        let dispatch = under_way.pop().expect("a try");
        let status = [None, Some(500), Some(302), Some(404), Some(199)][tried % 5];
        answer(&mut machine, &dispatch, status);
        tried += 1;
        machine.now_ms += wait - 1;
        assert!(
            due(&mut machine).is_empty(),
            "before {wait} ms, try {tried}"
        );
        machine.now_ms += 1;
        under_way = due(&mut machine);
        assert_eq!(under_way.len(), 1, "after {wait} ms, try {tried}");
        assert_eq!(under_way[0].event, dispatch.event);
        assert_eq!(
            under_way[0].body, dispatch.body,
            "the same event, word for word"
        );
    }
    answer(&mut machine, &under_way[0], Some(503));
    machine.now_ms += 1_000_000;
    assert!(due(&mut machine).is_empty(), "and no more");
    let delivery = deliveries(&mut machine).remove(0);
    assert_eq!(delivery["status"], "failed");
    assert_eq!(delivery["attempts"].as_array().map(Vec::len), Some(20));
}

#[test]
fn any_2xx_takes_an_event_and_nothing_else_does() {
    for (status, taken) in [
        (Some(200), true),
        (Some(204), true),
        (Some(299), true),
        (Some(300), false),
        (Some(301), false),
        (Some(400), false),
        (Some(410), false),
        (Some(500), false),
        (None, false),
    ] {
        let mut machine = Machine::new();
        endpoint(&mut machine, &["payment_intent.created"]);
        pay(&mut machine);
        let dispatch = sent(&mut machine).remove(0);
        let pending = |machine: &mut Machine| {
            let event = machine.get(&format!("/v1/events/{}", dispatch.event));
            event.ok().body["pending_webhooks"].clone()
        };
        assert_eq!(pending(&mut machine), 1, "{status:?}");
        answer(&mut machine, &dispatch, status);
        let delivery = deliveries(&mut machine).remove(0);
        let expected = if taken { "delivered" } else { "pending" };
        assert_eq!(delivery["status"], expected, "{status:?}");
        assert_eq!(delivery["attempts"], json!([status]), "{status:?}");
        assert_eq!(pending(&mut machine), u8::from(!taken), "{status:?}");
        machine.now_ms += 500;
        assert_eq!(due(&mut machine).is_empty(), taken, "{status:?}");
    }
}

/// What a change of the endpoint does to an event that is to be tried again.
#[test]
fn a_retry_goes_where_the_endpoint_is_then_if_it_is_there_at_all() {
    type Fields = &'static [(&'static str, &'static str)];
    let changes: &[(Option<Fields>, bool)] = &[
        (Some(&[("description", "x")]), true),
        (Some(&[("url", "http://moved.test/hook")]), true),
        (Some(&[("enabled_events[]", "charge.failed")]), true),
        (Some(&[("disabled", "true")]), false),
        (None, false),
    ];
    for (change, goes_on) in changes {
        let mut machine = Machine::new();
        let made = endpoint(&mut machine, &["payment_intent.created"]);
        pay(&mut machine);
        let dispatch = sent(&mut machine).remove(0);
        answer(&mut machine, &dispatch, Some(500));
        let path = format!("/v1/webhook_endpoints/{}", text(&made["id"]));
        match change {
            Some(fields) => drop(machine.post(&path, fields).ok()),
            None => drop(machine.delete(&path).ok()),
        }
        machine.now_ms += 500;
        let again = due(&mut machine);
        assert_eq!(again.len(), usize::from(*goes_on), "{change:?}");
        for dispatch in again {
            let moved = change.is_some_and(|fields| fields[0].0 == "url");
            let host = if moved { "moved.test" } else { "shop.test" };
            assert_eq!(dispatch.webhook.url, format!("http://{host}/hook"));
            assert_eq!(dispatch.webhook.secret, text(&made["secret"]));
        }
        if !goes_on {
            assert_eq!(
                deliveries(&mut machine)[0]["status"],
                "failed",
                "{change:?}"
            );
        }
    }
}

#[test]
fn two_endpoints_hear_each_their_own_and_are_retried_each_alone() {
    let mut machine = Machine::new();
    let all = endpoint(&mut machine, &["*"]);
    let fields = [
        ("url", "http://books.test/hook"),
        ("enabled_events[0]", "charge.succeeded"),
        ("enabled_events[1]", "payment_intent.succeeded"),
    ];
    let some = machine.post("/v1/webhook_endpoints", &fields).ok().body;
    assert_ne!(all["secret"], some["secret"]);
    pay(&mut machine);
    let dispatches = sent(&mut machine);
    let heard = |url: &str| {
        let to = dispatches.iter().filter(|it| it.webhook.url == url);
        to.map(|dispatch| dispatch.kind.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(heard("http://shop.test/hook"), STORY);
    assert_eq!(heard("http://books.test/hook"), STORY[1..]);
    for dispatch in &dispatches {
        let own = if dispatch.webhook.url.contains("shop") {
            &all
        } else {
            &some
        };
        assert_eq!(dispatch.webhook.secret, text(&own["secret"]));
        let event: Value = serde_json::from_str(&dispatch.body).expect("JSON");
        let receivers = if dispatch.kind == STORY[0] { 1 } else { 2 };
        assert_eq!(event["pending_webhooks"], receivers, "{}", dispatch.kind);
        let taken = dispatch.webhook.url.contains("shop");
        answer(&mut machine, dispatch, Some(if taken { 200 } else { 500 }));
    }
    machine.now_ms += 500;
    let again = due(&mut machine);
    let urls: Vec<_> = again.iter().map(|it| it.webhook.url.as_str()).collect();
    assert_eq!(urls, ["http://books.test/hook"; 2]);
    for (kind, pending) in [(STORY[0], 0), (STORY[1], 1), (STORY[2], 1)] {
        let list = machine.get(&format!("/v1/events?type={kind}")).ok();
        assert_eq!(list.body["data"][0]["pending_webhooks"], pending, "{kind}");
    }
}

#[test]
fn an_endpoint_is_pinned_to_the_one_version_there_is() {
    for (version, told) in [
        (None, Value::Null),
        (Some("2026-10-28.endive"), json!("2026-10-28.endive")),
    ] {
        let mut machine = Machine::new();
        let mut fields = vec![("url", "http://shop.test/hook"), ("enabled_events[]", "*")];
        fields.extend(version.map(|version| ("api_version", version)));
        let made = machine.post("/v1/webhook_endpoints", &fields).ok();
        assert_eq!(made.body["api_version"], told, "{version:?}");
        pay(&mut machine);
        for dispatch in sent(&mut machine) {
            let event: Value = serde_json::from_str(&dispatch.body).expect("JSON");
            assert_eq!(event["api_version"], "2026-10-28.endive", "{version:?}");
        }
    }
}

#[test]
fn what_happens_while_webhooks_are_off_is_kept_and_not_sent() {
    let mut machine = Machine::new();
    endpoint(&mut machine, &["*"]);
    machine.control("webhooks", json!({ "mode": "off" })).ok();
    pay(&mut machine);
    assert_eq!(kinds(&mut machine), [] as [String; 0]);
    assert_eq!(machine.events(), STORY);
    machine.control("webhooks", json!({ "mode": "on" })).ok();
    assert_eq!(kinds(&mut machine), [] as [String; 0]);
    pay(&mut machine);
    assert_eq!(kinds(&mut machine), STORY);
}
