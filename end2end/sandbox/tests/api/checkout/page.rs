//! The page: what it asks for, what it says, and that nothing entered can break it.

use super::{CARD, SHIRTS, create, pay, session, visit, with};
use crate::machine::{Machine, text};
use serde_json::json;

#[test]
fn every_field_has_a_label_a_name_and_its_autocomplete() {
    let mut machine = Machine::new();
    let more = [
        ("billing_address_collection", "required"),
        ("phone_number_collection[enabled]", "true"),
        ("tax_id_collection[enabled]", "true"),
        ("shipping_address_collection[allowed_countries][]", "DE"),
        ("consent_collection[terms_of_service]", "required"),
        ("allow_promotion_codes", "true"),
        ("line_items[0][adjustable_quantity][enabled]", "true"),
        ("custom_fields[0][key]", "size"),
        ("custom_fields[0][label][custom]", "Size"),
        ("custom_fields[0][label][type]", "custom"),
        ("custom_fields[0][type]", "dropdown"),
        ("custom_fields[0][dropdown][options][0][label]", "Large"),
        ("custom_fields[0][dropdown][options][0][value]", "l"),
    ];
    let url = text(&create(&mut machine, &more).ok().body["url"]);
    let page = visit(&mut machine, "GET", &url, &[]);
    assert_eq!(page.status, 200);
    for (name, autocomplete) in [
        ("email", "email"),
        ("phone", "tel"),
        ("card_number", "cc-number"),
        ("card_expiry", "cc-exp"),
        ("card_cvc", "cc-csc"),
        ("billing_name", "cc-name"),
        ("billing_line1", "billing address-line1"),
        ("shipping_country", "shipping country"),
        ("tax_id", "off"),
        ("promotion_code", "off"),
        ("custom_size", "off"),
        ("terms", "off"),
    ] {
        let field = format!("id=\"{name}\" name=\"{name}\" autocomplete=\"{autocomplete}\"");
        assert!(page.body.contains(&field), "{name}: {}", page.body);
        let labelled = page.body.contains(&format!("<label for=\"{name}\">")) || name == "terms";
        assert!(labelled, "{name}");
    }
    assert!(page.body.contains("<mark>sandbox</mark>"));
    assert!(!page.body.contains("<script"), "it works without");
    let policy = page
        .headers
        .iter()
        .find(|(name, _)| *name == "content-security-policy");
    assert!(policy.is_some_and(|(_, policy)| policy.starts_with("default-src 'none'")));
}

#[test]
fn what_is_missing_is_said_at_its_field() {
    for (more, card, words) in [
        (&[][..], &[("email", "")][..], "Enter your email."),
        (&[], &[("email", "jenny")], "This email is incomplete."),
        (
            &[],
            &[("card_number", "4242424242424241")],
            "Your card number is incorrect.",
        ),
        (&[], &[("card_number", "")], "card_number"),
        (
            &[],
            &[("card_expiry", "01/20")],
            "expiration year is invalid",
        ),
        (&[], &[("card_cvc", "1")], "security code is invalid"),
        (
            &[("phone_number_collection[enabled]", "true")],
            &[],
            "Enter your phone number.",
        ),
        (
            &[("consent_collection[terms_of_service]", "required")],
            &[],
            "Agree to the terms",
        ),
        (
            &[],
            &[("method", "sepa_debit"), ("iban", "DE00")],
            "test bank accounts",
        ),
        (&[], &[("total", "1")], "The total has changed"),
    ] {
        let mut machine = Machine::new();
        let made = create(&mut machine, more).ok();
        let fields = with(&with(CARD, &[("total", "3998")]), card);
        let page = visit(&mut machine, "POST", &text(&made.body["url"]), &fields);
        assert!(
            (400..500).contains(&page.status),
            "{card:?}: {}",
            page.status
        );
        assert!(page.body.contains(words), "{card:?}: {}", page.body);
        assert_eq!(
            session(&mut machine, &made.id())["status"],
            "open",
            "{card:?}"
        );
        assert_eq!(machine.state()["payment_intents"], json!([]), "{card:?}");
    }
}

