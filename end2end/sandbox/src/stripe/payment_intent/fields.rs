//! The parameters that creating, updating and confirming an intent share.

use super::{AllowRedirects, CardOptions, FutureUsage, MethodUsage, Request3ds};
use crate::stripe::error::{Error, Result};
use crate::stripe::params::{self, Change, Params};
use serde_json::Value;

/// Parameters that need objects the sandbox does not have yet.
pub(super) const NOT_MODELLED: &[&str] = &[
    "application_fee_amount",
    "hooks",
    "mandate",
    "on_behalf_of",
    "transfer_data",
];

/// Parameters that change nothing for a test card.
pub(super) const WITHOUT_EFFECT: &[&str] = &[
    "amount_details",
    "mandate_data",
    "payment_details",
    "payment_method_configuration",
    "radar_options",
];

/// Removed with the endive train: docs.stripe.com/changelog/endive/2026-09-30.
pub(crate) fn refuse_payment_method_types(params: &Params) -> Result<()> {
    if !params.has("payment_method_types") {
        return Ok(());
    }
    Err(Error::invalid(
        "`payment_method_types` is no longer supported in this API version. Use `allowed_payment_method_types` or \
         `excluded_payment_method_types`, or the Dashboard.",
    )
    .code("payment_method_types_no_longer_supported")
    .param("payment_method_types"))
}

/// `enabled`, and whether redirects are welcome.
pub(crate) fn read_automatic_payment_methods(
    params: &mut Params,
) -> Result<(bool, AllowRedirects)> {
    let Some(mut automatic) = params.map("automatic_payment_methods")? else {
        return Ok((true, AllowRedirects::Always));
    };
    let enabled = automatic
        .boolean("enabled")?
        .ok_or_else(|| automatic.missing("enabled"))?;
    let allow = automatic.choice(
        "allow_redirects",
        &[
            ("always", AllowRedirects::Always),
            ("never", AllowRedirects::Never),
        ],
    )?;
    automatic.finish()?;
    // Switched off, only the allowed types are left: by default that is cards, which stay on the page.
    let default = if enabled {
        AllowRedirects::Always
    } else {
        AllowRedirects::Never
    };
    Ok((enabled, allow.unwrap_or(default)))
}

pub(super) fn read_card_options(params: &mut Params) -> Result<Option<CardOptions>> {
    // Other methods' options concern methods that are never offered here.
    let Some(mut options) = params.map("payment_method_options")? else {
        return Ok(None);
    };
    let Some(mut card) = options.map("card")? else {
        return Ok(None);
    };
    card.not_modelled(&[
        "cvc_token",
        "installments",
        "mandate_options",
        "three_d_secure",
    ])?;
    card.without_effect(&[
        "moto",
        "network",
        "request_extended_authorization",
        "request_incremental_authorization",
        "request_multicapture",
        "request_overcapture",
        "require_cvc_recollection",
        "statement_descriptor_suffix_kana",
        "statement_descriptor_suffix_kanji",
    ]);
    let read = CardOptions {
        capture_manually: card
            .choice(
                "capture_method",
                &[("manual", true), ("manual_preferred", true)],
            )?
            .unwrap_or(false),
        request_three_d_secure: card
            .choice("request_three_d_secure", Request3ds::NAMES)?
            .unwrap_or_default(),
        setup_future_usage: card.choice("setup_future_usage", MethodUsage::NAMES)?,
    };
    card.finish()?;
    Ok(Some(read))
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
        params.without_effect(&["setup_future_usage"]);
        return Ok(Change::Unset);
    }
    let usage = params.choice("setup_future_usage", FutureUsage::NAMES)?;
    Ok(usage.map_or(Change::Keep, Change::Set))
}

pub(super) fn read_shipping(params: &mut Params) -> Result<Change<Value>> {
    if params.is_text("shipping", "") {
        params.without_effect(&["shipping"]);
        return Ok(Change::Unset);
    }
    let shipping = params.map("shipping")?;
    Ok(params::shipping(shipping)?.map_or(Change::Keep, Change::Set))
}
