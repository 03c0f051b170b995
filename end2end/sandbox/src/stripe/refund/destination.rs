//! Where a refund's money goes (docs.stripe.com/api/refunds/object): its `destination_details`.

use crate::stripe::json::{Object, Value, json};

/// The methods that a refund tells of, by what it calls them, and the fields it has for each.
const DESTINATIONS: &[(&str, &str, &[&str])] = &[
    ("affirm", "affirm", &[]),
    ("afterpay_clearpay", "afterpay_clearpay", REFERENCE),
    ("alipay", "alipay", &[]),
    ("alma", "alma", &[]),
    ("amazon_pay", "amazon_pay", &[]),
    ("bancontact", "eu_bank_transfer", REFERENCE),
    ("cashapp", "cashapp", &[]),
    ("eps", "eps", &[]),
    ("grabpay", "grabpay", &[]),
    ("ideal", "eu_bank_transfer", REFERENCE),
    ("klarna", "klarna", REFERENCE),
    ("mb_way", "mb_way", REFERENCE),
    ("multibanco", "multibanco", REFERENCE),
    ("p24", "p24", REFERENCE),
    ("paynow", "paynow", &[]),
    ("paypal", "paypal", REFERENCE_AND_CODE),
    ("pix", "pix", &[]),
    ("revolut_pay", "revolut", &[]),
    ("scalapay", "scalapay", &[]),
    ("sepa_debit", "eu_bank_transfer", REFERENCE),
    ("swish", "swish", REFERENCE_AND_CODE),
    ("twint", "twint", &[]),
    ("us_bank_account", "us_bank_transfer", REFERENCE),
    ("wechat_pay", "wechat_pay", &[]),
    ("zip", "zip", &[]),
];

const REFERENCE: &[&str] = &["reference", "reference_status"];
const REFERENCE_AND_CODE: &[&str] = &["network_decline_code", "reference", "reference_status"];

/// None for the methods that Stripe has no such object for.
pub(super) fn details(method_type: &str) -> Option<Value> {
    if method_type == "card" {
        return Some(json!({
            "card": { "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund" },
            "type": "card",
        }));
    }
    let (_, name, fields) = DESTINATIONS.iter().find(|(it, ..)| *it == method_type)?;
    let fields: Object = fields
        .iter()
        .map(|it| ((*it).into(), Value::Null))
        .collect();
    let mut json = json!({ "type": name });
    json[*name] = Value::Object(fields);
    Some(json)
}
