//! Putting Stripe.js on the page.

use serde_json::json;
use stripe_js::{ErrorKind, LoadOptions, PublishableKey, Stripe, StripeError};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{World, ask, console, count, document, lose, requests};

const SCRIPT: &str = "/endive/stripe.js";

fn kind(outcome: Result<Stripe, StripeError>) -> ErrorKind {
    let error = outcome.unwrap_err();
    assert!(error.kind().is_not_loaded(), "{error:?}");
    error.kind().clone()
}

/// A tag that the page itself has.
fn tag(src: &str) -> web_sys::HtmlScriptElement {
    let script = document().create_element("script").unwrap();
    script.set_attribute("src", src).unwrap();
    document().head().unwrap().append_child(&script).unwrap();
    script.unchecked_into()
}

#[wasm_bindgen_test]
async fn loads_that_meet_share_one_script() {
    let world = World::find().await;
    let (one, other) = (world.load(), world.load());
    one.await.unwrap();
    other.await.unwrap();
    world.load().await.unwrap();
    assert_eq!(requests(SCRIPT).await, 1);
    assert_eq!(count("script[src*='/endive/stripe.js']"), 1);
}

#[wasm_bindgen_test]
async fn a_load_goes_on_without_who_asked_first() {
    let world = World::find().await;
    drop(world.load());
    world.load().await.unwrap();
    assert_eq!(requests(SCRIPT).await, 1);
}

#[wasm_bindgen_test]
async fn the_pages_own_tag_is_used() {
    let world = World::find().await;
    tag(&world.script());
    world.load().await.unwrap();
    assert_eq!(requests(SCRIPT).await, 1);
    assert_eq!(count("script[src*='/endive/stripe.js']"), 1);
}

#[wasm_bindgen_test]
async fn a_script_that_fails_is_tried_once_more() {
    let world = World::find().await;
    lose("**/endive/stripe.js", 1).await;
    world.load().await.unwrap();
    assert_eq!(requests(SCRIPT).await, 2);
    assert_eq!(count("script[src*='/endive/stripe.js']"), 1);
}

#[wasm_bindgen_test]
async fn a_blocked_script_fails_for_all_who_wait_and_may_load_later() {
    let world = World::find().await;
    lose("**/endive/stripe.js", 2).await;
    let (one, other) = (world.load(), world.load());
    assert_eq!(kind(one.await), ErrorKind::ScriptBlocked);
    assert_eq!(kind(other.await), ErrorKind::ScriptBlocked);
    assert_eq!(requests(SCRIPT).await, 2);
    assert_eq!(count("script[src*='/endive/stripe.js']"), 0);
    world.load().await.unwrap();
    assert_eq!(requests(SCRIPT).await, 3);
}

#[wasm_bindgen_test]
async fn a_tag_that_failed_before_is_replaced() {
    let world = World::find().await;
    lose("**/endive/stripe.js", 1).await;
    let script = tag(&world.script());
    let failed = js_sys::Promise::new(&mut |resolve, _| {
        script
            .add_event_listener_with_callback("error", &resolve)
            .unwrap();
    });
    JsFuture::from(failed).await.unwrap();
    let options = LoadOptions {
        timeout_ms: 200,
        ..world.load_options()
    };
    Stripe::load(&world.key, &options).await.unwrap();
    assert_eq!(requests(SCRIPT).await, 2);
}

#[wasm_bindgen_test]
async fn a_script_that_does_not_come_times_out() {
    let world = World::find().await;
    ask("hold", json!(["**/endive/stripe.js"])).await;
    let options = LoadOptions {
        timeout_ms: 100,
        ..world.load_options()
    };
    let loaded = Stripe::load(&world.key, &options).await;
    assert_eq!(kind(loaded), ErrorKind::ScriptTimedOut);
    assert_eq!(count("script[src*='/endive/stripe.js']"), 0);
}

#[wasm_bindgen_test]
async fn another_script_is_not_stripe_js() {
    let world = World::find().await;
    ask("serve", json!(["**/endive/stripe.js", "var nothing;"])).await;
    assert_eq!(kind(world.load().await), ErrorKind::ScriptEmpty);
    assert_eq!(requests(SCRIPT).await, 2);
}

#[wasm_bindgen_test]
async fn fraud_signals_are_left_out_by_the_first_load() {
    let world = World::find().await;
    let options = LoadOptions {
        advanced_fraud_signals: false,
        ..world.load_options()
    };
    Stripe::load(&world.key, &options).await.unwrap();
    assert_eq!(
        requests("/endive/stripe.js?advancedFraudSignals=false").await,
        1
    );
    assert!(console("advanced_fraud_signals").await.is_empty());
    // The script is there: now it is too late to say so.
    Stripe::load(&world.key, &options).await.unwrap();
    assert_eq!(console("advanced_fraud_signals").await.len(), 1);
}

#[wasm_bindgen_test]
async fn another_train_is_reported_with_a_test_key() {
    let world = World::find().await;
    let options = LoadOptions {
        url: format!("{}/dahlia/stripe.js", world.url),
        ..LoadOptions::default()
    };
    Stripe::load(&world.key, &options).await.unwrap();
    let told = console("release train").await;
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with("dahlia"), "{told:?}");
}

#[wasm_bindgen_test]
async fn the_train_itself_is_not_worth_a_word() {
    World::find().await.load().await.unwrap();
    assert!(console("stripe-js").await.is_empty());
}

#[wasm_bindgen_test]
async fn a_key_that_stripe_refuses_is_an_error() {
    let world = World::find().await;
    let live = PublishableKey::parse("pk_live_1").unwrap();
    let error = Stripe::load(&live, &world.load_options())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Integration);
    assert!(!error.kind().is_not_loaded());
    assert!(error.message().is_some());
}

#[wasm_bindgen_test]
async fn a_policy_that_asks_for_a_nonce_gets_it() {
    let world = World::find().await;
    let policy = document().create_element("meta").unwrap();
    policy
        .set_attribute("http-equiv", "Content-Security-Policy")
        .unwrap();
    policy
        .set_attribute("content", "script-src 'nonce-cGF5' 'wasm-unsafe-eval'")
        .unwrap();
    document().head().unwrap().append_child(&policy).unwrap();
    assert_eq!(kind(world.load().await), ErrorKind::ScriptBlocked);

    let options = LoadOptions {
        nonce: Some("cGF5".into()),
        ..world.load_options()
    };
    Stripe::load(&world.key, &options).await.unwrap();
}
