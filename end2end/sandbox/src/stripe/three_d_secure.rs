//! What a shopper does elsewhere: 3-D Secure 2, as Stripe.js and the bank's page drive it (both calls are private to
//! Stripe), and the test pages that methods redirect to.

use super::assumptions::SetupReturn;
use super::call::Call;
use super::error::{Error, Result};
use super::params::Params;
use super::table::Row;
use super::{hosts, next_action, payment_intent, setup_intent};
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthenticationState {
    /// The shopper has yet to answer.
    Pending,
    Succeeded,
    Failed,
}

/// One request to a bank, or to a method's site, to say that the shopper agrees.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Authentication {
    /// `payatt_…`
    pub id: String,
    /// `pi_…` or `seti_…`
    #[serde(alias = "payment_intent")]
    pub intent: String,
    pub state: AuthenticationState,
    /// What the intent shows meanwhile.
    pub next_action: Value,
    /// The merchant's page to come back to, where the shopper leaves it.
    pub return_url: Option<String>,
}

impl Row for Authentication {
    fn id(&self) -> &str {
        &self.id
    }
}

/// What the bank's page, or the shopper's closing it, or time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    Complete,
    Fail,
    /// Nobody has answered in time.
    Expire,
    /// Nor here, but a bank transfer may be on its way.
    AwaitLateMoney,
    DepositsFail,
    DepositsTimeOut,
    TooManyTries,
}

impl Answer {
    /// Why nothing comes of a `payment_intent` or `setup_intent`: the error's code and words.
    pub(crate) fn failure(self, intent: &str) -> (&'static str, &'static str) {
        match (self, intent) {
            (Answer::Expire, "payment_intent") => (
                "payment_intent_payment_attempt_expired",
                "The customer did not pay in time.",
            ),
            (Answer::Expire, _) => (
                "setup_intent_setup_attempt_expired",
                "The customer did not agree in time.",
            ),
            (Answer::DepositsFail, _) => (
                "payment_method_microdeposit_failed",
                "The microdeposits could not be sent to the customer's bank account.",
            ),
            (Answer::DepositsTimeOut, _) => (
                "payment_method_microdeposit_verification_timeout",
                "The microdeposits were not verified in time.",
            ),
            (Answer::TooManyTries, _) => (
                "payment_method_microdeposit_verification_attempts_exceeded",
                "You have exceeded the number of allowed verification attempts.",
            ),
            (_, "payment_intent") => ("payment_intent_authentication_failure", NOT_AUTHENTICATED),
            (_, _) => ("setup_intent_authentication_failure", NOT_AUTHENTICATED),
        }
    }
}

const NOT_AUTHENTICATED: &str = "We are unable to authenticate your payment method. Please choose a different payment \
                                 method and try again.";

