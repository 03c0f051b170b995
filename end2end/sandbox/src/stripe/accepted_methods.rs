//! Which payment methods an intent accepts (docs.stripe.com/payments/payment-methods/dynamic-payment-methods): what
//! PaymentIntents and SetupIntents are told in the same parameters.

use super::error::{Error, Result};
use super::local_method::{LocalMethod, Reuse};
use super::params::Params;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// Whether methods that leave the page are welcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AllowRedirects {
    Always,
    Never,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AcceptedMethods {
    pub automatic_payment_methods: bool,
    pub allow_redirects: AllowRedirects,
    pub allowed_payment_method_types: Option<Vec<String>>,
    pub excluded_payment_method_types: Option<Vec<String>>,
}

/// What of a payment decides which methods can pay it.
pub(crate) struct Payment<'a> {
    pub amount: i64,
    pub currency: &'a str,
    pub captured_later: bool,
    pub saved: bool,
}

impl AcceptedMethods {
    /// Where nothing is said.
    pub(crate) fn any() -> Self {
        AcceptedMethods {
            automatic_payment_methods: true,
            allow_redirects: AllowRedirects::Always,
            allowed_payment_method_types: None,
            excluded_payment_method_types: None,
        }
    }

    /// What a creation says.
    pub(crate) fn read(params: &mut Params, world: &World) -> Result<Self> {
        let mut methods = AcceptedMethods::any();
        if let Some(mut automatic) = params.map("automatic_payment_methods")? {
            let enabled = automatic.boolean("enabled")?;
            let enabled = enabled.ok_or_else(|| automatic.missing("enabled"))?;
            let allow = automatic.choice(
                "allow_redirects",
                &[
                    ("always", AllowRedirects::Always),
                    ("never", AllowRedirects::Never),
                ],
            )?;
            methods.automatic_payment_methods = enabled;
            // Switched off, only the allowed types are left: by default that is cards, which stay on the page.
            methods.allow_redirects = allow.unwrap_or(match enabled {
                true => AllowRedirects::Always,
                false => AllowRedirects::Never,
            });
        }
        methods.update(params, world)?;
        Ok(methods)
    }

    /// What an update, or a confirmation, changes.
    pub(crate) fn update(&mut self, params: &mut Params, world: &World) -> Result<()> {
        let allowed = params.change_list("allowed_payment_method_types")?;
        allowed.apply(&mut self.allowed_payment_method_types);
        let excluded = params.change_list("excluded_payment_method_types")?;
        excluded.apply(&mut self.excluded_payment_method_types);
        // An account has one configuration, until there is a Dashboard to make another.
        match params.text("payment_method_configuration")? {
            Some(id) if id != world.payment_method_configuration => Err(Error::missing_param(
                "payment_method_configuration",
                &id,
                "payment_method_configuration",
            )),
            _ => Ok(()),
        }
    }

    /// Whether methods of this type are welcome, as far as the lists say.
    pub(crate) fn welcomes(&self, kind: &str) -> bool {
        let lists = |list: &Option<Vec<String>>| {
            let mut types = list.iter().flatten();
            types.any(|listed| listed == kind)
        };
        let allowed = match &self.allowed_payment_method_types {
            Some(_) => lists(&self.allowed_payment_method_types),
            None => self.automatic_payment_methods || kind == "card",
        };
        allowed && !lists(&self.excluded_payment_method_types)
    }

    /// The methods that may pay this. Cards come first, as in Stripe's own answers.
    pub(crate) fn for_payment(&self, payment: &Payment<'_>) -> Vec<&'static str> {
        let debit = match payment.currency {
            "eur" => Some("sepa_debit"),
            "usd" => Some("us_bank_account"),
            _ => None,
        };
        let fits = |method: &&LocalMethod| {
            method.takes(payment.amount, payment.currency)
                && (!method.redirects() || self.allow_redirects == AllowRedirects::Always)
                && (method.captures_later() || !payment.captured_later)
                && (method.reuse() != Reuse::Never || !payment.saved)
        };
        let local = LocalMethod::for_currency(payment.currency).iter();
        let local = local.filter(fits).map(|method| method.name());
        std::iter::once("card")
            .chain(debit.filter(|_| !payment.captured_later))
            .chain(local)
            .filter(|kind| self.welcomes(kind))
            .collect()
    }

    /// The methods that can be saved without a payment.
    pub(crate) fn for_setup(&self) -> Vec<&'static str> {
        let redirects = self.allow_redirects == AllowRedirects::Always;
        let local = LocalMethod::all()
            .filter(|method| method.reuse() != Reuse::Never && (redirects || !method.redirects()));
        ["card", "us_bank_account", "sepa_debit"]
            .into_iter()
            .chain(local.map(LocalMethod::name))
            .filter(|kind| self.welcomes(kind))
            .collect()
    }

    pub(crate) fn automatic_json(&self) -> Value {
        json!({ "allow_redirects": self.allow_redirects, "enabled": self.automatic_payment_methods })
    }
}
