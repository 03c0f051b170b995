//! Lists: order, pages, filters, expansion.

use crate::machine::{Machine, START_MS, text};
use serde_json::{Value, json};
use stripe_sandbox::Effect;

fn ids(list: &Value) -> Vec<String> {
    let data = list["data"].as_array().cloned().unwrap_or_default();
    data.iter().map(|item| text(&item["id"])).collect()
}

/// Five intents, a second apart, oldest first.
fn five(machine: &mut Machine) -> Vec<String> {
    (0..5)
        .map(|_| {
            machine.now_ms += 1000;
            machine.pay("4242424242424242").ok().id()
        })
        .collect()
}

#[test]
fn pages_run_from_the_newest_to_the_oldest() {
    let mut machine = Machine::new();
    let made = five(&mut machine);
    let start = START_MS / 1000;
    for (query, expected, has_more) in [
        (String::new(), vec![4, 3, 2, 1, 0], false),
        ("limit=2".to_owned(), vec![4, 3], true),
        (
            format!("limit=2&starting_after={}", made[3]),
            vec![2, 1],
            true,
        ),
        (
            format!("limit=2&starting_after={}", made[1]),
            vec![0],
            false,
        ),
        (
            format!("limit=2&ending_before={}", made[0]),
            vec![2, 1],
            true,
        ),
        (
            format!("limit=3&ending_before={}", made[2]),
            vec![4, 3],
            false,
        ),
        (format!("created[gte]={}", start + 4), vec![4, 3], false),
        (
            format!("created[gt]={}&created[lte]={}", start + 1, start + 3),
            vec![2, 1],
            false,
        ),
        (format!("created[lt]={}", start + 2), vec![0], false),
        ("customer=cus_nobody".to_owned(), vec![], false),
    ] {
        let list = machine
            .get(&format!("/v1/payment_intents?{query}"))
            .ok()
            .body;
        let expected: Vec<String> = expected
            .into_iter()
            .map(|place: usize| made[place].clone())
            .collect();
        assert_eq!(ids(&list), expected, "{query}");
        assert_eq!(list["has_more"], has_more, "{query}");
    }
}

#[test]
fn wrong_pages_are_refused() {
    let mut machine = Machine::new();
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "starting_after=pi_x",
        "created[ge]=1",
        "colour=red",
    ] {
        assert_eq!(
            machine.get(&format!("/v1/payment_intents?{query}")).status,
            400,
            "{query}"
        );
    }
}

