//! What the page at `/` reads: cheap news, pages of lists, one thing with all that belongs to it, and who may see it.

use crate::client;
use crate::machine::{Answer, Machine, text};
use serde_json::{Value, json};
use stripe_sandbox::{LookInside, Options, Request, Sandbox};

fn look(machine: &mut Machine, path: &str) -> Value {
    machine.get(&format!("/_control/{path}")).ok().body
}

fn ids(list: &Value) -> Vec<String> {
    let data = list["data"].as_array().cloned().unwrap_or_default();
    data.iter().map(|row| text(&row["id"])).collect()
}

/// A call that must not show anything new.
fn changes(machine: &mut Machine) -> Value {
    look(machine, "changes")["changes"].clone()
}

#[test]
fn news_come_with_what_happens_and_not_with_looking() {
    let mut machine = Machine::new();
    machine.pay_by("pm_card_visa", &[]).ok();
    let before = changes(&mut machine);
    for path in ["payments", "events", "deliveries", "requests", "state"] {
        look(&mut machine, path);
        assert_eq!(changes(&mut machine), before, "{path}");
    }
    let id = machine
        .post(
            "/v1/payment_intents",
            &[("amount", "1"), ("currency", "usd")],
        )
        .error("code");
    assert_eq!(id, "amount_too_small");
    let refused = changes(&mut machine);
    assert_ne!(refused, before, "a refused request is a request");
    machine.advance(1);
    let advanced = changes(&mut machine);
    assert_ne!(advanced, refused);
    machine.control("reset", json!({})).ok();
    assert_ne!(changes(&mut machine), advanced);
    assert_eq!(look(&mut machine, "changes")["payments"], 0);
}

#[test]
fn a_payment_in_a_line_says_what_a_shop_asks_first() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    machine
        .pay_by(
            "pm_card_visa",
            &[("customer", &customer), ("currency", "jpy")],
        )
        .ok();
    machine.pay_by("pm_card_visa_chargeDeclinedInsufficientFunds", &[]);
    let list = look(&mut machine, "payments");
    let [declined, paid] = &list["data"].as_array().expect("a list")[..] else {
        panic!("{list}");
    };
    for (field, expected) in [
        ("amount", json!(1999)),
        ("amount_refunded", json!(0)),
        ("currency", json!("jpy")),
        ("decimals", json!(0)),
        ("status", json!("succeeded")),
        ("customer_name", json!("Jenny")),
        ("email", json!("jenny@example.com")),
        (
            "method",
            json!({ "type": "card", "brand": "visa", "last4": "4242" }),
        ),
        ("failure", Value::Null),
    ] {
        assert_eq!(paid[field], expected, "{field}");
    }
    assert_eq!(declined["status"], "requires_payment_method");
    assert_eq!(declined["failure"]["decline_code"], "insufficient_funds");
    assert_eq!(declined["method"]["last4"], "9995");
    assert_eq!(declined["decimals"], 2);
}

#[test]
fn lists_come_in_pages_newest_first() {
    let mut machine = Machine::new();
    for _ in 0..3 {
        machine.pay_by("pm_card_visa", &[]).ok();
    }
    for view in ["payments", "events", "requests"] {
        let all = ids(&look(&mut machine, &format!("{view}?limit=100")));
        assert!(all.len() >= 3, "{view}");
        let first = look(&mut machine, &format!("{view}?limit=2"));
        assert_eq!(ids(&first), all[..2], "{view}");
        assert_eq!(first["has_more"], true, "{view}");
        let rest = format!("{view}?limit=100&starting_after={}", all[1]);
        let rest = look(&mut machine, &rest);
        assert_eq!(ids(&rest), all[2..], "{view}");
        assert_eq!(rest["has_more"], false, "{view}");
    }
}

#[test]
fn a_payment_comes_with_all_that_belongs_to_it_and_nothing_else() {
    let mut machine = Machine::new();
    let other = machine.pay_by("pm_card_visa", &[]).ok().id();
    let id = machine.pay_by("pm_card_visa", &[]).ok().id();
    machine.advance(60);
    machine
        .post("/v1/refunds", &[("payment_intent", &id), ("amount", "500")])
        .ok();
    machine.get(&format!("/v1/payment_intents/{id}")).ok();
    let found = look(&mut machine, &format!("payments/{id}"));
    assert_eq!(found["intent"]["id"], json!(id));
    assert_eq!(found["payment"]["amount_refunded"], 500);
    let count = |part: &str| found[part].as_array().map(Vec::len);
    assert_eq!((count("charges"), count("refunds")), (Some(1), Some(1)));
    let kinds: Vec<String> = found["events"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|event| text(&event["type"]))
        .collect();
    for kind in [
        "payment_intent.created",
        "payment_intent.succeeded",
        "charge.refunded",
    ] {
        assert!(kinds.iter().any(|it| it == kind), "{kind}: {kinds:?}");
    }
    let asked: Vec<String> = found["requests"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| format!("{} {}", text(&it["method"]), text(&it["path"])))
        .collect();
    assert_eq!(
        asked,
        [
            format!("GET /v1/payment_intents/{id}"),
            "POST /v1/refunds".to_owned(),
            "POST /v1/payment_intents".to_owned()
        ]
    );
    assert!(!found.to_string().contains(&other));
    assert_eq!(machine.get("/_control/payments/pi_none").status, 404);
}

