//! Webhooks: a small receiver checks signatures and sees retries.

use crate::client;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use stripe_sandbox::{Options, Running, Sandbox, Webhook};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const SECRET: &str = "whsec_of_this_test";

struct Received {
    signature: String,
    body: String,
}

impl Received {
    fn event(&self) -> Value {
        serde_json::from_str(&self.body).expect("events are JSON")
    }

    /// The time signed, if the signature is right.
    fn signed_at(&self) -> Option<i64> {
        let (time, signature) = self.signature.strip_prefix("t=")?.split_once(",v1=")?;
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).ok()?;
        mac.update(format!("{time}.{}", self.body).as_bytes());
        let bytes = mac.finalize().into_bytes();
        let expected: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        (signature == expected).then(|| time.parse().ok()).flatten()
    }
}

type Heard = (
    UnboundedSender<Received>,
    std::sync::Arc<std::sync::Mutex<Vec<u16>>>,
);

async fn hear(
    State((heard, answers)): State<Heard>,
    headers: HeaderMap,
    body: String,
) -> StatusCode {
    let signature = headers["stripe-signature"]
        .to_str()
        .unwrap_or_default()
        .to_owned();
    heard
        .send(Received { signature, body })
        .expect("the test listens");
    let answer = answers.lock().expect("no panic").pop().unwrap_or(200);
    StatusCode::from_u16(answer).expect("a status")
}

/// A sandbox, and a receiver that gives these answers, last first, and 200 from then on.
async fn listening(answers: Vec<u16>) -> (Running, UnboundedReceiver<Received>) {
    let (heard, hears) = unbounded_channel();
    let state: Heard = (heard, std::sync::Arc::new(std::sync::Mutex::new(answers)));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let receiver = Router::new().route("/hook", post(hear)).with_state(state);
    tokio::spawn(axum::serve(listener, receiver).into_future());
    let webhooks = vec![Webhook {
        url,
        secret: SECRET.to_owned(),
    }];
    let options = Options {
        webhooks,
        ..Options::default()
    };
    (Sandbox::start(options).await.expect("it starts"), hears)
}

async fn create(running: &Running) -> Value {
    client::json(client::create(running).await.expect("an answer")).await
}

#[tokio::test]
async fn an_event_arrives_signed_and_tells_its_request() {
    let (running, mut hears) = listening(vec![]).await;
    let intent = create(&running).await;
    let received = hears.recv().await.expect("an event");
    let signed_at = received.signed_at().expect("the signature is right");
    let event = received.event();
    assert_eq!(event["type"], "payment_intent.created");
    assert_eq!(event["api_version"], "2026-10-28.endive");
    assert_eq!(event["data"]["object"], intent);
    assert_eq!(event["livemode"], false);
    assert_eq!(
        event["request"]["idempotency_key"],
        "key of /v1/payment_intents"
    );
    assert!(
        event["request"]["id"]
            .as_str()
            .is_some_and(|id| id.starts_with("req_"))
    );
    assert!((signed_at - event["created"].as_i64().unwrap_or(0)).abs() < 60);
}

#[tokio::test]
async fn a_refused_event_comes_again_newly_signed_until_it_is_taken() {
    let (running, mut hears) = listening(vec![302, 500]).await;
    create(&running).await;
    let mut times = Vec::new();
    let mut ids = Vec::new();
    for _ in 0..3 {
        let received = hears.recv().await.expect("an event");
        times.push(received.signed_at().expect("the signature is right"));
        ids.push(received.event()["id"].clone());
    }
    assert!(times.is_sorted() && times[2] > times[0], "{times:?}");
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    loop {
        let delivery = client::state(&running).await["deliveries"][0].clone();
        if delivery["status"] == "delivered" {
            assert_eq!(delivery["attempts"], json!([500, 302, 200]));
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn switched_off_events_are_recorded_and_sent_when_asked() {
    let (running, mut hears) = listening(vec![]).await;
    client::control(&running, "webhooks", json!({ "mode": "off" })).await;
    create(&running).await;
    let event = client::state(&running).await["events"][0]["id"].clone();
    assert!(hears.is_empty());
    client::control(&running, "webhooks", json!({ "redeliver": event })).await;
    assert_eq!(hears.recv().await.expect("an event").event()["id"], event);
    client::control(&running, "webhooks", json!({ "redeliver": event })).await;
    assert_eq!(
        hears.recv().await.expect("a duplicate").event()["id"],
        event
    );
}

#[tokio::test]
async fn a_webhook_added_later_hears_what_happens_from_then_on() {
    let (running, mut hears) = listening(vec![]).await;
    create(&running).await;
    hears.recv().await.expect("an event");
    let url = client::state(&running).await["deliveries"][0]["url"].clone();

    let late = Sandbox::start(Options::default()).await.expect("it starts");
    let before = create(&late).await;
    let url = url.as_str().unwrap_or_default().to_owned();
    late.sandbox().add_webhook(Webhook {
        url,
        secret: SECRET.to_owned(),
    });
    let path = format!(
        "/v1/payment_intents/{}/cancel",
        before["id"].as_str().unwrap_or_default()
    );
    client::post(&late, &path, "").await.expect("an answer");
    let event = hears.recv().await.expect("an event").event();
    assert_eq!(event["type"], "payment_intent.canceled");
}

#[tokio::test]
async fn what_comes_due_is_done_without_being_asked() {
    let (running, mut hears) = listening(vec![]).await;
    let body = "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa&return_url=http://shop.test/";
    client::post(&running, "/v1/payment_intents", body)
        .await
        .expect("an answer");
    let mut succeeded = Value::Null;
    loop {
        let event = hears.recv().await.expect("an event").event();
        match event["type"].as_str() {
            Some("charge.succeeded") => succeeded = event["created"].clone(),
            Some("charge.updated") => {
                let waited = event["created"].as_i64().zip(succeeded.as_i64());
                assert_eq!(waited.map(|(later, at)| later - at), Some(1));
                return;
            }
            _ => {}
        }
    }
}
