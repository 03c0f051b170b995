//! A payer's leave to be debited, and the setups that ask for it.

use crate::machine::{AGREED, Answer, Fields, Machine, text};
use serde_json::{Value, json};

const INTENTS: &str = "/v1/payment_intents";
const SETUPS: &str = "/v1/setup_intents";
const RETURN: (&str, &str) = ("return_url", "https://shop.test/return");
const SEPA: Fields<'_> = &[
    ("payment_method_data[type]", "sepa_debit"),
    (
        "payment_method_data[sepa_debit][iban]",
        "DE89370400440532013000",
    ),
];
const ONLINE: Fields<'_> = &[
    ("mandate_data[customer_acceptance][type]", "online"),
    (
        "mandate_data[customer_acceptance][accepted_at]",
        "1795132000",
    ),
    (
        "mandate_data[customer_acceptance][online][ip_address]",
        "203.0.113.7",
    ),
    (
        "mandate_data[customer_acceptance][online][user_agent]",
        "A browser",
    ),
];

fn debit(machine: &mut Machine, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("amount", "1999"),
        ("currency", "eur"),
        ("confirm", "true"),
        RETURN,
    ];
    fields.extend_from_slice(SEPA);
    fields.extend_from_slice(more);
    machine.post(INTENTS, &fields)
}

fn set_up(machine: &mut Machine, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("confirm", "true"), RETURN];
    fields.extend_from_slice(more);
    machine.post(SETUPS, &fields)
}

/// Presses a button on the page that the intent asks for.
fn press(machine: &mut Machine, intent: &Value, button: &str) {
    let url = text(&intent["next_action"]["redirect_to_url"]["url"]);
    let path = url.strip_prefix("http://sandbox.test").unwrap_or_default();
    let mut request = Machine::request("", "POST", &format!("{path}/{button}"), Vec::new());
    request.authorization = None;
    assert_eq!(machine.send(&request).status, 303);
}

#[test]
fn a_debit_for_one_payment_uses_its_mandate_up() {
    let mut machine = Machine::new();
    let paid = debit(&mut machine, ONLINE).ok();
    let charge = machine.intent(&paid.id())["latest_charge"].clone();
    let mandate = text(&charge["payment_method_details"]["sepa_debit"]["mandate"]);
    let path = format!("/v1/mandates/{mandate}");
    let found = machine.get(&path).ok().body;
    assert_eq!(
        (&found["status"], &found["type"]),
        (&json!("active"), &json!("single_use"))
    );
    assert_eq!(
        found["single_use"],
        json!({ "amount": 1999, "currency": "eur" })
    );
    assert_eq!(
        found["customer_acceptance"],
        json!({
            "accepted_at": 1_795_132_000,
            "online": { "ip_address": "203.0.113.7", "user_agent": "A browser" },
            "type": "online",
        })
    );
    assert_eq!(found["payment_method_details"]["type"], "sepa_debit");
    machine.advance(5);
    assert_eq!(machine.get(&path).ok().body["status"], "inactive");
    assert!(machine.events().contains(&"mandate.updated".to_owned()));
    let expanded = machine
        .get(&format!("{path}?expand[]=payment_method"))
        .ok()
        .body;
    assert_eq!(expanded["payment_method"]["type"], "sepa_debit");
}

#[test]
fn without_the_payer_s_leave_nothing_is_debited() {
    for (kind, fields) in [
        (
            "us_bank_account",
            &[("payment_method", "pm_usBankAccount_success")][..],
        ),
        ("sepa_debit", SEPA),
    ] {
        let currency = if kind == "sepa_debit" { "eur" } else { "usd" };
        let mut machine = Machine::new();
        let mut payment = vec![
            ("amount", "1999"),
            ("currency", currency),
            ("confirm", "true"),
            RETURN,
        ];
        payment.extend_from_slice(fields);
        let refused = machine.post(INTENTS, &payment);
        assert_eq!(refused.status, 400, "{kind}");
        assert!(
            text(&refused.error("message")).contains("requires a mandate"),
            "{kind}"
        );
        assert_eq!(set_up(&mut machine, fields).status, 400, "{kind}");
        let state = machine.state();
        assert_eq!(
            (&state["charges"], &state["mandates"]),
            (&json!([]), &json!([])),
            "{kind}"
        );
    }
}

#[test]
fn leave_that_says_too_little_is_refused() {
    let acceptance = "mandate_data[customer_acceptance]";
    for (name, value, param) in [
        ("[type]", "spoken", "[type]"),
        ("[accepted_at]", "1795132000", "[type]"),
        ("[type]", "online", "[online]"),
    ] {
        let mut machine = Machine::new();
        let field = format!("{acceptance}{name}");
        let refused = debit(&mut machine, &[(&field, value)]);
        assert_eq!(refused.status, 400, "{name}={value}");
        assert_eq!(
            refused.error("param"),
            format!("{acceptance}{param}"),
            "{name}={value}"
        );
    }
    let mut machine = Machine::new();
    let fields = [("amount", "1999"), ("currency", "eur"), AGREED];
    assert_eq!(
        machine.post(INTENTS, &fields).error("param"),
        "mandate_data"
    );
}

