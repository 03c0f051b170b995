//! The sandbox over TCP: connections cut, answers held back.

use crate::client;
use crate::machine::Machine;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use stripe_sandbox::{Options, Running, Sandbox};

async fn start() -> Running {
    Sandbox::start(Options::default()).await.expect("it starts")
}

async fn plan(running: &Running, fault: Value) {
    let plan = json!({ "method": "POST", "path": "/v1/payment_intents", "fault": fault });
    client::control(running, "faults", plan).await;
}

async fn intents(running: &Running) -> usize {
    let state = client::state(running).await;
    state["payment_intents"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_reset_gives_no_answer_and_the_retry_finds_what_was_done() {
    for (after_commit, committed) in [(false, 0), (true, 1)] {
        let running = start().await;
        plan(
            &running,
            json!({ "kind": "reset", "after_commit": after_commit }),
        )
        .await;
        let error = client::create(&running)
            .await
            .expect_err("the connection is lost");
        assert!(
            error.is_request() && !error.is_timeout() && !error.is_connect(),
            "{error:?}"
        );
        assert_eq!(intents(&running).await, committed, "{after_commit}");
        let retried = client::create(&running).await.expect("an answer");
        assert_eq!(
            retried.headers().contains_key("idempotent-replayed"),
            after_commit
        );
        assert_eq!(intents(&running).await, 1, "{after_commit}");
    }
}

#[tokio::test]
async fn a_delayed_answer_is_held_back_and_its_request_is_done_at_once() {
    let running = start().await;
    let minutes = json!({ "kind": "delay", "ms": 600_000 });
    plan(&running, minutes).await;
    let mut waiting = Box::pin(client::create(&running));
    let done = async { while intents(&running).await == 0 {} };
    tokio::select! {
        biased;
        () = done => {}
        answer = &mut waiting => panic!("answered at once: {answer:?}"),
    }
    drop(waiting);

    let running = start().await;
    plan(&running, json!({ "kind": "delay", "ms": 50 })).await;
    let started = Instant::now();
    let answer = client::create(&running).await;
    assert!(answer.expect("an answer").status().is_success());
    assert!(started.elapsed() >= Duration::from_millis(50));
}

#[tokio::test]
async fn a_dropped_sandbox_is_gone() {
    let running = start().await;
    let url = running.url().to_owned();
    drop(running);
    // The server stops soon, not at once.
    loop {
        match reqwest::get(&url).await {
            Err(error) if error.is_connect() => return,
            _ => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test]
async fn a_test_page_leads_back_to_the_shop() {
    let running = start().await;
    let body = "amount=1999&currency=eur&confirm=true&payment_method_data[type]=ideal&return_url=http://shop.test/";
    let made = client::post(&running, "/v1/payment_intents", body).await;
    let intent = client::json(made.expect("an answer")).await;
    let page = &intent["next_action"]["redirect_to_url"]["url"];
    let page = page.as_str().expect("an address");
    assert!(page.starts_with(running.url()), "{page}");
    let html = reqwest::get(page).await.expect("a page");
    let html = html.bytes().await.expect("a body");
    assert!(String::from_utf8_lossy(&html).contains("Fail test payment"));
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    let answer = browser.post(format!("{page}/authorize")).send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), 303);
    let back = answer.headers()["location"].to_str().expect("text");
    assert!(
        back.starts_with("http://shop.test/?payment_intent=pi_"),
        "{back}"
    );
    assert!(back.ends_with("&redirect_status=succeeded"), "{back}");
}

#[tokio::test]
async fn browsers_are_told_what_they_may_send_and_read() {
    let running = start().await;
    let url = format!("{}/v1/payment_intents", running.url());
    let client = reqwest::Client::new();
    let asked = client.request(reqwest::Method::OPTIONS, &url).send().await;
    let asked = asked.expect("an answer");
    let header = |answer: &reqwest::Response, name: &str| {
        let value = answer.headers()[name].to_str().expect("text");
        value.to_owned()
    };
    let may_send = header(&asked, "access-control-allow-headers");
    assert!(may_send.contains("Stripe-Account"), "{may_send}");
    let answer = client::create(&running).await.expect("an answer");
    let may_read = header(&answer, "access-control-expose-headers");
    for name in [
        "Request-Id",
        "Original-Request",
        "Stripe-Should-Retry",
        "Idempotent-Replayed",
    ] {
        assert!(may_read.contains(name), "{may_read}");
    }
}

#[tokio::test]
async fn a_request_that_is_too_large_has_an_id_too() {
    let running = start().await;
    let body = "a".repeat(3 * 1024 * 1024);
    let mut ids = Vec::new();
    for _ in 0..2 {
        let answer = client::post(&running, "/v1/customers", &body).await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), 413);
        ids.push(answer.headers()["request-id"].clone());
    }
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_world_of_thousands_of_payments_is_put_back() {
    let running = start().await;
    let mut machine = Machine::new();
    for order in 0..2_500 {
        let order = order.to_string();
        let fields = [
            ("amount", "1999"),
            ("currency", "usd"),
            ("metadata[order]", &order),
        ];
        machine.post("/v1/payment_intents", &fields).ok();
    }
    let snapshot = machine.get("/_control/snapshot").ok().body;
    let body = snapshot.to_string();
    assert!(body.len() > 2 * 1024 * 1024, "{}", body.len());
    client::control(&running, "seed", snapshot).await;
    assert_eq!(intents(&running).await, 2_500);
    // Elsewhere, such a body is still too large.
    let elsewhere = client::post(&running, "/_control/faults", &body).await;
    assert_eq!(elsewhere.expect("an answer").status(), 413);
}

#[tokio::test]
async fn what_a_browser_has_already_is_not_sent_again() {
    let running = start().await;
    let client = reqwest::Client::new();
    for path in [
        "endive/stripe.js",
        "v3/elements-inner-card-a1.html",
        "js/card/main.js",
    ] {
        let ask = || client.get(format!("{}/{path}", running.url()));
        let first = ask().send().await.expect("an answer");
        let tag = first.headers()["etag"].clone();
        assert_eq!(first.headers()["cache-control"], "no-cache");
        let again = ask().header("if-none-match", &tag).send().await;
        let again = again.expect("an answer");
        assert_eq!(
            (again.status().as_u16(), &again.headers()["etag"]),
            (304, &tag)
        );
        assert_eq!(again.bytes().await.expect("a body").len(), 0);
        let other = ask().header("if-none-match", "\"other\"").send().await;
        assert_eq!(other.expect("an answer").status(), 200);
    }
    let missing = client.get(format!("{}/js/none.js", running.url())).send();
    let missing = missing.await.expect("an answer");
    assert_eq!(missing.status(), 404);
    assert!(!missing.headers().contains_key("etag"));
}
