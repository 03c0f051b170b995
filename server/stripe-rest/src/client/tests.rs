//! What happens on the wire, against a TCP server that misbehaves by script.

use super::*;
use server::{Act, Server};

mod server;

const INTENT: &str = r#"{"object":"payment_intent","id":"pi_1","status":"succeeded","amount":1200,"currency":"eur",
    "livemode":false,"created":1767225600}"#;
const ERROR: &str = r#"{"error":{"type":"invalid_request_error","code":"resource_missing"}}"#;

fn client(base_url: &str) -> Client {
    let key = SecretKey::parse("sk_test_hush").expect("a key of the tests");
    Client::new(key, base_url).expect("a client of the tests")
}

fn call() -> Call {
    Call {
        idempotency_key: "key-1".to_owned(),
        path: "/v1/payment_intents".to_owned(),
        body: "amount=1200&metadata[order]=7%20%26".to_owned(),
    }
}

#[tokio::test]
async fn a_call_is_sent_byte_for_byte_with_every_header() {
    let mut server = Server::start([Act::answer(200, "", INTENT)]).await;
    let reply = client(&server.url).post(&call()).await;
    assert!(
        matches!(&reply, Reply::Done(crate::Object::PaymentIntent(intent)) if intent.id == "pi_1"),
        "{reply}"
    );
    let request = server.request().await;
    let (head, body) = request.split_once("\r\n\r\n").expect("head and body");
    assert_eq!(body, call().body);
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some("POST /v1/payment_intents HTTP/1.1"));
    let lines: Vec<_> = lines.collect();
    for expected in [
        "authorization: Bearer sk_test_hush",
        "stripe-version: 2026-10-28.endive",
        "idempotency-key: key-1",
        "content-type: application/x-www-form-urlencoded",
        "accept: application/json",
        concat!("user-agent: till-stripe-rest/", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(lines.contains(&expected), "{expected} is not in\n{head}");
    }
}

