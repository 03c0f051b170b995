//! Bank debits: under way first, settled or refused by the clock.

use crate::machine::{AGREED, Fields, Machine, text};
use serde_json::{Value, json};

/// Type, account, seconds until it is settled, status then, failure code.
const ACCOUNTS: &[(&str, &str, i64, &str, Option<&str>)] = &[
    ("us_bank_account", "000123456789", 5, "succeeded", None),
    (
        "us_bank_account",
        "000111111113",
        5,
        "requires_payment_method",
        Some("account_closed"),
    ),
    (
        "us_bank_account",
        "000111111116",
        5,
        "requires_payment_method",
        Some("no_account"),
    ),
    (
        "us_bank_account",
        "000222222227",
        5,
        "requires_payment_method",
        Some("insufficient_funds"),
    ),
    (
        "us_bank_account",
        "000333333335",
        5,
        "requires_payment_method",
        Some("debit_not_authorized"),
    ),
    (
        "us_bank_account",
        "000000000009",
        86_400,
        "processing",
        None,
    ),
    ("sepa_debit", "DE89370400440532013000", 5, "succeeded", None),
    (
        "sepa_debit",
        "DE08370400440532013003",
        180,
        "succeeded",
        None,
    ),
    (
        "sepa_debit",
        "DE62370400440532013001",
        5,
        "requires_payment_method",
        Some("generic_could_not_process"),
    ),
    (
        "sepa_debit",
        "DE78370400440532013004",
        180,
        "requires_payment_method",
        Some("generic_could_not_process"),
    ),
];

fn debit(
    machine: &mut Machine,
    kind: &str,
    account: &str,
    more: &[(&str, &str)],
) -> crate::machine::Answer {
    let mut fields = vec![
        ("amount", "1999"),
        ("currency", if kind == "sepa_debit" { "eur" } else { "usd" }),
        ("confirm", "true"),
        ("payment_method_data[type]", kind),
        ("return_url", "https://shop.test/"),
        AGREED,
        (
            "payment_method_options[us_bank_account][verification_method]",
            "instant",
        ),
    ];
    if kind == "sepa_debit" {
        fields.push(("payment_method_data[sepa_debit][iban]", account));
    } else {
        fields.push((
            "payment_method_data[us_bank_account][account_number]",
            account,
        ));
        fields.push((
            "payment_method_data[us_bank_account][routing_number]",
            "110000000",
        ));
    }
    fields.extend_from_slice(more);
    machine.post("/v1/payment_intents", &fields)
}

#[test]
fn every_account_settles_as_its_number_says() {
    for (kind, account, seconds, status, code) in ACCOUNTS {
        let mut machine = Machine::new();
        let paid = debit(&mut machine, kind, account, &[]).ok();
        assert_eq!(paid.body["status"], "processing", "{account}");
        assert_eq!(
            machine.events()[1..],
            ["charge.pending", "payment_intent.processing"],
            "{account}"
        );
        machine.advance(seconds - 1);
        let intent = machine.intent(&paid.id());
        assert_eq!(intent["status"], "processing", "{account}");
        assert_eq!(intent["latest_charge"]["status"], "pending", "{account}");
        machine.advance(1);
        let intent = machine.intent(&paid.id());
        assert_eq!(intent["status"], *status, "{account}");
        assert_eq!(
            intent["latest_charge"]["failure_code"],
            json!(code),
            "{account}"
        );
        assert_eq!(
            intent["latest_charge"]["payment_method_details"]["type"], *kind,
            "{account}"
        );
        let error = if code.is_some() {
            json!("payment_intent_payment_attempt_failed")
        } else {
            Value::Null
        };
        assert_eq!(intent["last_payment_error"]["code"], error, "{account}");
    }
}

#[test]
fn a_payment_under_way_takes_no_other_call() {
    let mut machine = Machine::new();
    let id = debit(&mut machine, "us_bank_account", "000000000009", &[])
        .ok()
        .id();
    let path = format!("/v1/payment_intents/{id}");
    for (call, fields) in [
        ("/confirm", vec![("payment_method", "pm_card_visa")]),
        ("/cancel", vec![]),
        ("/capture", vec![]),
        ("", vec![("amount", "2999")]),
    ] {
        let answer = machine.post(&format!("{path}{call}"), &fields);
        assert_eq!(
            answer.error("code"),
            "payment_intent_unexpected_state",
            "{call}"
        );
    }
    machine.post(&path, &[("metadata[a]", "b")]).ok();
}

#[test]
fn methods_are_refused_where_the_intent_does_not_take_them() {
    let sepa = ("sepa_debit", "DE89370400440532013000");
    let us = ("us_bank_account", "000123456789");
    let cases: &[((&str, &str), Fields<'_>, u16)] = &[
        (
            us,
            &[("excluded_payment_method_types[]", "us_bank_account")],
            400,
        ),
        (us, &[("allowed_payment_method_types[]", "card")], 400),
        (
            us,
            &[("allowed_payment_method_types[]", "us_bank_account")],
            200,
        ),
        (us, &[("capture_method", "manual")], 400),
        (sepa, &[("capture_method", "automatic")], 200),
        (("us_bank_account", "000123456780"), &[], 400),
        (("sepa_debit", "DE00"), &[], 400),
    ];
    for ((kind, account), more, status) in cases {
        let mut machine = Machine::new();
        let answer = debit(&mut machine, kind, account, more);
        assert_eq!(
            answer.status, *status,
            "{account} {more:?}: {}",
            answer.text
        );
    }
    let mut machine = Machine::new();
    let answer = machine.pay_by("pm_usBankAccount_success", &[("currency", "eur")]);
    assert_eq!(
        answer.error("code"),
        "payment_intent_incompatible_payment_method"
    );
}

#[test]
fn a_saved_account_is_debited_again() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let path = "/v1/payment_methods/pm_usBankAccount_success/attach";
    let method = machine.post(path, &[("customer", &customer)]).ok().id();
    let more = [("customer", customer.as_str()), ("off_session", "true")];
    // Nobody has agreed to be debited.
    let refused = machine.pay_by(&method, &more);
    assert_eq!((refused.status, refused.error("code")), (400, Value::Null));
    let setup = [
        ("customer", customer.as_str()),
        ("payment_method", method.as_str()),
        ("confirm", "true"),
        ("return_url", "https://shop.test/"),
        AGREED,
    ];
    machine.post("/v1/setup_intents", &setup).ok();
    for _ in 0..2 {
        let paid = machine.pay_by(&method, &more).ok();
        machine.advance(5);
        assert_eq!(text(&machine.intent(&paid.id())["status"]), "succeeded");
    }
}
