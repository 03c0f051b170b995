//! `expand[]` (docs.stripe.com/api/expanding_objects): ids in an answer replaced by their objects.

use super::error::{Error, Result};
use super::params::Params;
use super::world::World;
use serde_json::Value;

/// The fields that hold an id of something the sandbox has.
const EXPANDABLE: &[&str] = &[
    "balance_transaction",
    "charge",
    "coupon",
    "customer",
    "default_price",
    "default_payment_method",
    "invoice_settings",
    "latest_charge",
    "payment_intent",
    "payment_method",
    "product",
    "promotion",
    "setup_intent",
    "source",
];

/// The paths to expand, each from the outermost field in.
pub(crate) fn read(params: &mut Params) -> Result<Vec<Vec<String>>> {
    let mut paths = Vec::new();
    for text in params.list("expand")?.unwrap_or_default() {
        let path: Vec<String> = text.split('.').map(str::to_owned).collect();
        if path.len() > 4 {
            return Err(
                Error::invalid("You cannot expand more than 4 levels of a property.")
                    .param("expand"),
            );
        }
        let fields = path.strip_prefix(&["data".to_owned()]).unwrap_or(&path);
        let known = |field: &String| EXPANDABLE.contains(&field.as_str());
        if fields.is_empty() || !fields.iter().all(known) {
            return Err(
                Error::invalid(format!("This property cannot be expanded ({text})."))
                    .param("expand"),
            );
        }
        paths.push(path);
    }
    Ok(paths)
}

pub(crate) fn apply(world: &World, now: i64, answer: &mut Value, paths: &[Vec<String>]) {
    for path in paths {
        expand(world, now, answer, path);
    }
}

fn expand(world: &World, now: i64, value: &mut Value, path: &[String]) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    match value.get_mut(first) {
        Some(Value::Array(items)) => {
            for item in items {
                expand(world, now, item, rest);
            }
        }
        Some(field) => {
            // A coupon's id may be any text, and so does not say what it is.
            let object = match field.as_str() {
                Some(id) if first == "coupon" => world.coupons.get(id).map(|it| it.json(now)),
                Some(id) if first == "product" => world.products.get(id).map(|it| it.json()),
                id => id.and_then(|id| object(world, now, id)),
            };
            if let Some(object) = object {
                *field = object;
            }
            expand(world, now, field, rest);
        }
        None => {}
    }
}

/// Any object by its id, which says what it is.
pub(crate) fn object(world: &World, now: i64, id: &str) -> Option<Value> {
    let (kind, _) = id.split_once('_')?;
    let account = &world.account;
    match kind {
        "ch" | "py" => world.charges.get(id).map(|charge| charge.json(world)),
        "ctoken" => world
            .confirmation_tokens
            .get(id)
            .map(|token| token.json(account)),
        "cus" => world.customers.get(id).map(|customer| customer.json()),
        "du" => world
            .disputes
            .get(id)
            .map(|dispute| dispute.json(world, now)),
        "issfr" => world
            .early_fraud_warnings
            .get(id)
            .map(|warning| warning.json(world)),
        "evt" => world.events.get(id).map(|event| event.json()),
        "pi" => world
            .payment_intents
            .get(id)
            .map(|intent| intent.json(world)),
        "pm" => world
            .payment_methods
            .get(id)
            .map(|method| method.json(account)),
        "pyr" | "re" => world.refunds.get(id).map(|refund| refund.json()),
        "price" => world.prices.get(id).map(|price| price.json()),
        "prod" => world.products.get(id).map(|product| product.json()),
        "promo" => world.promotion_codes.get(id).map(|code| code.json(now)),
        "seti" => world.setup_intents.get(id).map(|intent| intent.json(world)),
        "txn" => world.balance_transactions.get(id).map(|row| row.json(now)),
        _ => None,
    }
}