#[tokio::test]
async fn whatever_happens_on_the_wire_a_call_is_sent_once_and_has_a_reply() {
    // An intent all the same: only its length is wrong.
    let blanks = " ".repeat(crate::transport::MAX_BODY_BYTES - INTENT.len());
    let limit = format!("{INTENT}{blanks}");
    let over = format!("{limit} ");
    let chunked = format!("{:x}\r\n{limit}\r\n1\r\n \r\n0\r\n\r\n", limit.len());
    let away = format!(
        "location: /v1/elsewhere\r\ncontent-length: {}\r\n",
        INTENT.len()
    );
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n";
    #[rustfmt::skip] // One row, one line.
    let rows = [
        ("silence", Act::Hang, "unknown: no answer in time"),
        ("half an answer, then silence", Act::SendAndHang(format!("{head}{INTENT}")), "unknown: no answer in time"),
        ("a reset", Act::Reset, "unknown: connection lost"),
        ("the end before an answer", Act::send(""), "unknown: connection lost"),
        ("a cut head", Act::send("HTTP/1.1 200 OK\r\ncontent-le"), "unknown: connection lost"),
        ("a cut body", Act::send(format!("{head}{INTENT}")), "unknown: connection lost"),
        ("no HTTP", Act::send("220 smtp ready\r\n"), "unknown: connection lost"),
        ("a body at the limit", Act::answer(200, "", &limit), "done"),
        ("a body over the limit", Act::answer(200, "", &over), "unknown: unreadable answer with status 200"),
        ("a body over the limit, of unsaid length", Act::send(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunked}")), "unknown: unreadable answer with status 200"),
        ("a redirect, not followed", Act::send(format!("HTTP/1.1 307 Go\r\n{away}\r\n{INTENT}")), "unknown: unreadable answer with status 307"),
        ("a server error", Act::answer(500, "", ""), "unknown: server error 500"),
        ("a stored server error", Act::answer(500, "stripe-should-retry: false\r\n", ""), "unknown: server error 500, stored"),
        ("a replayed server error", Act::answer(500, "idempotent-replayed: true\r\n", ""), "unknown: server error 500, stored"),
        ("an error with its request id", Act::answer(404, "request-id: req_1\r\n", ERROR), "refused: 404 invalid_request_error code=resource_missing request=req_1"),
    ];
    for (name, act, expected) in rows {
        let patience = if expected.ends_with("in time") {
            200
        } else {
            20_000
        };
        let mut server = Server::start([act, Act::answer(200, "", INTENT)]).await;
        let client = client(&server.url).with_timeout(Duration::from_millis(patience));
        let start = Instant::now();
        let reply = client.post(&call()).await.to_string();
        assert!(start.elapsed() < Duration::from_secs(15), "{name}: {reply}");
        let fits = match expected {
            // The rest of the line is the system's own words.
            "unknown: connection lost" => reply.starts_with(expected),
            _ => reply == expected,
        };
        assert!(fits, "{name}: {reply}");
        server.request().await;
        assert_eq!(server.requests_left(), 0, "{name}: sent more than once");
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = taken.local_addr().expect("its address");
    drop(taken);
    // Plain text where TLS is expected: no connection either.
    let plain = Server::start([Act::Greet("220 smtp ready\r\n")]).await;
    for url in [
        format!("http://{address}"),
        plain.url.replace("http", "https"),
    ] {
        let reply = client(&url).post(&call()).await;
        let Reply::RetryLater {
            cause: crate::Later::NotConnected(cause),
            ..
        } = &reply
        else {
            panic!("{url}: {reply}");
        };
        assert!(!cause.is_empty() && !cause.contains("hush"), "{cause}");
    }
}

#[tokio::test]
async fn a_call_that_could_charge_twice_or_go_astray_is_not_sent() {
    let ok = call();
    for bad in [
        Call {
            idempotency_key: String::new(),
            ..ok.clone()
        },
        Call {
            idempotency_key: "k".repeat(256),
            ..ok.clone()
        },
        Call {
            idempotency_key: "a b".to_owned(),
            ..ok.clone()
        },
        Call {
            idempotency_key: "a\r\nauthorization: b".to_owned(),
            ..ok.clone()
        },
        Call {
            idempotency_key: "é".to_owned(),
            ..ok.clone()
        },
        Call {
            path: "@example.org/".to_owned(),
            ..ok.clone()
        },
        Call {
            path: "v1/payment_intents".to_owned(),
            ..ok.clone()
        },
        Call {
            path: String::new(),
            ..ok.clone()
        },
    ] {
        let server = Server::start([Act::answer(200, "", INTENT)]).await;
        let reply = client(&server.url).post(&bad).await;
        assert!(
            matches!(reply, Reply::Unknown(Why::Unsendable(_))),
            "{bad:?}: {reply}"
        );
        assert_eq!(server.requests_left(), 0, "{bad:?}");
    }
}

#[tokio::test]
async fn only_an_id_is_asked_for() {
    let long = "a".repeat(256);
    let client = client("http://127.0.0.1:1");
    for id in [
        "",
        ".",
        "..",
        "pi_1/cancel",
        "pi_1?expand",
        "pi 1",
        "pi_é",
        "pi%2F",
        "a\n",
        &long,
    ] {
        let result = client.confirmation_token(id).await;
        assert!(
            matches!(result, Err(GetError::InvalidId)),
            "{id:?}: {result:?}"
        );
    }
}

#[tokio::test]
async fn a_read_is_tried_again_until_it_is_answered() {
    let acts = [
        Act::answer(503, "", ""),
        Act::Reset,
        Act::answer(200, "", INTENT),
    ];
    let mut server = Server::start(acts).await;
    let intent = client(&server.url).payment_intent("pi_1").await;
    assert!(
        intent.as_ref().is_ok_and(|intent| intent.id == "pi_1"),
        "{intent:?}"
    );
    for _ in 0..3 {
        let request = server.request().await;
        assert!(
            request.starts_with("GET /v1/payment_intents/pi_1 HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(
            request.contains("stripe-version: 2026-10-28.endive\r\n"),
            "{request}"
        );
        assert!(!request.contains("idempotency-key"), "{request}");
    }
}

#[tokio::test]
async fn a_read_ends_with_a_no_with_nonsense_or_at_its_deadline() {
    let missing = "not found: 404 invalid_request_error code=resource_missing";
    let forbidden = "refused: 403 invalid_request_error code=resource_missing";
    let stored = "unavailable after 1 tries; the last: unknown: server error 500, stored";
    let throttled = "unavailable after 1 tries; the last: retry later: too many requests";
    let silence = "unavailable after 1 tries; the last: unknown: no answer in time";
    for (deadline_ms, act, expected) in [
        (20_000, Act::answer(404, "", ERROR), missing),
        (20_000, Act::answer(403, "", ERROR), forbidden),
        (
            20_000,
            Act::answer(200, "", "<html>"),
            "unreadable answer with status 200",
        ),
        (
            20_000,
            Act::answer(500, "stripe-should-retry: false\r\n", ""),
            stored,
        ),
        (
            20_000,
            Act::answer(429, "retry-after: 60\r\n", ""),
            throttled,
        ),
        (200, Act::Hang, silence),
    ] {
        let mut server = Server::start([act, Act::answer(200, "", INTENT)]).await;
        let client = client(&server.url).with_deadline(Duration::from_millis(deadline_ms));
        let error = client
            .payment_intent("pi_1")
            .await
            .map_err(|error| error.to_string());
        assert_eq!(error.err().as_deref(), Some(expected));
        server.request().await;
        assert_eq!(server.requests_left(), 0, "{expected}");
    }
}

#[test]
fn neither_the_key_nor_a_body_shows_in_debug() {
    let shown = format!("{:?} {:?}", client("http://localhost:1"), call());
    assert!(
        !shown.contains("hush") && !shown.contains("order"),
        "{shown}"
    );
}
