//! `POST /v1/payment_intents/{id}/increment_authorization` (docs.stripe.com/payments/incremental-authorization): more is
//! reserved on the same card, if its bank agrees.

use super::{Status, find};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::money;
use crate::stripe::outcome::Outcome;
use crate::stripe::params::Params;

/// Declines count, too.
const MOST_INCREMENTS: u32 = 10;

impl Call<'_> {
    pub(crate) fn increment_authorization(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let mut intent = find(self.world, id)?.clone();
        let amount = params.integer("amount")?;
        let amount = amount.ok_or_else(|| params.missing("amount"))?;
        params.change("description")?.apply(&mut intent.description);
        intent.metadata = params.metadata(&intent.metadata)?;
        self.read_order(&mut params, &mut intent.order)?;
        if let Some(text) = params.text("statement_descriptor")? {
            intent.statement_descriptor = Some(text);
        }

        if intent.status != Status::RequiresCapture {
            return Err(intent.unexpected_state(
                self.world,
                format!(
                    "This PaymentIntent's authorization could not be incremented because it has a status of {}. Only a \
                     PaymentIntent with one of the following statuses may be incremented: requires_capture.",
                    intent.status.as_str()
                ),
            ));
        }
        let charge = intent.latest_charge.as_deref();
        let charge = charge.and_then(|id| self.world.charges.get(id)).cloned();
        let mut charge = charge.ok_or_else(|| Error::missing("charge", id))?;
        if !charge.features.incremental_authorization || intent.amount_received > 0 {
            return Err(Error::invalid(
                "This PaymentIntent does not support incremental authorization: request it with \
                 `payment_method_options[card][request_incremental_authorization]`, and increment before any capture.",
            ));
        }
        if intent.increments >= MOST_INCREMENTS {
            return Err(Error::invalid(
                "A PaymentIntent's authorization can be incremented 10 times at most.",
            ));
        }
        money::check(amount, &intent.currency)?;
        if amount <= intent.amount {
            return Err(Error::invalid(format!(
                "The new amount must be greater than the authorized one, {}.",
                intent.amount
            ))
            .param("amount"));
        }
        let planned = self.world.next_outcomes.front().copied();
        if let Some(Outcome::Decline { decline_code }) = planned {
            self.world.next_outcomes.pop_front();
            if let Some(kept) = self.world.payment_intents.get_mut(id) {
                kept.increments += 1;
            }
            let mut error = Error::card(decline_code.code(), decline_code.message());
            error.decline_code = decline_code.decline_code();
            error.charge = Some(charge.id);
            error.payment_intent = Some(find(self.world, id)?.json(self.world));
            return Err(error);
        }
        let before = charge.json(self.world);
        charge.amount = amount;
        let after = charge.json(self.world);
        self.world.charges.put(charge);
        self.emit_updated("charge.updated", &before, after);
        intent.increments += 1;
        intent.amount = amount;
        intent.amount_capturable = amount;
        Ok(self.keep_capturable(intent).json(self.world))
    }
}