#[test]
fn charges_are_found_by_intent_and_events_by_type() {
    let mut machine = Machine::new();
    let made = five(&mut machine);
    let charges = machine
        .get(&format!("/v1/charges?payment_intent={}", made[2]))
        .ok()
        .body;
    assert_eq!(charges["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(charges["data"][0]["payment_intent"], made[2]);
    for (query, expected) in [
        ("type=charge.succeeded", 5),
        ("type=charge.succ*", 5),
        ("types[]=refund.created", 0),
    ] {
        let events = machine.get(&format!("/v1/events?{query}")).ok().body;
        assert_eq!(
            events["data"].as_array().map(Vec::len),
            Some(expected),
            "{query}"
        );
    }
}

#[test]
fn ids_expand_to_their_objects() {
    let mut machine = Machine::new();
    let id = machine.pay("4242424242424242").ok().id();
    for (target, place, kind) in [
        (
            format!("/v1/payment_intents/{id}?expand[]=latest_charge"),
            "/latest_charge/object",
            "charge",
        ),
        (
            format!("/v1/payment_intents/{id}?expand[]=payment_method"),
            "/payment_method/object",
            "payment_method",
        ),
        (
            format!("/v1/payment_intents/{id}?expand[]=latest_charge.payment_intent"),
            "/latest_charge/payment_intent/object",
            "payment_intent",
        ),
        (
            "/v1/payment_intents?expand[]=data.latest_charge".to_owned(),
            "/data/0/latest_charge/object",
            "charge",
        ),
    ] {
        let answer = machine.get(&target).ok();
        assert_eq!(answer.body.pointer(place), Some(&kind.into()), "{target}");
    }
}

#[test]
fn what_can_hold_an_id_can_be_expanded_though_nothing_is_there() {
    let mut machine = Machine::new();
    let id = machine.pay("4242424242424242").ok().id();
    let fields = "expand[]=review&expand[]=latest_charge.transfer_data.destination";
    let intent = machine.get(&format!("/v1/payment_intents/{id}?{fields}"));
    assert!(intent.ok().body["review"].is_null());
}

#[test]
fn a_charge_shows_its_refunds_if_asked() {
    let mut machine = Machine::new();
    let intent = machine.pay("4242424242424242").ok().id();
    let fields = [("payment_intent", intent.as_str()), ("amount", "500")];
    let refund = machine.post("/v1/refunds", &fields).ok().id();
    let plain = machine.get("/v1/charges").ok().body;
    assert!(plain["data"][0].get("refunds").is_none());
    let asked = machine.get("/v1/charges?expand[]=data.refunds").ok().body;
    let refunds = &asked["data"][0]["refunds"];
    assert_eq!(refunds["data"][0]["id"], refund.as_str());
    assert_eq!(refunds["has_more"], false);
}

#[test]
fn every_list_goes_both_ways() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    for number in 0..5 {
        let code = format!("CODE{number}");
        let more = [
            ("customer", customer.as_str()),
            ("setup_future_usage", "off_session"),
            ("capture_method", "automatic"),
        ];
        let paid = machine.pay_by("pm_card_createDispute", &more).ok().id();
        machine
            .post("/v1/refunds", &[("payment_intent", &paid), ("amount", "1")])
            .ok();
        machine.post("/v1/setup_intents", &[]).ok();
        machine.post("/v1/customers", &[]).ok();
        machine
            .post(
                "/v1/webhook_endpoints",
                &[
                    ("url", "http://shop.test/"),
                    ("enabled_events[]", "payout.paid"),
                ],
            )
            .ok();
        let price = [
            ("product_data[name]", "Mug"),
            ("currency", "usd"),
            ("unit_amount", "5"),
        ];
        machine.post("/v1/prices", &price).ok();
        let coupon = machine
            .post("/v1/coupons", &[("percent_off", "5")])
            .ok()
            .id();
        let promotion = [
            ("promotion[type]", "coupon"),
            ("promotion[coupon]", &coupon),
            ("code", &code),
        ];
        machine.post("/v1/promotion_codes", &promotion).ok();
    }
    machine.advance(1);
    let methods = format!("customers/{customer}/payment_methods");
    for list in [
        "payment_intents",
        "charges",
        "refunds",
        "events",
        "setup_intents",
        "customers",
        "balance_transactions",
        "disputes",
        "webhook_endpoints",
        "products",
        "prices",
        "coupons",
        "promotion_codes",
        &methods,
    ] {
        let path = format!("/v1/{list}");
        let all = ids(&machine.get(&format!("{path}?limit=100")).ok().body);
        assert!(all.len() >= 5, "{list}: {}", all.len());
        let mut forth = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = machine.get(&format!("{path}?limit=2{cursor}")).ok().body;
            forth.extend(ids(&page));
            if page["has_more"] == false {
                break;
            }
            cursor = format!("&starting_after={}", forth[forth.len() - 1]);
        }
        assert_eq!(forth, all, "{list}");
        let mut back = vec![all[all.len() - 1].clone()];
        loop {
            let page = machine
                .get(&format!("{path}?limit=2&ending_before={}", back[0]))
                .ok()
                .body;
            back.splice(0..0, ids(&page));
            if page["has_more"] == false {
                break;
            }
        }
        assert_eq!(back, all, "{list}");
    }
}

