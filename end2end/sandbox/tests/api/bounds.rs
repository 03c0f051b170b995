//! How long, how many, how much; and what cannot be given together. The specs hold the bounds that Stripe's types tell against
//! every call: here are those that they do not tell, and how all of them are refused.

use crate::machine::{Fields, Machine, START_MS};
use serde_json::json;

const INTENTS: &str = "/v1/payment_intents";

fn refused(machine: &mut Machine, path: &str, fields: Fields) -> (u16, String, String) {
    let answer = machine.post(path, fields);
    let error = |field| crate::machine::text(&answer.error(field));
    (answer.status, error("param"), error("code"))
}

#[test]
fn texts_lists_and_numbers_keep_within_their_bounds() {
    let mut machine = Machine::new();
    let long = |length: usize| "a".repeat(length);
    machine
        .post("/v1/customers", &[("business_name", &long(150))])
        .ok();
    for (path, name, value) in [
        ("/v1/customers", "business_name", long(151)),
        ("/v1/customers", "individual_name", long(151)),
        ("/v1/customers", "email", format!("{}@b.example", long(512))),
        ("/v1/prices", "lookup_key", long(201)),
        ("/v1/products", "statement_descriptor", long(23)),
        (
            "/v1/customers",
            "invoice_settings[custom_fields][0][name]",
            long(41),
        ),
    ] {
        let (status, param, code) = refused(&mut machine, path, &[(name, &value)]);
        assert_eq!((status, param.as_str(), code.as_str()), (400, name, ""));
    }
    let many = |name: &str, count: usize| {
        let items: Vec<String> = (0..count).map(|at| format!("{name}[{at}]=x")).collect();
        items.join("&")
    };
    for (path, name, most) in [
        ("/v1/prices", "lookup_keys", 10),
        ("/v1/events", "types", 20),
    ] {
        machine.get(&format!("{path}?{}", many(name, most))).ok();
        let answer = machine.get(&format!("{path}?{}", many(name, most + 1)));
        assert_eq!((answer.status, answer.error("param")), (400, json!(name)));
    }
    let options = "payment_method_options[konbini][expires_after_days]";
    let fields = [("amount", "1999"), ("currency", "jpy"), (options, "61")];
    let (status, param, code) = refused(&mut machine, INTENTS, &fields);
    assert_eq!(
        (status, param.as_str(), code.as_str()),
        (400, options, "parameter_invalid_integer")
    );
}

#[test]
fn dates_lie_no_further_off_than_stripe_allows() {
    let mut machine = Machine::new();
    let now = START_MS / 1000;
    let day = 24 * 60 * 60;
    let coupon = |until: u64| vec![("redeem_by", until.to_string())];
    for (until, status) in [
        (now + 5 * 365 * day, 200),
        (now + 6 * 365 * day, 400),
        (now, 400),
    ] {
        let until = coupon(until);
        let fields = [("percent_off", "10"), (until[0].0, until[0].1.as_str())];
        assert_eq!(
            machine.post("/v1/coupons", &fields).status,
            status,
            "{until:?}"
        );
    }
    for (date, status) in [
        (now - 31 * day, 200),
        (now - 32 * day, 400),
        (now + 32 * day, 400),
    ] {
        let date = date.to_string();
        let fields = [
            ("currency", "eur"),
            ("line_items[0][amount]", "1000"),
            ("line_items[0][reference]", "mug"),
            ("customer_details[address][country]", "DE"),
            ("customer_details[address_source]", "billing"),
            ("tax_date", &date),
        ];
        assert_eq!(
            machine.post("/v1/tax/calculations", &fields).status,
            status,
            "{date}"
        );
    }
}

