//! Who somebody is, and where: the groups of parameters that many objects take alike.

use super::Params;
use crate::stripe::error::Result;
use crate::stripe::json::{Object, Value, json};

const ADDRESS: [&str; 6] = ["city", "country", "line1", "line2", "postal_code", "state"];

const PERSON: [&str; 4] = ["email", "name", "phone", "tax_id"];

/// A postal address, in Stripe's fields; those not given are null.
pub(crate) fn address(params: Option<Params>) -> Result<Value> {
    let Some(mut params) = params else {
        return Ok(json!({
            "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null,
        }));
    };
    let mut address = Object::new();
    for field in ADDRESS {
        let text = params.raw(field)?.filter(|text| !text.is_empty());
        address.insert(field, json!(text));
    }
    Ok(Value::Object(address))
}

/// Where goods go: `name` and `address` are required.
pub(crate) fn shipping(params: Option<Params>) -> Result<Option<Value>> {
    let Some(mut params) = params else {
        return Ok(None);
    };
    let inner = params
        .map("address")?
        .ok_or_else(|| params.missing("address"))?;
    let shipping = json!({
        "address": address(Some(inner))?,
        "name": params.required_text("name")?,
        "phone": params.raw("phone")?.filter(|text| !text.is_empty()),
        "carrier": params.text("carrier")?,
        "tracking_number": params.text("tracking_number")?,
    });
    Ok(Some(shipping))
}

/// Who pays.
pub(crate) fn billing_details(params: Option<Params>) -> Result<Value> {
    let Some(mut params) = params else {
        return Ok(json!({
            "address": move address(None)?, "email": null, "name": null, "phone": null, "tax_id": null,
        }));
    };
    let address_params = params.map("address")?;
    let mut details = json!({ "address": move address(address_params)? });
    for field in PERSON {
        details[field] = json!(params.raw(field)?.filter(|text| !text.is_empty()));
    }
    Ok(details)
}

/// Changes those billing details that are given; an empty text unsets.
pub(crate) fn merge_billing_details(details: &mut Value, mut params: Params) -> Result<()> {
    if let Some(mut given) = params.map("address")? {
        for field in ADDRESS {
            if let Some(text) = given.raw(field)? {
                details["address"][field] = json!(Some(text).filter(|text| !text.is_empty()));
            }
        }
    }
    for field in PERSON {
        if let Some(text) = params.raw(field)? {
            details[field] = json!(Some(text).filter(|text| !text.is_empty()));
        }
    }
    Ok(())
}
