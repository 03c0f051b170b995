//! What must be so when the storm is over: books and Stripe agree, and nobody paid twice.

use std::collections::HashSet;

use checkout::{Order, OrderKey, Payment};
use orders::{Calls, Events, Orders, Outbox};
use serde_json::Value;

use crate::chance;
use crate::shop::Shop;
use crate::violation;

/// Checks everything; how many orders were paid.
pub async fn all(shop: &Shop, keys: &[OrderKey], others: &[String]) -> u64 {
    let state = shop.network.state();
    let mut paid = 0;
    for key in keys {
        let Ok(Some(order)) = shop.books.at_once().order(key).await else {
            violation::note(format!("order {} is gone", key.reference()));
            continue;
        };
        paid += u64::from(order.payment == Payment::Paid);
        check_order(&order, &state);
        check_work(shop, key).await;
    }
    check_refunds(&state);
    check_messages(shop, keys).await;
    for id in others {
        check_other(id, &state);
    }
    paid
}

fn list<'a>(state: &'a Value, what: &str) -> impl Iterator<Item = &'a Value> {
    state[what].as_array().into_iter().flatten()
}

fn check_order(order: &Order, state: &Value) {
    let key = order.key.as_str();
    let name = order.key.reference();
    let note = |what: String| violation::note(format!("{name} ({:?}): {what}", order.payment));
    if let Some(reason) = &order.quarantine {
        note(format!("held: {reason}"));
    }
    if order.attempt.is_some() || order.payment == Payment::Paying {
        note("an attempt is still open".to_owned());
    }
    let mine = |intent: &&Value| intent["metadata"]["order_key"] == key;
    for intent in list(state, "payment_intents").filter(mine) {
        let id = intent["id"].as_str().unwrap_or_default();
        let stands = order
            .intent
            .as_ref()
            .is_some_and(|live| live.id.as_str() == id);
        let received = intent["amount_received"].as_i64().unwrap_or_default();
        let of_it = |refund: &&Value| refund["payment_intent"] == id;
        let counts =
            |refund: &&Value| refund["status"] != "failed" && refund["status"] != "canceled";
        let back: i64 = list(state, "refunds")
            .filter(of_it)
            .filter(counts)
            .filter_map(|refund| refund["amount"].as_i64())
            .sum();
        let total = order.total.amount_minor();
        if received > 0 && intent["amount"] != total {
            note(format!("{id} is over {}, not {total}", intent["amount"]));
        }
        if back > received {
            note(format!("{id} gave back {back} of {received}"));
        }
        match (order.payment == Payment::Paid && stands, received) {
            (true, 0) => note(format!("{id} took nothing")),
            (true, _) => {
                if order.captured_minor != received {
                    note(format!(
                        "{id} took {received}, the books say {}",
                        order.captured_minor
                    ));
                }
                let booked = received - order.refundable_minor();
                if booked != back {
                    note(format!("{id} gave back {back}, the books say {booked}"));
                }
            }
            (false, 0) => {}
            // What a bank claims cannot be given back; the merchant is told.
            (false, _)
                if list(state, "disputes").any(|dispute| dispute["payment_intent"] == id) => {}
            (false, _) if back != received => {
                note(format!("{id} keeps {} that nobody owes", received - back));
            }
            (false, _) => {}
        }
        let held = intent["status"] == "requires_capture";
        if held != (stands && order.payment == Payment::Authorised) {
            note(format!("{id} is {}", intent["status"]));
        }
    }
    if order.payment == Payment::Paid && order.intent.is_none() {
        note("it stands on no intent".to_owned());
    }
}

/// An operation gives money back once, however often it was sent.
fn check_refunds(state: &Value) {
    let mut names = HashSet::new();
    for refund in list(state, "refunds") {
        if let Some(name) = refund["metadata"]["operation"].as_str()
            && !names.insert(name)
        {
            violation::note(format!("{name} gave money back twice"));
        }
    }
}

async fn check_work(shop: &Shop, key: &OrderKey) {
    let open = shop.books.at_once().open_operations(key).await;
    if open.map_or(true, |open| !open.is_empty()) {
        violation::note(format!("{}: an operation is still open", key.reference()));
    }
}

async fn check_messages(shop: &Shop, keys: &[OrderKey]) {
    let books = shop.books.at_once();
    let later = chance::now_ms() + 3_600_000;
    match books.claim_events(later, later, 1_000).await {
        Ok(events) if events.is_empty() => {}
        events => violation::note(format!("events are left: {events:?}")),
    }
    let messages = books
        .claim_messages(later, later, 1_000)
        .await
        .unwrap_or_default();
    for key in keys {
        let Ok(Some(order)) = books.order(key).await else {
            continue;
        };
        let told = |kinds: &[&str]| {
            let of_it = messages.iter().filter(|message| message.key == *key);
            of_it
                .filter(|message| kinds.contains(&message.kind.as_str()))
                .count()
        };
        let settled = told(&["order_paid", "order_authorised"]);
        let right = match order.payment {
            Payment::Paid | Payment::Authorised => settled >= 1,
            // It may have been held, and let go.
            _ => told(&["order_paid"]) == 0,
        };
        if !right || told(&["order_paid"]) > 1 {
            violation::note(format!(
                "{} ({:?}): the shop was told {settled} times",
                key.reference(),
                order.payment
            ));
        }
    }
}

fn check_other(id: &str, state: &Value) {
    let Some(intent) = list(state, "payment_intents").find(|intent| intent["id"] == id) else {
        return violation::note(format!("{id} of another shop is gone"));
    };
    let refunded = list(state, "refunds").any(|refund| refund["payment_intent"] == id);
    if intent["status"] != "succeeded" || refunded {
        violation::note(format!("{id} of another shop was touched"));
    }
}