#[test]
fn a_request_comes_with_its_parameters_its_answer_and_its_events() {
    let mut machine = Machine::new();
    let fields = [
        ("amount", "1999"),
        ("currency", "usd"),
        ("metadata[order]", "7"),
    ];
    let made = machine
        .post_with_key("k", "/v1/payment_intents", &fields)
        .ok();
    machine
        .post_with_key("k", "/v1/payment_intents", &fields)
        .ok();
    let list = look(&mut machine, "requests");
    let first = look(&mut machine, &format!("requests/{}", ids(&list)[1]));
    assert_eq!(first["request"]["idempotency_key"], "k");
    assert_eq!(first["request"]["status"], 200);
    assert_eq!(
        first["params"][2],
        json!({ "name": "metadata[order]", "value": "7" })
    );
    assert_eq!(text(&first["answer"]), made.text);
    assert_eq!(first["events"][0]["type"], "payment_intent.created");
    assert_eq!(first["replayed"], false);
    let again = look(&mut machine, &format!("requests/{}", ids(&list)[0]));
    assert_eq!(again["replayed"], true);
    assert_eq!(again["events"], json!([]));
}

#[test]
fn no_card_number_and_no_security_code_is_kept() {
    let mut machine = Machine::new();
    machine.token("4242424242424242");
    let refused: Vec<Answer> = [
        ("email", "4242 4242 4242 4242"),
        ("metadata[card]", "5555-5555-5555-4444"),
    ]
    .into_iter()
    .map(|field| machine.post("/v1/customers", &[field, ("unknown", "1")]))
    .collect();
    assert!(refused.iter().all(|answer| answer.status == 400));
    for id in ids(&look(&mut machine, "requests?limit=100")) {
        let kept = look(&mut machine, &format!("requests/{id}")).to_string();
        for secret in [
            "4242424242424242",
            "4242 4242",
            "5555-5555",
            "\"value\":\"123\"",
        ] {
            assert!(!kept.contains(secret), "{secret} in {kept}");
        }
    }
    assert!(
        look(&mut machine, "requests?limit=100")["data"]
            .as_array()
            .is_some_and(|it| it.len() == 3)
    );
}

#[test]
fn what_requests_said_is_not_in_the_state() {
    let mut machine = Machine::new();
    let fields = [("email", "jenny@example.com"), ("name", "Only here")];
    let customer = machine.post("/v1/customers", &fields).ok().id();
    machine.delete(&format!("/v1/customers/{customer}")).ok();
    let state = machine.state();
    assert_eq!(state["requests"].as_array().map(Vec::len), Some(2));
    assert!(!state["requests"].to_string().contains("Only here"));
}

#[test]
fn to_look_at_a_world_does_not_make_one() {
    let mut machine = Machine::new();
    look(&mut machine, "changes");
    assert_eq!(machine.stripe.worlds(), []);
    machine.customer();
    let [world] = &machine.stripe.worlds()[..] else {
        panic!("one world");
    };
    assert_eq!((world.name.as_str(), world.requests), ("w", 1));
}

#[test]
fn a_world_that_was_used_last_is_listed_first() {
    let mut machine = Machine::new();
    for world in ["a", "b", "c", "a"] {
        machine.now_ms += 1000;
        let key = format!("sk_test_{world}");
        let request = Machine::request(&key, "GET", "/v1/events", Vec::new());
        machine.send(&request).ok();
    }
    let names: Vec<String> = machine
        .stripe
        .worlds()
        .into_iter()
        .map(|world| world.name)
        .collect();
    assert_eq!(names, ["a", "c", "b"]);
}

/// The status of a page for a caller who names the sandbox so.
async fn status(sandbox: &Sandbox, path: &str, host: &str) -> u16 {
    use tower::ServiceExt;
    let request = axum::http::Request::builder()
        .uri(path)
        .header("host", host)
        .body(axum::body::Body::empty())
        .expect("a request");
    let answer = sandbox.router().oneshot(request).await.expect("an answer");
    answer.status().as_u16()
}

#[tokio::test]
async fn worlds_are_listed_for_this_machine_unless_all_may_look() {
    for (look_inside, host, expected) in [
        (LookInside::ThisMachine, "127.0.0.1:12111", 200),
        (LookInside::ThisMachine, "localhost", 200),
        (LookInside::ThisMachine, "sandbox.test", 403),
        (LookInside::Everybody, "sandbox.test", 200),
    ] {
        let sandbox = Sandbox::new(Options {
            look_inside,
            ..Options::default()
        })
        .expect("a sandbox");
        let status = status(&sandbox, "/_control/worlds", host).await;
        assert_eq!(status, expected, "{look_inside:?} {host}");
    }
}

#[tokio::test]
async fn the_page_runs_nothing_but_its_own_scripts() {
    let running = Sandbox::start(Options::default()).await.expect("it starts");
    client::create(&running).await.expect("an answer");
    let page = reqwest::get(running.url()).await.expect("a page");
    let policy = page.headers()["content-security-policy"].clone();
    let policy = policy.to_str().expect("text");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    let bytes = page.bytes().await.expect("a body");
    assert!(String::from_utf8_lossy(&bytes).contains("/inside/main.js"));
    let worlds = client::get(&running, "/_control/worlds?limit=1&search=w").await;
    assert_eq!(worlds["data"][0]["name"], "w");
    assert_eq!(worlds["has_more"], false);
}

#[test]
fn requests_without_a_key_are_in_no_world() {
    let mut machine = Machine::new();
    let request = Request {
        method: "GET".to_owned(),
        path: "/_control/payments".to_owned(),
        ..Request::default()
    };
    assert_eq!(machine.send(&request).status, 401);
}

#[tokio::test]
async fn a_list_of_worlds_that_cannot_be_is_refused_in_json() {
    let running = Sandbox::start(Options::default()).await.expect("it starts");
    for query in ["limit=-1", "limit=many", "sort=name"] {
        let answer = client::get(&running, &format!("/_control/worlds?{query}")).await;
        assert_eq!(answer["error"]["type"], "invalid_request_error", "{query}");
        assert!(answer["error"]["message"].is_string(), "{query}");
    }
}
