//! The columns of payments.

use super::words::{End, Way, Word, challenge, check_paid, decline, new_events};
use super::{COUNTRIES, Line, lines};
use crate::machine::{Answer, Machine, text};
use serde_json::{Value, json};

type Field = (&'static str, &'static str);

const ANY: Field = (
    "payment_method_options[card][request_three_d_secure]",
    "any",
);
const CHALLENGE: Field = (
    "payment_method_options[card][request_three_d_secure]",
    "challenge",
);

/// How the captured money shows in events.
struct Capture {
    method: &'static str,
    status: &'static str,
    event: &'static str,
}

const CAPTURES: &[Capture] = &[
    Capture {
        method: "automatic",
        status: "succeeded",
        event: "payment_intent.succeeded",
    },
    Capture {
        method: "automatic_async",
        status: "succeeded",
        event: "payment_intent.succeeded",
    },
    Capture {
        method: "manual",
        status: "requires_capture",
        event: "payment_intent.amount_capturable_updated",
    },
];

/// What the shopper does at the bank.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shopper {
    Completes,
    Fails,
    Closes,
}

impl Shopper {
    fn answer(self, machine: &mut Machine, intent: &Value, case: &str) {
        let source = challenge(intent, case);
        match self {
            Shopper::Completes => drop(machine.bank(&source, "complete").ok()),
            Shopper::Fails => drop(machine.bank(&source, "fail").ok()),
            Shopper::Closes => {
                let path = format!("/v1/payment_intents/{}/source_cancel", text(&intent["id"]));
                let client_secret = text(&intent["client_secret"]);
                let fields = [
                    ("source", source.as_str()),
                    ("client_secret", client_secret.as_str()),
                ];
                machine.browser("POST", &path, &fields).ok();
            }
        }
    }
}

/// Pays in one call by number, as a page does, or by name.
fn pay(machine: &mut Machine, line: &Line, by_name: bool, more: &[Field]) -> Answer {
    match &line.name {
        Some(name) if by_name => machine.pay_by(name, more),
        _ => {
            let mut elements = vec![
                ("client_context[mode]", "payment"),
                ("client_context[amount]", "1999"),
                ("client_context[currency]", "usd"),
            ];
            // What Elements was created with has to agree with what the server says.
            let capture = more.iter().find(|(name, _)| *name == "capture_method");
            elements.extend(capture.map(|(_, method)| ("client_context[capture_method]", *method)));
            let token = machine.token_with(&line.number, &elements);
            machine.pay_with(&token, more)
        }
    }
}

/// Checks a payment from its first answer to its end.
fn check(machine: &mut Machine, answer: &Answer, word: Word, capture: &Capture, case: &str) {
    let mut events = vec!["payment_intent.created"];
    let intent = &answer.body;
    if word.asks() {
        assert_eq!(answer.status, 200, "{case}: {}", answer.text);
        assert_eq!(intent["status"], "requires_action", "{case}");
        assert_eq!(intent["latest_charge"], Value::Null, "{case}");
        Shopper::Completes.answer(machine, intent, case);
        events.push("payment_intent.requires_action");
    }
    let state = machine.state();
    let kept = &state["payment_intents"][0];
    let charge = &state["charges"][0];
    assert_eq!(state["charges"].as_array().map(Vec::len), Some(1), "{case}");
    assert_eq!(kept["latest_charge"], charge["id"], "{case}");
    match word.end {
        Some(End::Pays) => {
            assert_eq!(answer.status, 200, "{case}: {}", answer.text);
            assert_eq!(kept["status"], capture.status, "{case}");
            assert_eq!(kept["last_payment_error"], Value::Null, "{case}");
            let captured = capture.method != "manual";
            let amounts = (&kept["amount_received"], &kept["amount_capturable"]);
            let expected = if captured { (1999, 0) } else { (0, 1999) };
            assert_eq!(amounts, (&json!(expected.0), &json!(expected.1)), "{case}");
            check_paid(charge, captured, case);
            events.extend(["charge.succeeded", capture.event]);
        }
        Some(End::Declines(decline)) => {
            if !word.asks() {
                decline.check_answer(answer, case);
                assert_eq!(answer.error("charge"), charge["id"], "{case}");
                assert_eq!(&answer.error("payment_intent"), kept, "{case}");
            }
            assert_eq!(kept["status"], "requires_payment_method", "{case}");
            assert_eq!(kept["payment_method"], Value::Null, "{case}");
            decline.check_error(&kept["last_payment_error"], case);
            decline.check_charge(charge, case);
            events.extend(["charge.failed", "payment_intent.payment_failed"]);
        }
        other => panic!("{case}: no payment ends with {other:?}"),
    }
    let three_d_secure = &charge["payment_method_details"]["card"]["three_d_secure"];
    let flow = match word.way {
        Way::Unasked => Value::Null,
        Way::Asks => json!("challenge"),
        Way::Agrees => json!("frictionless"),
    };
    assert_eq!(three_d_secure["authentication_flow"], flow, "{case}");
    if word.way != Way::Unasked {
        assert_eq!(three_d_secure["result"], "authenticated", "{case}");
    }
    assert_eq!(machine.events(), events, "{case}");
}

