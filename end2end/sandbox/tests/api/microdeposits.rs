//! Bank accounts given by number: verified by what arrives on them.

use crate::machine::{AGREED, Answer, Fields, Machine, text};
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 60 * 60;

/// An intent of either kind that waits for its deposits, and its path.
fn sent(machine: &mut Machine, path: &str, account: &str) -> (Answer, String) {
    let mut fields = vec![
        ("confirm", "true"),
        ("payment_method_data[type]", "us_bank_account"),
        (
            "payment_method_data[us_bank_account][account_number]",
            account,
        ),
        (
            "payment_method_data[us_bank_account][routing_number]",
            "110000000",
        ),
        ("return_url", "https://shop.test/"),
        AGREED,
    ];
    if path == PAYMENTS {
        fields.extend([("amount", "1999"), ("currency", "usd")]);
    }
    let intent = machine.post(path, &fields).ok();
    assert_eq!(intent.body["status"], "requires_action");
    assert_eq!(
        intent.body["next_action"]["type"],
        "verify_with_microdeposits"
    );
    let path = format!("{path}/{}", intent.id());
    (intent, path)
}

const PAYMENTS: &str = "/v1/payment_intents";
const SETUPS: &str = "/v1/setup_intents";

#[test]
fn test_values_verify_an_account_or_do_not() {
    let mismatch = "payment_method_microdeposit_verification_amounts_mismatch";
    let exceeded = "payment_method_microdeposit_verification_attempts_exceeded";
    let timeout = "payment_method_microdeposit_verification_timeout";
    let invalid = "payment_method_microdeposit_verification_amounts_invalid";
    let wrong_code = "payment_method_microdeposit_verification_descriptor_code_mismatch";
    // The error, and whether the intent still waits.
    let cases: &[(Fields<'_>, Option<&str>, bool)] = &[
        (&[("amounts[]", "32"), ("amounts[]", "45")], None, false),
        (&[("amounts[0]", "45"), ("amounts[1]", "32")], None, false),
        (&[("descriptor_code", "SM11AA")], None, false),
        (
            &[("amounts[]", "10"), ("amounts[]", "11")],
            Some(exceeded),
            false,
        ),
        (&[("descriptor_code", "SM33CC")], Some(exceeded), false),
        (
            &[("amounts[]", "40"), ("amounts[]", "41")],
            Some(timeout),
            false,
        ),
        (&[("descriptor_code", "SM44DD")], Some(timeout), false),
        (
            &[("amounts[]", "1"), ("amounts[]", "2")],
            Some(mismatch),
            true,
        ),
        (&[("amounts[]", "32")], Some(invalid), true),
        (&[("descriptor_code", "SM00XX")], Some(wrong_code), true),
        (&[], Some("parameter_missing"), true),
        (
            &[("descriptor_code", "SM11AA"), ("amounts[]", "32")],
            Some("parameters_exclusive"),
            true,
        ),
    ];
    for path in [PAYMENTS, SETUPS] {
        for (fields, code, waits) in cases {
            let mut machine = Machine::new();
            let (_, path) = sent(&mut machine, path, "000123456789");
            let answer = machine.post(&format!("{path}/verify_microdeposits"), fields);
            let name = format!("{path} {fields:?}: {}", answer.text);
            assert_eq!(answer.error("code"), json!(code), "{name}");
            let after = machine.get(&path).ok().body;
            let status = match (code, waits) {
                (_, true) => "requires_action",
                (Some(_), _) => "requires_payment_method",
                (None, _) if path.starts_with(PAYMENTS) => "processing",
                (None, _) => "succeeded",
            };
            assert_eq!(after["status"], status, "{name}");
            let error = ["last_payment_error", "last_setup_error"]
                .map(|field| after[field]["code"].clone());
            let expected = code.filter(|_| !waits);
            assert!(error.contains(&json!(expected)), "{name}: {error:?}");
        }
    }
}

#[test]
fn deposits_that_cannot_be_sent_or_are_not_verified_fail_the_intent() {
    for path in [PAYMENTS, SETUPS] {
        for (account, seconds, code) in [
            ("000666666661", 5, "payment_method_microdeposit_failed"),
            (
                "000123456789",
                10 * DAY_S,
                "payment_method_microdeposit_verification_timeout",
            ),
        ] {
            let mut machine = Machine::new();
            let (_, path) = sent(&mut machine, path, account);
            machine.advance(seconds - 1);
            assert_eq!(
                machine.get(&path).ok().body["status"],
                "requires_action",
                "{account}"
            );
            machine.advance(1);
            let after = machine.get(&path).ok().body;
            assert_eq!(after["status"], "requires_payment_method", "{account}");
            let error = ["last_payment_error", "last_setup_error"]
                .map(|field| after[field]["code"].clone());
            assert!(error.contains(&json!(code)), "{account}: {error:?}");
        }
    }
}

#[test]
fn a_verified_account_is_not_verified_again() {
    let mut machine = Machine::new();
    let (setup, path) = sent(&mut machine, SETUPS, "000123456789");
    assert_eq!(machine.state()["mandates"][0]["status"], "pending");
    let secret = text(&setup.body["client_secret"]);
    // The browser may do it, too, with the secret.
    let fields = [
        ("client_secret", secret.as_str()),
        ("descriptor_code", "SM11AA"),
    ];
    let verified = machine
        .browser("POST", &format!("{path}/verify_microdeposits"), &fields)
        .ok();
    assert_eq!(verified.body["status"], "succeeded");
    assert_eq!(
        verified.body["metadata"],
        Value::Null,
        "a browser sees less"
    );
    assert_eq!(machine.state()["mandates"][0]["status"], "active");
    let paid = machine
        .pay_by(&text(&verified.body["payment_method"]), &[])
        .ok();
    assert_eq!(paid.body["status"], "processing");
    let again = machine.post(
        &format!("{path}/verify_microdeposits"),
        &[("descriptor_code", "SM11AA")],
    );
    assert_eq!(again.error("code"), "setup_intent_unexpected_state");
    let other = machine.post(
        &format!("{PAYMENTS}/{}/verify_microdeposits", paid.id()),
        &[("descriptor_code", "SM11AA")],
    );
    assert_eq!(other.error("code"), "payment_intent_unexpected_state");
}

#[test]
fn the_hosted_page_verifies_too() {
    let mut machine = Machine::new();
    let (payment, path) = sent(&mut machine, PAYMENTS, "000123456789");
    let page =
        text(&payment.body["next_action"]["verify_with_microdeposits"]["hosted_verification_url"]);
    let press = page.trim_start_matches("http://sandbox.test");
    let mut request = Machine::request("", "POST", &format!("{press}/authorize"), Vec::new());
    request.authorization = None;
    assert_eq!(machine.send(&request).status, 303);
    assert_eq!(machine.get(&path).ok().body["status"], "processing");
    machine.advance(5);
    assert_eq!(machine.get(&path).ok().body["status"], "succeeded");
}
