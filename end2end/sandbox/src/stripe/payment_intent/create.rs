//! `POST /v1/payment_intents`: making an intent, and confirming it in the same call.

use super::fields;
use super::{
    CaptureMethod, CardOptions, ConfirmationMethod, FutureUsage, OptionsByMethod, PaymentIntent,
    Status, find,
};
use crate::stripe::accepted_methods::AcceptedMethods;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::money;
use crate::stripe::params::{self, Metadata, Params};
use crate::stripe::token;

/// Parameters of a creation that only a confirmation can use.
const WITH_CONFIRM_ONLY: &[&str] = &[
    "confirmation_token",
    "error_on_requires_action",
    "mandate",
    "mandate_data",
    "off_session",
    "return_url",
];

impl Call<'_> {
    pub(crate) fn create_payment_intent(&mut self, mut params: Params) -> Result<Value> {
        let customer = self.read_customer_id(&mut params)?;
        let confirm = params.boolean("confirm")?.unwrap_or(false);
        if !confirm && let Some(field) = WITH_CONFIRM_ONLY.iter().find(|field| params.has(field)) {
            return Err(Error::invalid(format!(
                "The parameter `{field}` cannot be passed when creating a PaymentIntent unless `confirm` is set to true."
            ))
            .param(*field));
        }
        let amount = params
            .integer("amount")?
            .ok_or_else(|| params.missing("amount"))?;
        let currency = money::currency(&mut params)?.ok_or_else(|| params.missing("currency"))?;
        let confirmation = self.read_confirmation(&mut params)?;
        let mut intent = self.read_intent(&mut params, amount, currency)?;
        intent.customer = customer;
        money::check(intent.amount, &intent.currency)?;

        let id = intent.id.clone();
        if confirm {
            let ready = self.prepare(intent.clone(), confirmation)?;
            self.check_leave(&ready)?;
            self.insert(intent);
            self.carry_out(ready)?;
        } else {
            if let Some(method) = confirmation.method {
                self.check_method(&intent, &method)?;
                let data = self.usable_data(&method, intent.customer.as_deref())?;
                self.check_descriptor(&intent, Some(&data))?;
                let method = self.keep_payment_method(method)?;
                intent.payment_method = Some(method);
                intent.status = Status::RequiresConfirmation;
            }
            self.insert(intent);
        }
        Ok(find(self.world, &id)?.json(self.world))
    }

    fn insert(&mut self, intent: PaymentIntent) {
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.created", json, None);
    }

    fn read_intent(
        &mut self,
        params: &mut Params,
        amount: i64,
        currency: String,
    ) -> Result<PaymentIntent> {
        let methods = AcceptedMethods::read(params, self.world)?;
        let confirmation_method = params.choice(
            "confirmation_method",
            &[
                ("automatic", ConfirmationMethod::Automatic),
                ("manual", ConfirmationMethod::Manual),
            ],
        )?;
        let id = self.world.random.id("pi_3");
        let shipping_params = params.map("shipping")?;
        let mut intent = PaymentIntent {
            client_secret: format!("{id}_secret_{}", self.world.random.letters(25)),
            id,
            created: self.now,
            status: Status::RequiresPaymentMethod,
            amount,
            currency,
            amount_capturable: 0,
            amount_received: 0,
            capture_method: params
                .choice("capture_method", CaptureMethod::NAMES)?
                .unwrap_or(CaptureMethod::AutomaticAsync),
            card_options: CardOptions::default(),
            method_options: OptionsByMethod::new(),
            methods,
            canceled_at: None,
            cancellation_reason: None,
            confirmation_method: confirmation_method.unwrap_or_default(),
            customer: None,
            description: params.text("description")?,
            last_payment_error: None,
            latest_charge: None,
            metadata: params.metadata(&Metadata::new())?,
            authentication: None,
            payment_method: None,
            receipt_email: params
                .text("receipt_email")?
                .map(|text| fields::email(text, "receipt_email"))
                .transpose()?,
            setup_future_usage: params.choice("setup_future_usage", FutureUsage::NAMES)?,
            shipping: params::shipping(shipping_params)?,
            statement_descriptor: params.text("statement_descriptor")?,
            statement_descriptor_suffix: params.text("statement_descriptor_suffix")?,
            transfer_group: params.text("transfer_group")?,
            confirmations: 0,
            increments: 0,
            acceptance: None,
            mandate: None,
            order: None,
            radar_session: None,
        };
        fields::read_options(params, &mut intent)?;
        fields::read_radar(params, &mut intent.radar_session)?;
        self.read_order(params, &mut intent.order)?;
        if let Some(token) = &intent.card_options.cvc_token {
            token::check_cvc(self.world, token)?;
        }
        Ok(intent)
    }
}
