//! SetupIntents: every state by every call, every kind of card, by token and by method.

use crate::machine::{AGREED, Answer, Machine, text};
use serde_json::{Value, json};

const INTENTS: &str = "/v1/setup_intents";
const RETURN: (&str, &str) = ("return_url", "https://shop.test/return");

fn confirmed(machine: &mut Machine, method: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("confirm", "true"), ("payment_method", method), RETURN];
    if method.starts_with("pm_usBankAccount") {
        fields.push(AGREED);
    }
    fields.extend_from_slice(more);
    machine.post(INTENTS, &fields)
}

#[test]
fn every_kind_of_card_is_saved_asked_about_or_declined() {
    for (name, status, intent_status, event) in [
        ("pm_card_visa", 200, "succeeded", "succeeded"),
        ("pm_usBankAccount_success", 200, "succeeded", "succeeded"),
        ("pm_card_chargeCustomerFail", 200, "succeeded", "succeeded"),
        (
            "pm_card_authenticationRequiredOnSetup",
            200,
            "requires_action",
            "requires_action",
        ),
        (
            "pm_card_threeDSecure2Required",
            200,
            "requires_action",
            "requires_action",
        ),
        (
            "pm_card_visa_chargeDeclined",
            402,
            "requires_payment_method",
            "setup_failed",
        ),
        (
            "pm_card_chargeDeclinedExpiredCard",
            402,
            "requires_payment_method",
            "setup_failed",
        ),
    ] {
        let mut machine = Machine::new();
        let answer = confirmed(&mut machine, name, &[]);
        assert_eq!(answer.status, status, "{name}: {}", answer.text);
        let intent = machine.state()["setup_intents"][0].clone();
        assert_eq!(intent["status"], intent_status, "{name}");
        assert_eq!(
            machine.events(),
            [
                "setup_intent.created".to_owned(),
                format!("setup_intent.{event}")
            ],
            "{name}"
        );
        if status == 402 {
            assert_eq!(answer.error("setup_intent"), intent, "{name}");
            assert_eq!(
                intent["last_setup_error"]["code"],
                answer.error("code"),
                "{name}"
            );
        }
    }
}

#[test]
fn the_shopper_s_answer_saves_the_card_or_not() {
    for (name, answer, status, code) in [
        (
            "pm_card_authenticationRequired",
            "complete",
            "succeeded",
            Value::Null,
        ),
        (
            "pm_card_authenticationRequired",
            "fail",
            "requires_payment_method",
            json!("setup_intent_authentication_failure"),
        ),
        (
            "pm_card_threeDSecureRequiredChargeDeclined",
            "complete",
            "requires_payment_method",
            json!("card_declined"),
        ),
    ] {
        let mut machine = Machine::new();
        let customer = machine.customer();
        let intent = confirmed(&mut machine, name, &[("customer", &customer)]).ok();
        let source = text(&intent.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
        machine.bank(&source, answer).ok();
        let target = format!(
            "{INTENTS}/{}?client_secret={}",
            intent.id(),
            text(&intent.body["client_secret"])
        );
        let after = machine.browser("GET", &target, &[]).ok().body;
        assert_eq!(after["status"], status, "{name} {answer}");
        assert_eq!(after["last_setup_error"]["code"], code, "{name} {answer}");
        assert_eq!(
            after.get("customer"),
            None,
            "a browser is not told whose it is"
        );
        let list = machine
            .get(&format!("/v1/customers/{customer}/payment_methods"))
            .ok();
        let saved = list.body["data"].as_array().map(Vec::len);
        assert_eq!(
            saved,
            Some(usize::from(status == "succeeded")),
            "{name} {answer}"
        );
    }
}

#[test]
fn a_token_of_a_page_that_saves_confirms_setups_only() {
    for (mode, setup, payment) in [
        ("setup", 200, 400),
        ("payment", 400, 200),
        ("subscription", 200, 200),
    ] {
        for to_pay in [false, true] {
            let mut machine = Machine::new();
            let fields = [
                ("payment_method_data[type]", "card"),
                ("payment_method_data[card][number]", "4242424242424242"),
                ("payment_method_data[card][exp_month]", "12"),
                ("payment_method_data[card][exp_year]", "2034"),
                ("client_context[mode]", mode),
            ];
            let token = machine
                .browser("POST", "/v1/confirmation_tokens", &fields)
                .ok()
                .id();
            let answer = if to_pay {
                machine.pay_with(&token, &[])
            } else {
                machine.post(
                    INTENTS,
                    &[("confirm", "true"), ("confirmation_token", &token), RETURN],
                )
            };
            let status = if to_pay { payment } else { setup };
            assert_eq!(answer.status, status, "{mode} {to_pay}: {}", answer.text);
            if status == 200 {
                let used = machine
                    .get(&format!("/v1/confirmation_tokens/{token}"))
                    .ok()
                    .body;
                let field = if to_pay {
                    "payment_intent"
                } else {
                    "setup_intent"
                };
                assert_eq!(used[field], answer.body["id"], "{mode} {to_pay}");
                let again = machine.post(
                    INTENTS,
                    &[("confirm", "true"), ("confirmation_token", &token), RETURN],
                );
                assert_eq!(again.error("code"), "token_already_used", "{mode} {to_pay}");
            }
        }
    }
}

#[test]
fn wrong_setups_are_refused() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (
            &[("confirm", "true"), ("payment_method", "pm_card_visa")],
            "return_url",
        ),
        (&[("return_url", "https://shop.test")], "return_url"),
        (
            &[("payment_method_types[]", "card")],
            "payment_method_types",
        ),
        (&[("customer", "cus_unknown")], "customer"),
        (&[("usage", "sometimes")], "usage"),
        (&[("payment_method", "pm_unknown")], "payment_method"),
        (&[("amount", "5")], "amount"),
    ];
    for (fields, param) in cases {
        let mut machine = Machine::new();
        let answer = machine.post(INTENTS, fields);
        assert_eq!(
            (answer.status, answer.error("param")),
            (400, json!(param)),
            "{fields:?}: {}",
            answer.text
        );
        assert_eq!(machine.state()["setup_intents"], json!([]), "{fields:?}");
    }
}
