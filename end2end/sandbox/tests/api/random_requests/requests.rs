//! One random request after another.

use super::dice::Dice;
use super::grammar::Grammar;
use super::pool::Pool;
use super::spoil::{encode, spoil};
use super::values::Values;
use crate::machine::{Answer, Machine};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use stripe_sandbox::Request;

/// Calls of Stripe.js and of the bank's pages, which no type describes, and paths that are none.
const PRIVATE: &[(&str, &str, &str)] = &[
    ("POST", "/v1/confirmation_tokens", CARD),
    (
        "POST",
        "/v1/3ds2/authenticate",
        "source={three_d_secure_2_source}",
    ),
    (
        "POST",
        "/v1/payment_intents/{payment_intent}/source_cancel",
        ASKED,
    ),
    (
        "POST",
        "/v1/setup_intents/{setup_intent}/source_cancel",
        ASKED,
    ),
    ("POST", "/v1/events/{event}/retry", ""),
    (
        "POST",
        "/3d_secure_2_test/{three_d_secure_2_source}/complete",
        "",
    ),
    (
        "POST",
        "/3d_secure_2_test/{three_d_secure_2_source}/fail",
        "",
    ),
    (
        "POST",
        "/test_payment/ideal/{three_d_secure_2_source}/authorize",
        "",
    ),
    (
        "POST",
        "/test_payment/ideal/{three_d_secure_2_source}/fail",
        "",
    ),
    ("GET", "/v1", ""),
    ("POST", "/v1//", ""),
    ("GET", "", ""),
    ("GET", "/v1/payment_intents/%2e%2e", ""),
];
const CARD: &str = "payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242\
    &payment_method_data[card][exp_month]=12&payment_method_data[card][exp_year]=2034\
    &client_context[mode]=payment&client_context[amount]=1999&client_context[currency]=usd";
const ASKED: &str = "source={three_d_secure_2_source}&client_secret={client_secret}";

/// Forms that make the rarer states: a payment to capture, one that asks, one that takes its time.
const STARTS: &[(&str, &str)] = &[
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa&return_url=https://x.test",
    ),
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa&return_url=https://x.test&capture_method=manual",
    ),
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&payment_method=pm_card_threeDSecure2Required&return_url=https://x.test",
    ),
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&payment_method=pm_card_threeDSecure2Required&confirmation_method=manual",
    ),
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&payment_method=pm_usBankAccount_success&return_url=https://x.test&mandate_data[customer_acceptance][type]=offline",
    ),
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&payment_method=pm_card_createDispute&return_url=https://x.test",
    ),
    (
        "/v1/payment_intents",
        "amount=1999&currency=eur&confirm=true&payment_method_data[type]=ideal&return_url=https://x.test",
    ),
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&confirmation_token={confirmation_token}&return_url=https://x.test",
    ),
    (
        "/v1/setup_intents",
        "confirm=true&payment_method=pm_card_authenticationRequired&return_url=https://x.test&customer={customer}",
    ),
    (
        "/v1/payment_methods",
        "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2034",
    ),
    (
        "/v1/payment_methods",
        "type=us_bank_account&us_bank_account[account_number]=000123456789&us_bank_account[routing_number]=110000000&us_bank_account[account_holder_type]=individual&billing_details[name]=J",
    ),
    (
        "/v1/test_helpers/confirmation_tokens",
        "payment_method=pm_card_visa",
    ),
    ("/v1/customers", "name=Jenny"),
    (
        "/v1/payment_methods/pm_card_visa/attach",
        "customer={customer}",
    ),
    (
        "/v1/payment_intents/{payment_intent}/confirm",
        "payment_method=pm_card_visa&return_url=https://x.test",
    ),
    ("/v1/payment_intents/{payment_intent}/capture", ""),
    (
        "/v1/customer_sessions",
        "customer={customer}&components[payment_element][enabled]=true",
    ),
    (
        "/v1/promotion_codes",
        "promotion[type]=coupon&promotion[coupon]={coupon}",
    ),
    ("/v1/coupons", "percent_off=10&duration=once"),
    (
        "/v1/tax/calculations",
        "currency=usd&line_items[0][amount]=1999&customer_details[address][country]=DE\
         &customer_details[address_source]=billing",
    ),
    ("/v1/products", "name=Book"),
    (
        "/v1/prices",
        "currency=usd&unit_amount=1999&product={product}",
    ),
    (
        "/v1/prices",
        "currency=usd&unit_amount=1999&product={product}&recurring[interval]=month",
    ),
    ("/v1/refunds", "payment_intent={payment_intent}"),
    (
        "/v1/setup_intents/{setup_intent}/confirm",
        "payment_method=pm_card_visa&return_url=https://x.test",
    ),
    (
        "/v1/shipping_rates",
        "display_name=Post&type=fixed_amount&fixed_amount[amount]=500&fixed_amount[currency]=usd",
    ),
    (
        "/v1/subscriptions",
        "customer={customer}&items[0][price]={price}&payment_behavior=default_incomplete",
    ),
    (
        "/v1/subscriptions",
        "customer={customer}&items[0][price]={price}&default_payment_method={payment_method}",
    ),
    (
        "/v1/invoices",
        "customer={customer}&collection_method=send_invoice&days_until_due=30",
    ),
    (
        "/v1/invoiceitems",
        "customer={customer}&amount=500&currency=usd&invoice={invoice}",
    ),
    ("/v1/invoices/{invoice}/finalize", ""),
    ("/v1/invoices/{invoice}/pay", "payment_method=pm_card_visa"),
    (
        "/v1/checkout/sessions",
        "mode=payment&line_items[0][price]={price}&line_items[0][quantity]=1&success_url=https://x.test",
    ),
    (
        "/v1/checkout/sessions",
        "mode=subscription&line_items[0][price]={price}&line_items[0][quantity]=1&success_url=https://x.test",
    ),
    (
        "/v1/checkout/sessions",
        "mode=payment&success_url=https://x.test&line_items[0][price_data][currency]=usd\
            &line_items[0][price_data][unit_amount]=1999&line_items[0][price_data][product_data][name]=Book\
            &line_items[0][quantity]=1",
    ),
    (
        "/v1/checkout/sessions",
        "mode=setup&currency=usd&success_url=https://x.test&customer={customer}",
    ),
    (
        "/v1/tax/calculations",
        "currency=eur&line_items[0][amount]=1000&customer_details[address][country]=DE",
    ),
    (
        "/v1/tax/transactions/create_from_calculation",
        "calculation={tax.calculation}&reference={client_secret}",
    ),
    ("/v1/tokens", "cvc_update[cvc]=123"),
    (
        "/v1/webhook_endpoints",
        "url=http://shop.test/hook&enabled_events[]=*",
    ),
];

