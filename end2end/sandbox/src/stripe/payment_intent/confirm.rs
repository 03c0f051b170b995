//! `POST /v1/payment_intents/{id}/confirm`, and the confirming half of a creation.
//! All refusals come first, in `prepare`; `carry_out` then always does something.

use super::fields;
use super::{AllowRedirects, CaptureMethod, PaymentIntent, Status, find};
use crate::stripe::MOST_CONFIRMATIONS;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::params::Params;
use crate::stripe::payment_method::{PaymentMethod, PaymentMethodData};
use serde_json::Value;

/// What a confirmation pays with.
#[derive(Debug, Clone)]
pub(crate) enum Method {
    Token(String),
    Saved(String),
    Data(Box<PaymentMethodData>),
}

/// The confirming parameters of a request.
#[derive(Debug)]
pub(crate) struct Confirmation {
    pub method: Option<Method>,
    return_url: Option<String>,
    off_session: bool,
    error_on_requires_action: bool,
}

/// A confirmation that nothing stands against.
#[derive(Debug)]
pub(crate) struct Ready {
    pub intent: PaymentIntent,
    method: Method,
    pub off_session: bool,
    pub error_on_requires_action: bool,
}

impl Call<'_> {
    pub(crate) fn confirm_payment_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        fields::refuse_payment_method_types(&params)?;
        params.not_modelled(&["amount_to_confirm", "hooks", "mandate"])?;
        let mut intent = find(self.world, id)?.clone();
        let confirmation = self.read_confirmation(&mut params)?;
        if let Some(method) = params.choice("capture_method", CaptureMethod::NAMES)? {
            intent.capture_method = method;
        }
        if let Some(options) = fields::read_card_options(&mut params)? {
            intent.card_options = options;
        }
        fields::read_receipt_email(&mut params)?.apply(&mut intent.receipt_email);
        fields::read_future_usage(&mut params)?.apply(&mut intent.setup_future_usage);
        fields::read_shipping(&mut params)?.apply(&mut intent.shipping);
        params.without_effect(&[
            "allowed_payment_method_types",
            "amount_details",
            "excluded_payment_method_types",
            "mandate_data",
            "payment_details",
            "radar_options",
        ]);
        params.finish()?;
        let ready = self.prepare(intent, confirmation)?;
        self.carry_out(ready)?;
        Ok(find(self.world, id)?.json(self.world))
    }

    pub(super) fn read_confirmation(&mut self, params: &mut Params) -> Result<Confirmation> {
        // `off_session` may also be an object that says why.
        let off_session = params.has("off_session") && !params.is_text("off_session", "false");
        params.without_effect(&["off_session"]);
        if params.boolean("use_stripe_sdk")? == Some(false) {
            return Err(Error::invalid(
                "The sandbox does not model `use_stripe_sdk=false` yet: 3-D Secure runs in the page only.",
            )
            .param("use_stripe_sdk"));
        }
        let token = params.text("confirmation_token")?.map(Method::Token);
        let method = self.read_method(params)?;
        if token.is_some() && method.is_some() {
            return Err(several_methods());
        }
        Ok(Confirmation {
            method: token.or(method),
            return_url: params.url("return_url")?,
            off_session,
            error_on_requires_action: params.boolean("error_on_requires_action")?.unwrap_or(false),
        })
    }

    pub(super) fn read_method(&mut self, params: &mut Params) -> Result<Option<Method>> {
        let saved = params.text("payment_method")?.map(Method::Saved);
        let data = match params.map("payment_method_data")? {
            None => None,
            Some(data) => {
                let data = PaymentMethodData::read(data, self.now)?;
                Some(Method::Data(Box::new(data)))
            }
        };
        if saved.is_some() && data.is_some() {
            return Err(several_methods());
        }
        Ok(saved.or(data))
    }

    /// Everything that can be wrong with a confirmation, with nothing changed yet. (The one exception is the
    /// confirmation limit, by which Stripe cancels the intent.)
    pub(super) fn prepare(
        &mut self,
        mut intent: PaymentIntent,
        confirmation: Confirmation,
    ) -> Result<Ready> {
        if !matches!(
            intent.status,
            Status::RequiresPaymentMethod | Status::RequiresConfirmation
        ) {
            return Err(self.cannot_confirm(&intent));
        }
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
        match &method {
            Method::Token(id) => {
                let token = self.world.confirmation_tokens.get(id).ok_or_else(|| {
                    Error::missing_param("confirmation_token", id, "confirmation_token")
                })?;
                // What the request says wins over what the token carries.
                return_url = return_url.or_else(|| token.return_url.clone());
                intent.shipping = intent.shipping.or_else(|| token.shipping.clone());
                intent.setup_future_usage = intent.setup_future_usage.or(token.setup_future_usage);
                token.check(&intent, self.now)?;
            }
            Method::Saved(id) => {
                self.payment_method_data(id, "payment_method")?;
            }
            Method::Data(_) => {}
        }
        if return_url.is_none() && intent.allow_redirects == AllowRedirects::Always {
            return Err(Error::invalid(
                "This PaymentIntent accepts payment methods that may redirect your customer off of your page, so you \
                 must provide a `return_url`. To accept none of them, create it with \
                 `automatic_payment_methods[enabled]` `true` and `automatic_payment_methods[allow_redirects]` `never`.",
            )
            .param("return_url"));
        }
        if intent.confirmations >= MOST_CONFIRMATIONS {
            let canceled = self.cancel_intent(intent, "automatic");
            return Err(canceled.unexpected_state(
                self.world,
                "This PaymentIntent has been confirmed too many times, and was canceled. Create a new one."
                    .to_owned(),
            ));
        }
        Ok(Ready {
            intent,
            method,
            off_session: confirmation.off_session,
            error_on_requires_action: confirmation.error_on_requires_action,
        })
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

    /// Makes the payment method, uses up the token, and lets the card decide.
    pub(super) fn carry_out(&mut self, ready: Ready) -> Result<()> {
        let Ready {
            mut intent,
            method,
            off_session,
            error_on_requires_action,
        } = ready;
        if let Method::Token(id) = &method
            && let Some(token) = self.world.confirmation_tokens.get_mut(id)
        {
            token.payment_intent = Some(intent.id.clone());
        }
        intent.payment_method = Some(self.keep_payment_method(method)?);
        intent.last_payment_error = None;
        intent.authentication = None;
        intent.confirmations += 1;
        self.attempt(intent, off_session, error_on_requires_action)
    }

    /// The id of the payment method that this is, made now if it is none yet.
    pub(super) fn keep_payment_method(&mut self, method: Method) -> Result<String> {
        let data = match method {
            Method::Saved(id) if self.world.payment_methods.get(&id).is_some() => return Ok(id),
            Method::Saved(id) => self.payment_method_data(&id, "payment_method")?,
            Method::Data(data) => *data,
            Method::Token(id) => match self.world.confirmation_tokens.get(&id) {
                Some(token) => token.data.clone(),
                None => {
                    return Err(Error::missing_param(
                        "confirmation_token",
                        &id,
                        "confirmation_token",
                    ));
                }
            },
        };
        let id = self.world.random.id("pm_1");
        self.world.payment_methods.put(PaymentMethod {
            id: id.clone(),
            created: self.now,
            data,
        });
        Ok(id)
    }
}

fn several_methods() -> Box<Error> {
    Error::invalid(
        "Give one of confirmation_token, payment_method and payment_method_data, not several.",
    )
}
