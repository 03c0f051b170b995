//! `POST /v1/payment_intents/{id}/confirm`, and the confirming half of a creation.
//! All refusals come first, in `prepare`; `carry_out` then always does something.

use super::fields;
use super::{CaptureMethod, ConfirmationMethod, PaymentIntent, Request3ds, Status, find};
use crate::stripe::accepted_methods::AllowRedirects;
use crate::stripe::assumptions::ConfirmInAction;
use crate::stripe::auth;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::local_method::Ask;
use crate::stripe::mandate::{self, Acceptance};
use crate::stripe::params::Params;
use crate::stripe::payment_method::{Method, PaymentMethodData};
use crate::stripe::three_d_secure::AuthenticationState;

/// What only the holder of the secret key may say.
const SERVER_ONLY: &[&str] = &[
    "allowed_payment_method_types",
    "capture_method",
    "error_on_requires_action",
    "excluded_payment_method_types",
    "off_session",
    "radar_options",
];

/// The confirming parameters of a request.
#[derive(Debug)]
pub(crate) struct Confirmation {
    pub method: Option<Method>,
    return_url: Option<String>,
    off_session: bool,
    error_on_requires_action: bool,
    acceptance: Option<Acceptance>,
    mandate: Option<String>,
    /// 3-D Secure in the page, by Stripe.js, and not by a redirect.
    use_stripe_sdk: bool,
    /// Confirmed in the page, which knows whether its shopper chose to leave it.
    by_stripe_js: bool,
}

/// A confirmation that nothing stands against.
#[derive(Debug)]
pub(crate) struct Ready {
    pub intent: PaymentIntent,
    method: Method,
    /// The bank has said yes, and this is the second confirmation of a manual one.
    authenticated: bool,
    pub manner: Manner,
}

/// How a confirmation is to go.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    pub off_session: bool,
    /// Off-session, too, the bank's wish to see the customer is no refusal: an invoice can wait.
    pub waits_for_customer: bool,
    pub error_on_requires_action: bool,
    pub request_three_d_secure: Request3ds,
    pub use_stripe_sdk: bool,
    pub return_url: Option<String>,
}

impl Manner {
    /// Whether a payment that needs its payer fails, and does not wait.
    pub(crate) fn refuses_to_ask(&self) -> bool {
        self.error_on_requires_action || self.off_session && !self.waits_for_customer
    }
}

