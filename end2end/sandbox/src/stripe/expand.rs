//! `expand[]` (docs.stripe.com/api/expanding_objects): ids in an answer replaced by their objects.

use super::contract::{self, Expansion};
use super::error::{Error, Result};
use super::list::Page;
use super::params::Params;
use super::world::World;
use crate::stripe::json::Value;

/// The paths to expand in the answer to a call, each from the outermost field in.
pub(crate) fn read(
    params: &mut Params,
    method: &str,
    segments: &[&str],
) -> Result<Vec<Vec<String>>> {
    let mut paths = Vec::new();
    for text in params.list("expand")?.unwrap_or_default() {
        let path: Vec<String> = text.split('.').map(str::to_owned).collect();
        if path.len() > 4 {
            return Err(
                Error::invalid("You cannot expand more than 4 levels of a property.")
                    .param("expand"),
            );
        }
        let hint = match contract::expansion(method, segments, &path) {
            None | Some(Expansion::Expands) => {
                paths.push(path);
                continue;
            }
            Some(Expansion::InData) => {
                format!(" You may want to try expanding 'data.{text}' instead.")
            }
            Some(Expansion::Nothing) => String::new(),
        };
        let message = format!("This property cannot be expanded ({text}).{hint}");
        return Err(Error::invalid(message).param("expand"));
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
    // Two things that stand in objects without ids.
    if first == "amount_details"
        && rest.first().is_some_and(|rest| rest == "line_items")
        && let Some(intent) = value["id"]
            .as_str()
            .and_then(|id| world.payment_intents.get(id))
        && let Ok(lines) = intent.list_order_lines(&Page::first())
    {
        value["amount_details"]["line_items"] = lines;
    }
    if first == "total_details"
        && rest.first().is_some_and(|rest| rest == "breakdown")
        && let Some(session) = value["id"]
            .as_str()
            .and_then(|id| world.checkout_sessions.get(id))
    {
        value["total_details"]["breakdown"] = session.breakdown(world);
    }
    let kind = value.get("object").and_then(Value::as_str);
    if kind.is_some_and(|kind| !contract::leads_on(kind, first)) {
        return;
    }
    match value.get_mut(first) {
        Some(Value::Array(items)) => {
            for item in items {
                replace(world, now, first, item);
                expand(world, now, item, rest);
            }
        }
        Some(field) => {
            replace(world, now, first, field);
            expand(world, now, field, rest);
        }
        None => {
            if let Some(mut field) = included(world, value, first) {
                expand(world, now, &mut field, rest);
                if let Value::Object(object) = value {
                    object.insert(first.clone(), field);
                }
            }
        }
    }
}

/// Puts the object where its id is.
fn replace(world: &World, now: i64, field: &str, value: &mut Value) {
    // A coupon's id may be any text, and so does not say what it is; a product's neither.
    let found = match value.as_str() {
        Some(id) if field == "coupon" => world.coupons.get(id).map(|it| it.json(now)),
        Some(id) if field == "product" => world.products.get(id).map(|it| it.json()),
        id => id.and_then(|id| object(world, now, id)),
    };
    if let Some(found) = found {
        *value = found;
    }
}

/// What an object shows only where it is asked for.
fn included(world: &World, value: &Value, field: &str) -> Option<Value> {
    let id = value["id"].as_str()?;
    match (value["object"].as_str()?, field) {
        ("charge", "refunds") => {
            let url = format!("/v1/charges/{id}/refunds");
            let refunds = world.refunds.of(id);
            let page = Page::first().of(&refunds, &url, |_| true, |refund| refund.json());
            page.ok()
        }
        ("checkout.session", _) => {
            let session = world.checkout_sessions.get(id)?;
            session.included(world, field)
        }
        ("item", _) => {
            let sessions = world.checkout_sessions.of(id);
            sessions.iter().next()?.included_in_line(world, id, field)
        }
        ("tax.calculation", "line_items") => {
            let calculation = world.tax_calculations.get(id)?;
            calculation.list_items(&Page::first()).ok()
        }
        ("tax.transaction", "line_items") => {
            let transaction = world.tax_transactions.get(id)?;
            transaction.list_items(&Page::first()).ok()
        }
        ("coupon", field) => world.coupons.get(id)?.included(field),
        ("customer", field) => world.customers.get(id)?.included(world, field),
        ("invoice", field) => world.invoices.get(id)?.included(world, field),
        ("price", field) => world.prices.get(id)?.included(field),
        _ => None,
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
        "cs" => world
            .checkout_sessions
            .get(id)
            .map(|session| session.json(world)),
        "cus" => world.customers.get(id).map(|customer| customer.json()),
        "du" => world
            .disputes
            .get(id)
            .map(|dispute| dispute.json(world, now)),
        "issfr" => world
            .early_fraud_warnings
            .get(id)
            .map(|warning| warning.json(world)),
        "di" => world.discounts.get(id).map(|discount| discount.json()),
        "ii" => world.invoice_items.get(id).map(|item| item.json()),
        "in" => world.invoices.get(id).map(|invoice| invoice.json(world)),
        "inpay" => world.invoice_payments.get(id).map(|payment| payment.json()),
        "sub" => world
            .subscriptions
            .get(id)
            .map(|subscription| subscription.json(world)),
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
        "mandate" => world.mandates.get(id).map(|mandate| mandate.json(world)),
        "setatt" => world
            .setup_attempts
            .get(id)
            .map(|attempt| attempt.json(world)),
        "seti" => world.setup_intents.get(id).map(|intent| intent.json(world)),
        "shr" => world.shipping_rates.get(id).map(|rate| rate.json()),
        "txn" => world.balance_transactions.get(id).map(|row| row.json(now)),
        _ => None,
    }
}