/// Whether to take the card by number or, where it has one, by name.
fn both(line: &Line) -> Vec<bool> {
    if line.name.is_some() {
        vec![false, true]
    } else {
        vec![false]
    }
}

#[test]
fn on_session_with_every_capture_method() {
    for line in lines() {
        for (capture, by_name) in CAPTURES.iter().flat_map(|capture| {
            both(&line)
                .into_iter()
                .map(move |by_name| (capture, by_name))
        }) {
            let mut machine = Machine::new();
            let case = format!("{} {:?} {}", line.number, line.name, capture.method);
            let more = [("capture_method", capture.method)];
            let answer = pay(&mut machine, &line, by_name, &more);
            check(&mut machine, &answer, line.on_session, capture, &case);
        }
    }
}

#[test]
fn what_was_authorised_is_captured_or_canceled() {
    for line in lines() {
        for action in ["capture", "cancel"] {
            if line.on_session.end != Some(End::Pays) {
                continue;
            }
            let case = format!("{} {action}", line.number);
            let mut machine = Machine::new();
            let held = pay(&mut machine, &line, false, &[("capture_method", "manual")]).ok();
            if line.on_session.asks() {
                Shopper::Completes.answer(&mut machine, &held.body, &case);
            }
            let before = machine.events().len();
            let path = format!("/v1/payment_intents/{}/{action}", held.id());
            let done = machine.post(&path, &[]).ok();
            let charge = machine.intent(&done.id())["latest_charge"].clone();
            // What is let go was never taken: it is no refund.
            let (status, captured, events) = match action {
                "capture" => (
                    "succeeded",
                    true,
                    &["charge.captured", "payment_intent.succeeded"][..],
                ),
                _ => ("canceled", false, &["payment_intent.canceled"][..]),
            };
            assert_eq!(done.body["status"], status, "{case}");
            assert_eq!(charge["captured"], json!(captured), "{case}");
            assert_eq!(charge["refunded"], json!(false), "{case}");
            assert_eq!(new_events(&mut machine, before), events, "{case}");
        }
    }
}

#[test]
fn whoever_fails_or_leaves_the_bank_s_page_has_paid_nothing() {
    for line in lines().iter().filter(|line| line.on_session.asks()) {
        for shopper in [Shopper::Fails, Shopper::Closes] {
            let case = format!("{} {shopper:?}", line.number);
            let mut machine = Machine::new();
            let asked = pay(&mut machine, line, false, &[]).ok();
            shopper.answer(&mut machine, &asked.body, &case);
            let intent = machine.intent(&asked.id());
            assert_eq!(intent["status"], "requires_payment_method", "{case}");
            assert_eq!(intent["payment_method"], Value::Null, "{case}");
            assert_eq!(intent["latest_charge"], Value::Null, "{case}");
            let error = &intent["last_payment_error"];
            assert_eq!(error["type"], "invalid_request_error", "{case}");
            assert_eq!(
                error["code"], "payment_intent_authentication_failure",
                "{case}"
            );
            assert_eq!(
                error["message"],
                "We are unable to authenticate your payment method. Please choose a different payment method and try \
                 again.",
                "{case}"
            );
            assert_eq!(
                machine.events(),
                [
                    "payment_intent.created",
                    "payment_intent.requires_action",
                    "payment_intent.payment_failed"
                ],
                "{case}"
            );
        }
    }
}

