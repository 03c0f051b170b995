//! `POST /v1/payment_intents/{id}`: what may change while an intent waits, and what always may.

use super::fields;
use super::{CaptureMethod, Status, find};
use crate::stripe::call::Call;
use crate::stripe::error::Result;
use crate::stripe::json::Value;
use crate::stripe::money;
use crate::stripe::params::Params;
use crate::stripe::token;

impl Call<'_> {
    pub(crate) fn update_payment_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let customer = self.read_customer_id(&mut params)?;
        let old = find(self.world, id)?.clone();
        let mut intent = old.clone();
        if let Some(amount) = params.integer("amount")? {
            intent.amount = amount;
        }
        if let Some(currency) = money::currency(&mut params)? {
            intent.currency = currency;
        }
        if let Some(method) = params.choice("capture_method", CaptureMethod::NAMES)? {
            intent.capture_method = method;
        }
        fields::read_options(&mut params, &mut intent)?;
        self.read_order(&mut params, &mut intent.order)?;
        intent.methods.update(&mut params, self.world)?;
        if let Some(text) = params.text("description")? {
            intent.description = Some(text);
        }
        if let Some(text) = params.text("statement_descriptor")? {
            intent.statement_descriptor = Some(text);
        }
        if let Some(text) = params.text("statement_descriptor_suffix")? {
            intent.statement_descriptor_suffix = Some(text);
        }
        if let Some(text) = params.text("transfer_group")? {
            intent.transfer_group = Some(text);
        }
        intent.metadata = params.metadata(&intent.metadata)?;
        fields::read_receipt_email(&mut params)?.apply(&mut intent.receipt_email);
        fields::read_future_usage(&mut params)?.apply(&mut intent.setup_future_usage);
        fields::read_shipping(&mut params)?.apply(&mut intent.shipping);
        intent.customer = customer.or(intent.customer);
        let method = self.read_method(&mut params)?;

        let open = matches!(
            old.status,
            Status::RequiresPaymentMethod | Status::RequiresConfirmation
        );
        let changed = if intent.amount != old.amount {
            Some("amount")
        } else if intent.currency != old.currency {
            Some("currency")
        } else if intent.capture_method != old.capture_method {
            Some("capture_method")
        } else if intent.customer != old.customer {
            Some("customer")
        } else if method.is_some() {
            Some("payment_method")
        } else {
            None
        };
        if let Some(field) = changed.filter(|_| !open) {
            return Err(old.unexpected_state(
                self.world,
                format!(
                    "This PaymentIntent's {field} could not be updated because it has a status of {}.",
                    old.status.as_str()
                ),
            ));
        }
        if matches!(
            changed,
            Some("amount" | "currency" | "customer" | "capture_method")
        ) {
            self.check_not_billed(&old)?;
        }
        money::check(intent.amount, &intent.currency)?;
        match &intent.card_options.cvc_token {
            Some(token) if old.card_options.cvc_token.as_ref() != Some(token) => {
                token::check_cvc(self.world, token)?;
            }
            _ => {}
        }
        if let Some(method) = method {
            self.check_method(&intent, &method)?;
            let data = self.usable_data(&method, intent.customer.as_deref())?;
            self.check_descriptor(&intent, Some(&data))?;
            intent.payment_method = Some(self.keep_payment_method(method)?);
            intent.status = Status::RequiresConfirmation;
        } else if intent.statement_descriptor != old.statement_descriptor {
            let kept = self.method_of(&old);
            self.check_descriptor(&intent, kept.as_ref().map(|kept| &kept.data))?;
        }
        // Stripe forgets the last failure with any update.
        intent.last_payment_error = None;
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        Ok(json)
    }
}
