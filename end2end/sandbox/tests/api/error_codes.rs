//! Every error that a shop must know what to do about can be had from the sandbox: by a card, a call, or a plan.

use crate::machine::{AGREED, Fields, Machine, text};
use serde_json::{Value, json};

const INTENTS: &str = "/v1/payment_intents";

/// How the error comes.
enum By {
    /// A test card.
    Card(&'static str),
    /// A planned fault.
    Fault(Value),
    /// The reason for which the next payer fails on a method's page.
    Payer,
    /// The calls that lead to it; the code that was found.
    Calls(fn(&mut Machine) -> Value),
}

fn refuse(code: &str) -> By {
    By::Fault(json!({ "kind": "refuse", "code": code }))
}

/// Code, decline code, how to have it.
fn table() -> Vec<(&'static str, Option<&'static str>, By)> {
    vec![
        (
            "card_declined",
            Some("generic_decline"),
            By::Card("pm_card_visa_chargeDeclined"),
        ),
        (
            "card_declined",
            Some("insufficient_funds"),
            By::Card("pm_card_visa_chargeDeclinedInsufficientFunds"),
        ),
        (
            "card_declined",
            Some("lost_card"),
            By::Card("pm_card_visa_chargeDeclinedLostCard"),
        ),
        (
            "card_declined",
            Some("stolen_card"),
            By::Card("pm_card_visa_chargeDeclinedStolenCard"),
        ),
        (
            "card_declined",
            Some("fraudulent"),
            By::Card("pm_card_chargeDeclinedFraudulent"),
        ),
        (
            "card_declined",
            Some("card_velocity_exceeded"),
            By::Card("pm_card_visa_chargeDeclinedVelocityLimitExceeded"),
        ),
        (
            "expired_card",
            None,
            By::Card("pm_card_chargeDeclinedExpiredCard"),
        ),
        (
            "incorrect_cvc",
            None,
            By::Card("pm_card_chargeDeclinedIncorrectCvc"),
        ),
        (
            "processing_error",
            None,
            By::Card("pm_card_chargeDeclinedProcessingError"),
        ),
        ("incorrect_number", None, By::Calls(incorrect_number)),
        (
            "authentication_required",
            Some("authentication_required"),
            By::Calls(off_session),
        ),
        (
            "payment_intent_authentication_failure",
            None,
            By::Calls(failed_authentication),
        ),
        ("payment_intent_payment_attempt_failed", None, By::Payer),
        (
            "payment_intent_payment_attempt_expired",
            None,
            By::Calls(expired_voucher),
        ),
        ("payment_method_provider_decline", None, By::Payer),
        ("payment_method_provider_timeout", None, By::Payer),
        ("payment_method_customer_decline", None, By::Payer),
        ("payment_method_not_available", None, By::Payer),
        (
            "payment_intent_unexpected_state",
            None,
            By::Calls(canceled_twice),
        ),
        (
            "setup_intent_unexpected_state",
            None,
            By::Calls(setup_canceled_twice),
        ),
        ("token_already_used", None, By::Calls(token_used_twice)),
        ("charge_already_refunded", None, By::Calls(refunded_twice)),
        ("charge_disputed", None, By::Calls(disputed)),
        (
            "amount_too_small",
            None,
            By::Calls(|machine| amount(machine, "49")),
        ),
        (
            "amount_too_large",
            None,
            By::Calls(|machine| amount(machine, "100000000")),
        ),
        ("idempotency_key_in_use", None, By::Calls(key_in_use)),
        ("secret_key_required", None, By::Calls(publishable_key)),
        ("resource_missing", None, By::Calls(missing)),
        ("parameter_unknown", None, By::Calls(unknown_parameter)),
        (
            "payment_method_types_no_longer_supported",
            None,
            By::Calls(removed_parameter),
        ),
        (
            "rate_limit",
            None,
            By::Fault(json!({ "kind": "rate_limit" })),
        ),
        (
            "lock_timeout",
            None,
            By::Fault(json!({ "kind": "lock_timeout" })),
        ),
        (
            "card_decline_rate_limit_exceeded",
            None,
            refuse("card_decline_rate_limit_exceeded"),
        ),
        ("intent_invalid_state", None, refuse("intent_invalid_state")),
        (
            "status_transition_invalid",
            None,
            refuse("status_transition_invalid"),
        ),
        (
            "payment_intent_action_required",
            None,
            refuse("payment_intent_action_required"),
        ),
        ("token_in_use", None, refuse("token_in_use")),
        (
            "customer_session_expired",
            None,
            refuse("customer_session_expired"),
        ),
        (
            "capture_charge_authorization_expired",
            None,
            refuse("capture_charge_authorization_expired"),
        ),
        (
            "payment_intent_rate_limit_exceeded",
            None,
            refuse("payment_intent_rate_limit_exceeded"),
        ),
        ("livemode_mismatch", None, refuse("livemode_mismatch")),
        (
            "testmode_charges_only",
            None,
            refuse("testmode_charges_only"),
        ),
    ]
}

#[test]
fn every_error_a_shop_must_handle_can_be_had() {
    for (code, decline_code, by) in table() {
        let mut machine = Machine::new();
        match by {
            By::Card(card) => {
                let answer = machine.pay_by(card, &[]);
                assert_eq!(answer.status, 402, "{code}: {}", answer.text);
                assert_eq!(answer.error("code"), code);
                assert_eq!(answer.error("decline_code"), json!(decline_code), "{code}");
            }
            By::Fault(fault) => {
                let plan = json!({ "method": "POST", "path": INTENTS, "fault": fault });
                machine.control("faults", plan).ok();
                let answer = machine.pay_by("pm_card_visa", &[]);
                assert!(answer.status >= 400, "{code}");
                assert_eq!(answer.error("code"), code);
                assert_eq!(machine.state()["payment_intents"], json!([]), "{code}");
                machine.pay_by("pm_card_visa", &[]).ok();
            }
            By::Payer => {
                let outcome = json!({ "outcome": { "kind": "fail", "code": code } });
                machine.control("outcomes", outcome).ok();
                // It waits for a payer of another method than a card.
                machine.pay_by("pm_card_visa", &[]).ok();
                assert_eq!(failed_on_the_page(&mut machine), code);
                assert_eq!(
                    failed_on_the_page(&mut machine),
                    "payment_intent_authentication_failure"
                );
            }
            By::Calls(calls) => assert_eq!(calls(&mut machine), code),
        }
    }
}

/// What the intent says after its payer failed on the page of a method.
fn failed_on_the_page(machine: &mut Machine) -> Value {
    let fields = [
        ("amount", "1999"),
        ("currency", "eur"),
        ("confirm", "true"),
        ("payment_method_data[type]", "klarna"),
        ("return_url", "https://shop.test/"),
    ];
    let intent = machine.post(INTENTS, &fields).ok();
    let url = text(&intent.body["next_action"]["redirect_to_url"]["url"]);
    let path = url.trim_start_matches("http://sandbox.test").to_owned();
    let mut press = Machine::request("", "POST", &format!("{path}/fail"), Vec::new());
    press.authorization = None;
    machine.send(&press);
    machine.intent(&intent.id())["last_payment_error"]["code"].clone()
}

fn twice(machine: &mut Machine, path: &str, fields: Fields<'_>) -> Value {
    machine.post(path, fields).ok();
    machine.post(path, fields).error("code")
}

fn incorrect_number(machine: &mut Machine) -> Value {
    let fields = [
        ("type", "card"),
        ("card[number]", "4242424242424241"),
        ("card[exp_month]", "12"),
        ("card[exp_year]", "2034"),
    ];
    machine
        .browser("POST", "/v1/payment_methods", &fields)
        .error("code")
}

fn off_session(machine: &mut Machine) -> Value {
    machine
        .pay_by("pm_card_authenticationRequired", &[("off_session", "true")])
        .error("code")
}

fn failed_authentication(machine: &mut Machine) -> Value {
    let intent = machine.pay_by("pm_card_authenticationRequired", &[]).ok();
    let source = text(&intent.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    machine.bank(&source, "fail").ok();
    machine.intent(&intent.id())["last_payment_error"]["code"].clone()
}

fn expired_voucher(machine: &mut Machine) -> Value {
    let fields = [
        ("amount", "1999"),
        ("currency", "mxn"),
        ("confirm", "true"),
        ("payment_method_data[type]", "oxxo"),
        ("payment_method_data[billing_details][name]", "Jenny Rosen"),
        (
            "payment_method_data[billing_details][email]",
            "expire_immediately@example.com",
        ),
        ("return_url", "https://shop.test/"),
    ];
    let id = machine.post(INTENTS, &fields).ok().id();
    machine.advance(1);
    machine.intent(&id)["last_payment_error"]["code"].clone()
}

fn canceled_twice(machine: &mut Machine) -> Value {
    let id = machine
        .post(INTENTS, &[("amount", "1999"), ("currency", "usd")])
        .ok()
        .id();
    twice(machine, &format!("{INTENTS}/{id}/cancel"), &[])
}

fn setup_canceled_twice(machine: &mut Machine) -> Value {
    let id = machine.post("/v1/setup_intents", &[]).ok().id();
    twice(machine, &format!("/v1/setup_intents/{id}/cancel"), &[])
}

fn token_used_twice(machine: &mut Machine) -> Value {
    let token = machine.token("4242424242424242");
    machine.pay_with(&token, &[]).ok();
    machine.pay_with(&token, &[]).error("code")
}

fn refunded_twice(machine: &mut Machine) -> Value {
    let id = machine.pay_by("pm_card_visa", &[]).ok().id();
    twice(machine, "/v1/refunds", &[("payment_intent", &id)])
}

fn disputed(machine: &mut Machine) -> Value {
    let id = machine.pay_by("pm_card_createDispute", &[]).ok().id();
    machine.advance(60);
    machine
        .post("/v1/refunds", &[("payment_intent", &id)])
        .error("code")
}

fn amount(machine: &mut Machine, amount: &str) -> Value {
    machine
        .pay_by("pm_card_visa", &[("amount", amount)])
        .error("code")
}

fn key_in_use(machine: &mut Machine) -> Value {
    let fault =
        json!({ "method": "POST", "path": INTENTS, "fault": { "kind": "delay", "ms": 5000 } });
    machine.control("faults", fault).ok();
    let fields = [("amount", "1999"), ("currency", "usd")];
    machine.post_with_key("k", INTENTS, &fields).ok();
    machine.post_with_key("k", INTENTS, &fields).error("code")
}

fn publishable_key(machine: &mut Machine) -> Value {
    machine
        .browser("POST", INTENTS, &[("amount", "1999"), ("currency", "usd")])
        .error("code")
}

fn missing(machine: &mut Machine) -> Value {
    machine.get(&format!("{INTENTS}/pi_x")).error("code")
}

fn unknown_parameter(machine: &mut Machine) -> Value {
    machine
        .pay_by("pm_card_visa", &[("colour", "red"), AGREED])
        .error("code")
}

fn removed_parameter(machine: &mut Machine) -> Value {
    machine
        .pay_by("pm_card_visa", &[("payment_method_types[]", "card")])
        .error("code")
}