#[test]
fn with_3d_secure_requested() {
    for line in lines() {
        for request in [ANY, CHALLENGE] {
            let mut machine = Machine::new();
            let case = format!("{} {}", line.number, request.1);
            let answer = pay(&mut machine, &line, false, &[request]);
            check(&mut machine, &answer, line.requested, &CAPTURES[1], &case);
        }
    }
}

/// What a charge says of 3-D Secure that was wanted and did not take place.
#[test]
fn a_request_for_3d_secure_that_came_to_nothing_shows_on_the_charge() {
    for (number, request, result, reason) in [
        ("4242424242424242", None, None, None),
        (
            "4242424242424242",
            Some(ANY),
            Some("attempt_acknowledged"),
            Some("card_not_enrolled"),
        ),
        (
            "378282246310005",
            Some(ANY),
            Some("not_supported"),
            Some("network_not_supported"),
        ),
        ("4000000000003097", None, None, None),
        (
            "4000000000003097",
            Some(ANY),
            Some("processing_error"),
            Some("protocol_error"),
        ),
        (
            "4000008400001280",
            None,
            Some("processing_error"),
            Some("protocol_error"),
        ),
    ] {
        let mut machine = Machine::new();
        let token = machine.token(number);
        machine.pay_with(&token, request.as_slice());
        let charge = &machine.state()["charges"][0];
        let three_d_secure = &charge["payment_method_details"]["card"]["three_d_secure"];
        assert_eq!(three_d_secure["result"], json!(result), "{number}");
        assert_eq!(three_d_secure["result_reason"], json!(reason), "{number}");
    }
}

#[test]
fn off_session_without_having_been_set_up() {
    for line in lines() {
        for by_name in both(&line) {
            let mut machine = Machine::new();
            let case = format!("{} {by_name} off-session", line.number);
            let answer = pay(&mut machine, &line, by_name, &[("off_session", "true")]);
            check(&mut machine, &answer, line.off_session, &CAPTURES[1], &case);
        }
    }
}

#[test]
fn a_shop_that_wants_no_action_gets_a_decline_instead() {
    for line in lines() {
        let mut machine = Machine::new();
        let never = ("error_on_requires_action", "true");
        let answer = pay(&mut machine, &line, false, &[never]);
        let word = match line.on_session.way {
            Way::Asks => Word {
                way: Way::Unasked,
                end: Some(End::Declines(decline("authentication_required"))),
            },
            _ => line.on_session,
        };
        check(&mut machine, &answer, word, &CAPTURES[1], &line.number);
    }
}

#[test]
fn confirmed_by_hand() {
    for line in lines() {
        let case = format!("{} by hand", line.number);
        let mut machine = Machine::new();
        let by_hand = ("confirmation_method", "manual");
        let mut answer = pay(&mut machine, &line, false, &[by_hand]);
        if line.on_session.asks() {
            let id = answer.id();
            Shopper::Completes.answer(&mut machine, &answer.body, &case);
            assert_eq!(
                machine.intent(&id)["status"],
                "requires_confirmation",
                "{case}"
            );
            assert_eq!(machine.state()["charges"], json!([]), "{case}");
            answer = machine.post(&format!("/v1/payment_intents/{id}/confirm"), &[]);
        }
        let kept = machine.state()["payment_intents"][0].clone();
        match line.on_session.end {
            Some(End::Declines(decline)) => {
                decline.check_answer(&answer, &case);
                assert_eq!(kept["status"], "requires_payment_method", "{case}");
            }
            _ => {
                assert_eq!(answer.status, 200, "{case}: {}", answer.text);
                assert_eq!(kept["status"], "succeeded", "{case}");
            }
        }
    }
}

#[test]
fn a_number_and_its_name_leave_the_same_behind() {
    for line in lines().iter().filter(|line| line.name.is_some()) {
        let [by_number, by_name] = [false, true].map(|by_name| {
            let mut machine = Machine::new();
            let answer = pay(&mut machine, line, by_name, &[]);
            let state = machine.state();
            let left = json!([
                answer.status,
                answer.body,
                state["payment_intents"],
                state["charges"],
                state["payment_methods"],
            ]);
            without_ids(&left)
        });
        assert_eq!(by_number, by_name, "{} {:?}", line.number, line.name);
    }
}