#[test]
fn a_saved_account_is_debited_under_the_mandate_of_its_setup() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let mut fields = vec![("customer", customer.as_str()), AGREED];
    fields.extend_from_slice(SEPA);
    let setup = set_up(&mut machine, &fields).ok();
    let mandate = text(&setup.body["mandate"]);
    let method = text(&setup.body["payment_method"]);
    let paid = [
        ("amount", "500"),
        ("currency", "eur"),
        ("confirm", "true"),
        ("customer", &customer),
        ("payment_method", &method),
        ("off_session", "true"),
        ("mandate", &mandate),
    ];
    for fields in [&paid[..], &paid[..6]] {
        let intent = machine.post(INTENTS, fields).ok();
        machine.advance(5);
        let charge = machine.intent(&intent.id())["latest_charge"].clone();
        assert_eq!(
            charge["payment_method_details"]["sepa_debit"]["mandate"],
            json!(mandate)
        );
    }
    let path = format!("/v1/mandates/{mandate}");
    assert_eq!(machine.get(&path).ok().body["type"], "multi_use");
    assert_eq!(machine.get(&path).ok().body["status"], "active");
    let expanded = machine
        .get(&format!("{SETUPS}/{}?expand[]=mandate", setup.id()))
        .ok()
        .body;
    assert_eq!(expanded["mandate"]["status"], "active");
    // Taken from the customer, the account may no longer be debited.
    machine
        .post(&format!("/v1/payment_methods/{method}/detach"), &[])
        .ok();
    assert_eq!(machine.get(&path).ok().body["status"], "inactive");
    let refused = machine.post(
        INTENTS,
        &[
            &paid[..4],
            &[
                AGREED,
                RETURN,
                ("mandate", &mandate),
                ("payment_method", "pm_card_visa"),
            ],
        ]
        .concat(),
    );
    assert_eq!(
        refused.error("code"),
        "payment_intent_mandate_invalid",
        "{}",
        refused.text
    );
    let refused = machine.post(
        INTENTS,
        &[
            &paid[..3],
            &[
                ("mandate", "mandate_x"),
                RETURN,
                ("payment_method", "pm_card_visa"),
            ],
        ]
        .concat(),
    );
    assert_eq!(
        (refused.error("code"), refused.error("param")),
        (json!("resource_missing"), json!("mandate"))
    );
}

#[test]
fn a_bank_that_forbids_debits_ends_the_mandate() {
    let mut machine = Machine::new();
    let more = [("setup_future_usage", "off_session")];
    machine
        .pay_by("pm_usBankAccount_debitNotAuthorized", &more)
        .ok();
    assert_eq!(machine.state()["mandates"][0]["status"], "active");
    machine.advance(5);
    assert_eq!(machine.state()["mandates"][0]["status"], "inactive");
}

#[test]
fn a_bank_redirect_is_saved_as_a_sepa_debit() {
    for site in ["ideal", "bancontact"] {
        let data = [
            ("payment_method_data[type]", site),
            ("payment_method_data[billing_details][name]", "Jenny Rosen"),
            (
                "payment_method_data[billing_details][email]",
                "jenny@example.com",
            ),
            AGREED,
        ];
        let mut machine = Machine::new();
        let customer = machine.customer();
        let setup = set_up(
            &mut machine,
            &[&data[..], &[("customer", customer.as_str())]].concat(),
        )
        .ok();
        assert_eq!(setup.body["status"], "requires_action", "{site}");
        press(&mut machine, &setup.body, "authorize");
        let target = format!("{SETUPS}/{}?expand[]=latest_attempt", setup.id());
        let setup = machine.get(&target).ok().body;
        assert_eq!(setup["status"], "succeeded", "{site}");
        let told = &setup["latest_attempt"]["payment_method_details"][site];
        let debit = text(&told["generated_sepa_debit"]);
        assert_eq!(
            setup["mandate"], told["generated_sepa_debit_mandate"],
            "{site}"
        );
        let listed = machine
            .get(&format!("/v1/payment_methods?customer={customer}"))
            .ok()
            .body;
        assert_eq!(listed["data"][0]["id"], json!(debit), "{site}");
        assert_eq!(
            listed["data"][0]["sepa_debit"]["generated_from"]["setup_attempt"],
            setup["latest_attempt"]["id"]
        );
        assert_eq!(
            listed["data"][1],
            Value::Null,
            "{site}: the redirect itself is not kept"
        );
        // The same while paying.
        let payment = [
            ("amount", "1999"),
            ("currency", "eur"),
            ("confirm", "true"),
            ("customer", &customer),
            ("setup_future_usage", "off_session"),
            RETURN,
        ];
        let paid = machine
            .post(INTENTS, &[&data[..], &payment[..]].concat())
            .ok();
        press(&mut machine, &paid.body, "authorize");
        let target = format!("{INTENTS}/{}?expand[]=latest_charge", paid.id());
        let charge = machine.get(&target).ok().body["latest_charge"].clone();
        let told = &charge["payment_method_details"][site];
        let method = machine
            .get(&format!(
                "/v1/payment_methods/{}",
                text(&told["generated_sepa_debit"])
            ))
            .ok()
            .body;
        assert_eq!(
            method["sepa_debit"]["generated_from"]["charge"], charge["id"],
            "{site}"
        );
        // And debited later, without the customer.
        let later = [
            ("amount", "500"),
            ("currency", "eur"),
            ("confirm", "true"),
            ("customer", &customer),
            ("off_session", "true"),
            ("payment_method", &debit),
        ];
        assert_eq!(
            machine.post(INTENTS, &later).ok().body["status"],
            "processing",
            "{site}"
        );
    }
}

