//! `POST /v1/payment_intents/{id}/capture` and `/cancel`.

use super::{PaymentIntent, Status, find};
use crate::stripe::call::Call;
use crate::stripe::charge::Verdict;
use crate::stripe::error::{Error, Result};
use crate::stripe::params::Params;
use serde_json::Value;

impl Call<'_> {
    pub(crate) fn capture_payment_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        params.not_modelled(&["application_fee_amount", "hooks", "transfer_data"])?;
        let mut intent = find(self.world, id)?.clone();
        let amount = params.integer("amount_to_capture")?;
        let last = params.boolean("final_capture")?.unwrap_or(true);
        intent.metadata = params.metadata(&intent.metadata)?;
        if let Some(text) = params.text("statement_descriptor")? {
            intent.statement_descriptor = Some(text);
        }
        if let Some(text) = params.text("statement_descriptor_suffix")? {
            intent.statement_descriptor_suffix = Some(text);
        }
        params.without_effect(&["amount_details", "payment_details"]);
        params.finish()?;

        if intent.status != Status::RequiresCapture {
            return Err(intent.unexpected_state(
                self.world,
                format!(
                    "This PaymentIntent could not be captured because it has a status of {}. Only a PaymentIntent \
                     with one of the following statuses may be captured: requires_capture.",
                    intent.status.as_str()
                ),
            ));
        }
        if !last {
            return Err(
                Error::invalid("This PaymentIntent does not support multicapture.")
                    .param("final_capture"),
            );
        }
        let amount = amount.unwrap_or(intent.amount_capturable);
        if amount < 1 {
            return Err(Error::invalid("Invalid positive integer")
                .code("parameter_invalid_integer")
                .param("amount_to_capture"));
        }
        if amount > intent.amount_capturable {
            return Err(Error::invalid(format!(
                "The `amount_to_capture` cannot be larger than the capturable amount, {}.",
                intent.amount_capturable
            ))
            .code("amount_too_large")
            .param("amount_to_capture"));
        }
        intent.status = Status::Succeeded;
        intent.amount_received = amount;
        intent.amount_capturable = 0;
        let charge = intent
            .latest_charge
            .as_deref()
            .and_then(|id| self.world.charges.get(id));
        if let Some(mut charge) = charge.cloned() {
            charge.verdict = Verdict::Approved { captured: true };
            charge.amount_captured = amount;
            // The rest of what was reserved goes back.
            charge.amount_refunded = charge.amount - amount;
            self.book_capture(&mut charge);
            self.foresee(&charge);
            self.keep_charge(charge, "charge.captured");
        }
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.succeeded", json.clone(), None);
        Ok(json)
    }

    pub(crate) fn cancel_payment_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let intent = find(self.world, id)?.clone();
        let reasons = [
            "abandoned",
            "duplicate",
            "fraudulent",
            "requested_by_customer",
        ];
        let reason = params.choice("cancellation_reason", &reasons.map(|name| (name, name)))?;
        params.finish()?;
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
        Ok(self.cancel_intent(intent, reason).json(self.world))
    }

    /// Ends an open intent; money that was reserved is released.
    pub(super) fn cancel_intent(
        &mut self,
        mut intent: PaymentIntent,
        reason: impl Into<Option<&'static str>>,
    ) -> PaymentIntent {
        let reserved = intent.status == Status::RequiresCapture;
        intent.status = Status::Canceled;
        intent.canceled_at = Some(self.now);
        intent.cancellation_reason = reason.into().map(str::to_owned);
        intent.amount_capturable = 0;
        intent.authentication = None;
        let charge = intent
            .latest_charge
            .as_deref()
            .and_then(|id| self.world.charges.get(id));
        if let Some(mut charge) = charge.filter(|_| reserved).cloned() {
            charge.amount_refunded = charge.amount;
            let event = match intent.cancellation_reason.as_deref() {
                Some("automatic") => "charge.expired",
                _ => "charge.refunded",
            };
            self.keep_charge(charge, event);
        }
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent.clone());
        self.emit("payment_intent.canceled", json, None);
        intent
    }

    /// Nobody captured in time.
    pub(crate) fn expire_authorization(&mut self, id: &str, charge: &str) {
        let intent = self.world.payment_intents.get(id).filter(|intent| {
            intent.status == Status::RequiresCapture
                && intent.latest_charge.as_deref() == Some(charge)
        });
        if let Some(intent) = intent.cloned() {
            self.cancel_intent(intent, "automatic");
        }
    }
}
