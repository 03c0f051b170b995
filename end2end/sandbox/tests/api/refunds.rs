//! Refunds, whole and in parts.

use crate::machine::Machine;

#[test]
fn a_payment_is_refunded_up_to_what_was_paid() {
    let cases: &[&[(&str, u16, &str)]] = &[
        &[("", 200, ""), ("", 400, "charge_already_refunded")],
        &[
            ("500", 200, ""),
            ("1500", 400, ""),
            ("1499", 200, ""),
            ("1", 400, "charge_already_refunded"),
        ],
        &[
            ("0", 400, "parameter_invalid_integer"),
            ("-1", 400, "parameter_invalid_integer"),
        ],
    ];
    for steps in cases {
        let mut machine = Machine::new();
        let intent = machine.pay("4242424242424242").ok().id();
        for (amount, status, code) in *steps {
            let mut fields = vec![("payment_intent", intent.as_str())];
            if !amount.is_empty() {
                fields.push(("amount", amount));
            }
            let answer = machine.post("/v1/refunds", &fields);
            assert_eq!(
                answer.status, *status,
                "{steps:?} at {amount}: {}",
                answer.text
            );
            if !code.is_empty() {
                assert_eq!(answer.error("code"), *code, "{steps:?} at {amount}");
            }
        }
    }
}

#[test]
fn a_refund_shows_on_its_charge_and_in_the_events() {
    let mut machine = Machine::new();
    let intent = machine.pay("4242424242424242").ok().id();
    let fields = [
        ("payment_intent", intent.as_str()),
        ("amount", "999"),
        ("reason", "requested_by_customer"),
    ];
    let refund = machine.post("/v1/refunds", &fields).ok();
    assert_eq!(refund.body["status"], "succeeded");
    let charge = &machine.intent(&intent)["latest_charge"];
    assert_eq!(
        (&charge["amount_refunded"], &charge["refunded"]),
        (&999.into(), &false.into())
    );
    assert_eq!(machine.events()[3..], ["charge.refunded", "refund.created"]);
    let again = machine.get(&format!("/v1/refunds/{}", refund.id())).ok();
    assert_eq!(again.body, refund.body);
}

#[test]
fn what_was_not_paid_is_not_refunded() {
    let mut machine = Machine::new();
    let asked = machine.pay("4000000000003220").ok().id();
    machine.pay("4000000000000002");
    let failed = machine.state()["charges"][0]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    for fields in [
        vec![("payment_intent", asked.as_str())],
        vec![("payment_intent", "pi_unknown")],
        vec![("charge", failed.as_str())],
        vec![("charge", "ch_unknown")],
        vec![],
    ] {
        assert_eq!(
            machine.post("/v1/refunds", &fields).status,
            400,
            "{fields:?}"
        );
    }
}
