//! Payment methods besides cards and bank debits (docs.stripe.com/payments/payment-methods/overview): which currencies
//! and amounts each takes, what it must know of the payer, and how the payer is asked to pay. A pure table.

mod list;

use super::error::{Error, Result};
use super::params::Params;
use crate::stripe::json::{Object, Value, json};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use list::METHODS;

/// How the payer is asked to pay: the kind of `next_action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// The payer leaves the page: `redirect_to_url`.
    Redirect,
    /// The same, in fields of Alipay's own.
    AlipayRedirect,
    /// A telephone leaves for an app, a computer shows a QR code.
    RedirectOrQr,
    WechatPay,
    /// A QR code, valid for so many seconds if not forever.
    Qr(Option<i64>),
    /// A number to pay at a counter or a bank.
    Voucher(Voucher),
}

/// When a voucher runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voucher {
    /// At the end of a day, so many days on by default, by a clock so many hours ahead of UTC.
    Days {
        default: i64,
        least: i64,
        most: i64,
        utc_offset_h: i64,
    },
    /// A week later; late money is waited for four days more.
    Week,
}

/// Whether a method can be saved and charged again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reuse {
    Never,
    /// As it is.
    Itself,
    /// It tells the payer's bank account, which is saved as a SEPA debit.
    SepaDebit,
}

#[derive(Debug)]
pub(crate) struct Rules {
    name: &'static str,
    /// As the test page shows it.
    label: &'static str,
    currencies: &'static str,
    /// Currency, smallest and largest amount in minor units.
    amounts: &'static [(&'static str, i64, i64)],
    ask: Ask,
    reuse: Reuse,
    captures_later: bool,
    /// Billing details the payer must have given.
    needs: &'static str,
    /// Fields of the PaymentMethod; a star marks those that must be given, and what follows `=` stands in for others.
    fields: &'static str,
    /// Fields of the charge's `payment_method_details`.
    charged: &'static str,
    /// Its `payment_method_options`, besides those every method has.
    options: &'static str,
}

/// One of the table's methods, written as its name.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub(crate) struct LocalMethod(&'static Rules);

impl TryFrom<String> for LocalMethod {
    type Error = String;

    fn try_from(name: String) -> std::result::Result<Self, String> {
        LocalMethod::named(&name).ok_or(format!("no such payment method: {name}"))
    }
}

impl From<LocalMethod> for &'static str {
    fn from(method: LocalMethod) -> &'static str {
        method.name()
    }
}

impl LocalMethod {
    pub(crate) fn all() -> impl Iterator<Item = LocalMethod> {
        METHODS.iter().map(LocalMethod)
    }

    /// The methods that take this currency.
    pub(crate) fn for_currency(currency: &str) -> &'static [LocalMethod] {
        static BY_CURRENCY: LazyLock<HashMap<&str, Vec<LocalMethod>>> = LazyLock::new(|| {
            let mut by_currency: HashMap<&str, Vec<LocalMethod>> = HashMap::new();
            for method in LocalMethod::all() {
                for currency in method.0.currencies.split(' ') {
                    by_currency.entry(currency).or_default().push(method);
                }
            }
            by_currency
        });
        BY_CURRENCY.get(currency).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn named(name: &str) -> Option<LocalMethod> {
        Self::all().find(|method| method.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        self.0.name
    }

    pub(crate) fn label(self) -> &'static str {
        self.0.label
    }

    pub(crate) fn ask(self) -> Ask {
        self.0.ask
    }

    pub(crate) fn reuse(self) -> Reuse {
        self.0.reuse
    }

    pub(crate) fn captures_later(self) -> bool {
        self.0.captures_later
    }

    /// Whether the payer has to leave the page.
    pub(crate) fn redirects(self) -> bool {
        matches!(
            self.ask(),
            Ask::Redirect | Ask::AlipayRedirect | Ask::RedirectOrQr
        )
    }

    /// What a form must ask the payer for, besides that this is the method.
    pub(crate) fn form_json(self) -> Value {
        let needs: Vec<&str> = self.0.needs.split_whitespace().collect();
        let required = |field: &&str| field.ends_with('*');
        let fields = self.0.fields.split_whitespace().filter(required);
        let fields: Vec<&str> = fields.map(|field| name_and_default(field).0).collect();
        let ask = match self.ask() {
            Ask::Redirect | Ask::AlipayRedirect => "redirect",
            Ask::RedirectOrQr => "redirect_or_code",
            Ask::WechatPay | Ask::Qr(_) => "code",
            Ask::Voucher(_) => "voucher",
        };
        json!({
            "type": self.name(),
            "label": self.label(),
            "needs": needs,
            "fields": fields,
            "ask": ask,
            "reusable": self.reuse() != Reuse::Never,
        })
    }

