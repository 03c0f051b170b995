//! The columns of saved cards: set up with the shopper there, charged later without.

use super::words::{End, challenge, check_paid};
use super::{Line, lines};
use crate::machine::{Machine, text};
use serde_json::{Value, json};

/// Sets the card up for a customer, and completes what the bank asks. The payment method, if it was saved.
fn set_up(machine: &mut Machine, line: &Line, customer: &str) -> Option<String> {
    let case = format!("{} {:?}", line.number, line.name);
    let name = line.name.as_deref();
    let token = machine.token_with(&line.number, &[("client_context[mode]", "setup")]);
    let method = match name {
        Some(name) => ("payment_method", name),
        None => ("confirmation_token", token.as_str()),
    };
    let before = machine.events().len();
    let fields = [
        method,
        ("confirm", "true"),
        ("customer", customer),
        ("return_url", "https://shop.test/return"),
    ];
    let answer = machine.post("/v1/setup_intents", &fields);
    let mut events = vec!["setup_intent.created"];
    if line.set_up.asks() {
        assert_eq!(answer.status, 200, "{case}: {}", answer.text);
        assert_eq!(answer.body["status"], "requires_action", "{case}");
        let source = challenge(&answer.body, &case);
        machine.bank(&source, "complete").ok();
        events.push("setup_intent.requires_action");
    }
    let state = machine.state();
    let kept = &state["setup_intents"][0];
    assert_eq!(state["charges"], json!([]), "{case}");
    let saved = match line.set_up.end {
        Some(End::Saves) => {
            assert_eq!(answer.status, 200, "{case}: {}", answer.text);
            assert_eq!(kept["status"], "succeeded", "{case}");
            assert_eq!(kept["last_setup_error"], Value::Null, "{case}");
            events.extend(["payment_method.attached", "setup_intent.succeeded"]);
            Some(text(&kept["payment_method"]))
        }
        Some(End::Declines(decline)) => {
            if !line.set_up.asks() {
                decline.check_answer(&answer, &case);
                assert_eq!(&answer.error("setup_intent"), kept, "{case}");
            }
            assert_eq!(kept["status"], "requires_payment_method", "{case}");
            decline.check_error(&kept["last_setup_error"], &case);
            events.push("setup_intent.setup_failed");
            None
        }
        other => panic!("{case}: no setup ends with {other:?}"),
    };
    assert_eq!(machine.events().split_off(before), events, "{case}");
    saved
}

#[test]
fn set_up_once_and_charged_without_the_shopper() {
    for line in lines() {
        let case = format!("{} {:?} later", line.number, line.name);
        let mut machine = Machine::new();
        let customer = machine.customer();
        let saved = set_up(&mut machine, &line, &customer);
        assert_eq!(saved.is_some(), line.later.end.is_some(), "{case}");
        let Some(method) = saved else { continue };
        let before = machine.events().len();
        let more = [("customer", customer.as_str()), ("off_session", "true")];
        let answer = machine.pay_by(&method, &more);
        let state = machine.state();
        let charge = &state["charges"][0];
        let events = match line.later.end {
            Some(End::Pays) => {
                assert_eq!(answer.status, 200, "{case}: {}", answer.text);
                assert_eq!(answer.body["status"], "succeeded", "{case}");
                check_paid(charge, true, &case);
                ["charge.succeeded", "payment_intent.succeeded"]
            }
            Some(End::Declines(decline)) => {
                decline.check_answer(&answer, &case);
                decline.check_charge(charge, &case);
                ["charge.failed", "payment_intent.payment_failed"]
            }
            other => panic!("{case}: no payment ends with {other:?}"),
        };
        let events = ["payment_intent.created"].into_iter().chain(events);
        assert_eq!(
            machine.events().split_off(before),
            events.collect::<Vec<_>>(),
            "{case}"
        );
        // Whatever became of the payment, the card stays saved.
        let path = format!("/v1/payment_methods/{method}");
        assert_eq!(
            machine.get(&path).ok().body["customer"],
            json!(customer),
            "{case}"
        );
    }
}

#[test]
fn a_payment_sets_up_as_well_as_a_setup_does() {
    let card = lines();
    let card = card.iter().find(|line| line.number == "4000002500003155");
    let line = card.expect("in the table");
    let name = line.name.as_deref().expect("it has a name");
    let top = ("setup_future_usage", "off_session");
    let here = ("setup_future_usage", "on_session");
    for (usage, status) in [(top, 200), (here, 402)] {
        let mut machine = Machine::new();
        let customer = machine.customer();
        let more = [("customer", customer.as_str()), usage];
        let asked = machine.pay_by(name, &more).ok();
        let source = challenge(&asked.body, usage.1);
        machine.bank(&source, "complete").ok();
        let method = text(&machine.intent(&asked.id())["payment_method"]);
        let more = [("customer", customer.as_str()), ("off_session", "true")];
        let later = machine.pay_by(&method, &more);
        assert_eq!(later.status, status, "{usage:?}: {}", later.text);
    }
}

#[test]
fn declining_cards_cannot_be_attached_and_one_shows_it_only_when_charged() {
    for line in lines() {
        let Some(name) = &line.name else { continue };
        let mut machine = Machine::new();
        let customer = machine.customer();
        let path = format!("/v1/payment_methods/{name}/attach");
        let answer = machine.post(&path, &[("customer", &customer)]);
        let declines = matches!(line.set_up.end, Some(End::Declines(_)));
        assert_eq!(answer.status, if declines { 402 } else { 200 }, "{name}");
    }
}
