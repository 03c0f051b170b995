//! The parameters that creating, updating and confirming an intent share.

use super::{CardOptions, FutureUsage, MethodUsage, PaymentIntent, Request3ds, method_options};
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::params::{self, Change, Params};

/// As the parameter `network` names them.
const NETWORKS: &[&str] = &[
    "amex",
    "cartes_bancaires",
    "diners",
    "discover",
    "eftpos_au",
    "girocard",
    "interac",
    "jcb",
    "link",
    "mastercard",
    "unionpay",
    "unknown",
    "visa",
];

/// `payment_method_options`: changes those that are given, of each method that is named.
pub(super) fn read_options(params: &mut Params, intent: &mut PaymentIntent) -> Result<()> {
    let Some(mut options) = params.map("payment_method_options")? else {
        return Ok(());
    };
    method_options::read(&mut options, &mut intent.method_options)?;
    match options.change_map("card")? {
        Change::Set(card) => read_card_options(card, &mut intent.card_options),
        Change::Unset => {
            intent.card_options = CardOptions::default();
            Ok(())
        }
        Change::Keep => Ok(()),
    }
}

/// What an empty text unsets is as it was at first.
fn read_card_options(mut card: Params, read: &mut CardOptions) -> Result<()> {
    let is_unset = |field| card.is_text(field, "");
    let fresh = CardOptions::default();
    if is_unset("capture_method") {
        read.capture_manually = fresh.capture_manually;
    }
    if is_unset("cvc_token") {
        read.cvc_token = None;
    }
    if is_unset("network") {
        read.network = None;
    }
    if is_unset("request_three_d_secure") {
        read.request_three_d_secure = fresh.request_three_d_secure;
    }
    if is_unset("setup_future_usage") {
        read.setup_future_usage = None;
    }
    if let Some(manually) = card.choice(
        "capture_method",
        &[("manual", true), ("manual_preferred", true)],
    )? {
        read.capture_manually = manually;
    }
    if let Some(request) = card.choice("request_three_d_secure", Request3ds::NAMES)? {
        read.request_three_d_secure = request;
    }
    if let Some(usage) = card.choice("setup_future_usage", MethodUsage::NAMES)? {
        read.setup_future_usage = Some(usage);
    }
    if let Some(network) = card.one_of("network", NETWORKS)? {
        read.network = Some(network);
    }
    if let Some(token) = card.text("cvc_token")? {
        read.cvc_token = Some(token);
    }
    if let Some(required) = card.boolean("require_cvc_recollection")? {
        read.require_cvc_recollection = required;
    }
    read.requested.read(&mut card)?;
    Ok(())
}

/// `param` names the parameter it came in.
pub(crate) fn email(text: String, param: &str) -> Result<String> {
    let looks_right = text
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace);
    if looks_right {
        return Ok(text);
    }
    Err(Error::invalid(format!("Invalid email address: {text}"))
        .code("email_invalid")
        .param(param))
}

pub(super) fn read_receipt_email(params: &mut Params) -> Result<Change<String>> {
    Ok(match params.change("receipt_email")? {
        Change::Set(text) => Change::Set(email(text, "receipt_email")?),
        other => other,
    })
}

pub(super) fn read_future_usage(params: &mut Params) -> Result<Change<FutureUsage>> {
    if params.is_text("setup_future_usage", "") {
        return Ok(Change::Unset);
    }
    let usage = params.choice("setup_future_usage", FutureUsage::NAMES)?;
    Ok(usage.map_or(Change::Keep, Change::Set))
}

/// `radar_options[session]`
pub(crate) fn read_radar(params: &mut Params, session: &mut Option<String>) -> Result<()> {
    if let Some(mut options) = params.map("radar_options")?
        && let Some(given) = options.text("session")?
    {
        *session = Some(given);
    }
    Ok(())
}

pub(super) fn read_shipping(params: &mut Params) -> Result<Change<Value>> {
    if params.is_text("shipping", "") {
        return Ok(Change::Unset);
    }
    let shipping = params.map("shipping")?;
    Ok(params::shipping(shipping)?.map_or(Change::Keep, Change::Set))
}
