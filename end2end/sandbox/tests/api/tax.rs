//! Tax: calculations by place, transactions made of them, and reversals.

use crate::machine::{Answer, Machine, text};
use serde_json::{Value, json};

fn calculate(machine: &mut Machine, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("currency", "eur"),
        ("line_items[0][amount]", "1999"),
        ("line_items[0][reference]", "shirt"),
        ("line_items[1][amount]", "1000"),
        ("line_items[1][quantity]", "2"),
        ("line_items[1][tax_behavior]", "inclusive"),
        ("shipping_cost[amount]", "500"),
        ("customer_details[address][country]", "DE"),
        ("customer_details[address_source]", "shipping"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    machine.post("/v1/tax/calculations", &fields)
}

#[test]
fn a_calculation_adds_up_what_is_owed() {
    let mut machine = Machine::new();
    let made = calculate(&mut machine, &[]).ok();
    let body = &made.body;
    // 19 % of 1999 and of 500 come on top; 160 of 1000 are tax already.
    assert_eq!(body["tax_amount_exclusive"], 380 + 95);
    assert_eq!(body["tax_amount_inclusive"], 160);
    assert_eq!(body["amount_total"], 1999 + 1000 + 500 + 380 + 95);
    assert_eq!(body["shipping_cost"]["amount_tax"], 95);
    assert_eq!(
        body["tax_breakdown"][0],
        json!({
            "amount": 475, "inclusive": false, "taxability_reason": "standard_rated", "taxable_amount": 2499,
            "tax_rate_details": {
                "country": "DE", "flat_amount": null, "percentage_decimal": "19.0", "rate_type": "percentage",
                "state": null, "tax_type": "vat",
            },
        })
    );
    assert_eq!(body["tax_breakdown"][1]["taxable_amount"], 840);
    assert_eq!(
        body.get("line_items"),
        None,
        "it is shown where it is asked for"
    );
    let path = format!("/v1/tax/calculations/{}", made.id());
    let again = machine
        .get(&format!("{path}?expand[]=line_items.data.tax_breakdown"))
        .ok()
        .body;
    let listed = machine.get(&format!("{path}/line_items")).ok().body;
    assert_eq!(again["line_items"], listed);
    let lines = &listed["data"];
    assert_eq!(lines[0]["reference"], "shirt");
    assert_eq!(lines[0]["amount_tax"], 380);
    assert_eq!(
        lines[1]["tax_breakdown"][0]["jurisdiction"]["country"],
        "DE"
    );
    let page = machine.get(&format!("{path}/line_items?limit=1")).ok().body;
    assert_eq!(page["has_more"], true);
    machine.advance(90 * 24 * 3600);
    assert_eq!(machine.get(&path).status, 404, "it lapses");
}

#[test]
fn the_place_and_the_customer_decide() {
    for (more, exclusive, reason) in [
        (&[][..], 475, "standard_rated"),
        (
            &[("customer_details[address][country]", "BR")][..],
            0,
            "not_collecting",
        ),
        (
            &[
                ("customer_details[address][country]", "US"),
                ("customer_details[address][postal_code]", "94107"),
            ],
            // 7.25 % of 1999 and of 500.
            145 + 36,
            "standard_rated",
        ),
        (
            &[
                ("customer_details[address][country]", "US"),
                ("customer_details[address][postal_code]", "97201"),
            ],
            0,
            "not_subject_to_tax",
        ),
        (
            &[("customer_details[taxability_override]", "customer_exempt")],
            0,
            "customer_exempt",
        ),
        (
            &[
                ("customer_details[tax_ids][0][type]", "eu_vat"),
                ("customer_details[tax_ids][0][value]", "DE123456789"),
            ],
            0,
            "reverse_charge",
        ),
    ] {
        let mut machine = Machine::new();
        let body = calculate(&mut machine, more).ok().body;
        assert_eq!(body["tax_amount_exclusive"], exclusive, "{more:?}");
        let breakdown = &body["tax_breakdown"][0];
        assert_eq!(breakdown["taxability_reason"], reason, "{more:?}");
    }
}

#[test]
fn a_customer_s_own_address_and_status_count() {
    let mut machine = Machine::new();
    let fields = [
        ("shipping[name]", "Jenny"),
        ("shipping[address][country]", "FR"),
        ("address[country]", "DE"),
    ];
    let customer = machine.post("/v1/customers", &fields).ok().id();
    let calculate = |machine: &mut Machine| {
        let fields = [
            ("currency", "eur"),
            ("customer", customer.as_str()),
            ("line_items[0][amount]", "1000"),
        ];
        machine.post("/v1/tax/calculations", &fields).ok().body
    };
    let body = calculate(&mut machine);
    assert_eq!(body["tax_amount_exclusive"], 200);
    assert_eq!(body["customer_details"]["address_source"], "shipping");
    let path = format!("/v1/customers/{customer}");
    machine.post(&path, &[("tax_exempt", "exempt")]).ok();
    assert_eq!(calculate(&mut machine)["tax_amount_exclusive"], 0);
}

#[test]
fn what_cannot_be_calculated_is_refused() {
    for (more, code, param) in [
        (
            &[("customer_details[address][country]", "US")][..],
            json!("customer_tax_location_invalid"),
            "customer_details[address]",
        ),
        (
            &[("customer_details[address][country]", "Germany")],
            json!("customer_tax_location_invalid"),
            "customer_details[address]",
        ),
        (
            &[("line_items[0][tax_code]", "shirt")],
            json!("resource_missing"),
            "line_items[0][tax_code]",
        ),
        (
            &[("line_items[0][product]", "prod_none")],
            json!("resource_missing"),
            "line_items[0][product]",
        ),
        (
            &[("line_items[1][reference]", "shirt")],
            Value::Null,
            "line_items",
        ),
        (
            &[("shipping_cost[shipping_rate]", "shr_none")],
            json!("parameters_exclusive"),
            "shipping_cost[amount]",
        ),
        (&[("currency", "xxx")], Value::Null, "currency"),
    ] {
        let mut machine = Machine::new();
        let refused = calculate(&mut machine, more);
        assert_eq!(refused.status, 400, "{more:?}: {}", refused.text);
        assert_eq!(refused.error("code"), code, "{more:?}");
        assert_eq!(refused.error("param"), param, "{more:?}");
    }
}

fn transaction(machine: &mut Machine) -> Answer {
    let calculation = calculate(machine, &[]).ok().id();
    let fields = [
        ("calculation", calculation.as_str()),
        ("reference", "order_7"),
        ("metadata[order]", "7"),
        ("expand[]", "line_items"),
    ];
    machine
        .post("/v1/tax/transactions/create_from_calculation", &fields)
        .ok()
}

fn reverse(machine: &mut Machine, original: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("original_transaction", original),
        ("expand[]", "line_items"),
    ];
    fields.extend_from_slice(more);
    machine.post("/v1/tax/transactions/create_reversal", &fields)
}

