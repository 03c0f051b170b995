//! Refunds (docs.stripe.com/api/refunds): of a captured charge, whole or in parts.

use super::balance_transaction::Kind;
use super::call::Call;
use super::error::{Error, Result};
use super::params::{Metadata, Params};
use super::table::Row;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    pub currency: String,
    pub charge: String,
    pub payment_intent: String,
    pub payment_method: String,
    pub balance_transaction: String,
    pub reason: Option<String>,
    pub metadata: Metadata,
}

impl Row for Refund {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.payment_intent, &self.charge]
    }
}

impl Refund {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "refund",
            "amount": self.amount,
            "balance_transaction": self.balance_transaction,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "customer": null,
            "customer_account": null,
            "destination_details": {
                "card": { "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund" },
                "type": "card",
            },
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "reason": self.reason,
            "receipt_number": null,
            "source_transfer_reversal": null,
            "status": "succeeded",
            "transfer_reversal": null,
        })
    }
}

impl Call<'_> {
    pub(crate) fn create_refund(&mut self, mut params: Params) -> Result<Value> {
        params.not_modelled(&[
            "customer",
            "currency",
            "origin",
            "refund_application_fee",
            "reverse_transfer",
        ])?;
        let intent = params.text("payment_intent")?;
        let charge = params.text("charge")?;
        let amount = params.integer("amount")?;
        let reasons = ["duplicate", "fraudulent", "requested_by_customer"];
        let reason = params.choice("reason", &reasons.map(|name| (name, name)))?;
        let metadata = params.metadata(&Metadata::new())?;
        params.without_effect(&["instructions_email"]);
        params.finish()?;

        let mut charge = match (charge, intent) {
            (Some(id), _) => self
                .world
                .charges
                .get(&id)
                .cloned()
                .ok_or_else(|| Error::missing_param("charge", &id, "charge"))?,
            (None, Some(id)) => {
                let intent =
                    self.world.payment_intents.get(&id).ok_or_else(|| {
                        Error::missing_param("payment_intent", &id, "payment_intent")
                    })?;
                let charge = intent.latest_charge.as_ref();
                charge
                    .and_then(|id| self.world.charges.get(id))
                    .filter(|charge| charge.is_captured())
                    .cloned()
                    .ok_or_else(|| {
                        intent.unexpected_state(
                            self.world,
                            format!("This PaymentIntent ({id}) does not have a successful charge to refund."),
                        )
                    })?
            }
            (None, None) => {
                return Err(Error::invalid(
                    "One of the following params should be provided for this request: payment_intent or charge.",
                )
                .code("parameter_missing"));
            }
        };
        if !charge.is_captured() {
            return Err(Error::invalid(format!(
                "Charge {} is not captured, so it cannot be refunded.",
                charge.id
            ))
            .code("charge_not_refundable"));
        }
        let left = charge.amount - charge.amount_refunded;
        if left == 0 {
            return Err(
                Error::invalid(format!("Charge {} has already been refunded.", charge.id))
                    .code("charge_already_refunded"),
            );
        }
        let amount = amount.unwrap_or(left);
        if amount < 1 {
            return Err(Error::invalid("Invalid positive integer")
                .code("parameter_invalid_integer")
                .param("amount"));
        }
        if amount > left {
            return Err(Error::invalid(format!(
                "Refund amount ({amount}) is greater than unrefunded amount on charge ({left})."
            ))
            .param("amount"));
        }
        charge.amount_refunded += amount;
        let id = self.world.random.id("re_3");
        let refund = Refund {
            balance_transaction: self.book(Kind::Refund, -amount, 0, &charge, &id),
            id,
            created: self.now,
            amount,
            currency: charge.currency.clone(),
            charge: charge.id.clone(),
            payment_intent: charge.payment_intent.clone(),
            payment_method: charge.payment_method.clone(),
            reason: reason.map(str::to_owned),
            metadata,
        };
        let json = refund.json();
        self.world.refunds.put(refund);
        self.keep_charge(charge, "charge.refunded");
        self.emit("refund.created", json.clone(), None);
        Ok(json)
    }
}
