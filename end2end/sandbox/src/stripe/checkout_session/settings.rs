//! What a merchant chooses for a session's page, and what of it is only shown again.

mod custom_field;
mod shown;

use super::{Mode, UiMode};
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::params::Params;
use serde::{Deserialize, Serialize};

pub(crate) use custom_field::{CustomField, Kind};

/// Which of the customer's fields take over what the shopper enters.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct CustomerUpdate {
    pub address: bool,
    pub name: bool,
    pub shipping: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Creation {
    Always,
    IfRequired,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub allow_promotion_codes: Option<bool>,
    pub allowed_types: Option<Vec<String>>,
    pub excluded_types: Option<Vec<String>>,
    pub billing_address: bool,
    pub custom_fields: Vec<CustomField>,
    pub customer_creation: Option<Creation>,
    pub customer_update: CustomerUpdate,
    pub phone: bool,
    pub tax_id: bool,
    /// The countries that goods are sent to.
    pub ships_to: Option<Vec<String>>,
    pub terms: bool,
    pub promotions: bool,
    /// A subscription that costs nothing yet needs no method yet.
    pub method_if_required: bool,
    pub allow_redisplay: Option<String>,
    /// The page of an embedded session sends nobody on.
    pub stays: bool,
    /// Whether an expired session can be taken up again, and with promotion codes.
    pub recovery: Option<bool>,
    /// `payment_intent_data`, `setup_intent_data` or `subscription_data`, as it came.
    pub data: Vec<(String, String)>,
    /// `payment_method_options`, likewise.
    pub method_options: Vec<(String, String)>,
    /// Fields of the session that say what was chosen, and decide nothing.
    pub shown: Value,
}

impl Settings {
    pub(super) fn read(params: &mut Params, mode: Mode, ui_mode: UiMode) -> Result<Settings> {
        check_mode(params, mode)?;
        check_ui_mode(params, ui_mode)?;
        let shown = shown::read(params, mode, ui_mode)?;
        let on = |params: Option<Params>| match params {
            None => Ok(false),
            Some(mut params) => params.boolean("enabled").map(|on| on.unwrap_or(false)),
        };
        let update = params.map("customer_update")?;
        let mut update = update.unwrap_or_default();
        let mut takes = |field: &str| -> Result<bool> {
            Ok(update.one_of(field, &["auto", "never"])?.as_deref() == Some("auto"))
        };
        let customer_update = CustomerUpdate {
            address: takes("address")?,
            name: takes("name")?,
            shipping: takes("shipping")?,
        };
        let mut consent = params.map("consent_collection")?.unwrap_or_default();
        let recovery = match params.map("after_expiration")? {
            None => None,
            Some(mut after) => match after.map("recovery")? {
                None => None,
                Some(mut recovery) => {
                    let codes = recovery.boolean("allow_promotion_codes")?.unwrap_or(false);
                    let enabled = recovery.boolean("enabled")?.unwrap_or(false);
                    enabled.then_some(codes)
                }
            },
        };
        let ships_to = match params.map("shipping_address_collection")? {
            None => None,
            Some(mut collection) => collection.list("allowed_countries")?,
        };
        let allow_redisplay = match params.map("payment_method_data")? {
            None => None,
            Some(mut data) => data.text("allow_redisplay")?,
        };
        let data = match mode {
            Mode::Payment => "payment_intent_data",
            Mode::Setup => "setup_intent_data",
            Mode::Subscription => "subscription_data",
        };
        let data = params.map(data)?.map(Params::into_pairs);
        let options = params.map("payment_method_options")?;
        Ok(Settings {
            allow_promotion_codes: params.boolean("allow_promotion_codes")?,
            allowed_types: params.list("allowed_payment_method_types")?,
            excluded_types: params.list("excluded_payment_method_types")?,
            billing_address: params.is_text("billing_address_collection", "required"),
            custom_fields: custom_field::read(params.map("custom_fields")?)?,
            customer_creation: params.choice(
                "customer_creation",
                &[
                    ("always", Creation::Always),
                    ("if_required", Creation::IfRequired),
                ],
            )?,
            customer_update,
            phone: on(params.map("phone_number_collection")?)?,
            tax_id: on(params.map("tax_id_collection")?)?,
            ships_to,
            terms: consent.text("terms_of_service")?.as_deref() == Some("required"),
            promotions: consent.text("promotions")?.as_deref() == Some("auto"),
            method_if_required: params.is_text("payment_method_collection", "if_required"),
            allow_redisplay,
            stays: params.is_text("redirect_on_completion", "never"),
            recovery,
            data: data.unwrap_or_default(),
            method_options: options.map(Params::into_pairs).unwrap_or_default(),
            shown,
        })
    }
}

/// Some parameters belong to one mode only.
fn check_mode(params: &Params, mode: Mode) -> Result<()> {
    use Mode::{Payment, Setup, Subscription};
    for (field, modes) in [
        ("payment_intent_data", &[Payment][..]),
        ("setup_intent_data", &[Setup]),
        ("subscription_data", &[Subscription]),
        ("invoice_creation", &[Payment]),
        ("customer_creation", &[Payment, Setup]),
        ("payment_method_collection", &[Subscription]),
        ("line_items", &[Payment, Subscription]),
        ("discounts", &[Payment, Subscription]),
        ("allow_promotion_codes", &[Payment, Subscription]),
        ("automatic_tax", &[Payment, Subscription]),
        ("shipping_options", &[Payment]),
        ("optional_items", &[Payment, Subscription]),
        ("saved_payment_method_options", &[Payment, Subscription]),
        ("submit_type", &[Payment, Subscription]),
    ] {
        if params.has(field) && !modes.contains(&mode) {
            return Err(not_with(field, "mode", mode_name(mode)));
        }
    }
    Ok(())
}

/// And some to one kind of page.
fn check_ui_mode(params: &Params, ui_mode: UiMode) -> Result<()> {
    use UiMode::{Elements, EmbeddedPage, Form, HostedPage};
    for (field, pages) in [
        ("success_url", &[HostedPage][..]),
        ("cancel_url", &[HostedPage]),
        ("return_url", &[Elements, EmbeddedPage, Form]),
        ("redirect_on_completion", &[EmbeddedPage]),
        ("permissions", &[Elements, EmbeddedPage]),
        ("after_expiration", &[EmbeddedPage, Form, HostedPage]),
        ("branding_settings", &[EmbeddedPage, Form, HostedPage]),
        ("custom_fields", &[EmbeddedPage, Form, HostedPage]),
        ("custom_text", &[EmbeddedPage, Form, HostedPage]),
        ("origin_context", &[EmbeddedPage, Form, HostedPage]),
        ("submit_type", &[EmbeddedPage, Form, HostedPage]),
        ("optional_items", &[EmbeddedPage, HostedPage]),
    ] {
        if params.has(field) && !pages.contains(&ui_mode) {
            let name = UiMode::NAMES.iter().find(|(_, known)| *known == ui_mode);
            let name = name.map_or("", |(name, _)| name);
            return Err(not_with(field, "ui_mode", name));
        }
    }
    Ok(())
}

pub(super) fn mode_name(mode: Mode) -> &'static str {
    let name = Mode::NAMES.iter().find(|(_, known)| *known == mode);
    name.map_or("", |(name, _)| name)
}

fn not_with(field: &str, choice: &str, chosen: &str) -> Box<Error> {
    Error::invalid(format!(
        "`{field}` cannot be given where `{choice}` is `{chosen}`."
    ))
    .param(field)
}