#[test]
fn a_transaction_keeps_what_was_calculated_under_a_name_used_once() {
    let mut machine = Machine::new();
    let made = transaction(&mut machine);
    assert_eq!(made.body["type"], "transaction");
    assert_eq!(made.body["line_items"]["data"][0]["amount_tax"], 380);
    assert_eq!(made.body["shipping_cost"]["amount_tax"], 95);
    let calculation = calculate(&mut machine, &[]).ok().id();
    for (calculation, reference, param) in [
        (calculation.as_str(), "order_7", "reference"),
        ("taxcalc_none", "order_8", "calculation"),
    ] {
        let fields = [("calculation", calculation), ("reference", reference)];
        let refused = machine.post("/v1/tax/transactions/create_from_calculation", &fields);
        assert_eq!(
            (refused.status, refused.error("param")),
            (400, json!(param))
        );
    }
    let path = format!("/v1/tax/transactions/{}", made.id());
    assert_eq!(machine.get(&path).ok().body["metadata"]["order"], "7");
}

#[test]
fn a_reversal_takes_all_back_or_a_part() {
    let mut machine = Machine::new();
    let original = transaction(&mut machine);
    let line = text(&original.body["line_items"]["data"][0]["id"]);
    let part = reverse(
        &mut machine,
        &original.id(),
        &[
            ("mode", "partial"),
            ("reference", "refund_1"),
            ("line_items[0][original_line_item]", &line),
            ("line_items[0][reference]", "shirt back"),
            ("line_items[0][amount]", "-1000"),
            ("line_items[0][amount_tax]", "-190"),
        ],
    )
    .ok();
    let back = &part.body["line_items"]["data"][0];
    assert_eq!(back["amount"], -1000);
    assert_eq!(back["reversal"]["original_line_item"], line);
    assert_eq!(part.body["type"], "reversal");
    let full = [("mode", "full"), ("reference", "refund_2")];
    assert_eq!(reverse(&mut machine, &original.id(), &full).status, 400);

    let mut machine = Machine::new();
    let original = transaction(&mut machine);
    let all = reverse(&mut machine, &original.id(), &full).ok();
    assert_eq!(all.body["line_items"]["data"][0]["amount_tax"], -380);
    assert_eq!(all.body["shipping_cost"]["amount"], -500);
    assert_eq!(all.body["reversal"]["original_transaction"], original.id());

    let mut machine = Machine::new();
    let original = transaction(&mut machine);
    // Half of 3974, tax included.
    let flat = [
        ("mode", "partial"),
        ("reference", "refund_1"),
        ("flat_amount", "-1987"),
    ];
    let half = reverse(&mut machine, &original.id(), &flat).ok().body;
    assert_eq!(half["line_items"]["data"][0]["amount"], -1000);
    assert_eq!(half["line_items"]["data"][0]["amount_tax"], -190);
    assert_eq!(half["shipping_cost"]["amount"], -250);
}

#[test]
fn a_reversal_that_makes_no_sense_is_refused() {
    for more in [
        &[("mode", "full")][..],
        &[("reference", "r")],
        &[("mode", "partial"), ("reference", "r")],
        &[
            ("mode", "partial"),
            ("reference", "r"),
            ("flat_amount", "100"),
        ],
        &[
            ("mode", "partial"),
            ("reference", "r"),
            ("flat_amount", "-99999"),
        ],
        &[("mode", "full"), ("reference", "r"), ("flat_amount", "-1")],
        &[("mode", "full"), ("reference", "order_7")],
        &[
            ("mode", "partial"),
            ("reference", "r"),
            ("line_items[0][original_line_item]", "tax_li_none"),
        ],
    ] {
        let mut machine = Machine::new();
        let original = transaction(&mut machine).id();
        let refused = reverse(&mut machine, &original, more);
        assert_eq!(refused.status, 400, "{more:?}: {}", refused.text);
    }
}