/// Ids stand for their kind; what is typed on a page and not part of a name is left out.
fn without_ids(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let kinds = ["pi_", "ch_", "pm_", "txn_", "payatt_"];
            let kind = kinds.iter().find(|kind| text.starts_with(*kind));
            json!(kind.map_or(text.as_str(), |kind| kind))
        }
        Value::Array(items) => items.iter().map(without_ids).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !name.starts_with("exp_"))
            .map(|(name, value)| (name.clone(), without_ids(value)))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn a_card_says_where_and_what_it_is() {
    for (number, brand, display, funding, country, networks) in [
        (
            "4242424242424242",
            "visa",
            "visa",
            "credit",
            "US",
            vec!["visa"],
        ),
        (
            "4000056655665556",
            "visa",
            "visa",
            "debit",
            "US",
            vec!["visa"],
        ),
        (
            "5105105105105100",
            "mastercard",
            "mastercard",
            "prepaid",
            "US",
            vec!["mastercard"],
        ),
        (
            "378282246310005",
            "amex",
            "american_express",
            "credit",
            "US",
            vec!["amex"],
        ),
        (
            "6011981111111113",
            "discover",
            "discover",
            "debit",
            "US",
            vec!["discover"],
        ),
        (
            "36227206271667",
            "diners",
            "diners_club",
            "credit",
            "US",
            vec!["diners"],
        ),
        (
            "3566002020360505",
            "jcb",
            "jcb",
            "credit",
            "JP",
            vec!["jcb"],
        ),
        (
            "6200000000000047",
            "unionpay",
            "union_pay",
            "debit",
            "CN",
            vec!["unionpay"],
        ),
        (
            "4000002500001001",
            "visa",
            "visa",
            "credit",
            "FR",
            vec!["cartes_bancaires", "visa"],
        ),
        (
            "5555552500001001",
            "mastercard",
            "mastercard",
            "credit",
            "FR",
            vec!["cartes_bancaires", "mastercard"],
        ),
        (
            "4000050360000001",
            "visa",
            "visa",
            "debit",
            "AU",
            vec!["eftpos_au", "visa"],
        ),
    ] {
        let mut machine = Machine::new();
        machine.pay(number).ok();
        let state = machine.state();
        let card = &state["payment_methods"][0]["card"];
        let charged = &state["charges"][0]["payment_method_details"]["card"];
        let last4 = &number[number.len() - 4..];
        for shown in [card, charged] {
            assert_eq!(
                [
                    &shown["brand"],
                    &shown["funding"],
                    &shown["country"],
                    &shown["last4"]
                ],
                [brand, funding, country, last4],
                "{number}"
            );
        }
        assert_eq!(card["display_brand"], display, "{number}");
        assert_eq!(card["networks"]["available"], json!(networks), "{number}");
        assert_eq!(charged["network"], brand, "{number}");
    }
}

#[test]
fn cards_from_everywhere_pay_by_number_and_by_name() {
    for (country, number) in COUNTRIES {
        let mut machine = Machine::new();
        machine.pay(number).ok();
        machine
            .pay_by(&format!("pm_card_{}", country.to_lowercase()), &[])
            .ok();
        let state = machine.state();
        for charge in state["charges"].as_array().into_iter().flatten() {
            let card = &charge["payment_method_details"]["card"];
            assert_eq!(card["country"], *country, "{number}");
            assert_eq!(card["last4"], number[12..], "{country}");
        }
    }
}