const CONTROLS: &[(&str, &str)] = &[
    ("clock", r#"{"advance_seconds": 3}"#),
    ("clock", r#"{"advance_seconds": 86400}"#),
    ("clock", r#"{"advance_seconds": 2764800}"#),
    ("clock", r#"{"frozen": true}"#),
    ("clock", r#"{"frozen": false}"#),
    (
        "outcomes",
        r#"{"outcome": {"kind": "decline", "decline_code": "insufficient_funds"}, "times": 2}"#,
    ),
    ("outcomes", r#"{"outcome": {"kind": "authenticate"}}"#),
    (
        "faults",
        r#"{"method": "POST", "path": "/v1/*", "fault": {"kind": "delay", "ms": 500}}"#,
    ),
    (
        "faults",
        r#"{"method": "POST", "path": "/v1/*", "fault": {"kind": "status", "status": 500, "after_commit": true}}"#,
    ),
    (
        "faults",
        r#"{"method": "GET", "path": "/v1/*", "nth": 2, "fault": {"kind": "rate_limit"}}"#,
    ),
    (
        "faults",
        r#"{"method": "POST", "path": "/v1/*", "fault": {"kind": "lock_timeout"}}"#,
    ),
    (
        "webhooks",
        r#"{"faults": [{"type": "*", "nth": 2, "times": 3, "fault": {"kind": "reorder"}}]}"#,
    ),
    (
        "webhooks",
        r#"{"faults": [{"type": "charge.*", "fault": {"kind": "delay", "ms": 60000}}]}"#,
    ),
    ("webhooks", r#"{"mode": "off"}"#),
    ("webhooks", r#"{"mode": "on"}"#),
    (
        "assumptions",
        r#"{"most_confirmations": 3, "search_lag_seconds": 60}"#,
    ),
    (
        "assumptions",
        r#"{"token_lifetime_seconds": 900, "confirm_in_requires_action": "restarts"}"#,
    ),
];

/// Which calls there are, and which of them the sandbox does not answer.
const COVERAGE: &str = include_str!("../../../docs/coverage.md");

fn served(grammar: &Grammar) -> Vec<(String, String)> {
    let is_served = |(method, path): &&(String, String)| {
        let row = format!("| `{method} {path}` |");
        COVERAGE.lines().any(|line| line.starts_with(&row))
    };
    grammar.calls.keys().filter(is_served).cloned().collect()
}

pub struct Requests<'a> {
    grammar: &'a Grammar,
    /// Method and path of every call: those the types describe, those of the router, and the private ones.
    calls: Vec<(String, String)>,
    /// Those that the sandbox does not have, to be tried less.
    unrouted: BTreeSet<(String, String)>,
    routed: BTreeSet<(String, String)>,
    /// Those that have not succeeded yet, to be tried more.
    unmet: Vec<(String, String)>,
}

impl<'a> Requests<'a> {
    pub fn new(grammar: &'a Grammar, paths: BTreeSet<String>) -> Self {
        let owned =
            |(method, path, _): &(&str, &str, &str)| ((*method).to_owned(), (*path).to_owned());
        let mut calls: BTreeSet<_> = PRIVATE.iter().map(owned).collect();
        // Whatever a path is for, each method is tried on it.
        for path in paths {
            for method in ["GET", "POST", "DELETE"] {
                calls.insert((method.to_owned(), path.clone()));
            }
        }
        // What the router lacks is tried, too, and refused.
        calls.extend(grammar.calls.keys().cloned());
        Requests {
            grammar,
            calls: calls.into_iter().collect(),
            unrouted: BTreeSet::new(),
            routed: BTreeSet::new(),
            unmet: served(grammar),
        }
    }

    /// Learns whether the sandbox has such a call. What it once had, it has.
    pub fn note(&mut self, call: &(String, String), asked: &Request, answer: &Answer) {
        let message = answer.body["error"]["message"].as_str().unwrap_or_default();
        let is_none = ["Unrecognized request URL", "No such control"]
            .iter()
            .any(|start| message.starts_with(start));
        if answer.status < 400 {
            self.unmet.retain(|unmet| unmet != call);
        }
        if !is_none {
            self.unrouted.remove(call);
            self.routed.insert(call.clone());
        } else if asked.method == call.0 && !self.routed.contains(call) {
            self.unrouted.insert(call.clone());
        }
    }

    /// The calls that the sandbox has and the types name, none of which has succeeded.
    pub fn unmet(&self) -> Vec<String> {
        let unmet = self.unmet.iter();
        unmet
            .map(|(method, path)| format!("{method} {path}"))
            .collect()
    }

    fn is_routed(&self, call: &(String, String)) -> bool {
        !self.unrouted.contains(call)
    }

    pub fn next(&mut self, pool: &Pool, dice: &mut Dice) -> ((String, String), Request) {
        let (method, path, fields) = match dice.roll(20) {
            0 => return control(dice),
            1..=5 => {
                let (path, form) = self.start(dice);
                ("POST".to_owned(), path.to_owned(), Some(form))
            }
            _ => {
                let hungry = !self.unmet.is_empty() && dice.once_in(2);
                let mut call = dice.any(if hungry { &self.unmet } else { &self.calls });
                while !self.is_routed(call) && !dice.once_in(20) {
                    call = dice.any(&self.calls);
                }
                (call.0.clone(), call.1.clone(), None)
            }
        };
        let mut pairs = match fields {
            Some(form) => read(form, pool, dice),
            None => self.parameters(&(method.clone(), path.clone()), pool, dice),
        };
        let call = (method.clone(), without_kinds(&path));
        if method == "GET" && dice.once_in(5) {
            pairs.push((
                "expand[]".to_owned(),
                dice.pick(&["latest_charge", "data", "data.customer", "a.b.c.d.e", ""])
                    .to_owned(),
            ));
        }
        while dice.once_in(4) {
            spoil(&mut pairs, dice);
        }
        let key = self.access(&path, dice).unwrap_or("junk");
        let body = encode(&pairs, dice);
        let path = place(&path, pool, dice);
        let mut request = Machine::request(key, &method, &path, body);
        if dice.once_in(200) {
            request.method = dice.pick(&["PUT", "PATCH", "HEAD", "get", ""]).to_owned();
        }
        if method == "GET" {
            request.query =
                String::from_utf8_lossy(&std::mem::take(&mut request.body)).into_owned();
        }
        if dice.once_in(6) {
            let long = "k".repeat(dice.roll(300));
            request.idempotency_key = Some(dice.pick(&["", "a", "b", "c", &long]).to_owned());
        }
        if dice.once_in(60) {
            request.stripe_version = Some(
                dice.pick(&["2026-10-28.endive", "2020-08-27", "", "é"])
                    .to_owned(),
            );
        }
        if dice.once_in(60) {
            request.content_type = Some(
                dice.pick(&["application/json", "", "text/plain"])
                    .to_owned(),
            );
        }
        if dice.once_in(100) {
            request.authorization = Some(
                dice.pick(&["Basic c2tfdGVzdF93Og==", "Bearer", "Basic !", "é"])
                    .to_owned(),
            );
        }
        (call, request)
    }

    /// One that the sandbox has a call for.
    fn start(&self, dice: &mut Dice) -> (&'static str, &'static str) {
        loop {
            let (path, form) = dice.any(STARTS);
            if self.is_routed(&("POST".to_owned(), without_kinds(path))) || dice.once_in(20) {
                return (path, form);
            }
        }
    }

    fn parameters(
        &self,
        call: &(String, String),
        pool: &Pool,
        dice: &mut Dice,
    ) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let anything = (call.0.clone(), "/v1/payment_intents".to_owned());
        let fields = self
            .grammar
            .calls
            .get(call)
            .or(self.grammar.calls.get(&anything));
        let private = PRIVATE
            .iter()
            .find(|(method, path, _)| *method == call.0 && *path == call.1);
        if let Some((_, _, form)) = private {
            pairs = read(form, pool, dice);
        } else if let Some(fields) = fields {
            let mut values = Values {
                grammar: self.grammar,
                pool,
                dice,
            };
            values.fields(fields, "", 0, &mut pairs);
        }
        pairs
    }

    fn access(&self, path: &str, dice: &mut Dice) -> Option<&'static str> {
        let browser = path == "/v1/confirmation_tokens" || path.ends_with("source_cancel");
        if dice.once_in(12) {
            return Some(*dice.any(&["pk_test_w", "sk_test_v", "sk_live_w", "sk_test_w"]))
                .filter(|_| !dice.once_in(4));
        }
        Some(if browser { "pk_test_w" } else { "sk_test_w" })
    }
}

fn control(dice: &mut Dice) -> ((String, String), Request) {
    let (control, body) = dice.any(CONTROLS);
    let (control, body) = match dice.roll(60) {
        0 => ("reset", "{}".to_owned()),
        1 => ("state", String::new()),
        2 | 3 => (*control, random_json(dice, 0).to_string()),
        _ => (*control, (*body).to_owned()),
    };
    let mut body = body.into_bytes();
    if dice.once_in(8) && !body.is_empty() {
        let at = dice.roll(body.len());
        let wrong = dice.pick(&["", "\"", "9999999999999999999", "{", "-", "\u{0}", "é"]);
        body.splice(at..=at, wrong.bytes());
    }
    let path = format!("/_control/{control}");
    let method = if dice.once_in(10) { "GET" } else { "POST" };
    let request = Machine::request("sk_test_w", method, &path, body);
    ((method.to_owned(), path), request)
}

fn random_json(dice: &mut Dice, depth: usize) -> Value {
    match dice.roll(if depth > 4 { 5 } else { 8 }) {
        0 => Value::Null,
        1 => json!(dice.once_in(2)),
        2 => json!(*dice.any(&[0, 1, -1, i64::MAX, i64::MIN])),
        3 => json!(dice.pick(&["", "on", "pay", "POST", "evt_x", "💳"])),
        4 => json!(0.5),
        5 => (0..dice.roll(4))
            .map(|_| random_json(dice, depth + 1))
            .collect(),
        _ => {
            let names = [
                "kind",
                "fault",
                "times",
                "nth",
                "mode",
                "outcome",
                "advance_seconds",
                "x",
            ];
            (0..dice.roll(4))
                .map(|_| (dice.pick(&names).to_owned(), random_json(dice, depth + 1)))
                .collect()
        }
    }
}

fn read(form: &str, pool: &Pool, dice: &mut Dice) -> Vec<(String, String)> {
    let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), filled(value, pool, dice)))
        .collect()
}

/// Puts an id where a value asks for one: `{customer}`.
fn filled(value: &str, pool: &Pool, dice: &mut Dice) -> String {
    match value
        .strip_prefix('{')
        .and_then(|kind| kind.strip_suffix('}'))
    {
        Some(kind) => pool.named(kind, dice).unwrap_or_else(|| "x".to_owned()),
        None => value.to_owned(),
    }
}

/// `/v1/payment_intents/{payment_intent}/confirm` is a call on an `{id}`, as any other path says it.
fn without_kinds(path: &str) -> String {
    let segments = path.split('/');
    segments
        .map(|segment| {
            if segment.starts_with('{') {
                "{id}"
            } else {
                segment
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Puts ids into a path, of the kind that the word before each says.
fn place(path: &str, pool: &Pool, dice: &mut Dice) -> String {
    let mut placed = Vec::new();
    for segment in path.split('/') {
        let before = placed
            .last()
            .map_or("", String::as_str)
            .trim_end_matches('s');
        placed.push(match segment {
            "{id}" if dice.once_in(20) => pool
                .any(dice)
                .unwrap_or_else(|| dice.pick(&["x", "", "é", "%00"]).to_owned()),
            "{id}" => pool.named(before, dice).unwrap_or_else(|| "x".to_owned()),
            other => filled(other, pool, dice),
        });
    }
    placed.join("/")
}