#[test]
fn a_shopper_changes_a_quantity_and_answers_a_question() {
    let mut machine = Machine::new();
    let more = [
        ("line_items[0][adjustable_quantity][enabled]", "true"),
        ("line_items[0][adjustable_quantity][maximum]", "5"),
        ("custom_fields[0][key]", "engraving"),
        ("custom_fields[0][label][custom]", "Engraving"),
        ("custom_fields[0][label][type]", "custom"),
        ("custom_fields[0][type]", "text"),
        ("custom_fields[0][text][maximum_length]", "10"),
    ];
    let made = create(&mut machine, &more).ok();
    let url = text(&made.body["url"]);
    let path = format!("/v1/checkout/sessions/{}/line_items", made.id());
    let line = text(&machine.get(&path).ok().body["data"][0]["id"]);
    let quantity = format!("quantity_{line}");
    let too_many = [("action", "update"), (quantity.as_str(), "6")];
    let page = visit(&mut machine, "POST", &url, &too_many);
    assert!(page.body.contains("From 0 to 5."), "{}", page.body);
    let fields = with(
        CARD,
        &[
            (quantity.as_str(), "1"),
            ("total", "1999"),
            ("custom_engraving", "For Jenny"),
        ],
    );
    let paid = visit(&mut machine, "POST", &url, &fields);
    assert_eq!(paid.status, 303, "{}", paid.body);
    let complete = session(&mut machine, &made.id());
    assert_eq!(complete["amount_total"], 1999);
    assert_eq!(complete["custom_fields"][0]["text"]["value"], "For Jenny");
}

#[test]
fn nothing_entered_or_asked_for_becomes_markup() {
    let mut machine = Machine::new();
    let evil = "%3Cscript%3Ealert(1)%3C/script%3E%22'";
    let more = [
        ("line_items[0][price_data][product_data][name]", evil),
        ("custom_text[submit][message]", evil),
        ("branding_settings[display_name]", evil),
        ("cancel_url", "https://shop.test/%22%3E%3Cscript%3E"),
    ];
    let (page, _) = pay(
        &mut machine,
        &more,
        &[("billing_name", evil), ("card_number", "1")],
    );
    assert!(page.body.contains("&lt;script&gt;"), "{}", page.body);
    assert!(!page.body.contains("<script"), "{}", page.body);
}

#[test]
fn a_page_that_has_done_its_work_says_so() {
    let mut machine = Machine::new();
    let (_, complete) = pay(&mut machine, &[], &[]);
    let url = format!("/c/pay/{}", text(&complete["id"]));
    let page = visit(&mut machine, "GET", &url, &[]);
    assert!(page.body.contains("is complete"), "{}", page.body);
    let again = visit(
        &mut machine,
        "POST",
        &url,
        &with(CARD, &[("total", "3998")]),
    );
    assert!(again.body.contains("is complete"), "{}", again.body);
    assert_eq!(machine.state()["charges"].as_array().map(Vec::len), Some(1));
    for path in ["/c/pay/cs_test_none", "/r/none", "/c/pay/", "/c/pay/x/y"] {
        assert_eq!(visit(&mut machine, "GET", path, &[]).status, 404, "{path}");
    }
}

#[test]
fn a_redirect_leaves_and_comes_back_to_the_shop() {
    let mut machine = Machine::new();
    let (response, open) = pay(&mut machine, &[], &[("method", "ideal")]);
    let site = super::address(&response);
    assert!(
        site.starts_with("http://sandbox.test/test_payment/ideal/"),
        "{site}"
    );
    let back = super::address(&visit(
        &mut machine,
        "POST",
        &format!("{site}/authorize"),
        &[],
    ));
    let (path, _) = back.split_once('?').expect("a query");
    let landed = visit(&mut machine, "GET", path, &[]);
    let done = SHIRTS[1]
        .1
        .replace("{CHECKOUT_SESSION_ID}", &text(&open["id"]));
    assert_eq!(super::address(&landed), done);
}