#[test]
fn a_statement_descriptor_is_short_plain_and_has_a_letter() {
    let mut machine = Machine::new();
    let base = [("amount", "1999"), ("currency", "usd")];
    for field in ["statement_descriptor", "statement_descriptor_suffix"] {
        for (text, good) in [
            ("MUGS AND CUPS", true),
            ("ABCDEFGHIJKLMNOPQRSTUV", true),
            ("ABCDEFGHIJKLMNOPQRSTUVW", false),
            ("MUGS <3", false),
            ("MUG*S", false),
            ("MUG'S", false),
            ("MUG\\S", false),
            ("MUG\"S", false),
            ("1234567", false),
        ] {
            let fields = [base[0], base[1], (field, text)];
            let (status, param, _) = refused(&mut machine, INTENTS, &fields);
            let expected = if good { (200, "") } else { (400, field) };
            assert_eq!((status, param.as_str()), expected, "{field} {text}");
        }
    }
    let intent = machine.pay_by("pm_card_visa", &[("capture_method", "manual")]);
    let path = format!("{INTENTS}/{}/capture", intent.ok().id());
    let (status, param, code) = refused(
        &mut machine,
        &path,
        &[("statement_descriptor_suffix", "A*B")],
    );
    assert_eq!(
        (status, param.as_str(), code.as_str()),
        (400, "statement_descriptor_suffix", "invalid_characters")
    );
}

#[test]
fn what_excludes_each_other_cannot_be_given_together() {
    let mut machine = Machine::new();
    for (target, first, second) in [
        (INTENTS, "starting_after=pi_1", "ending_before=pi_1"),
        (
            "/v1/customers",
            "starting_after=cus_1",
            "ending_before=cus_1",
        ),
        (
            "/v1/events",
            "type=charge.succeeded",
            "types[0]=charge.failed",
        ),
        ("/v1/products", "ids[0]=prod_1", "starting_after=prod_1"),
    ] {
        let name = |pair: &str| pair.split(['=', '[']).next().unwrap_or_default().to_owned();
        let answer = machine.get(&format!("{target}?{first}&{second}"));
        assert_eq!(answer.status, 400, "{target}");
        let (first, second) = (name(first), name(second));
        assert_eq!(
            answer.error("message"),
            json!(format!(
                "Received both {first} and {second} parameters. Please pass in only one."
            ))
        );
        assert_eq!(answer.error("code"), "parameters_exclusive");
        assert_eq!(answer.error("param"), json!(first));
    }
    let base = [("amount", "1999"), ("currency", "usd"), ("confirm", "true")];
    let price = [("currency", "usd"), ("product_data[name]", "Mug")];
    let cases: [(&str, Vec<_>, &str); 5] = [
        (
            INTENTS,
            [
                &base[..],
                &[
                    ("confirmation_token", "ctoken_1"),
                    ("payment_method", "pm_card_visa"),
                ],
            ]
            .concat(),
            "confirmation_token",
        ),
        (
            "/v1/prices",
            [
                &price[..],
                &[("unit_amount", "500"), ("unit_amount_decimal", "500.5")],
            ]
            .concat(),
            "unit_amount",
        ),
        (
            "/v1/prices",
            [&price[..], &[("unit_amount", "500"), ("product", "prod_1")]].concat(),
            "product",
        ),
        (
            "/v1/coupons",
            vec![
                ("percent_off", "10"),
                ("amount_off", "10"),
                ("currency", "usd"),
            ],
            "percent_off",
        ),
        (
            "/v1/tokens",
            vec![("cvc_update[cvc]", "123"), ("pii[id_number]", "1")],
            "cvc_update",
        ),
    ];
    for (path, fields, param) in cases {
        let (status, found, code) = refused(&mut machine, path, &fields);
        assert_eq!(
            (status, found.as_str(), code.as_str()),
            (400, param, "parameters_exclusive"),
            "{path}"
        );
    }
}

#[test]
fn a_refund_s_charge_is_its_payment_s() {
    let mut machine = Machine::new();
    let mut pay = || {
        let paid = machine.pay_by("pm_card_visa", &[]).ok();
        (paid.id(), crate::machine::text(&paid.body["latest_charge"]))
    };
    let (one, other) = (pay(), pay());
    let mut refund = |intent: &str, charge: &str| {
        let fields = [("payment_intent", intent), ("charge", charge)];
        refused(&mut machine, "/v1/refunds", &fields)
    };
    assert_eq!(refund(&one.0, &other.1).0, 400);
    assert_eq!(refund(&one.0, &other.1).1, "charge");
    assert_eq!(refund("pi_none", &other.1).1, "payment_intent");
    assert_eq!(refund(&other.0, &other.1).0, 200);
}

