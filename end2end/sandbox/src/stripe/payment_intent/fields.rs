//! The parameters that creating, updating and confirming an intent share.

use super::{CardOptions, FutureUsage, Request3ds};
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
pub(super) fn refuse_payment_method_types(params: &Params) -> Result<()> {
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

/// No world has customers yet, so none can be found.
pub(super) fn refuse_customers(params: &mut Params) -> Result<()> {
    for field in ["customer", "customer_account"] {
        if let Some(id) = params.text(field)? {
            return Err(Error::missing_param("customer", &id, field));
        }
    }
    Ok(())
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
            .choice(
                "request_three_d_secure",
                &[
                    ("automatic", Request3ds::Automatic),
                    ("any", Request3ds::Any),
                    ("challenge", Request3ds::Challenge),
                ],
            )?
            .unwrap_or_default(),
        setup_future_usage: card
            .choice(
                "setup_future_usage",
                &[
                    ("off_session", Some(FutureUsage::OffSession)),
                    ("on_session", Some(FutureUsage::OnSession)),
                    ("none", None),
                ],
            )?
            .flatten(),
    };
    card.finish()?;
    Ok(Some(read))
}

pub(super) fn email(text: String) -> Result<String> {
    let looks_right = text
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace);
    if looks_right {
        return Ok(text);
    }
    Err(Error::invalid(format!("Invalid email address: {text}"))
        .code("email_invalid")
        .param("receipt_email"))
}

pub(super) fn read_receipt_email(params: &mut Params) -> Result<Change<String>> {
    Ok(match params.change("receipt_email")? {
        Change::Set(text) => Change::Set(email(text)?),
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
