//! Payment methods saved to customers: attached, detached, charged again with the customer away.

use crate::machine::{Machine, text};
use serde_json::{Value, json};

fn attach(machine: &mut Machine, method: &str, customer: &str) -> String {
    let path = format!("/v1/payment_methods/{method}/attach");
    machine.post(&path, &[("customer", customer)]).ok().id()
}

fn saved(machine: &mut Machine, customer: &str) -> Vec<String> {
    let list = machine
        .get(&format!("/v1/customers/{customer}/payment_methods"))
        .ok();
    let data = list.body["data"].as_array().cloned().unwrap_or_default();
    data.iter().map(|method| text(&method["id"])).collect()
}

#[test]
fn a_method_is_attached_listed_updated_and_detached_for_good() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let method = attach(&mut machine, "pm_card_visa", &customer);
    assert_eq!(saved(&mut machine, &customer), [method.as_str()]);
    let path = format!("/v1/payment_methods/{method}");
    let fields = [
        ("billing_details[name]", "Jenny"),
        ("card[exp_month]", "3"),
        ("card[exp_year]", "2031"),
    ];
    let updated = machine.post(&path, &fields).ok().body;
    assert_eq!(updated["billing_details"]["name"], "Jenny");
    assert_eq!(
        (&updated["card"]["exp_month"], &updated["card"]["exp_year"]),
        (&json!(3), &json!(2031))
    );
    for (query, count) in [
        ("type=card", 1),
        ("type=sepa_debit", 0),
        ("allow_redisplay=always", 0),
    ] {
        let list = machine
            .get(&format!("/v1/payment_methods?customer={customer}&{query}"))
            .ok();
        assert_eq!(
            list.body["data"].as_array().map(Vec::len),
            Some(count),
            "{query}"
        );
    }
    assert_eq!(
        machine
            .post(&format!("{path}/attach"), &[("customer", &customer)])
            .status,
        400
    );
    let detached = machine.post(&format!("{path}/detach"), &[]).ok();
    assert_eq!(detached.body["customer"], Value::Null);
    assert_eq!(saved(&mut machine, &customer), [] as [String; 0]);
    for again in ["attach", "detach"] {
        let fields: &[(&str, &str)] = if again == "attach" {
            &[("customer", &customer)]
        } else {
            &[]
        };
        assert_eq!(
            machine.post(&format!("{path}/{again}"), fields).status,
            400,
            "{again}"
        );
    }
    assert_eq!(machine.pay_by(&method, &[]).status, 400);
    let events = machine.events();
    let expected = [
        "customer.created",
        "payment_method.attached",
        "payment_method.updated",
        "payment_method.detached",
    ];
    assert_eq!(events, expected);
}

#[test]
fn issuers_have_a_say_when_a_card_is_saved() {
    for (name, status) in [
        ("pm_card_visa", 200),
        ("pm_usBankAccount_success", 200),
        ("pm_card_chargeCustomerFail", 200),
        ("pm_card_visa_chargeDeclined", 402),
        ("pm_card_chargeDeclinedExpiredCard", 402),
        ("pm_unknown", 404),
    ] {
        let mut machine = Machine::new();
        let customer = machine.customer();
        let path = format!("/v1/payment_methods/{name}/attach");
        let answer = machine.post(&path, &[("customer", &customer)]);
        assert_eq!(answer.status, status, "{name}: {}", answer.text);
    }
}

#[test]
fn a_saved_method_pays_for_its_own_customer_only() {
    let mut machine = Machine::new();
    let (jenny, other) = (machine.customer(), machine.customer());
    let method = attach(&mut machine, "pm_card_visa", &jenny);
    for (customer, status) in [(Some(&jenny), 200), (Some(&other), 400), (None, 400)] {
        let more: Vec<(&str, &str)> = customer
            .iter()
            .map(|id| ("customer", id.as_str()))
            .collect();
        assert_eq!(
            machine.pay_by(&method, &more).status,
            status,
            "{customer:?}"
        );
    }
    let list = machine
        .get(&format!("/v1/payment_intents?customer={jenny}"))
        .ok();
    assert_eq!(list.body["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(machine.state()["charges"][0]["customer"], json!(jenny));
}

#[test]
fn what_future_usage_asks_for_is_saved_and_nothing_else() {
    let top = ("setup_future_usage", "off_session");
    let own = (
        "payment_method_options[card][setup_future_usage]",
        "on_session",
    );
    let none = ("payment_method_options[card][setup_future_usage]", "none");
    let cases: &[(&[(&str, &str)], bool)] = &[
        (&[], false),
        (&[top], true),
        (&[own], true),
        (&[top, none], false),
    ];
    for (fields, kept) in cases {
        let mut machine = Machine::new();
        let customer = machine.customer();
        let mut more = vec![("customer", customer.as_str())];
        more.extend_from_slice(fields);
        let paid = machine.pay_by("pm_card_visa", &more).ok();
        let method = text(&paid.body["payment_method"]);
        assert_eq!(
            saved(&mut machine, &customer).contains(&method),
            *kept,
            "{fields:?}"
        );
        let attached = machine
            .events()
            .contains(&"payment_method.attached".to_owned());
        assert_eq!(attached, *kept, "{fields:?}");
        let again = machine.pay_by(&method, &[("customer", &customer)]);
        assert_eq!(
            again.status,
            if *kept { 200 } else { 400 },
            "{fields:?}: {}",
            again.text
        );
    }
}

/// Card, whether it was saved with 3-D Secure for later, and the code of an off-session payment.
#[test]
fn off_session_a_card_pays_as_far_as_it_was_set_up() {
    let required = json!("authentication_required");
    for (name, set_up, code) in [
        ("pm_card_visa", false, Value::Null),
        (
            "pm_card_authenticationRequiredOnSetup",
            false,
            required.clone(),
        ),
        ("pm_card_authenticationRequiredOnSetup", true, Value::Null),
        ("pm_card_authenticationRequired", true, required.clone()),
        (
            "pm_card_authenticationRequiredSetupForOffSession",
            false,
            Value::Null,
        ),
        ("pm_card_chargeCustomerFail", true, json!("card_declined")),
    ] {
        let mut machine = Machine::new();
        let customer = machine.customer();
        let method = if set_up {
            let fields = [
                ("confirm", "true"),
                ("customer", &customer),
                ("payment_method", name),
                ("return_url", "https://shop.test/"),
            ];
            let intent = machine.post("/v1/setup_intents", &fields).ok();
            let source = &intent.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"];
            if let Some(source) = source.as_str() {
                machine.bank(source, "complete").ok();
            }
            saved(&mut machine, &customer).remove(0)
        } else {
            attach(&mut machine, name, &customer)
        };
        let more = [("customer", customer.as_str()), ("off_session", "true")];
        let answer = machine.pay_by(&method, &more);
        assert_eq!(
            answer.error("code"),
            code,
            "{name} {set_up}: {}",
            answer.text
        );
        if code == required {
            assert_eq!(answer.status, 402, "{name}");
            assert_eq!(answer.error("decline_code"), required, "{name}");
            assert_eq!(
                answer.error("payment_intent")["status"],
                "requires_payment_method",
                "{name}"
            );
            assert_eq!(
                answer.error("payment_method")["id"],
                json!(method),
                "{name}"
            );
        }
    }
}

#[test]
fn a_deleted_customer_leaves_no_methods_behind() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let method = attach(&mut machine, "pm_card_visa", &customer);
    machine.delete(&format!("/v1/customers/{customer}")).ok();
    let kept = machine.get(&format!("/v1/payment_methods/{method}")).ok();
    assert_eq!(kept.body["customer"], Value::Null);
}