#[test]
fn metadata_is_bounded_wherever_it_stands() {
    let mut machine = Machine::new();
    let long = "a".repeat(501);
    let session = [
        ("success_url", "https://shop.example"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "500"),
        ("line_items[0][price_data][product_data][name]", "Mug"),
        ("line_items[0][quantity]", "1"),
    ];
    let customer = machine.customer();
    let invoice = [
        ("customer", customer.as_str()),
        ("shipping_cost[shipping_rate_data][display_name]", "Post"),
    ];
    for (path, base, place) in [
        (
            "/v1/checkout/sessions",
            [&session[..], &[("mode", "payment")]].concat(),
            "payment_intent_data[metadata]",
        ),
        (
            "/v1/checkout/sessions",
            [&session[..], &[("mode", "subscription")]].concat(),
            "subscription_data[metadata]",
        ),
        (
            "/v1/invoices",
            invoice.to_vec(),
            "shipping_cost[shipping_rate_data][metadata]",
        ),
        (
            INTENTS,
            vec![
                ("amount", "1999"),
                ("currency", "usd"),
                ("payment_method_data[type]", "card"),
            ],
            "payment_method_data[metadata]",
        ),
    ] {
        let name = format!("{place}[k]");
        let fields = [&base[..], &[(name.as_str(), long.as_str())]].concat();
        let (status, param, _) = refused(&mut machine, path, &fields);
        assert_eq!((status, param.as_str()), (400, name.as_str()));

        let names: Vec<String> = (0..51).map(|at| format!("{place}[k{at}]")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), "v")).collect();
        let (status, param, _) = refused(&mut machine, path, &[&base[..], &many].concat());
        assert_eq!((status, param.as_str()), (400, place));
    }
    // What Stripe.js sends is read by other readers, and named in full as well.
    let token = [
        ("payment_method_data[type]", "card"),
        ("payment_method_data[card][number]", "4242424242424242"),
        ("payment_method_data[card][exp_month]", "12"),
        ("payment_method_data[card][exp_year]", "2034"),
        ("payment_method_data[card][cvc]", "123"),
        ("payment_method_data[metadata][k]", &long),
    ];
    let request = Machine::request(
        "pk_test_w",
        "POST",
        "/v1/confirmation_tokens",
        crate::machine::form(&token),
    );
    let answer = machine.send(&request);
    assert_eq!(
        (answer.status, answer.error("param")),
        (400, json!("payment_method_data[metadata][k]"))
    );
}

#[test]
fn what_a_session_s_payment_is_to_say_is_checked_when_the_session_is_made() {
    let mut machine = Machine::new();
    let session = [
        ("mode", "payment"),
        ("success_url", "https://shop.example"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "500"),
        ("line_items[0][price_data][product_data][name]", "Mug"),
        ("line_items[0][quantity]", "1"),
    ];
    let made = machine.post("/v1/checkout/sessions", &session).ok().id();
    for (name, value) in [
        ("payment_intent_data[receipt_email]", "nonsense"),
        ("payment_intent_data[statement_descriptor]", "<MUGS>"),
        ("payment_intent_data[statement_descriptor_suffix]", "1234"),
    ] {
        let fields = [&session[..], &[(name, value)]].concat();
        let (status, param, _) = refused(&mut machine, "/v1/checkout/sessions", &fields);
        assert_eq!((status, param.as_str()), (400, name));
    }
    let update = format!("/v1/checkout/sessions/{made}");
    let name = "payment_intent_data[metadata][k]";
    let (status, param, _) = refused(&mut machine, &update, &[(name, &"a".repeat(501))]);
    assert_eq!((status, param.as_str()), (400, name));
}

#[test]
fn a_subscription_is_sold_with_up_to_twenty_lines_of_a_kind() {
    for (count, status) in [(20, 200), (21, 400)] {
        let mut machine = Machine::new();
        let lines: Vec<(String, &str)> = (0..count)
            .flat_map(|at| {
                let name = |field: &str| format!("line_items[{at}]{field}");
                [
                    (name("[quantity]"), "1"),
                    (name("[price_data][currency]"), "usd"),
                    (name("[price_data][unit_amount]"), "500"),
                    (name("[price_data][recurring][interval]"), "month"),
                    (name("[price_data][product_data][name]"), "Mug"),
                ]
            })
            .collect();
        let mut fields = vec![
            ("mode", "subscription"),
            ("success_url", "https://shop.example"),
        ];
        fields.extend(lines.iter().map(|(name, value)| (name.as_str(), *value)));
        let answer = machine.post("/v1/checkout/sessions", &fields);
        assert_eq!(answer.status, status, "{count}: {}", answer.text);
    }
}
