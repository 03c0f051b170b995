//! The table of [`Reply`], row by row.

use super::*;

const INTENT: &str = r#"{"object":"payment_intent","id":"pi_1","status":"requires_payment_method","amount":1200,
    "currency":"eur","livemode":false,"created":1767225600,"client_secret":"pi_1_secret_hush"}"#;

const CARD: &str = r#"{"error":{"type":"card_error","code":"card_declined","decline_code":"lost_card",
    "message":"Your card was declined.","charge":"ch_1","payment_intent":INTENT}}"#;

fn answer(status: u16, should_retry: Option<bool>, body: &str) -> Incoming {
    Incoming {
        status,
        should_retry,
        request_id: Some("req_1".to_owned()),
        body: body.replace("INTENT", INTENT).into_bytes(),
        ..Incoming::default()
    }
}

fn error(kind: &str, code: &str) -> String {
    format!(r#"{{"error":{{"type":"{kind}","code":"{code}","message":"Of ada@example.org"}}}}"#)
}

#[test]
fn every_answer_has_its_reply() {
    let refund = r#"{"object":"refund","id":"re_1","status":"pending","amount":1,"currency":"eur","created":1}"#;
    let session = r#"{"object":"customer_session","client_secret":"hush"}"#;
    let invalid = error("invalid_request_error", "parameter_unknown");
    let in_use = error("idempotency_error", "idempotency_key_in_use");
    let reused = error("idempotency_error", "idempotency_key_reused");
    let lock = error("invalid_request_error", "lock_timeout");
    let rate = error("invalid_request_error", "rate_limit");
    let api = error("api_error", "tomorrow");
    let html = "<html>Bad gateway</html>";
    let (none, yes, no) = (None, Some(true), Some(false));
    // status, stripe-should-retry, body, reply, may be sent again
    #[rustfmt::skip] // One row, one line.
    let rows = [
        (200, none, INTENT, "done", false),
        (200, yes, INTENT, "done", false),
        (201, none, refund, "done", false),
        (200, none, session, "done", false),
        (200, none, "", "unknown: unreadable answer with status 200", true),
        (200, none, html, "unknown: unreadable answer with status 200", true),
        (200, none, &INTENT[..90], "unknown: unreadable answer with status 200", true),
        (200, none, r#"{"object":"payment_intent"}"#, "unknown: unreadable answer with status 200", true),
        (200, none, r#"{"id":"pi_1"}"#, "unknown: unreadable answer with status 200", true),
        (402, no, CARD, "declined: 402 card_error code=card_declined decline_code=lost_card payment_intent=pi_1 request=req_1", false),
        (402, none, CARD, "declined: 402 card_error code=card_declined decline_code=lost_card payment_intent=pi_1 request=req_1", false),
        (402, none, html, "unknown: unreadable answer with status 402", true),
        (400, none, &invalid, "refused: 400 invalid_request_error code=parameter_unknown request=req_1", false),
        (400, no, &reused, "refused: 400 idempotency_error code=idempotency_key_reused request=req_1", false),
        (400, yes, &invalid, "retry later: 400 invalid_request_error code=parameter_unknown request=req_1", true),
        (400, none, html, "unknown: unreadable answer with status 400", true),
        (401, none, &invalid, "refused: 401 invalid_request_error code=parameter_unknown request=req_1", false),
        (403, none, &invalid, "refused: 403 invalid_request_error code=parameter_unknown request=req_1", false),
        (404, none, &invalid, "refused: 404 invalid_request_error code=parameter_unknown request=req_1", false),
        (418, none, &invalid, "refused: 418 invalid_request_error code=parameter_unknown request=req_1", false),
        (409, none, &in_use, "retry later: 409 idempotency_error code=idempotency_key_in_use request=req_1", true),
        (409, yes, &in_use, "retry later: 409 idempotency_error code=idempotency_key_in_use request=req_1", true),
        (409, no, &in_use, "unknown: conflict: 409 idempotency_error code=idempotency_key_in_use request=req_1", false),
        (409, none, html, "unknown: unreadable answer with status 409", true),
        (429, none, &rate, "retry later: 429 invalid_request_error code=rate_limit request=req_1", true),
        (429, no, &rate, "refused: 429 invalid_request_error code=rate_limit request=req_1", false),
        (429, yes, &lock, "retry later: 429 invalid_request_error code=lock_timeout request=req_1", true),
        (429, none, html, "retry later: too many requests", true),
        (429, no, html, "unknown: unreadable answer with status 429", true),
        (500, none, &api, "unknown: server error 500", true),
        (500, yes, &api, "unknown: server error 500", true),
        (500, no, &api, "unknown: server error 500, stored", false),
        (503, none, html, "unknown: server error 503", true),
        (599, none, "", "unknown: server error 599", true),
        (302, none, "", "unknown: unreadable answer with status 302", true),
        (600, none, "", "unknown: unreadable answer with status 600", true),
    ];
    for (status, should_retry, body, expected, again) in rows {
        let reply: Reply = classify(Ok(answer(status, should_retry, body)));
        let row = format!("{status} {should_retry:?} {body}");
        assert_eq!(reply.to_string(), expected, "{row}");
        assert_eq!(reply.may_send_again(), again, "{row}");
    }
}

#[test]
fn every_failure_has_its_reply() {
    let cause = || "reset by peer".to_owned();
    let large = Failure::TooLarge {
        status: 200,
        request_id: None,
    };
    for (failure, expected, again) in [
        (
            Failure::NotConnected(cause()),
            "retry later: no connection: reset by peer",
            true,
        ),
        (Failure::Timeout, "unknown: no answer in time", true),
        (
            Failure::Disconnected(cause()),
            "unknown: connection lost: reset by peer",
            true,
        ),
        (large, "unknown: unreadable answer with status 200", true),
        (
            Failure::Unsendable(cause()),
            "unknown: cannot be sent: reset by peer",
            false,
        ),
    ] {
        let reply: Reply = classify(Err(failure));
        assert_eq!(reply.to_string(), expected);
        assert_eq!(reply.may_send_again(), again, "{expected}");
    }
}

#[test]
fn a_replayed_server_error_is_a_stored_one() {
    let replayed = Incoming {
        replayed: true,
        ..answer(500, None, "")
    };
    let reply: Reply = classify(Ok(replayed));
    assert!(!reply.may_send_again(), "{reply}");
}

#[test]
fn a_decline_brings_the_intent_and_what_the_bank_said() {
    let Reply::<Object>::Declined { error, intent } = classify(Ok(answer(402, Some(false), CARD)))
    else {
        panic!("a 402 is a decline");
    };
    assert_eq!(
        error,
        ApiError {
            http_status: 402,
            kind: "card_error".to_owned(),
            code: Some("card_declined".to_owned()),
            decline_code: Some("lost_card".to_owned()),
            message: Some("Your card was declined.".to_owned()),
            param: None,
            request_id: Some("req_1".to_owned()),
            charge: Some("ch_1".to_owned()),
            payment_intent: Some("pi_1".to_owned()),
        }
    );
    let intent = intent.map(|intent| (intent.id, intent.status));
    assert_eq!(
        intent,
        Some(("pi_1".to_owned(), "requires_payment_method".to_owned()))
    );
}

#[test]
fn a_decline_stands_when_its_intent_is_missing_or_unreadable() {
    for (intent, id) in [
        ("", None),
        (r#","payment_intent":null"#, None),
        (r#","payment_intent":"pi_1""#, Some("pi_1")),
        (
            r#","payment_intent":{"id":"pi_1","object":"payment_intent"}"#,
            Some("pi_1"),
        ),
    ] {
        let body = format!(r#"{{"error":{{"type":"card_error"{intent}}}}}"#);
        let Reply::<Object>::Declined { error, intent } = classify(Ok(answer(402, None, &body)))
        else {
            panic!("a 402 is a decline: {body}");
        };
        assert_eq!(
            (error.payment_intent.as_deref(), intent),
            (id, None),
            "{body}"
        );
    }
}

#[test]
fn the_wait_that_stripe_asked_for_is_passed_on() {
    let asked = Incoming {
        retry_after_ms: Some(3_000),
        ..answer(429, None, &error("invalid_request_error", "rate_limit"))
    };
    let Reply::<Object>::RetryLater { retry_after_ms, .. } = classify(Ok(asked)) else {
        panic!("a 429 is for later");
    };
    assert_eq!(retry_after_ms, Some(3_000));
}

#[test]
fn a_reply_shows_no_secret_and_its_log_line_no_message() {
    for body in [INTENT, CARD] {
        let status = if body == CARD { 402 } else { 200 };
        let reply: Reply = classify(Ok(answer(status, None, body)));
        assert!(!format!("{reply:?}").contains("hush"), "{reply:?}");
    }
    let reply: Reply = classify(Ok(answer(
        400,
        None,
        &error("invalid_request_error", "email_invalid"),
    )));
    assert!(!reply.to_string().contains("ada@example.org"), "{reply}");
}
