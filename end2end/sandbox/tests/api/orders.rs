//! What a payment is told of the order it pays, and of how it shows on a statement.

use crate::machine::{Fields, Machine, text};
use serde_json::json;

const LINE: [(&str, &str); 4] = [
    ("amount_details[line_items][0][product_name]", "Mug"),
    ("amount_details[line_items][0][quantity]", "2"),
    ("amount_details[line_items][0][unit_cost]", "900"),
    (
        "amount_details[line_items][0][payment_method_options][klarna][reference]",
        "M1",
    ),
];
const AMOUNT: [(&str, &str); 2] = [("amount", "1999"), ("currency", "usd")];

#[test]
fn a_payment_shows_what_it_was_told_of_its_order() {
    let mut machine = Machine::new();
    let order = [
        ("amount_details[discount_amount]", "100"),
        ("amount_details[shipping][amount]", "299"),
        ("amount_details[shipping][to_postal_code]", "10115"),
        ("amount_details[tax][total_tax_amount]", "0"),
        ("payment_details[order_reference]", "T-7"),
    ];
    let paid = machine.pay_by("pm_card_visa", &order).ok();
    let details = json!({
        "discount_amount": 100,
        "shipping": { "amount": 299, "from_postal_code": null, "to_postal_code": "10115" },
        "tax": { "total_tax_amount": 0 },
        "tip": {},
    });
    assert_eq!(paid.body["amount_details"], details);
    let reference = json!({ "customer_reference": null, "order_reference": "T-7" });
    assert_eq!(paid.body["payment_details"], reference);
    let path = format!("/v1/payment_intents/{}", paid.id());
    for (fields, left) in [
        (
            [("amount_details[discount_amount]", "")],
            json!({ "shipping": details["shipping"], "tax": details["tax"], "tip": {} }),
        ),
        ([("amount_details", "")], json!({ "tip": {} })),
    ] {
        let changed = machine.post(&path, &fields).ok();
        assert_eq!(changed.body["amount_details"], left, "{fields:?}");
        assert_eq!(changed.body["payment_details"], reference);
    }
    let emptied = machine.post(&path, &[("payment_details", "")]).ok();
    assert!(emptied.body.get("payment_details").is_none());
}

#[test]
fn line_items_are_shown_where_they_are_asked_for() {
    let mut machine = Machine::new();
    let paid = machine.pay_by("pm_card_visa", &LINE).ok();
    assert!(paid.body["amount_details"].get("line_items").is_none());
    let path = format!("/v1/payment_intents/{}", paid.id());
    let expanded = machine.get(&format!("{path}?expand[]=amount_details.line_items"));
    let expanded = expanded.ok().body["amount_details"]["line_items"].clone();
    let listed = machine.get(&format!("{path}/amount_details_line_items"));
    assert_eq!(listed.ok().body, expanded);
    let mut line = expanded["data"][0].clone();
    assert!(text(&line["id"]).starts_with("uli_"));
    line["id"].take();
    let klarna = json!({ "image_url": null, "product_url": null, "reference": "M1", "subscription_reference": null });
    assert_eq!(
        line,
        json!({
            "id": null,
            "object": "payment_intent_amount_details_line_item",
            "discount_amount": null,
            "payment_method_options": { "klarna": klarna },
            "product_code": null,
            "product_name": "Mug",
            "quantity": 2,
            "tax": null,
            "unit_cost": 900,
            "unit_of_measure": null,
        })
    );
}

#[test]
fn an_order_that_cannot_be_is_refused() {
    let cases: &[(Fields<'_>, &str)] = &[
        (
            &[
                ("amount_details[discount_amount]", "5"),
                ("amount_details[line_items][0][discount_amount]", "5"),
            ],
            "amount_details[discount_amount]",
        ),
        (
            &[
                ("amount_details[tax][total_tax_amount]", "5"),
                ("amount_details[line_items][0][tax][total_tax_amount]", "5"),
            ],
            "amount_details[tax]",
        ),
        (
            &[("amount_details[line_items][0][quantity]", "0")],
            "amount_details[line_items][0][quantity]",
        ),
        (
            &[(
                "amount_details[line_items][0][product_code]",
                "longer-than-12",
            )],
            "amount_details[line_items][0][product_code]",
        ),
        (
            &[("hooks[inputs][tax][calculation]", "taxcalc_none")],
            "hooks[inputs][tax][calculation]",
        ),
    ];
    for (wrong, param) in cases {
        let mut machine = Machine::new();
        let fields: Vec<(&str, &str)> = AMOUNT.iter().chain(&LINE).chain(*wrong).copied().collect();
        let refused = machine.post("/v1/payment_intents", &fields);
        assert_eq!(refused.status, 400, "{param}: {}", refused.text);
        assert_eq!(refused.error("param"), *param);
    }
}

#[test]
fn a_charge_names_the_radar_session_it_came_with() {
    let mut machine = Machine::new();
    machine
        .pay_by("pm_card_visa", &[("radar_options[session]", "rse_7")])
        .ok();
    let charges = machine.get("/v1/charges").ok();
    assert_eq!(
        charges.body["data"][0]["radar_options"],
        json!({ "session": "rse_7" })
    );
}

#[test]
fn a_payment_by_card_chooses_a_suffix_and_no_descriptor() {
    const DESCRIPTOR: (&str, &str) = ("statement_descriptor", "MUGS");
    let refused = |answer: crate::machine::Answer| {
        assert_eq!(answer.status, 400, "{}", answer.text);
        assert_eq!(answer.error("param"), "statement_descriptor");
    };
    let mut machine = Machine::new();
    refused(machine.pay_by("pm_card_visa", &[DESCRIPTOR]));

    let [amount, currency] = AMOUNT;
    let card = ("payment_method", "pm_card_visa");
    refused(machine.post("/v1/payment_intents", &[amount, currency, card, DESCRIPTOR]));

    // Which method pays is not known yet.
    let open = machine
        .post("/v1/payment_intents", &[amount, currency, DESCRIPTOR])
        .ok();
    let open = format!("/v1/payment_intents/{}", open.id());
    refused(machine.post(&open, &[card]));

    let chosen = machine
        .post("/v1/payment_intents", &[amount, currency, card])
        .ok();
    refused(machine.post(
        &format!("/v1/payment_intents/{}", chosen.id()),
        &[DESCRIPTOR],
    ));

    let held = machine
        .pay_by("pm_card_visa", &[("capture_method", "manual")])
        .ok();
    let capture = format!("/v1/payment_intents/{}/capture", held.id());
    refused(machine.post(&capture, &[DESCRIPTOR]));
    let captured = machine
        .post(&capture, &[("statement_descriptor_suffix", "MUGS")])
        .ok();
    assert_eq!(captured.body["statement_descriptor_suffix"], "MUGS");

    let debited = machine
        .pay_by("pm_usBankAccount_success", &[DESCRIPTOR])
        .ok();
    assert_eq!(debited.body["statement_descriptor"], "MUGS");
}
