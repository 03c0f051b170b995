//! `POST /v1/payment_intents/{id}/capture`: all that was reserved, a part of it and no more, or, with multicapture
//! (docs.stripe.com/payments/multicapture), one part after the other.

use super::{PaymentIntent, Status, find};
use crate::stripe::call::Call;
use crate::stripe::charge::{Charge, Verdict};
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::params::Params;

const MOST_CAPTURES: u32 = 50;

impl Call<'_> {
    pub(crate) fn capture_payment_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut intent = find(self.world, id)?.clone();
        let amount = params.integer("amount_to_capture")?;
        let last = params.boolean("final_capture")?.unwrap_or(true);
        intent.metadata = params.metadata(&intent.metadata)?;
        self.read_order(&mut params, &mut intent.order)?;
        let descriptor = params.text("statement_descriptor")?;
        if let Some(text) = params.text("statement_descriptor_suffix")? {
            intent.statement_descriptor_suffix = Some(text);
        }

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
        let charge = intent.latest_charge.as_deref();
        let charge = charge.and_then(|id| self.world.charges.get(id)).cloned();
        let charge = charge.ok_or_else(|| Error::missing("charge", id))?;
        if let Some(text) = descriptor {
            intent.statement_descriptor = Some(text);
            let method = self.method_of(&intent);
            self.check_descriptor(&intent, method.as_ref().map(|method| &method.data))?;
        }
        let amount = amount.unwrap_or(intent.amount_capturable);
        check(&intent, &charge, amount, last)?;
        let intent = if last {
            self.capture_last(intent, charge, amount)
        } else {
            self.capture_part(intent, charge, amount)
        };
        Ok(intent.json(self.world))
    }

    fn capture_part(
        &mut self,
        mut intent: PaymentIntent,
        mut charge: Charge,
        amount: i64,
    ) -> PaymentIntent {
        let before = charge.json(self.world);
        charge.captures += 1;
        charge.amount_captured += amount;
        self.book_capture(&mut charge, amount);
        let after = charge.json(self.world);
        self.world.charges.put(charge);
        self.emit_updated("charge.updated", &before, after);
        intent.amount_received += amount;
        intent.amount_capturable -= amount;
        self.keep_capturable(intent)
    }

    /// Takes this much, and lets go of the rest.
    fn capture_last(
        &mut self,
        mut intent: PaymentIntent,
        mut charge: Charge,
        amount: i64,
    ) -> PaymentIntent {
        charge.verdict = Verdict::Approved { captured: true };
        charge.amount_captured += amount;
        if amount > 0 {
            self.book_capture(&mut charge, amount);
        }
        self.foresee(&charge);
        let several = charge.features.multicapture;
        self.keep_charge(charge, "charge.captured");
        intent.status = Status::Succeeded;
        intent.amount_received += amount;
        intent.amount_capturable = 0;
        if several {
            intent = self.keep_capturable(intent);
        }
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent.clone());
        self.emit("payment_intent.succeeded", json, None);
        intent
    }

    /// Stores an intent whose capturable amount has changed.
    pub(super) fn keep_capturable(&mut self, intent: PaymentIntent) -> PaymentIntent {
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent.clone());
        self.emit("payment_intent.amount_capturable_updated", json, None);
        intent
    }

    /// Nothing more is captured: a payment captured in part has succeeded, any other is canceled.
    pub(super) fn release(
        &mut self,
        intent: PaymentIntent,
        reason: Option<&'static str>,
    ) -> PaymentIntent {
        let id = intent.latest_charge.as_deref();
        let charge = id.and_then(|id| self.world.charges.get(id)).cloned();
        match charge.filter(|_| intent.amount_received > 0) {
            Some(charge) => self.capture_last(intent, charge, 0),
            None => self.cancel_intent(intent, reason),
        }
    }

    pub(crate) fn expire_authorization(&mut self, id: &str, charge: &str) {
        let intent = self.world.payment_intents.get(id).filter(|intent| {
            intent.status == Status::RequiresCapture
                && intent.latest_charge.as_deref() == Some(charge)
        });
        if let Some(intent) = intent.cloned() {
            self.release(intent, Some("expired"));
        }
    }
}

fn check(intent: &PaymentIntent, charge: &Charge, amount: i64, last: bool) -> Result<()> {
    let refused = |message: &str, param: &str| {
        Err(Error::invalid(message.to_owned()).param(param.to_owned()))
    };
    if !last && !charge.features.multicapture {
        return refused(
            "This PaymentIntent does not support multicapture.",
            "final_capture",
        );
    }
    if !last && charge.captures >= MOST_CAPTURES {
        return refused(
            "A PaymentIntent can be captured 50 times at most.",
            "final_capture",
        );
    }
    if !last && amount == intent.amount_capturable {
        return refused(
            "`final_capture` cannot be false when all that is left is captured.",
            "final_capture",
        );
    }
    // Nothing more is to be captured: the rest is let go.
    let lets_go = last && amount == 0 && intent.amount_received > 0;
    if amount < 1 && !lets_go {
        return Err(Error::invalid("Invalid positive integer")
            .code("parameter_invalid_integer")
            .param("amount_to_capture"));
    }
    let most = match last {
        true => charge.features.most(charge.amount) - intent.amount_received,
        false => intent.amount_capturable,
    };
    if amount > most {
        return Err(Error::invalid(format!(
            "The `amount_to_capture` cannot be larger than the capturable amount, {most}."
        ))
        .code("amount_too_large")
        .param("amount_to_capture"));
    }
    Ok(())
}
