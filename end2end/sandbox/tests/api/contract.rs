//! What is refused by name and kind alone, before any operation reads it. That this holds for every parameter of every
//! call is for `specs/contract`.

use crate::machine::Machine;

#[test]
fn a_wrong_parameter_is_refused_with_its_name_in_full() {
    for (path, fields, code, param) in [
        ("/v1/customers", "nmae=Ada", "parameter_unknown", "nmae"),
        (
            "/v1/customers",
            "shipping[address][line3]=x&shipping[name]=Ada",
            "parameter_unknown",
            "shipping[address][line3]",
        ),
        (
            "/v1/customers",
            "shipping[name]=Ada",
            "parameter_missing",
            "shipping[address]",
        ),
        ("/v1/customers", "email[a]=b", "", "email"),
        ("/v1/customers", "shipping=home", "", "shipping"),
        (
            "/v1/customers",
            "preferred_locales=en",
            "",
            "preferred_locales",
        ),
        (
            "/v1/customers",
            "preferred_locales[first]=en",
            "",
            "preferred_locales[first]",
        ),
        ("/v1/customers", "metadata[a][b]=c", "", "metadata[a]"),
        (
            "/v1/customers",
            "balance=+5",
            "parameter_invalid_integer",
            "balance",
        ),
        ("/v1/customers", "tax_exempt=sometimes", "", "tax_exempt"),
        (
            "/v1/customers",
            "invoice_prefix=",
            "parameter_invalid_empty",
            "invoice_prefix",
        ),
        (
            "/v1/prices",
            "currency=usd&unit_amount_decimal=1e3",
            "",
            "unit_amount_decimal",
        ),
        (
            "/v1/payment_intents/pi_1/confirm",
            "payment_method_types[]=card",
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        (
            "/v1/payment_intents",
            "amount=1&currency=usd&transfer_data[destination]=acct_1",
            "resource_missing",
            "transfer_data[destination]",
        ),
        (
            "/v1/payment_intents",
            "amount=1&currency=usd&application_fee_amount=1",
            "",
            "application_fee_amount",
        ),
        (
            "/v1/subscriptions",
            "customer=cus_1&default_tax_rates[]=txr_1",
            "resource_missing",
            "default_tax_rates",
        ),
        (
            "/v1/checkout/sessions",
            "mode=payment&line_items[0][tax_rates][]=txr_1",
            "resource_missing",
            "line_items[0][tax_rates]",
        ),
    ] {
        let fields: Vec<(&str, &str)> = fields
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let answer = Machine::new().post(path, &fields);
        assert_eq!(answer.status, 400, "{fields:?}");
        assert_eq!(answer.error("param"), param, "{fields:?}");
        let given = answer.body["error"]["code"].as_str().unwrap_or_default();
        assert_eq!(given, code, "{fields:?}");
    }
}

#[test]
fn what_has_no_effect_here_is_taken_all_the_same() {
    for (path, fields) in [
        (
            "/v1/customers",
            vec![("tax[validate_location]", "deferred"), ("name", "")],
        ),
        (
            "/v1/payment_intents",
            vec![
                ("amount", "1999"),
                ("currency", "usd"),
                ("payment_details[order_reference]", "7"),
                ("radar_options[session]", "rse_1"),
            ],
        ),
    ] {
        Machine::new().post(path, &fields).ok();
    }
}
