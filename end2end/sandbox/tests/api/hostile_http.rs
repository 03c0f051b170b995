//! What no careful client sends, over HTTP: answered in Stripe's words, never with a panic or an empty page.

use axum::body::Body;
use axum::http::{HeaderValue, Request};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use stripe_sandbox::{Options, Sandbox};
use tower::ServiceExt;

const FORM: &str = "application/x-www-form-urlencoded";

async fn send(sandbox: &Sandbox, request: Request<Body>) -> (u16, Value) {
    let response = sandbox.router().oneshot(request).await.expect("an answer");
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.expect("a body");
    let body = serde_json::from_slice(&body.to_bytes()).expect("JSON");
    (status, body)
}

fn request(method: &str, path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Bearer sk_test_w")
        .header("content-type", FORM)
        .body(body.into())
        .expect("a request")
}

fn sandbox() -> Sandbox {
    Sandbox::new(Options::default()).expect("a sandbox")
}

#[tokio::test]
async fn a_path_that_is_none_is_told_so() {
    for (method, path) in [
        ("GET", "/v1"),
        ("GET", "/v1/"),
        ("GET", "/v1//"),
        ("GET", "/v1/payment_intents//confirm"),
        ("GET", "/v1/nothing"),
        ("GET", "/v2/core/events"),
        ("POST", "/v2/core/event_destinations"),
        ("PUT", "/v1/payment_intents"),
        ("PATCH", "/v1/payment_intents/pi_x"),
        ("DELETE", "/v1/payment_intents/pi_x"),
        ("POST", "/v1/payment_intents/pi_x/%63onfirm/x"),
        ("GET", "/v1/..%2f..%2fetc%2fpasswd"),
        ("GET", "/v1/%ff"),
        ("GET", "/v1/%00"),
        ("GET", "/v1/payment_intents/pi_x"),
        ("GET", "/v1/payment_intents/%F0%9F%92%B3"),
        ("POST", "/_control/nothing"),
    ] {
        let (status, body) = send(&sandbox(), request(method, path, "")).await;
        assert_eq!(status, 404, "{method} {path}: {body}");
        assert_eq!(
            body["error"]["type"], "invalid_request_error",
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused() {
    let huge = "a=b&".repeat(1_000_000);
    for (body, status) in [
        (b"amount=\xff\xfe".to_vec(), 400),
        (b"\xff".to_vec(), 400),
        (vec![0; 1000], 400),
        (b"&&&&".to_vec(), 400),
        (b"[".repeat(100_000), 400),
        (b"a[b]=".repeat(10_000), 400),
        (huge.into_bytes(), 413),
    ] {
        let length = body.len();
        let (answered, body) = send(&sandbox(), request("POST", "/v1/payment_intents", body)).await;
        assert_eq!(answered, status, "{length} bytes: {body}");
        assert_eq!(
            body["error"]["type"], "invalid_request_error",
            "{length} bytes"
        );
        let message = body["error"]["message"].as_str().unwrap_or_default();
        assert!(!message.is_empty(), "{length} bytes");
    }
}

#[tokio::test]
async fn headers_that_cannot_be_read_count_as_none() {
    for (name, value, status) in [
        ("authorization", &b"\xff\xfe"[..], 401),
        ("authorization", b"Bearer \xc3\xa9", 401),
        ("content-type", b"application/json", 400),
        ("content-type", b"\xff", 400),
        (
            "content-type",
            b"application/x-www-form-urlencoded; charset=utf-8",
            200,
        ),
        ("stripe-version", b"\xff", 200),
        ("stripe-version", b"2020-08-27", 400),
        ("idempotency-key", b"\xff", 200),
        ("idempotency-key", b"", 400),
        ("host", b"\xff", 200),
    ] {
        let mut request = request("POST", "/v1/customers", "name=Jenny");
        let value = HeaderValue::from_bytes(value).expect("a header");
        request.headers_mut().insert(name, value.clone());
        let (answered, body) = send(&sandbox(), request).await;
        assert_eq!(answered, status, "{name}: {value:?}: {body}");
    }
}

#[tokio::test]
async fn ids_of_the_caller_s_own_making_are_found_in_paths() {
    for (id, in_path) in [
        ("SUMMER%2025", "SUMMER%2025"),
        ("50%25+off", "50%25+off"),
        ("50%2525", "50%2525"),
        ("r%C3%A9duction", "r%C3%A9duction"),
        ("a_b-c.d", "a_b-c.d"),
    ] {
        let sandbox = sandbox();
        // In a form a plus is a space.
        let form = format!("percent_off=10&id={}", id.replace('+', "%2B"));
        let (made, coupon) = send(&sandbox, request("POST", "/v1/coupons", form)).await;
        assert_eq!(made, 200, "{id}: {coupon}");
        let path = format!("/v1/coupons/{in_path}");
        let (found, again) = send(&sandbox, request("GET", &path, "")).await;
        assert_eq!((found, &again["id"]), (200, &coupon["id"]), "{id}");
        let (gone, answer) = send(&sandbox, request("DELETE", &path, "")).await;
        assert_eq!((gone, &answer["deleted"]), (200, &json!(true)), "{id}");
    }
}