impl Call<'_> {
    pub(crate) fn confirm_payment_intent(&mut self, id: &str, params: Params) -> Result<Value> {
        self.confirm_by(id, params, false)
    }

    fn confirm_by(&mut self, id: &str, mut params: Params, by_stripe_js: bool) -> Result<Value> {
        let mut intent = find(self.world, id)?.clone();
        let mut confirmation = self.read_confirmation(&mut params)?;
        confirmation.by_stripe_js = by_stripe_js;
        if let Some(part) = params.integer("amount_to_confirm")?
            && part != intent.amount
        {
            return Err(Error::invalid(format!(
                "The sandbox confirms the whole amount ({}): `amount_to_confirm` can only be that.",
                intent.amount
            ))
            .param("amount_to_confirm"));
        }
        if let Some(method) = params.choice("capture_method", CaptureMethod::NAMES)? {
            intent.capture_method = method;
        }
        fields::read_options(&mut params, &mut intent)?;
        fields::read_radar(&mut params, &mut intent.radar_session)?;
        self.read_order(&mut params, &mut intent.order)?;
        intent.methods.update(&mut params, self.world)?;
        fields::read_receipt_email(&mut params)?.apply(&mut intent.receipt_email);
        fields::read_future_usage(&mut params)?.apply(&mut intent.setup_future_usage);
        fields::read_shipping(&mut params)?.apply(&mut intent.shipping);
        let ready = self.prepare(intent, confirmation)?;
        self.check_leave(&ready)?;
        self.carry_out(ready)?;
        Ok(find(self.world, id)?.json(self.world))
    }

    /// By Stripe.js, which knows the intent's secret, sees of it what a shopper may see, and changes nothing but the
    /// payment: neither the capture nor the methods that are accepted.
    pub(crate) fn confirm_payment_intent_in_the_browser(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let client_secret = params.required_text("client_secret")?;
        super::find_by_secret(self.world, id, &client_secret)?;
        self.check_not_in_checkout(id)?;
        auth::refuse_from_browser(&params, SERVER_ONLY)?;
        let confirmed = self.confirm_by(id, params, true);
        let shown = find(self.world, id)?.public_json(self.world);
        match confirmed {
            Ok(_) => Ok(shown),
            Err(mut error) => {
                error.payment_intent = error.payment_intent.map(|_| shown);
                Err(error)
            }
        }
    }

    pub(super) fn read_confirmation(&mut self, params: &mut Params) -> Result<Confirmation> {
        // `off_session` may also be an object or a word that says why.
        let off_session = params.has("off_session") && !params.is_text("off_session", "false");
        Ok(Confirmation {
            use_stripe_sdk: params.boolean("use_stripe_sdk")?.unwrap_or(true),
            method: self.read_method_or_token(params)?,
            return_url: params.url("return_url")?,
            off_session,
            acceptance: Acceptance::read(params)?,
            mandate: params.text("mandate")?,
            by_stripe_js: false,
            error_on_requires_action: params.boolean("error_on_requires_action")?.unwrap_or(false),
        })
    }

    /// Whether this intent may be paid with this method.
    pub(super) fn check_method(&self, intent: &PaymentIntent, method: &Method) -> Result<()> {
        let data = self.usable_data(method, intent.customer.as_deref())?;
        let kind = data.instrument.type_name();
        if let (Some(card), Some(network)) = (data.card(), &intent.card_options.network) {
            card.check_network(network)?;
        }
        if intent.payment_method_types().contains(&kind) {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "The PaymentMethod provided ({kind}) is not allowed for this PaymentIntent. Its currency is {}, and it takes \
             these types: {}.",
            intent.currency,
            intent.payment_method_types().join(", ")
        ))
        .code("payment_intent_incompatible_payment_method")
        .param("payment_method"))
    }

    /// What a card's statement says begins with the account's own words, and so only a suffix is the intent's to choose.
    /// An invoice's intent has its descriptor from the invoice.
    pub(super) fn check_descriptor(
        &self,
        intent: &PaymentIntent,
        data: Option<&PaymentMethodData>,
    ) -> Result<()> {
        if intent.statement_descriptor.is_none()
            || data.and_then(PaymentMethodData::card).is_none()
            || self.check_not_billed(intent).is_err()
        {
            return Ok(());
        }
        Err(Error::invalid(
            "A payment by card has no `statement_descriptor`: give a `statement_descriptor_suffix` instead, or neither.",
        )
        .param("statement_descriptor"))
    }

    /// Everything that can be wrong with a confirmation, with nothing changed yet. (The one exception is the
    /// confirmation limit, by which Stripe cancels the intent.)
    pub(super) fn prepare(
        &mut self,
        mut intent: PaymentIntent,
        confirmation: Confirmation,
    ) -> Result<Ready> {
        let may_restart = self.waits_for_voucher(&intent)
            || confirmation.method.is_some()
                && self.world.assumptions.confirm_in_requires_action == ConfirmInAction::Restarts;
        let restarts = intent.status == Status::RequiresAction && may_restart;
        let waits = matches!(
            intent.status,
            Status::RequiresPaymentMethod | Status::RequiresConfirmation
        );
        if !waits && !restarts {
            return Err(self.cannot_confirm(&intent));
        }
        let authenticated = confirmation.method.is_none() && self.is_authenticated(&intent);
        let saved = || intent.payment_method.clone().map(Method::Saved);
        let Some(method) = confirmation.method.or_else(saved) else {
            return Err(intent.unexpected_state(
                self.world,
                "You cannot confirm this PaymentIntent because it's missing a payment method. Confirm it with a \
                 payment method or a ConfirmationToken."
                    .to_owned(),
            ));
        };
        let mut return_url = confirmation.return_url;
        if let Method::Token(id) = &method {
            let token = self.world.confirmation_tokens.get(id).ok_or_else(|| {
                Error::missing_param("confirmation_token", id, "confirmation_token")
            })?;
            // What the request says wins over what the token carries.
            return_url = return_url.or_else(|| token.return_url.clone());
            intent.shipping = intent.shipping.or_else(|| token.shipping.clone());
            intent.setup_future_usage = intent.setup_future_usage.or(token.setup_future_usage);
            let options = &mut intent.card_options;
            options.cvc_token = options.cvc_token.take().or(token.cvc_token.clone());
            token.check(&intent, self.now, &self.world.assumptions)?;
        }
        self.check_method(&intent, &method)?;
        if !authenticated {
            self.check_recollection(&intent, &method, confirmation.off_session)?;
        }
        let data = self.usable_data(&method, intent.customer.as_deref())?;
        self.check_descriptor(&intent, Some(&data))?;
        let local = data.instrument.local().map(|local| local.method);
        if let Some(method) = local {
            method.check_billing_details(&data.billing_details)?;
        }
        let leaves = intent.methods.allow_redirects == AllowRedirects::Always
            && !confirmation.by_stripe_js
            && !confirmation.off_session
            && intent.confirmation_method == ConfirmationMethod::Automatic;
        let must_return = leaves
            || !confirmation.use_stripe_sdk
            || local.is_some_and(|method| method.redirects());
        if return_url.is_none() && must_return && !authenticated && !confirmation.off_session {
            return Err(Error::invalid(
                "This PaymentIntent accepts payment methods that may redirect your customer off of your page, so you \
                 must provide a `return_url`. To accept none of them, create it with \
                 `automatic_payment_methods[enabled]` `true` and `automatic_payment_methods[allow_redirects]` `never`.",
            )
            .param("return_url"));
        }
        if intent.confirmations >= self.world.assumptions.most_confirmations {
            let canceled = self.cancel_intent(intent, Some("automatic"));
            let refused = canceled.unexpected_state(
                self.world,
                "This PaymentIntent has been confirmed too many times, and was canceled. Create a new one."
                    .to_owned(),
            );
            return Err(refused.carried_out());
        }
        if let Some(id) = &confirmation.mandate {
            self.check_named_mandate(id, self.saved_id(&method))?;
        }
        intent.mandate = confirmation.mandate;
        // Stripe.js has noted how the shopper agreed.
        let in_the_browser = matches!(method, Method::Token(_));
        let noted = in_the_browser.then(|| Acceptance::in_the_browser(self.now));
        intent.acceptance = confirmation.acceptance.or(noted);
        Ok(Ready {
            manner: Manner {
                off_session: confirmation.off_session,
                waits_for_customer: false,
                error_on_requires_action: confirmation.error_on_requires_action,
                request_three_d_secure: intent.card_options.request_three_d_secure,
                use_stripe_sdk: confirmation.use_stripe_sdk,
                return_url,
            },
            intent,
            method,
            authenticated,
        })
    }

    /// Whether the shopper has satisfied the bank, and only the server's second confirmation is missing.
    fn is_authenticated(&self, intent: &PaymentIntent) -> bool {
        let id = intent.authentication.as_deref();
        let authentication = id.and_then(|id| self.world.authentications.get(id));
        intent.status == Status::RequiresConfirmation
            && authentication.is_some_and(|it| it.state == AuthenticationState::Succeeded)
    }

    /// A voucher can be asked for anew while the old one is unpaid.
    fn waits_for_voucher(&self, intent: &PaymentIntent) -> bool {
        let method = self.method_of(intent);
        let local = method
            .as_ref()
            .and_then(|method| method.data.instrument.local());
        local.is_some_and(|local| matches!(local.method.ask(), Ask::Voucher(_)))
    }

    fn cannot_confirm(&self, intent: &PaymentIntent) -> Box<Error> {
        let message = match intent.status {
            Status::Succeeded | Status::RequiresCapture => {
                "You cannot confirm this PaymentIntent because it has already succeeded after being previously \
                 confirmed."
                    .to_owned()
            }
            status => format!(
                "You cannot confirm this PaymentIntent because it has a status of {}. Only a PaymentIntent with one \
                 of the following statuses may be confirmed: requires_confirmation, requires_payment_method.",
                status.as_str()
            ),
        };
        intent.unexpected_state(self.world, message)
    }

    /// Refuses a debit, or the saving of a method that is charged by itself later, without the payer's leave.
    pub(super) fn check_leave(&self, ready: &Ready) -> Result<()> {
        let intent = &ready.intent;
        let data = self.usable_data(&ready.method, intent.customer.as_deref())?;
        let kind = data.instrument.type_name();
        let saved = intent.future_usage(kind).is_some() && data.card().is_none();
        let kept = self.saved_id(&ready.method);
        let stands = kept.is_some_and(|id| self.standing_mandate(id).is_some());
        let given = intent.acceptance.is_some() || intent.mandate.is_some() || stands;
        if given || !(saved || mandate::is_debit(&data.instrument)) {
            return Ok(());
        }
        Err(mandate::required("PaymentIntent"))
    }

    /// Makes the payment method, uses up the token, and lets the method decide.
    pub(super) fn carry_out(&mut self, ready: Ready) -> Result<()> {
        let Ready {
            mut intent,
            method,
            authenticated,
            manner,
        } = ready;
        if authenticated {
            return self.pay_authenticated(intent);
        }
        if let Method::Token(id) = &method
            && let Some(token) = self.world.confirmation_tokens.get_mut(id)
        {
            token.payment_intent = Some(intent.id.clone());
        }
        if let Some(token) = &intent.card_options.cvc_token {
            self.use_up_token(token);
        }
        intent.payment_method = Some(self.keep_payment_method(method)?);
        intent.last_payment_error = None;
        intent.authentication = None;
        intent.confirmations += 1;
        self.attempt(intent, &manner)
    }
}
