//! A small HTTP client for tests that need the network.

use serde_json::Value;
use stripe_sandbox::Running;

const FORM: &str = "application/x-www-form-urlencoded";

pub async fn get(running: &Running, path: &str) -> Value {
    let request = reqwest::Client::new().get(format!("{}{path}", running.url()));
    let answer = request
        .bearer_auth("sk_test_w")
        .send()
        .await
        .expect("an answer");
    json(answer).await
}

/// Posts with an idempotency key that names the path.
pub async fn post(running: &Running, path: &str, body: &str) -> reqwest::Result<reqwest::Response> {
    reqwest::Client::new()
        .post(format!("{}{path}", running.url()))
        .bearer_auth("sk_test_w")
        .header("content-type", FORM)
        .header("idempotency-key", format!("key of {path}"))
        .body(body.to_owned())
        .send()
        .await
}

pub async fn create(running: &Running) -> reqwest::Result<reqwest::Response> {
    post(running, "/v1/payment_intents", "amount=1999&currency=usd").await
}

pub async fn control(running: &Running, control: &str, body: Value) {
    post(running, &format!("/_control/{control}"), &body.to_string())
        .await
        .and_then(reqwest::Response::error_for_status)
        .expect("the control is taken");
}

pub async fn state(running: &Running) -> Value {
    get(running, "/_control/state").await
}

pub async fn json(answer: reqwest::Response) -> Value {
    let bytes = answer.bytes().await.expect("a body");
    serde_json::from_slice(&bytes).expect("JSON")
}
