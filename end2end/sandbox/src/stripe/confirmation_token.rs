//! ConfirmationTokens (docs.stripe.com/api/confirmation_tokens): what a shopper typed, for one confirmation.

use super::call::Call;
use super::card::{Card, year_and_month};
use super::error::{Error, Result};
use super::params::{self, Metadata, Params};
use super::payment_intent::{CaptureMethod, FutureUsage, PaymentIntent};
use super::payment_method::PaymentMethodData;
use super::table::Row;
use super::{TOKEN_LIFETIME_S, money};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the page told Elements the payment would be. Confirming anything else is refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Declared {
    amount: Option<i64>,
    currency: Option<String>,
    capture_method: Option<CaptureMethod>,
    setup_future_usage: Option<FutureUsage>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ConfirmationToken {
    pub id: String,
    pub created: i64,
    pub expires_at: i64,
    pub data: PaymentMethodData,
    pub metadata: Metadata,
    pub return_url: Option<String>,
    pub setup_future_usage: Option<FutureUsage>,
    pub shipping: Option<Value>,
    /// Null for tokens made by the test helper, which no Elements stand behind.
    pub declared: Option<Declared>,
    /// The intent it was used on, whatever came of it.
    pub payment_intent: Option<String>,
}

impl Row for ConfirmationToken {
    fn id(&self) -> &str {
        &self.id
    }
}

impl ConfirmationToken {
    pub(crate) fn json(&self, account: &str) -> Value {
        json!({
            "id": self.id,
            "object": "confirmation_token",
            "created": self.created,
            "expires_at": self.expires_at,
            "livemode": false,
            "mandate_data": null,
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "payment_method_options": null,
            "payment_method_preview": {
                "allow_redisplay": self.data.allow_redisplay.as_deref().unwrap_or("unspecified"),
                "billing_details": self.data.billing_details,
                "card": self.data.card.json(account),
                "customer": null,
                "customer_account": null,
                "type": "card",
            },
            "return_url": self.return_url,
            "setup_future_usage": self.setup_future_usage,
            "setup_intent": null,
            "shipping": self.shipping,
            "use_stripe_sdk": true,
        })
    }

    /// Whether it may confirm this intent now.
    pub(crate) fn check(&self, intent: &PaymentIntent, now: i64) -> Result<()> {
        if self.payment_intent.is_some() {
            return Err(refused(
                "This ConfirmationToken has already been used. Create a new one for each confirmation.",
            )
            .code("token_already_used"));
        }
        if now >= self.expires_at {
            return Err(
                refused("This ConfirmationToken has expired. Create a new one.")
                    .code("confirmation_token_expired"),
            );
        }
        let Some(declared) = &self.declared else {
            return Ok(());
        };
        let automatic = |method: CaptureMethod| method != CaptureMethod::Manual;
        let disagrees = if declared
            .amount
            .is_some_and(|amount| amount != intent.amount)
        {
            "amount"
        } else if declared
            .currency
            .as_ref()
            .is_some_and(|currency| *currency != intent.currency)
        {
            "currency"
        } else if automatic(declared.capture_method.unwrap_or(CaptureMethod::Automatic))
            != automatic(intent.capture_method)
        {
            "capture_method"
        } else if declared.setup_future_usage != intent.setup_future_usage {
            "setup_future_usage"
        } else {
            return Ok(());
        };
        Err(refused(format!(
            "The `{disagrees}` of the PaymentIntent does not match the `{disagrees}` that Elements was created with, \
             which this ConfirmationToken carries."
        )))
    }
}

fn refused(message: impl Into<String>) -> Box<Error> {
    Error::invalid(message).param("confirmation_token")
}

impl Call<'_> {
    /// `POST /v1/confirmation_tokens`: Stripe.js's private call.
    pub(crate) fn create_confirmation_token(&mut self, mut params: Params) -> Result<Value> {
        let declared = match params.map("client_context")? {
            None => None,
            Some(context) => Some(read_declared(context)?),
        };
        params.without_effect(&[
            "mandate_data",
            "use_stripe_sdk",
            "set_as_default_payment_method",
        ]);
        let data = params
            .map("payment_method_data")?
            .ok_or_else(|| params.missing("payment_method_data"))?;
        let data = PaymentMethodData::read(data, self.now);
        self.finish_confirmation_token(params, data, declared)
    }

    /// `POST /v1/test_helpers/confirmation_tokens`: from a named card, or a test number.
    pub(crate) fn create_test_confirmation_token(&mut self, mut params: Params) -> Result<Value> {
        params.without_effect(&["payment_method_options"]);
        let named = params.text("payment_method")?;
        let data = params.map("payment_method_data")?;
        let data = match (named, data) {
            (Some(name), None) => self.payment_method_data(&name, "payment_method"),
            (None, Some(data)) => PaymentMethodData::read(data, self.now),
            (None, None) => Err(params.missing("payment_method")),
            (Some(_), Some(_)) => Err(Error::invalid(
                "Give either payment_method or payment_method_data, not both.",
            )),
        };
        self.finish_confirmation_token(params, data, None)
    }

    /// What `pm_card_visa`, or an existing PaymentMethod, holds.
    pub(crate) fn payment_method_data(&self, id: &str, param: &str) -> Result<PaymentMethodData> {
        if let Some(card) = Card::named(id, year_and_month(self.now).0) {
            return PaymentMethodData::of_card(card);
        }
        match self.world.payment_methods.get(id) {
            Some(method) => Ok(method.data.clone()),
            None => Err(Error::missing_param("PaymentMethod", id, param)),
        }
    }

    fn finish_confirmation_token(
        &mut self,
        mut params: Params,
        data: Result<PaymentMethodData>,
        declared: Option<Declared>,
    ) -> Result<Value> {
        let metadata = params.metadata(&Metadata::new())?;
        let return_url = params.url("return_url")?;
        let setup_future_usage = params
            .choice("setup_future_usage", FutureUsage::NAMES)?
            .or_else(|| {
                declared
                    .as_ref()
                    .and_then(|declared| declared.setup_future_usage)
            });
        let shipping_params = params.map("shipping")?;
        let shipping = params::shipping(shipping_params)?;
        params.finish()?;
        let token = ConfirmationToken {
            data: data?,
            id: self.world.random.id("ctoken_1"),
            created: self.now,
            expires_at: self.now + TOKEN_LIFETIME_S,
            metadata,
            return_url,
            setup_future_usage,
            shipping,
            declared,
            payment_intent: None,
        };
        let json = token.json(&self.world.account);
        self.world.confirmation_tokens.put(token);
        Ok(json)
    }

    pub(crate) fn retrieve_confirmation_token(&self, id: &str) -> Result<Value> {
        match self.world.confirmation_tokens.get(id) {
            Some(token) => Ok(token.json(&self.world.account)),
            None => Err(Error::missing("confirmation_token", id)),
        }
    }
}

fn read_declared(mut context: Params) -> Result<Declared> {
    context.choice(
        "mode",
        &[("payment", ()), ("setup", ()), ("subscription", ())],
    )?;
    let declared = Declared {
        amount: context.integer("amount")?,
        currency: money::currency(&mut context)?,
        capture_method: context.choice("capture_method", CaptureMethod::NAMES)?,
        setup_future_usage: context.choice("setup_future_usage", FutureUsage::NAMES)?,
    };
    context.finish()?;
    Ok(declared)
}
