//! `POST /v1/setup_intents/{id}/confirm`, and the confirming half of a creation.
//! All refusals come first, in `prepare_setup`; `set_up` then always does something.

use super::calls::read_setup_options;
use super::{SetupIntent, Status, find};
use crate::stripe::accepted_methods::AllowRedirects;
use crate::stripe::auth;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::mandate::{self, Acceptance};
use crate::stripe::params::Params;
use crate::stripe::payment_method::Method;

/// What only the holder of the secret key may say.
const SERVER_ONLY: &[&str] = &[
    "allowed_payment_method_types",
    "excluded_payment_method_types",
];

/// The confirming parameters of a request.
pub(super) struct Confirmation {
    pub method: Option<Method>,
    return_url: Option<String>,
    acceptance: Option<Acceptance>,
    in_page: bool,
    /// Confirmed in the page, which knows whether its shopper chose to leave it.
    by_stripe_js: bool,
}

/// A confirmation that nothing stands against.
pub(super) struct Setup {
    pub method: Method,
    pub acceptance: Option<Acceptance>,
    pub return_url: Option<String>,
    /// 3-D Secure in the page, and not by a redirect.
    pub in_page: bool,
}

impl Call<'_> {
    pub(crate) fn confirm_setup_intent(&mut self, id: &str, params: Params) -> Result<Value> {
        self.confirm_setup_by(id, params, false)
    }

    fn confirm_setup_by(
        &mut self,
        id: &str,
        mut params: Params,
        by_stripe_js: bool,
    ) -> Result<Value> {
        let mut intent = find(self.world, id)?.clone();
        let mut confirmation = self.read_setup_confirmation(&mut params)?;
        confirmation.by_stripe_js = by_stripe_js;
        read_setup_options(&mut params, &mut intent)?;
        intent.methods.update(&mut params, self.world)?;
        let setup = self.prepare_setup(&intent, confirmation)?;
        self.set_up(intent, setup)?;
        Ok(find(self.world, id)?.json(self.world))
    }

    /// By Stripe.js, which knows the intent's secret and sees of it what a shopper may see.
    pub(crate) fn confirm_setup_intent_in_the_browser(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let client_secret = params.required_text("client_secret")?;
        super::find_by_secret(self.world, id, &client_secret)?;
        self.check_not_in_checkout(id)?;
        auth::refuse_from_browser(&params, SERVER_ONLY)?;
        let confirmed = self.confirm_setup_by(id, params, true);
        let shown = find(self.world, id)?.public_json(self.world);
        match confirmed {
            Ok(_) => Ok(shown),
            Err(mut error) => {
                error.setup_intent = error.setup_intent.map(|_| shown);
                Err(error)
            }
        }
    }

    pub(super) fn read_setup_confirmation(&mut self, params: &mut Params) -> Result<Confirmation> {
        Ok(Confirmation {
            method: self.read_method_or_token(params)?,
            return_url: params.url("return_url")?,
            acceptance: Acceptance::read(params)?,
            in_page: params.boolean("use_stripe_sdk")?.unwrap_or(true),
            by_stripe_js: false,
        })
    }

    /// Everything that can be wrong with a confirmation, with nothing changed yet.
    pub(super) fn prepare_setup(
        &mut self,
        intent: &SetupIntent,
        confirmation: Confirmation,
    ) -> Result<Setup> {
        if !matches!(
            intent.status,
            Status::RequiresPaymentMethod | Status::RequiresConfirmation
        ) {
            return Err(intent.unexpected_state(
                self.world,
                format!(
                    "You cannot confirm this SetupIntent because it has a status of {}. Only a SetupIntent with one of \
                     the following statuses may be confirmed: requires_confirmation, requires_payment_method.",
                    intent.status.as_str()
                ),
            ));
        }
        let saved = intent.payment_method.clone().map(Method::Saved);
        let Some(method) = confirmation.method.or(saved) else {
            return Err(intent.unexpected_state(
                self.world,
                "You cannot confirm this SetupIntent because it's missing a payment method."
                    .to_owned(),
            ));
        };
        let data = self.usable_data(&method, intent.customer.as_deref())?;
        let kind = data.instrument.type_name();
        if !intent.payment_method_types().contains(&kind) {
            return Err(Error::invalid(format!(
                "The PaymentMethod provided ({kind}) is not allowed for this SetupIntent. It takes these types: {}.",
                intent.payment_method_types().join(", ")
            ))
            .code("setup_intent_invalid_parameter")
            .param("payment_method"));
        }
        let local = data.instrument.local().map(|local| local.method);
        if let Some(method) = local {
            method.check_billing_details(&data.billing_details)?;
        }
        let mut acceptance = confirmation.acceptance;
        let mut return_url = confirmation.return_url;
        if let Method::Token(id) = &method
            && let Some(token) = self.world.confirmation_tokens.get(id)
        {
            token.check_setup(intent.usage, self.now, &self.world.assumptions)?;
            return_url = return_url.or_else(|| token.return_url.clone());
            // Stripe.js has noted how the shopper agreed.
            acceptance = acceptance.or_else(|| Some(Acceptance::in_the_browser(self.now)));
        }
        let leaves = intent.methods.allow_redirects == AllowRedirects::Always
            && !confirmation.by_stripe_js
            || local.is_some_and(|method| method.redirects());
        if return_url.is_none() && leaves {
            return Err(Error::invalid(
                "This SetupIntent accepts payment methods that may redirect your customer off of your page, so you must \
                 provide a `return_url`. To accept none of them, create it with `automatic_payment_methods[enabled]` \
                 `true` and `automatic_payment_methods[allow_redirects]` `never`.",
            )
            .param("return_url"));
        }
        let saved = self.saved_id(&method);
        let stands = saved.is_some_and(|id| self.standing_mandate(id).is_some());
        if data.card().is_none() && acceptance.is_none() && !stands {
            return Err(mandate::required("SetupIntent"));
        }
        Ok(Setup {
            method,
            acceptance,
            return_url,
            in_page: confirmation.in_page,
        })
    }
}
