//! 3-D Secure 2, as Stripe.js and the bank's page drive it. Both calls are private to Stripe.

use super::call::Call;
use super::error::{Error, Result};
use super::params::Params;
use super::payment_intent::{self, PaymentIntent, Status};
use super::table::Row;
use super::world::World;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthenticationState {
    /// The shopper has yet to answer.
    Pending,
    Succeeded,
    Failed,
}

/// One request to a bank to say that it is the cardholder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Authentication {
    /// `payatt_…`
    pub id: String,
    pub payment_intent: String,
    pub state: AuthenticationState,
}

impl Row for Authentication {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Authentication {
    pub(crate) fn next_action(&self, world: &World) -> Value {
        json!({
            "type": "use_stripe_sdk",
            "use_stripe_sdk": {
                "type": "stripe_3ds2_fingerprint",
                "merchant": world.account,
                "three_d_secure_2_source": self.id,
                "three_ds_method_url": "",
                "three_ds_optimizations": "k",
            },
        })
    }
}

/// What the bank's page, or the shopper's closing it, says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Complete,
    Fail,
}

impl Call<'_> {
    /// `POST /v1/3ds2/authenticate`: every test card that gets here wants a challenge.
    pub(crate) fn authenticate(&mut self, mut params: Params, origin: &str) -> Result<Value> {
        let source = params.required_text("source")?;
        params.without_effect(&[
            "browser",
            "fallback",
            "frontend_execution",
            "one_click_authn_device_support_details",
        ]);
        params.finish()?;
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
        let acs_url = format!("{origin}/3d_secure_2_test/{source}");
        Ok(json!({
            "id": source.replacen("payatt_", "threeds2_", 1),
            "object": "three_d_secure_2",
            "acs_url": acs_url,
            "ares": { "acsURL": acs_url, "transStatus": trans_status },
            "creq": null,
            "livemode": false,
            "source": source,
            "state": state,
        }))
    }

    /// `POST /v1/payment_intents/{id}/source_cancel`: the shopper closed the challenge.
    pub(crate) fn cancel_authentication(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let source = params.required_text("source")?;
        let client_secret = params.required_text("client_secret")?;
        params.finish()?;
        payment_intent::find_by_secret(self.world, id, &client_secret)?;
        self.answer_challenge(&source, Answer::Fail);
        Ok(payment_intent::find(self.world, id)?.public_json(self.world))
    }

    /// Moves the intent on, if it still waits for this challenge. A second answer changes nothing.
    pub(crate) fn answer_challenge(&mut self, source: &str, answer: Answer) {
        let Some(intent) = self.intent_waiting_for(source) else {
            return;
        };
        if let Some(authentication) = self.world.authentications.get_mut(source) {
            authentication.state = match answer {
                Answer::Complete => AuthenticationState::Succeeded,
                Answer::Fail => AuthenticationState::Failed,
            };
        }
        match answer {
            Answer::Complete => self.authenticated(intent),
            Answer::Fail => self.not_authenticated(intent),
        }
    }

    fn intent_waiting_for(&self, source: &str) -> Option<PaymentIntent> {
        let authentication = self.world.authentications.get(source)?;
        let intent = self
            .world
            .payment_intents
            .get(&authentication.payment_intent)?;
        let waits = intent.status == Status::RequiresAction
            && intent.authentication.as_deref() == Some(source);
        waits.then(|| intent.clone())
    }
}