#[test]
fn a_co_branded_card_is_charged_over_the_network_that_was_chosen() {
    let preferred = (
        "payment_method_data[card][networks][preferred]",
        "cartes_bancaires",
    );
    let chosen = ("payment_method_options[card][network]", "cartes_bancaires");
    let overruled = ("payment_method_options[card][network]", "visa");
    let wrong = ("payment_method_options[card][network]", "mastercard");
    let card = [
        ("amount", "1999"),
        ("currency", "usd"),
        ("confirm", "true"),
        ("return_url", "https://shop.test/return"),
        ("payment_method_data[type]", "card"),
        ("payment_method_data[card][number]", "4000002500001001"),
        ("payment_method_data[card][exp_month]", "12"),
        ("payment_method_data[card][exp_year]", "2034"),
    ];
    for (more, expected) in [
        (vec![], Ok(("visa", "visa"))),
        (
            vec![preferred],
            Ok(("cartes_bancaires", "cartes_bancaires")),
        ),
        (vec![chosen], Ok(("cartes_bancaires", "visa"))),
        (vec![preferred, overruled], Ok(("visa", "cartes_bancaires"))),
        (vec![wrong], Err("payment_method_options[card][network]")),
        (
            vec![(
                "payment_method_data[card][networks][preferred]",
                "eftpos_au",
            )],
            Err("payment_method_data[card][networks][preferred]"),
        ),
    ] {
        let mut machine = Machine::new();
        let fields = [&card[..], &more].concat();
        let answer = machine.post("/v1/payment_intents", &fields);
        let state = machine.state();
        match expected {
            Ok((network, display)) => {
                let intent = answer.ok();
                let options = &intent.body["payment_method_options"]["card"]["network"];
                let option = more.iter().find(|(name, _)| name.ends_with("[network]"));
                assert_eq!(*options, json!(option.map(|(_, value)| value)), "{more:?}");
                let charged = &state["charges"][0]["payment_method_details"]["card"];
                assert_eq!(charged["network"], network, "{more:?}");
                let shown = &state["payment_methods"][0]["card"]["display_brand"];
                assert_eq!(shown, display, "{more:?}");
            }
            Err(param) => {
                assert_eq!((answer.status, answer.error("param")), (400, json!(param)));
                assert_eq!(state["charges"], json!([]), "{more:?}");
            }
        }
    }
}

#[test]
fn issuers_check_what_they_are_given_and_nothing_else() {
    let cvc = ("payment_method_data[card][cvc]", "123");
    let line1 = (
        "payment_method_data[billing_details][address][line1]",
        "1 Main St",
    );
    let postal_code = (
        "payment_method_data[billing_details][address][postal_code]",
        "94103",
    );
    for (number, cvc_check, line1_check, postal_code_check) in [
        ("4242424242424242", "pass", "pass", "pass"),
        ("4000000000000101", "fail", "pass", "pass"),
        ("4000000000000036", "pass", "pass", "fail"),
        ("4000000000000028", "pass", "fail", "pass"),
        ("4000000000000010", "pass", "fail", "fail"),
        ("4000000000000044", "pass", "unavailable", "unavailable"),
        ("4000058400307872", "fail", "pass", "pass"),
        ("4000058400306072", "pass", "pass", "fail"),
    ] {
        for given in 0..8 {
            let has = |bit: usize| given & (1 << bit) != 0;
            let mut fields = vec![
                ("amount", "1999"),
                ("currency", "usd"),
                ("confirm", "true"),
                ("return_url", "https://shop.test/return"),
                ("payment_method_data[type]", "card"),
                ("payment_method_data[card][number]", number),
                ("payment_method_data[card][exp_month]", "12"),
                ("payment_method_data[card][exp_year]", "2034"),
            ];
            let details = [cvc, line1, postal_code].into_iter().enumerate();
            fields.extend(details.filter(|(bit, _)| has(*bit)).map(|(_, field)| field));
            let mut machine = Machine::new();
            machine.post("/v1/payment_intents", &fields).ok();
            let state = machine.state();
            let checks = json!({
                "cvc_check": has(0).then_some(cvc_check),
                "address_line1_check": has(1).then_some(line1_check),
                "address_postal_code_check": has(2).then_some(postal_code_check),
            });
            let case = format!("{number} {given:03b}");
            let charged = &state["charges"][0]["payment_method_details"]["card"]["checks"];
            assert_eq!(*charged, checks, "{case}");
            assert_eq!(
                state["payment_methods"][0]["card"]["checks"], checks,
                "{case}"
            );
        }
    }
}

#[test]
fn risk_shows_on_the_charge() {
    for (name, level, score) in [
        ("pm_card_visa", json!("normal"), json!(12)),
        ("pm_card_riskLevelElevated", json!("elevated"), json!(67)),
        (
            "pm_card_cvcCheckFailElevatedRisk",
            json!("elevated"),
            json!(67),
        ),
        ("pm_card_riskLevelHighest", json!("highest"), json!(92)),
        ("pm_card_radarBlock", json!("highest"), json!(92)),
        (
            "pm_usBankAccount_success",
            json!("not_assessed"),
            Value::Null,
        ),
    ] {
        let mut machine = Machine::new();
        machine.pay_by(name, &[]);
        let outcome = machine.state()["charges"][0]["outcome"].clone();
        assert_eq!(outcome["risk_level"], level, "{name}");
        assert_eq!(outcome["risk_score"], score, "{name}");
    }
}
