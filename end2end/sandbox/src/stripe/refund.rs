//! Refunds (docs.stripe.com/api/refunds): of a captured charge, whole or in parts.

mod destination;

use super::balance_transaction::Kind;
use super::call::Call;
use super::cards::Aftermath;
use super::error::{Error, Result};
use super::params::{Metadata, Params};
use super::table::Row;
use super::timer::Timer;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// How long a slow or failing refund takes.
const SETTLES_AFTER_S: i64 = 5;

/// A card's refund counts as done at once, and can still come back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Pending,
    #[default]
    Succeeded,
    Failed,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    pub currency: String,
    pub charge: String,
    pub payment_intent: String,
    pub payment_method: String,
    /// The method's type, which says where the money goes.
    #[serde(default = "card")]
    pub method_type: String,
    #[serde(default)]
    pub customer: Option<String>,
    pub balance_transaction: String,
    #[serde(default)]
    pub status: Status,
    #[serde(default)]
    pub failure_balance_transaction: Option<String>,
    pub reason: Option<String>,
    pub metadata: Metadata,
}

/// Of refunds in state files of earlier days.
fn card() -> String {
    "card".to_owned()
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
        let mut json = json!({
            "id": self.id,
            "object": "refund",
            "amount": self.amount,
            "balance_transaction": self.balance_transaction,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "customer_account": null,
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "reason": self.reason,
            "receipt_number": null,
            "source_transfer_reversal": null,
            "status": self.status,
            "transfer_reversal": null,
        });
        if let Some(details) = destination::details(&self.method_type) {
            json["destination_details"] = details;
        }
        match self.status {
            Status::Pending => json["pending_reason"] = json!("processing"),
            Status::Failed => {
                json["failure_reason"] = json!("expired_or_canceled_card");
                json["failure_balance_transaction"] = json!(self.failure_balance_transaction);
            }
            Status::Succeeded => {}
        }
        json
    }
}

