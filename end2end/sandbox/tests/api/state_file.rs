//! The state file: a world goes on where it stopped.

use crate::client;
use crate::machine::{Machine, text};
use serde_json::json;
use std::fs;
use stripe_sandbox::{Options, Sandbox, Stripe};

#[test]
fn a_saved_machine_goes_on_as_if_nothing_had_been() {
    let mut machine = Machine::new();
    let asked = machine.pay("4000000000003220").ok();
    machine
        .post_with_key(
            "k",
            "/v1/payment_intents",
            &[("amount", "500"), ("currency", "usd")],
        )
        .ok();
    let saved = serde_json::to_string(&machine.stripe).expect("the state serialises");
    assert!(!saved.contains("sk_test"), "no key is kept");

    let stripe: Stripe = serde_json::from_str(&saved).expect("the state loads");
    let mut loaded = Machine {
        stripe,
        now_ms: machine.now_ms,
        effects: Vec::new(),
    };
    assert_eq!(loaded.state(), machine.state());
    let source = text(&asked.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    for machine in [&mut machine, &mut loaded] {
        machine.bank(&source, "complete").ok();
        machine
            .post_with_key(
                "k",
                "/v1/payment_intents",
                &[("amount", "500"), ("currency", "usd")],
            )
            .ok();
    }
    assert_eq!(loaded.state(), machine.state());
}

#[test]
fn everything_that_is_yet_to_come_is_kept() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let hook = [("url", "http://shop.test/hook"), ("enabled_events[]", "*")];
    machine.post("/v1/webhook_endpoints", &hook).ok();
    let kept = [
        ("customer", customer.as_str()),
        ("setup_future_usage", "off_session"),
    ];
    machine.pay_by("pm_usBankAccount_success", &kept).ok();
    machine
        .pay_by("pm_card_createDispute", &[("capture_method", "manual")])
        .ok();
    machine.pay_by("pm_card_createDispute", &[]).ok();
    let site = [
        ("confirm", "true"),
        ("amount", "500"),
        ("currency", "eur"),
        ("payment_method_data[type]", "ideal"),
    ];
    let mut leaving = site.to_vec();
    leaving.push(("return_url", "https://shop.test/"));
    machine.post("/v1/payment_intents", &leaving).ok();
    machine.control("clock", json!({ "frozen": true })).ok();
    machine
        .control("assumptions", json!({ "most_confirmations": 3 }))
        .ok();
    machine
        .control("outcomes", json!({ "outcome": { "kind": "pay" } }))
        .ok();

    let saved = serde_json::to_string(&machine.stripe).expect("the state serialises");
    let mut loaded = Machine {
        stripe: serde_json::from_str(&saved).expect("the state loads"),
        now_ms: machine.now_ms,
        effects: Vec::new(),
    };
    // What was under way is sent again: it may not have arrived.
    let under_way = machine.state()["deliveries"].as_array().map(Vec::len);
    assert_eq!(Some(loaded.stripe.resume().len()), under_way);
    for machine in [&mut machine, &mut loaded] {
        machine.advance(8 * 24 * 60 * 60);
        machine.pay("4000000000000002").ok();
    }
    let state = loaded.state();
    assert_eq!(state, machine.state());
    let disputes = state["disputes"].as_array().map(Vec::len);
    assert_eq!(disputes, Some(1), "the uncaptured payment expired instead");
    assert_eq!(state["payment_intents"][0]["status"], "succeeded");
    assert_eq!(state["payment_intents"][1]["status"], "canceled");
    assert_eq!(
        loaded.get("/_control/assumptions").ok().body["most_confirmations"],
        3
    );
}

#[tokio::test]
async fn a_stopped_sandbox_has_written_its_file_and_the_next_one_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/world.json");
    let options = || Options {
        state: Some(path.clone()),
        ..Options::default()
    };

    let running = Sandbox::start(options()).await.expect("it starts");
    let made = client::json(client::create(&running).await.expect("an answer")).await;
    drop(running);
    assert!(path.exists());
    assert!(!path.with_extension("json.new").exists());

    let running = Sandbox::start(options()).await.expect("it starts again");
    let found = client::get(
        &running,
        &format!("/v1/payment_intents/{}", text(&made["id"])),
    )
    .await;
    assert_eq!(found, made);
}

#[test]
fn a_file_that_is_no_state_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("world.json");
    fs::write(&path, "{\"half\":").expect("written");
    let options = Options {
        state: Some(path.clone()),
        ..Options::default()
    };
    let error = Sandbox::new(options).expect_err("refused");
    assert!(format!("{error:#}").contains("world.json"), "{error:#}");
    assert_eq!(
        fs::read_to_string(&path).expect("still there"),
        "{\"half\":"
    );
}