#[test]
fn a_wallet_that_was_set_up_is_charged_without_its_owner() {
    for wallet in ["paypal", "klarna", "amazon_pay", "revolut_pay"] {
        let mut machine = Machine::new();
        let customer = machine.customer();
        let fields = [
            ("payment_method_data[type]", wallet),
            ("customer", &customer),
            AGREED,
        ];
        let setup = set_up(&mut machine, &fields).ok();
        assert_eq!(
            machine.state()["mandates"][0]["status"],
            "pending",
            "{wallet}"
        );
        press(&mut machine, &setup.body, "authorize");
        let setup = machine.get(&format!("{SETUPS}/{}", setup.id())).ok().body;
        assert_eq!(setup["status"], "succeeded", "{wallet}");
        assert_eq!(
            machine.state()["mandates"][0]["status"],
            "active",
            "{wallet}"
        );
        let method = text(&setup["payment_method"]);
        let fields = [
            ("amount", "1999"),
            ("currency", "eur"),
            ("confirm", "true"),
            ("customer", &customer),
            ("payment_method", &method),
            ("off_session", "true"),
        ];
        assert_eq!(
            machine.post(INTENTS, &fields).ok().body["status"],
            "succeeded",
            "{wallet}"
        );
    }
}

#[test]
fn every_confirmation_of_a_setup_is_an_attempt() {
    let mut machine = Machine::new();
    let declined = set_up(
        &mut machine,
        &[("payment_method", "pm_card_visa_chargeDeclined")],
    );
    let id = text(&declined.error("setup_intent")["id"]);
    let confirm = format!("{SETUPS}/{id}/confirm");
    let asked = machine
        .post(
            &confirm,
            &[("payment_method", "pm_card_threeDSecure2Required"), RETURN],
        )
        .ok();
    let source = text(&asked.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    machine.bank(&source, "fail").ok();
    let asked = machine
        .post(
            &confirm,
            &[("payment_method", "pm_card_threeDSecure2Required"), RETURN],
        )
        .ok();
    let source = text(&asked.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    machine.bank(&source, "complete").ok();
    let listed = machine
        .get(&format!("/v1/setup_attempts?setup_intent={id}"))
        .ok()
        .body;
    let attempts = listed["data"].as_array().cloned().unwrap_or_default();
    let seen: Vec<_> = attempts
        .iter()
        .map(|attempt| {
            (
                text(&attempt["status"]),
                text(&attempt["setup_error"]["code"]),
            )
        })
        .collect();
    let expected = [
        ("succeeded", ""),
        ("failed", "setup_intent_authentication_failure"),
        ("failed", "card_declined"),
    ];
    assert_eq!(
        seen,
        expected.map(|(status, code)| (status.to_owned(), code.to_owned()))
    );
    assert_eq!(
        attempts[0]["payment_method_details"]["card"]["three_d_secure"]["result"],
        "authenticated"
    );
    let setup = machine
        .get(&format!(
            "{SETUPS}/{id}?expand[]=latest_attempt.setup_intent"
        ))
        .ok()
        .body;
    assert_eq!(setup["latest_attempt"]["id"], attempts[0]["id"]);
    assert_eq!(setup["latest_attempt"]["setup_intent"]["id"], json!(id));
    assert_eq!(
        machine.get("/v1/setup_attempts").error("param"),
        "setup_intent"
    );
    assert_eq!(
        machine.get("/v1/setup_attempts?setup_intent=seti_x").status,
        400
    );
}

#[test]
fn a_canceled_setup_leaves_its_attempt_abandoned() {
    let mut machine = Machine::new();
    let asked = set_up(
        &mut machine,
        &[("payment_method", "pm_card_threeDSecure2Required")],
    )
    .ok();
    machine
        .post(&format!("{SETUPS}/{}/cancel", asked.id()), &[])
        .ok();
    assert_eq!(machine.state()["setup_attempts"][0]["status"], "abandoned");
}