impl Call<'_> {
    pub(crate) fn create_refund(&mut self, mut params: Params) -> Result<Value> {
        let intent = params.text("payment_intent")?;
        let charge = params.text("charge")?;
        let amount = params.integer("amount")?;
        let reasons = ["duplicate", "fraudulent", "requested_by_customer"];
        let reason = params.choice("reason", &reasons.map(|name| (name, name)))?;
        let metadata = params.metadata(&Metadata::new())?;
        for (field, thing) in [
            ("reverse_transfer", "transfer"),
            ("refund_application_fee", "application fee"),
        ] {
            if params.boolean(field)? == Some(true) {
                return Err(
                    Error::invalid(format!("The charge has no {thing} to give back.")).param(field),
                );
            }
        }
        if params.has("origin") {
            return Err(
                Error::invalid("The customer has no cash balance to refund.").param("origin"),
            );
        }

        let mut charge = match (charge, intent) {
            (Some(id), intent) => {
                let charge = self.world.charges.get(&id);
                let charge = charge.ok_or_else(|| Error::missing_param("charge", &id, "charge"))?;
                if let Some(intent) = intent.filter(|intent| *intent != charge.payment_intent) {
                    self.world.payment_intents.get(&intent).ok_or_else(|| {
                        Error::missing_param("payment_intent", &intent, "payment_intent")
                    })?;
                    return Err(Error::invalid(format!(
                        "The charge {id} is none of the PaymentIntent {intent}'s: give one of them, or both of one payment."
                    ))
                    .param("charge"));
                }
                charge.clone()
            }
            (None, Some(id)) => {
                let intent =
                    self.world.payment_intents.get(&id).ok_or_else(|| {
                        Error::missing_param("payment_intent", &id, "payment_intent")
                    })?;
                let charge = intent.latest_charge.as_ref();
                charge
                    .and_then(|id| self.world.charges.get(id))
                    .filter(|charge| charge.amount_captured > 0)
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
        if self.is_held_by_dispute(&charge.id) {
            return Err(Error::invalid(format!(
                "Charge {} has been charged back, so it cannot be refunded.",
                charge.id
            ))
            .code("charge_disputed"));
        }
        if charge.amount_captured == 0 {
            return Err(Error::invalid(format!(
                "Charge {} is not captured, so it cannot be refunded.",
                charge.id
            ))
            .code("charge_not_refundable"));
        }
        let left = charge.amount_refundable();
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
        let method = self.world.payment_methods.get(&charge.payment_method);
        let method_type = method.map_or("card", |it| it.data.instrument.type_name());
        let method_type = method_type.to_owned();
        let card = method.and_then(|method| method.data.card());
        let aftermath = card.map_or(Aftermath::None, |card| card.test_card().aftermath);
        let status = match aftermath {
            Aftermath::RefundPending => Status::Pending,
            _ => Status::Succeeded,
        };
        if matches!(aftermath, Aftermath::RefundPending | Aftermath::RefundFails) {
            let timer = Timer::RefundSettles {
                refund: id.clone(),
                fails: aftermath == Aftermath::RefundFails,
            };
            self.set_timer(SETTLES_AFTER_S, timer);
        }
        let refund = Refund {
            balance_transaction: self.book(Kind::Refund, -amount, 0, &charge, &id),
            id,
            created: self.now,
            amount,
            currency: charge.currency.clone(),
            charge: charge.id.clone(),
            payment_intent: charge.payment_intent.clone(),
            payment_method: charge.payment_method.clone(),
            method_type,
            customer: charge.customer.clone(),
            status,
            failure_balance_transaction: None,
            reason: reason.map(str::to_owned),
            metadata,
        };
        let json = refund.json();
        self.world.refunds.put(refund);
        self.keep_charge(charge, "charge.refunded");
        self.emit("refund.created", json.clone(), None);
        Ok(json)
    }

    /// `POST /v1/refunds/{id}`
    pub(crate) fn update_refund(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut refund = self.refund(id)?.clone();
        let before = refund.json();
        refund.metadata = params.metadata(&refund.metadata)?;
        let after = refund.json();
        self.world.refunds.put(refund);
        self.emit_updated("refund.updated", &before, after.clone());
        Ok(after)
    }

    /// `POST /v1/refunds/{id}/cancel`: only for refunds that wait for the customer, which cards' never do.
    pub(crate) fn cancel_refund(&mut self, id: &str) -> Result<Value> {
        self.refund(id)?;
        Err(Error::invalid(
            "Refunds can be canceled only while they have a status of requires_action.",
        )
        .code("refund_not_cancelable"))
    }

    fn refund(&self, id: &str) -> Result<&Refund> {
        let refund = self.world.refunds.get(id);
        refund.ok_or_else(|| Error::missing("refund", id))
    }

    pub(crate) fn settle_refund(&mut self, id: &str, fails: bool) {
        let Some(mut refund) = self.world.refunds.get(id).cloned() else {
            return;
        };
        let before = refund.json();
        if !fails {
            refund.status = Status::Succeeded;
            let after = refund.json();
            self.world.refunds.put(refund);
            self.emit_updated("refund.updated", &before, after.clone());
            self.emit_updated("charge.refund.updated", &before, after);
            return;
        }
        refund.status = Status::Failed;
        if let Some(mut charge) = self.world.charges.get(&refund.charge).cloned() {
            // The money is back with the merchant, who must find another way.
            charge.amount_refunded -= refund.amount;
            let back = self.book(Kind::RefundFailure, refund.amount, 0, &charge, id);
            refund.failure_balance_transaction = Some(back);
            self.world.charges.put(charge);
        }
        let after = refund.json();
        self.world.refunds.put(refund);
        self.emit("refund.failed", after.clone(), None);
        self.emit_updated("charge.refund.updated", &before, after);
    }
}
