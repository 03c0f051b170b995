//! `payment_method_options` of the methods besides cards: when to capture, whether to save, and what each has of its own.

use super::options::MethodUsage;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Object, Value, json};
use crate::stripe::local_method::{Ask, LocalMethod, Voucher};
use crate::stripe::params::Params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The debits, whose rules are not in the table of the other methods, and their options.
const DEBITS: &[(&str, &str)] = &[
    ("sepa_debit", "target_date"),
    (
        "us_bank_account",
        "target_date transaction_purpose verification_method",
    ),
];

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct MethodOptions {
    pub capture_manually: bool,
    pub setup_future_usage: Option<MethodUsage>,
    /// `expires_after_days` and the like.
    pub own: BTreeMap<String, Value>,
}

/// By method; only those that were given.
pub(crate) type OptionsByMethod = BTreeMap<String, MethodOptions>;

impl MethodOptions {
    pub(crate) fn json(&self, name: &str) -> Value {
        let mut json = Object::new();
        if let Some(method) = LocalMethod::named(name) {
            for option in method.options() {
                json.insert(option, method.default_option(option));
            }
        }
        for (option, value) in &self.own {
            json.insert(option.clone(), value.clone());
        }
        if self.capture_manually {
            json.insert("capture_method", json!("manual"));
        }
        if let Some(usage) = self.setup_future_usage {
            json.insert("setup_future_usage", json!(usage));
        }
        Value::Object(json)
    }
}

/// Changes the options of the methods that are named.
pub(crate) fn read(given: &mut Params, options: &mut OptionsByMethod) -> Result<()> {
    let debits = DEBITS.iter().copied();
    for (name, own) in debits {
        if let Some(params) = given.map(name)? {
            options.insert(name.to_owned(), read_one(params, None, own.split(' '))?);
        }
    }
    for method in LocalMethod::all() {
        if let Some(params) = given.map(method.name())? {
            let read = read_one(params, Some(method), method.options())?;
            options.insert(method.name().to_owned(), read);
        }
    }
    Ok(())
}

fn read_one(
    mut params: Params,
    method: Option<LocalMethod>,
    own: impl Iterator<Item = &'static str>,
) -> Result<MethodOptions> {
    let mut options = MethodOptions::default();
    if !params.is_text("capture_method", "") {
        let manually = params.choice("capture_method", &[("manual", true)])?;
        options.capture_manually = manually.unwrap_or(false);
    }
    if !params.is_text("setup_future_usage", "") {
        options.setup_future_usage = params.choice("setup_future_usage", MethodUsage::NAMES)?;
    }
    params.only_one_of(&["expires_at", "expires_after_days", "expires_after_seconds"])?;
    for name in own {
        if let Some(value) = read_own(&mut params, method, name)? {
            options.own.insert(name.to_owned(), value);
        }
    }
    Ok(options)
}

fn read_own(params: &mut Params, method: Option<LocalMethod>, name: &str) -> Result<Option<Value>> {
    let days = match method.map(LocalMethod::ask) {
        Some(Ask::Voucher(Voucher::Days { least, most, .. })) => least..=most,
        _ => 0..=i64::MAX,
    };
    let refused = |params: &Params, message: &str| {
        Err(Error::invalid(message.to_owned()).param(params.name(name)))
    };
    Ok(match name {
        "expires_after_days" => params.integer_in(name, days)?.map(Value::from),
        "expires_after_seconds" => params.integer_in(name, 60..=1_209_600)?.map(Value::from),
        "expires_at" => params.integer(name)?.map(Value::from),
        "client" => params
            .one_of(name, &["android", "ios", "web"])?
            .map(Value::from),
        "verification_method" => params
            .one_of(name, &["automatic", "instant", "microdeposits"])?
            .map(Value::from),
        "confirmation_number" => match params.text(name)? {
            Some(text) if text.bytes().all(|digit| digit == b'0') => {
                let error =
                    Error::invalid("The convenience store refuses this confirmation number.");
                return Err(error
                    .code("payment_intent_konbini_rejected_confirmation_number")
                    .param(params.name(name)));
            }
            Some(text)
                if !(10..=11).contains(&text.len())
                    || !text.bytes().all(|digit| digit.is_ascii_digit()) =>
            {
                return refused(params, "A confirmation number has 10 or 11 digits.");
            }
            text => text.map(Value::from),
        },
        "product_description" => match params.text(name)? {
            Some(text) if text.chars().count() > 22 => {
                return refused(params, "A product description has up to 22 characters.");
            }
            text => text.map(Value::from),
        },
        _ => params.text(name)?.map(Value::from),
    })
}