impl Call<'_> {
    /// Asks the bank, in the page or, with a `return_url`, on a page of its own. The attempt's id.
    pub(crate) fn begin_authentication(
        &mut self,
        intent: &str,
        return_url: Option<String>,
    ) -> String {
        let id = self.world.random.id("payatt_3");
        let next_action = match &return_url {
            Some(return_url) => {
                let page = format!(
                    "{}/test_payment/3d_secure/{id}",
                    hosts::page_origin(self.origin, hosts::HOOKS)
                );
                next_action::redirect(&page, Some(return_url))
            }
            None => json!({
                "type": "use_stripe_sdk",
                "use_stripe_sdk": {
                    "type": "stripe_3ds2_fingerprint",
                    "merchant": self.world.account,
                    "three_d_secure_2_source": id,
                    "three_ds_method_url": "",
                    "three_ds_optimizations": "k",
                },
            }),
        };
        self.world.authentications.put(Authentication {
            id: id.clone(),
            intent: intent.to_owned(),
            state: AuthenticationState::Pending,
            next_action,
            return_url,
        });
        id
    }

    /// `POST /v1/3ds2/authenticate`: every test card that gets here wants a challenge.
    pub(crate) fn authenticate(&mut self, mut params: Params, origin: &str) -> Result<Value> {
        let source = params.required_text("source")?;
        let authentication = self
            .world
            .authentications
            .get(&source)
            .ok_or_else(|| Error::missing_param("source", &source, "source"))?;
        let (state, trans_status) = match authentication.state {
            AuthenticationState::Pending => ("challenge_required", "C"),
            AuthenticationState::Succeeded => ("succeeded", "Y"),
            AuthenticationState::Failed => ("failed", "N"),
        };
        let bank = hosts::page_origin(origin, hosts::BANK);
        let acs_url = format!("{bank}/3d_secure_2_test/{source}");
        let mut answer = json!({
            "id": source.replacen("payatt_", "threeds2_", 1),
            "object": "three_d_secure_2",
            "acs_url": acs_url,
            "ares": { "acsURL": acs_url, "transStatus": trans_status },
            "creq": null,
            "livemode": false,
            "source": source,
            "state": state,
        });
        self.tell_quirks(&mut answer);
        Ok(answer)
    }

    /// `POST /v1/payment_intents/{id}/source_cancel`: the shopper closed the challenge.
    pub(crate) fn cancel_authentication(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let source = params.required_text("source")?;
        let client_secret = params.required_text("client_secret")?;
        payment_intent::find_by_secret(self.world, id, &client_secret)?;
        self.answer_challenge(&source, Answer::Fail);
        Ok(payment_intent::find(self.world, id)?.public_json(self.world))
    }

    /// `POST /v1/setup_intents/{id}/source_cancel`
    pub(crate) fn cancel_setup_authentication(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let source = params.required_text("source")?;
        let client_secret = params.required_text("client_secret")?;
        setup_intent::find_by_secret(self.world, id, &client_secret)?;
        self.answer_challenge(&source, Answer::Fail);
        Ok(setup_intent::find(self.world, id)?.public_json(self.world))
    }

    /// Moves the intent on, if it still waits for this challenge. A second answer changes nothing.
    pub(crate) fn answer_challenge(&mut self, source: &str, answer: Answer) {
        let Some(authentication) = self.world.authentications.get(source) else {
            return;
        };
        let waits = |asked: &Option<String>| asked.as_deref() == Some(source);
        let id = &authentication.intent;
        let payment = self.world.payment_intents.get(id).filter(|intent| {
            intent.status == payment_intent::Status::RequiresAction && waits(&intent.authentication)
        });
        let setup = self.world.setup_intents.get(id).filter(|intent| {
            intent.status == setup_intent::Status::RequiresAction && waits(&intent.authentication)
        });
        let (payment, setup) = (payment.cloned(), setup.cloned());
        if payment.is_none() && setup.is_none() {
            return;
        }
        if let Some(authentication) = self.world.authentications.get_mut(source) {
            authentication.state = match answer {
                Answer::Complete => AuthenticationState::Succeeded,
                _ => AuthenticationState::Failed,
            };
        }
        match (payment, setup, answer) {
            (Some(intent), _, Answer::Complete) => self.authenticated(intent),
            (Some(intent), _, Answer::AwaitLateMoney) => self.await_late_money(intent),
            (Some(intent), _, answer) => self.not_authenticated(intent, answer),
            (_, Some(intent), Answer::Complete) => self.setup_authenticated(intent),
            (_, Some(intent), answer) => self.setup_not_authenticated(intent, answer),
            (None, None, _) => {}
        }
    }

    /// Where a test page sends the shopper: back, with what Stripe adds to the address.
    pub(crate) fn return_address(&self, source: &str) -> Option<String> {
        let authentication = self.world.authentications.get(source)?;
        let return_url = authentication.return_url.as_ref()?;
        let payment = self.world.payment_intents.get(&authentication.intent);
        let setup = self.world.setup_intents.get(&authentication.intent);
        let (name, id, secret) = match (payment, setup) {
            (Some(intent), _) => ("payment_intent", &intent.id, &intent.client_secret),
            (_, Some(intent)) => {
                let name = match self.world.assumptions.setup_return {
                    SetupReturn::SetupIntent => "setup_intent",
                    SetupReturn::PaymentIntent => "payment_intent",
                };
                (name, &intent.id, &intent.client_secret)
            }
            (None, None) => return None,
        };
        let status = match authentication.state {
            AuthenticationState::Succeeded => "succeeded",
            AuthenticationState::Failed => "failed",
            AuthenticationState::Pending => "pending",
        };
        let (address, fragment) = match return_url.split_once('#') {
            Some((address, fragment)) => (address, format!("#{fragment}")),
            None => (return_url.as_str(), String::new()),
        };
        let mark = if address.contains('?') { '&' } else { '?' };
        Some(format!(
            "{address}{mark}{name}={id}&{name}_client_secret={secret}&redirect_status={status}{fragment}"
        ))
    }
}