    /// Whether this amount is within its limits, if it has any in this currency.
    pub(crate) fn takes(self, amount: i64, currency: &str) -> bool {
        let mut limits = self.0.amounts.iter();
        let limit = limits.find(|limit| limit.0 == currency);
        limit.is_none_or(|(_, least, most)| (*least..=*most).contains(&amount))
    }

    pub(crate) fn options(self) -> impl Iterator<Item = &'static str> {
        self.0.options.split_whitespace()
    }

    /// What its options are where nothing was chosen.
    pub(crate) fn default_option(self, option: &str) -> Value {
        match (option, self.ask()) {
            ("expires_after_days", Ask::Voucher(Voucher::Days { default, .. }))
                // Konbini tells only what was chosen.
                if self.name() != "konbini" =>
            {
                json!(default)
            }
            ("preferred_language", _) => json!("en"),
            _ => Value::Null,
        }
    }

    /// Refuses a payer who has not told what the method needs.
    pub(crate) fn check_billing_details(self, details: &Value) -> Result<()> {
        let given = |field: &&str| match *field {
            "address" => ["line1", "city", "state", "postal_code", "country"]
                .iter()
                .all(|part| details["address"][part].as_str().is_some()),
            // OXXO prints first and last names of two letters at least.
            "full_name" => details["name"].as_str().is_some_and(|name| {
                name.split_whitespace().count() > 1
                    && name.split_whitespace().all(|part| part.chars().count() > 1)
            }),
            field => details[field].as_str().is_some(),
        };
        let Some(missing) = self.0.needs.split_whitespace().find(|field| !given(field)) else {
            return Ok(());
        };
        let field = if missing == "full_name" {
            "name"
        } else {
            missing
        };
        let error = Error::invalid(format!(
            "Payments with {} need the payer's `billing_details[{field}]`.",
            self.name()
        ))
        .param(format!("payment_method_data[billing_details][{field}]"));
        Err(match field {
            "address" => error.code("payment_method_billing_details_address_missing"),
            _ => error.code("parameter_missing"),
        })
    }
}

/// A payer's method of the table, with what the payer told of it (`ideal[bank]`).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Local {
    pub method: LocalMethod,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    details: BTreeMap<String, String>,
}

impl Local {
    /// Reads the object named after the method, if it was given.
    pub(crate) fn read(method: LocalMethod, given: Option<Params>) -> Result<Local> {
        let mut given = given.unwrap_or_default();
        let mut details = BTreeMap::new();
        for field in method.0.fields.split_whitespace() {
            let (name, usual) = name_and_default(field);
            match given.text(name)?.or(usual.map(str::to_owned)) {
                Some(text) => {
                    details.insert(name.to_owned(), text);
                }
                None if field.ends_with('*') => {
                    let name = format!("{}[{name}]", method.name());
                    return Err(Params::default().missing(&name));
                }
                None => {}
            }
        }
        Ok(Local { method, details })
    }

    fn field(&self, name: &str) -> Value {
        json!(self.details.get(name))
    }

    /// The object named after the method, on a PaymentMethod.
    pub(crate) fn json(&self) -> Value {
        let names = self.method.0.fields.split_whitespace();
        let names = names.map(|field| name_and_default(field).0);
        let fields: Object = names.map(|name| (name.into(), self.field(name))).collect();
        Value::Object(fields)
    }

    /// The same on a charge. `known` are the fields that this payment has: the number of a voucher.
    pub(crate) fn charge_json(&self, charge: &str, known: &Value) -> Value {
        let fields: Object = self
            .method
            .0
            .charged
            .split_whitespace()
            .map(|name| {
                let value = match (name, known.get(name)) {
                    (_, Some(known)) => known.clone(),
                    ("transaction_id", None) => json!(super::random::fingerprint(charge)),
                    _ => self.field(name),
                };
                (name.into(), value)
            })
            .collect();
        Value::Object(fields)
    }
}

fn name_and_default(field: &'static str) -> (&'static str, Option<&'static str>) {
    match field.split_once('=') {
        Some((name, default)) => (name, Some(default)),
        None => (field.trim_end_matches('*'), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stripe::money;

    #[test]
    fn every_method_is_listed_once_in_order_with_currencies_that_exist() {
        let names: Vec<_> = LocalMethod::all().map(LocalMethod::name).collect();
        assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
        for method in LocalMethod::all() {
            for currency in method.0.currencies.split(' ') {
                assert!(
                    money::known(currency).is_some(),
                    "{}: {currency}",
                    method.name()
                );
            }
            for (currency, least, most) in method.0.amounts {
                assert!(method.takes(*least, currency) && method.takes(*most, currency));
                assert!(!method.takes(least - 1, currency) && !method.takes(most + 1, currency));
            }
        }
    }
}
