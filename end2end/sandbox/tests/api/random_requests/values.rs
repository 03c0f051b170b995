//! Values for parameters: mostly what a careful caller would send, now and then what nobody should.

use super::dice::Dice;
use super::grammar::{Field, Grammar, Kind, Shape};
use super::pool::Pool;

/// Deeper than any real request; keeps shapes that hold themselves in bounds.
const DEEPEST: usize = 6;

pub struct Values<'a> {
    pub grammar: &'a Grammar,
    pub pool: &'a Pool,
    pub dice: &'a mut Dice,
}

impl Values<'_> {
    /// Pairs for these fields: those required, and some of the others.
    pub fn fields(
        &mut self,
        fields: &[Field],
        prefix: &str,
        depth: usize,
        pairs: &mut Vec<(String, String)>,
    ) {
        // Few at a time, so that one wrong value does not always spoil the rest.
        let sparse = match self.dice.once_in(2) {
            true => 2 * fields.len(),
            false => 2 + self.dice.roll(fields.len()),
        };
        for field in fields {
            let wanted = match field.required {
                true => !self.dice.once_in(40),
                // Optional by the types, and needed by most calls that take them.
                false if matches!(field.name.as_str(), "customer" | "price") => {
                    self.dice.once_in(2)
                }
                false => self.dice.once_in(sparse) && field.name != "expand",
            };
            if wanted {
                let name = match prefix {
                    "" => field.name.clone(),
                    prefix => format!("{prefix}[{}]", field.name),
                };
                self.shape(&field.shape, &name, depth + 1, pairs);
            }
        }
    }

    fn shape(
        &mut self,
        shape: &Shape,
        name: &str,
        depth: usize,
        pairs: &mut Vec<(String, String)>,
    ) {
        if depth > DEEPEST {
            return;
        }
        let kinds: Vec<&Kind> = shape
            .kinds
            .iter()
            .filter(|kind| **kind != Kind::Empty || self.dice.once_in(6))
            .collect();
        if kinds.is_empty() {
            return;
        }
        let kind = *self.dice.any(&kinds);
        let text = match kind {
            Kind::Named(other) => {
                let grammar = self.grammar;
                return self.shape(grammar.shared(other), name, depth, pairs);
            }
            Kind::Fields => return self.fields(&shape.fields, name, depth, pairs),
            Kind::List => {
                for place in 0..self.dice.roll(3) {
                    if let Some(item) = shape.inner("[]") {
                        self.shape(item, &format!("{name}[{place}]"), depth + 1, pairs);
                    }
                }
                return;
            }
            Kind::Free => {
                for _ in 0..self.dice.roll(3) {
                    let free = self.dice.pick(&["a", "order", "gbp", "eur", "a b"]);
                    if let Some(value) = shape.inner("*") {
                        self.shape(value, &format!("{name}[{free}]"), depth + 1, pairs);
                    }
                }
                return;
            }
            Kind::Empty => String::new(),
            Kind::Text => self.text(name),
            Kind::Integer => self.integer(name),
            Kind::Decimal => self
                .dice
                .pick(&["12.5", "0.01", "100", "33.333"])
                .to_owned(),
            Kind::Boolean => self.dice.pick(&["true", "false"]).to_owned(),
            Kind::Choice(choices) => self.dice.any(choices).clone(),
        };
        pairs.push((name.to_owned(), text));
    }

    /// A text that fits its name.
    fn text(&mut self, name: &str) -> String {
        let last = name
            .trim_end_matches(']')
            .rsplit('[')
            .next()
            .unwrap_or(name);
        let last = if last.bytes().all(|sign| sign.is_ascii_digit()) {
            // An item of a list: `enabled_events[0]`.
            name.split('[').next().unwrap_or(name)
        } else {
            last
        };
        let fitting: &[&str] = match last {
            "currency" => &["usd", "usd", "usd", "eur", "gbp", "jpy"],
            "payment_method" if self.dice.once_in(2) => &[
                "pm_card_visa",
                "pm_card_visa",
                "pm_card_threeDSecure2Required",
                "pm_card_authenticationRequiredOnSetup",
                "pm_card_visa_chargeDeclined",
                "pm_card_createDispute",
                "pm_card_pendingRefund",
                "pm_card_refundFail",
                "pm_usBankAccount_success",
            ],
            "email" | "receipt_email" => &["jenny@example.com"],
            "country" => &["US", "DE", "FR", "GB"],
            "number" => &["4242424242424242", "4000000000003220", "4000000000000002"],
            "cvc" => &["123"],
            "iban" => &["DE89370400440532013000", "DE62370400440532013001"],
            "account_number" => &["000123456789", "000111111116", "000222222227"],
            "routing_number" => &["110000000"],
            "query" => &[
                "status:'succeeded'",
                "created>0",
                "metadata['order']:null",
                "metadata['order']:'7' AND amount>100",
                "-currency:'usd' OR email:\"jenny@example.com\"",
            ],
            "uncategorized_text" => &["winning_evidence", "losing_evidence", "x"],
            "api_version" => &["2026-10-28.endive"],
            "tax_code" => &["txcd_10000000"],
            "ip_address" => &["1.2.3.4"],
            name if name.contains("url") => &["https://shop.test/return?a=b"],
            name => {
                if let Some(id) = self.pool.named(name, self.dice) {
                    return id;
                }
                &["x", "Jenny Rosen", "7", "1 Main St", "94103"]
            }
        };
        self.dice.pick(fitting).to_owned()
    }

    fn integer(&mut self, name: &str) -> String {
        let last = name
            .trim_end_matches(']')
            .rsplit('[')
            .next()
            .unwrap_or(name);
        let fitting: &[&str] = match last {
            "exp_month" => &["12"],
            "exp_year" => &["2034"],
            "limit" => &["1", "2", "10", "100"],
            "quantity" | "interval_count" | "duration_in_months" => &["1", "2", "12"],
            name if name.contains("amount") => &["50", "100", "1999", "1999", "5000"],
            name if name.ends_with("_at") || name.ends_with("_end") || name.contains("date") => {
                &["1795132900", "1797724800", "1800000000"]
            }
            _ => &["0", "1", "7", "30", "1999"],
        };
        self.dice.pick(fitting).to_owned()
    }
}
