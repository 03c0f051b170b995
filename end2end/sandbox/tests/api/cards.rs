//! Cards that are refused before anything is tried. What the others do is in `card_table`.

use crate::machine::{Fields, Machine, form};
use serde_json::json;

#[test]
fn cards_refused_at_the_door_make_no_token() {
    for (number, month, year, cvc, code) in [
        ("4242424242424241", "12", "2034", "123", "incorrect_number"),
        ("4242", "12", "2034", "123", "incorrect_number"),
        ("abc", "12", "2034", "123", "incorrect_number"),
        (
            "4242424242424242",
            "13",
            "2034",
            "123",
            "invalid_expiry_month",
        ),
        (
            "4242424242424242",
            "0",
            "2034",
            "123",
            "invalid_expiry_month",
        ),
        (
            "4242424242424242",
            "10",
            "2026",
            "123",
            "invalid_expiry_month",
        ),
        (
            "4242424242424242",
            "12",
            "2025",
            "123",
            "invalid_expiry_year",
        ),
        ("4242424242424242", "12", "95", "123", "invalid_expiry_year"),
        (
            "4242424242424242",
            "12",
            "9999999",
            "123",
            "invalid_expiry_year",
        ),
        ("4242424242424242", "12", "34", "99", "invalid_cvc"),
        ("4242424242424242", "12", "34", "1234", "invalid_cvc"),
        ("4012888888881881", "12", "34", "123", "card_declined"),
    ] {
        let mut machine = Machine::new();
        let fields = [
            ("payment_method_data[type]", "card"),
            ("payment_method_data[card][number]", number),
            ("payment_method_data[card][exp_month]", month),
            ("payment_method_data[card][exp_year]", year),
            ("payment_method_data[card][cvc]", cvc),
        ];
        let answer = machine.browser("POST", "/v1/confirmation_tokens", &fields);
        assert_eq!(answer.status, 402, "{number} {month}/{year} {cvc}");
        assert_eq!(answer.error("code"), code, "{number} {month}/{year} {cvc}");
        assert_eq!(
            machine.state()["confirmation_tokens"],
            json!([]),
            "{number}"
        );
    }
}

/// Whichever call a card comes by, it is refused alike, and nothing of it is kept.
#[test]
fn every_door_refuses_alike() {
    const INCORRECT: &str = "Your card number is incorrect.";
    const NO_MONTH: &str = "Your card's expiration month is invalid.";
    const NO_YEAR: &str = "Your card's expiration year is invalid.";
    const NO_CVC: &str = "Your card's security code is invalid.";
    let confirm = [
        ("amount", "1999"),
        ("currency", "usd"),
        ("confirm", "true"),
        ("return_url", "https://shop.test/return"),
    ];
    let doors: &[(&str, &str, &str, Fields<'_>)] = &[
        (
            "pk_test_w",
            "/v1/confirmation_tokens",
            "payment_method_data[card]",
            &[],
        ),
        (
            "sk_test_w",
            "/v1/test_helpers/confirmation_tokens",
            "payment_method_data[card]",
            &[],
        ),
        ("pk_test_w", "/v1/payment_methods", "card", &[]),
        ("sk_test_w", "/v1/payment_methods", "card", &[]),
        (
            "sk_test_w",
            "/v1/payment_intents",
            "payment_method_data[card]",
            &confirm,
        ),
        (
            "sk_test_w",
            "/v1/setup_intents",
            "payment_method_data[card]",
            &confirm[2..],
        ),
    ];
    for (number, month, year, cvc, code, param, message) in [
        (
            "4242424242424241",
            "12",
            "2034",
            "123",
            "incorrect_number",
            "number",
            INCORRECT,
        ),
        (
            "4242424242424242",
            "13",
            "2034",
            "123",
            "invalid_expiry_month",
            "exp_month",
            NO_MONTH,
        ),
        (
            "4242424242424242",
            "12",
            "95",
            "123",
            "invalid_expiry_year",
            "exp_year",
            NO_YEAR,
        ),
        (
            "4242424242424242",
            "12",
            "2034",
            "99",
            "invalid_cvc",
            "cvc",
            NO_CVC,
        ),
    ] {
        for (key, path, card, more) in doors {
            let case = format!("{code} at {path}");
            let data = card.strip_suffix("[card]");
            let kind = data.map_or("type".to_owned(), |data| format!("{data}[type]"));
            let given = [
                ("number", number),
                ("exp_month", month),
                ("exp_year", year),
                ("cvc", cvc),
            ];
            let given = given.map(|(field, value)| (format!("{card}[{field}]"), value));
            let mut fields = vec![(kind.as_str(), "card")];
            fields.extend(given.iter().map(|(name, value)| (name.as_str(), *value)));
            fields.extend_from_slice(more);
            let mut machine = Machine::new();
            let answer = machine.send(&Machine::request(key, "POST", path, form(&fields)));
            assert_eq!(answer.status, 402, "{case}: {}", answer.text);
            assert_eq!(answer.error("type"), "card_error", "{case}");
            assert_eq!(answer.error("code"), code, "{case}");
            assert_eq!(answer.error("param"), param, "{case}");
            assert_eq!(answer.error("message"), message, "{case}");
            assert_eq!(
                answer.header("stripe-should-retry"),
                Some("false"),
                "{case}"
            );
            let state = machine.state();
            for table in [
                "confirmation_tokens",
                "payment_methods",
                "payment_intents",
                "setup_intents",
                "events",
            ] {
                assert_eq!(state[table], json!([]), "{case}: {table}");
            }
        }
    }
}