#[test]
fn expansion_reaches_four_levels_down_and_no_further() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    machine
        .pay_by(
            "pm_card_visa",
            &[("customer", &customer), ("capture_method", "automatic")],
        )
        .ok();
    let deep = "expand[]=data.latest_charge.balance_transaction.source&expand[]=data.latest_charge.customer";
    let list = machine
        .get(&format!("/v1/payment_intents?{deep}"))
        .ok()
        .body;
    let charge = &list["data"][0]["latest_charge"];
    assert_eq!(charge["balance_transaction"]["source"]["object"], "charge");
    assert_eq!(charge["customer"]["email"], "jenny@example.com");
    let deeper = "data.latest_charge.payment_intent.latest_charge.payment_intent";
    let answer = machine.get(&format!("/v1/payment_intents?expand[]={deeper}"));
    assert_eq!(answer.status, 400, "{deeper}");
}

#[test]
fn what_an_answer_has_not_cannot_be_expanded_in_it() {
    let mut machine = Machine::new();
    let paid = machine.pay_by("pm_card_visa", &[]).ok();
    let (intent, charge) = (paid.id(), text(&paid.body["latest_charge"]));
    let one = format!("/v1/payment_intents/{intent}");
    let list = "/v1/payment_intents".to_owned();
    for (target, path) in [
        (&one, "subscription"),
        (&one, "charge"),
        (&one, "data.customer"),
        (&one, "amount"),
        (&one, "latest_charge.payment_method"),
        (&list, "data"),
        (&list, "data.a"),
        (&list, "data.invoice"),
        (&format!("/v1/charges/{charge}"), "latest_charge"),
        (&"/v1/customers".to_owned(), "data.customer"),
    ] {
        let answer = machine.get(&format!("{target}?expand[]={path}"));
        assert_eq!(answer.status, 400, "{target} {path}");
        assert_eq!(
            (&answer.error("param"), text(&answer.error("message"))),
            (
                &json!("expand"),
                format!("This property cannot be expanded ({path}).")
            )
        );
    }
    let answer = machine.get(&format!("{list}?expand[]=customer"));
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.error("message"),
        "This property cannot be expanded (customer). You may want to try expanding 'data.customer' instead."
    );
    // Writing calls answer objects, too.
    let fields = [("expand[]", "subscription")];
    assert_eq!(machine.post(&one, &fields).status, 400);
}

#[test]
fn a_customer_s_subscriptions_are_shown_where_they_are_asked_for() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let path = format!("/v1/customers/{customer}");
    let plain = machine.get(&path).ok().body;
    assert_eq!(plain.get("subscriptions"), None);
    let asked = machine.get(&format!("{path}?expand[]=subscriptions")).ok();
    assert_eq!(asked.body["subscriptions"]["data"], json!([]));
    assert_eq!(asked.body["subscriptions"]["object"], "list");
}

#[test]
fn events_are_told_apart_by_whether_they_arrived() {
    let mut machine = Machine::new();
    machine.customer();
    let receiver = [
        ("url", "http://127.0.0.1:9/hook"),
        ("enabled_events[0]", "*"),
    ];
    machine.post("/v1/webhook_endpoints", &receiver).ok();
    machine.customer();
    let listed = |machine: &mut Machine, delivered: bool| {
        let path = format!("/v1/events?type=customer.created&delivery_success={delivered}");
        ids(&machine.get(&path).ok().body)
    };
    let all = ids(&machine.get("/v1/events?type=customer.created").ok().body);
    // Nobody was there to hear of the first; the second is on its way.
    assert_eq!(listed(&mut machine, true), all[1..]);
    assert_eq!(listed(&mut machine, false), all[..1]);
    machine.customer();
    let dispatch = machine.effects.iter().find_map(|effect| match effect {
        Effect::Deliver(dispatch) => Some(dispatch.clone()),
        _ => None,
    });
    let dispatch = dispatch.expect("it is sent");
    machine
        .stripe
        .delivered(machine.now_ms, &dispatch, Some(200));
    let all = ids(&machine.get("/v1/events?type=customer.created").ok().body);
    assert_eq!(listed(&mut machine, true), [all[0].clone(), all[2].clone()]);
}
