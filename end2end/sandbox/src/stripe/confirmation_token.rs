//! ConfirmationTokens (docs.stripe.com/api/confirmation_tokens): what a shopper typed, for one confirmation.

use super::assumptions::Assumptions;
use super::call::Call;
use super::customer_session;
use super::error::{Error, Result};
use super::money;
use super::params::{self, Metadata, Params};
use super::payment_intent::{CaptureMethod, FutureUsage, PaymentIntent};
use super::payment_method::PaymentMethodData;
use super::table::Row;
use super::token;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the page told Elements it is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    #[default]
    Payment,
    Setup,
    Subscription,
}

/// What the page told Elements the payment would be. Confirming anything else is refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Declared {
    #[serde(default)]
    mode: Mode,
    amount: Option<i64>,
    currency: Option<String>,
    capture_method: Option<CaptureMethod>,
    setup_future_usage: Option<FutureUsage>,
    #[serde(default)]
    allowed_payment_method_types: Option<BTreeSet<String>>,
    #[serde(default)]
    excluded_payment_method_types: Option<BTreeSet<String>>,
}

/// Whether Elements was told other types than the intent. A page that was told none shows what the intent takes.
fn other_types(declared: &Option<BTreeSet<String>>, of_intent: &Option<Vec<String>>) -> bool {
    declared.as_ref().is_some_and(|declared| {
        let of_intent: BTreeSet<&String> = of_intent.iter().flatten().collect();
        declared.iter().collect::<BTreeSet<_>>() != of_intent
    })
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ConfirmationToken {
    pub id: String,
    pub created: i64,
    pub expires_at: i64,
    pub data: PaymentMethodData,
    /// The saved method the shopper chose, of which `data` is a copy.
    #[serde(default)]
    pub payment_method: Option<String>,
    #[serde(default)]
    pub customer: Option<String>,
    /// `cvctok_…`: a saved card's security code, asked for again.
    #[serde(default)]
    pub cvc_token: Option<String>,
    pub metadata: Metadata,
    pub return_url: Option<String>,
    pub setup_future_usage: Option<FutureUsage>,
    pub shipping: Option<Value>,
    /// Null for tokens made by the test helper, which no Elements stand behind.
    pub declared: Option<Declared>,
    /// The intent it was used on, whatever came of it.
    pub payment_intent: Option<String>,
    #[serde(default)]
    pub setup_intent: Option<String>,
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
            "payment_method_options": self.cvc_token.as_ref().map(|token| json!({
                "card": { "cvc_token": token, "installments": null },
            })),
            "payment_method_preview": self.data.json(account, self.customer.as_deref()),
            "return_url": self.return_url,
            "setup_future_usage": self.setup_future_usage,
            "setup_intent": self.setup_intent,
            "shipping": self.shipping.as_ref().map(|shipping| json!({
                "address": shipping["address"], "name": shipping["name"], "phone": shipping["phone"],
            })),
            "use_stripe_sdk": true,
        })
    }

    fn check_unused(&self, now: i64, assumed: &Assumptions) -> Result<()> {
        if self.payment_intent.is_some() || self.setup_intent.is_some() {
            let error = refused(
                "This ConfirmationToken has already been used. Create a new one for each confirmation.",
            );
            return Err(assumed.token_used.apply(error, "token_already_used"));
        }
        if now >= self.expires_at {
            let error = refused("This ConfirmationToken has expired. Create a new one.");
            let code = "confirmation_token_expired";
            return Err(assumed.token_expired.apply(error, code));
        }
        Ok(())
    }

    /// Whether it may save its method with this intent now.
    pub(crate) fn check_setup(
        &self,
        usage: FutureUsage,
        now: i64,
        assumed: &Assumptions,
    ) -> Result<()> {
        self.check_unused(now, assumed)?;
        let Some(declared) = &self.declared else {
            return Ok(());
        };
        if declared.mode == Mode::Payment {
            return Err(refused(
                "This ConfirmationToken was created for a payment (Elements' `mode` is `payment`): it cannot confirm a \
                 SetupIntent.",
            ));
        }
        match declared.setup_future_usage {
            Some(declared) if declared != usage => Err(refused(
                "The `usage` of the SetupIntent does not match the `setup_future_usage` that Elements was created with, \
                 which this ConfirmationToken carries.",
            )),
            _ => Ok(()),
        }
    }

    /// Whether it may confirm this intent now.
    pub(crate) fn check(
        &self,
        intent: &PaymentIntent,
        now: i64,
        assumed: &Assumptions,
    ) -> Result<()> {
        self.check_unused(now, assumed)?;
        let Some(declared) = &self.declared else {
            return Ok(());
        };
        if declared.mode == Mode::Setup {
            return Err(refused(
                "This ConfirmationToken was created for a setup (Elements' `mode` is `setup`): it cannot confirm a \
                 PaymentIntent.",
            ));
        }
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
        } else if declared.setup_future_usage != intent.setup_future_usage
            // The shopper agreed to save the method, and the server left it to them.
            && self.setup_future_usage != intent.setup_future_usage
        {
            "setup_future_usage"
        } else if other_types(
            &declared.allowed_payment_method_types,
            &intent.methods.allowed_payment_method_types,
        ) {
            "allowed_payment_method_types"
        } else if other_types(
            &declared.excluded_payment_method_types,
            &intent.methods.excluded_payment_method_types,
        ) {
            "excluded_payment_method_types"
        } else {
            return Ok(());
        };
        let error = refused(format!(
            "The `{disagrees}` of the PaymentIntent does not match the `{disagrees}` that Elements was created with, \
             which this ConfirmationToken carries."
        ));
        let code = "payment_intent_invalid_parameter";
        Err(assumed.token_disagrees.apply(error, code))
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
        let cvc_token = self.read_cvc_token(&mut params)?;
        let saved = params.text("payment_method")?;
        let Some(id) = saved else {
            let data = params
                .map("payment_method_data")?
                .ok_or_else(|| params.missing("payment_method_data"))?;
            let data = PaymentMethodData::read(data, self.world, self.now);
            return self.finish_confirmation_token(params, data, None, declared, cvc_token);
        };
        let secret = params.required_text("customer_session_client_secret")?;
        let session = customer_session::find(self.world, &secret, self.now)?;
        let customer = session.customer.clone();
        self.check_owned(&id, &customer)?;
        let data = self.payment_method_data(&id, "payment_method");
        self.finish_confirmation_token(params, data, Some((id, customer)), declared, cvc_token)
    }

    /// `POST /v1/test_helpers/confirmation_tokens`: from a named card, or a test number.
    pub(crate) fn create_test_confirmation_token(&mut self, mut params: Params) -> Result<Value> {
        params.only_one_of(&["payment_method", "payment_method_data"])?;
        let named = params.text("payment_method")?;
        let data = params.map("payment_method_data")?;
        let data = match (named, data) {
            (Some(name), _) => self.payment_method_data(&name, "payment_method"),
            (None, Some(data)) => PaymentMethodData::read(data, self.world, self.now),
            (None, None) => Err(params.missing("payment_method")),
        };
        self.finish_confirmation_token(params, data, None, None, None)
    }

    /// `payment_method_options[card][cvc_token]`
    fn read_cvc_token(&self, params: &mut Params) -> Result<Option<String>> {
        let Some(mut options) = params.map("payment_method_options")? else {
            return Ok(None);
        };
        let Some(mut card) = options.map("card")? else {
            return Ok(None);
        };
        let given = card.text("cvc_token")?;
        if let Some(id) = &given {
            token::check_cvc(self.world, id)?;
        }
        Ok(given)
    }

    fn finish_confirmation_token(
        &mut self,
        mut params: Params,
        data: Result<PaymentMethodData>,
        saved: Option<(String, String)>,
        declared: Option<Declared>,
        cvc_token: Option<String>,
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
        let data = data?;
        if let Some(token) = data.instrument.token() {
            self.use_up_token(token);
        }
        let (payment_method, customer) = saved.unzip();
        let token = ConfirmationToken {
            data,
            payment_method,
            customer,
            cvc_token,
            id: self.world.random.id("ctoken_1"),
            created: self.now,
            expires_at: self.now + i64::from(self.world.assumptions.token_lifetime_seconds),
            metadata,
            return_url,
            setup_future_usage,
            shipping,
            declared,
            payment_intent: None,
            setup_intent: None,
        };
        let json = token.json(&self.world.account);
        self.world.confirmation_tokens.put(token);
        Ok(json)
    }
}

fn read_declared(mut context: Params) -> Result<Declared> {
    let [allowed, excluded] = [
        "allowed_payment_method_types",
        "excluded_payment_method_types",
    ]
    .map(|name| context.list(name));
    let declared = Declared {
        mode: context
            .choice(
                "mode",
                &[
                    ("payment", Mode::Payment),
                    ("setup", Mode::Setup),
                    ("subscription", Mode::Subscription),
                ],
            )?
            .unwrap_or_default(),
        amount: context.integer("amount")?,
        currency: money::currency(&mut context)?,
        capture_method: context.choice("capture_method", CaptureMethod::NAMES)?,
        setup_future_usage: context.choice("setup_future_usage", FutureUsage::NAMES)?,
        allowed_payment_method_types: allowed?.map(BTreeSet::from_iter),
        excluded_payment_method_types: excluded?.map(BTreeSet::from_iter),
    };
    Ok(declared)
}
