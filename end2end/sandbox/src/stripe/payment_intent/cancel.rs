//! `POST /v1/payment_intents/{id}/cancel`.

use super::{PaymentIntent, Status, find};
use crate::stripe::call::Call;
use crate::stripe::error::Result;
use crate::stripe::json::Value;
use crate::stripe::params::Params;

impl Call<'_> {
    pub(crate) fn cancel_payment_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let intent = find(self.world, id)?.clone();
        let reasons = [
            "abandoned",
            "duplicate",
            "fraudulent",
            "requested_by_customer",
        ];
        let reason = params.choice("cancellation_reason", &reasons.map(|name| (name, name)))?;
        self.check_not_billed(&intent)?;
        // A debit under way is rarely stopped: here never.
        if matches!(
            intent.status,
            Status::Succeeded | Status::Canceled | Status::Processing
        ) {
            return Err(intent.unexpected_state(
                self.world,
                format!(
                    "You cannot cancel this PaymentIntent because it has a status of {}. Only a PaymentIntent with \
                     one of the following statuses may be canceled: requires_payment_method, requires_capture, \
                     requires_confirmation, requires_action.",
                    intent.status.as_str()
                ),
            ));
        }
        Ok(self.release(intent, reason).json(self.world))
    }

    /// An invoice's intent is the invoice's to change.
    pub(super) fn check_not_billed(&self, intent: &PaymentIntent) -> Result<()> {
        match self.world.invoice_payments.of(&intent.id).iter().next() {
            None => Ok(()),
            Some(payment) => Err(intent.unexpected_state(
                self.world,
                format!(
                    "This PaymentIntent belongs to the invoice {}: change or void the invoice instead.",
                    payment.invoice
                ),
            )),
        }
    }

    /// Ends an open intent; money that was reserved is released, which is no refund.
    pub(crate) fn cancel_intent(
        &mut self,
        mut intent: PaymentIntent,
        reason: Option<&'static str>,
    ) -> PaymentIntent {
        let reserved = intent.status == Status::RequiresCapture;
        intent.status = Status::Canceled;
        intent.canceled_at = Some(self.now);
        intent.cancellation_reason = reason.map(str::to_owned);
        intent.amount_capturable = 0;
        intent.authentication = None;
        let charge = intent
            .latest_charge
            .as_deref()
            .and_then(|id| self.world.charges.get(id));
        if let Some(charge) = charge.filter(|_| reserved && reason == Some("expired")) {
            let json = charge.json(self.world);
            self.emit("charge.expired", json, None);
        }
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent.clone());
        self.emit("payment_intent.canceled", json, None);
        intent
    }
}
