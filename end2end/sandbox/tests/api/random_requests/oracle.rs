//! What holds of every answer and of every state, whatever was asked.

use crate::machine::Answer;
use serde_json::{Value, json};
use stripe_sandbox::Request;

/// The codes of Stripe's types, a name and a value each time.
const TYPED_CODES: &str = include_str!("error_codes.txt");
/// Codes Stripe sends that its types do not list: codes are open.
const OTHER_CODES: &[&str] = &[
    "confirmation_token_expired",
    "invalid_bank_account_iban",
    "payment_method_types_no_longer_supported",
    "refund_not_cancelable",
];
/// What a planned fault says.
const PLANNED: &str = "An unknown error occurred.";

pub fn check(request: &Request, answer: &Answer) {
    if answer.status == 303 {
        assert!(request.path.starts_with("/test_payment/"));
        return;
    }
    let error = &answer.body["error"];
    if answer.status == 200 {
        assert!(error.is_null(), "a success without an error");
        let is_object = answer.body["object"].is_string();
        assert!(
            is_object || !request.path.starts_with("/v1/"),
            "{}",
            answer.text
        );
        if answer.body["object"] == "list" {
            assert!(answer.body["data"].is_array(), "{}", answer.text);
            assert!(answer.body["has_more"].is_boolean(), "{}", answer.text);
        }
        return;
    }
    let message = error["message"].as_str().unwrap_or_default();
    assert!(
        !message.is_empty(),
        "an error says something: {}",
        answer.text
    );
    let planned = message == PLANNED;
    assert!(
        planned || answer.status < 500,
        "nobody asked for {}",
        answer.text
    );
    let kind = error["type"].as_str().unwrap_or_default();
    let kinds: &[&str] = match answer.status {
        _ if planned => &["api_error", "invalid_request_error"],
        400 => &["invalid_request_error", "idempotency_error"],
        402 => &["card_error"],
        401 | 403 | 404 => &["invalid_request_error"],
        409 => &["idempotency_error"],
        429 => &["invalid_request_error", "api_error", "rate_limit_error"],
        other => panic!("no such status {other}: {}", answer.text),
    };
    assert!(kinds.contains(&kind), "{}", answer.text);
    if let Some(code) = error.get("code") {
        let code = code.as_str().unwrap_or_default();
        let known = TYPED_CODES.split_whitespace().any(|typed| typed == code);
        assert!(known || OTHER_CODES.contains(&code), "{}", answer.text);
        assert!(error["doc_url"].is_string(), "{}", answer.text);
    }
    for field in [
        "code",
        "decline_code",
        "param",
        "charge",
        "doc_url",
        "advice_code",
    ] {
        assert!(
            error[field].is_null() || error[field].is_string(),
            "{field}: {}",
            answer.text
        );
    }
    for (field, object) in [
        ("payment_intent", "payment_intent"),
        ("setup_intent", "setup_intent"),
        ("payment_method", "payment_method"),
    ] {
        let given = &error[field];
        assert!(
            given.is_null() || given["object"] == object,
            "{field}: {}",
            answer.text
        );
    }
}

/// What the books say agrees with itself.
pub fn check_state(state: &Value) {
    let all = |table: &str| {
        let rows = state[table].as_array().cloned().unwrap_or_default();
        let living = rows.into_iter().filter(|row| row["deleted"] != true);
        living.collect::<Vec<_>>()
    };
    let number = |value: &Value| value.as_i64().unwrap_or(i64::MIN);
    let charges = all("charges");
    for charge in &charges {
        let [amount, captured, refunded] =
            ["amount", "amount_captured", "amount_refunded"].map(|field| number(&charge[field]));
        assert!(0 <= captured && captured <= amount, "{charge}");
        assert!(0 <= refunded && refunded <= amount, "{charge}");
        assert_eq!(charge["refunded"], json!(refunded == amount), "{charge}");
    }
    for intent in all("payment_intents") {
        let status = intent["status"].as_str().unwrap_or_default();
        let [amount, received, capturable] =
            ["amount", "amount_received", "amount_capturable"].map(|field| number(&intent[field]));
        assert!(0 <= received && received <= amount, "{intent}");
        assert_eq!(capturable > 0, status == "requires_capture", "{intent}");
        assert_eq!(received > 0, status == "succeeded", "{intent}");
        let latest = &intent["latest_charge"];
        let charge = charges.iter().find(|charge| charge["id"] == *latest);
        assert!(latest.is_null() || charge.is_some(), "{intent}");
        if status == "succeeded" {
            assert_eq!(
                charge.map(|charge| &charge["captured"]),
                Some(&json!(true)),
                "{intent}"
            );
        }
        let waits = status == "requires_action";
        assert!(waits || intent["next_action"].is_null(), "{intent}");
    }
    for invoice in all("invoices") {
        let [due, paid, remaining] =
            ["amount_due", "amount_paid", "amount_remaining"].map(|field| number(&invoice[field]));
        assert!(0 <= remaining && remaining <= due, "{invoice}");
        assert_eq!(due, paid + remaining, "{invoice}");
        let settled = invoice["status"] != "paid" || remaining == 0;
        assert!(settled, "{invoice}");
    }
}
