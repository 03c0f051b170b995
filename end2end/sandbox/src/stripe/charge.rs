//! Charges (docs.stripe.com/api/charges): one try to move money, successful or not.

use super::call::Call;
use super::card::Charged;
use super::cards::Risk;
use super::decline::Decline;
use super::error::{Error, Result};
use super::params::{self, Metadata, Params};
use super::payment_intent::{HELD_FOR_S, email};
use super::table::Row;
use super::world::World;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How the try went.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// Money reserved, and taken once `captured`.
    Approved { captured: bool },
    /// The bank has yet to answer.
    Pending,
    Declined {
        code: String,
        decline_code: Option<String>,
        message: String,
        blocked: bool,
    },
}

impl Verdict {
    pub(crate) fn declined(decline: Decline, risk: Risk) -> Self {
        Verdict::Declined {
            code: decline.code().to_owned(),
            decline_code: decline.decline_code().map(str::to_owned),
            message: decline.message().to_owned(),
            blocked: risk == Risk::Highest,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Charge {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    pub amount_captured: i64,
    pub amount_refunded: i64,
    pub currency: String,
    #[serde(default)]
    pub customer: Option<String>,
    pub verdict: Verdict,
    pub authenticated: bool,
    #[serde(default)]
    pub disputed: bool,
    pub payment_intent: String,
    pub payment_method: String,
    pub balance_transaction: Option<String>,
    pub description: Option<String>,
    pub metadata: Metadata,
    pub receipt_email: Option<String>,
    pub shipping: Option<Value>,
    pub statement_descriptor: Option<String>,
    pub statement_descriptor_suffix: Option<String>,
    pub transfer_group: Option<String>,
}

impl Row for Charge {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let mut owners = vec![self.payment_intent.as_str()];
        owners.extend(self.customer.as_deref());
        owners
    }
}

impl Charge {
    pub(crate) fn is_approved(&self) -> bool {
        matches!(self.verdict, Verdict::Approved { .. })
    }

    pub(crate) fn is_captured(&self) -> bool {
        matches!(self.verdict, Verdict::Approved { captured: true })
    }

    pub(crate) fn json(&self, world: &World) -> Value {
        let method = world.payment_methods.get(&self.payment_method);
        let (failure_code, failure_message) = match &self.verdict {
            Verdict::Approved { .. } | Verdict::Pending => (None, None),
            Verdict::Declined { code, message, .. } => (Some(code), Some(message)),
        };
        let empty = json!({});
        let billing_details = method.map_or(&empty, |method| &method.data.billing_details);
        let charged = Charged {
            account: &world.account,
            amount: self.amount,
            authenticated: self.authenticated,
            capture_before: (self.is_approved() && !self.is_captured())
                .then(|| self.created + HELD_FOR_S),
            billing_details,
        };
        json!({
            "id": self.id,
            "object": "charge",
            "amount": self.amount,
            "amount_captured": self.amount_captured,
            "amount_refunded": self.amount_refunded,
            "application": null,
            "application_fee": null,
            "application_fee_amount": null,
            "balance_transaction": self.balance_transaction,
            "billing_details": billing_details,
            "calculated_statement_descriptor": "STRIPE SANDBOX",
            "captured": self.is_captured(),
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "description": self.description,
            "disputed": self.disputed,
            "failure_balance_transaction": null,
            "failure_code": failure_code,
            "failure_message": failure_message,
            "fraud_details": {},
            "livemode": false,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "outcome": self.outcome(world),
            "paid": self.is_approved(),
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "payment_method_details": method.map(|method| method.data.instrument.charge_json(&charged)),
            "radar_options": {},
            "receipt_email": self.receipt_email,
            "receipt_number": null,
            "receipt_url": null,
            "refunded": self.amount_refunded >= self.amount,
            "review": null,
            "shipping": self.shipping,
            "source": null,
            "source_transfer": null,
            "statement_descriptor": self.statement_descriptor,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "status": match self.verdict {
                Verdict::Approved { .. } => "succeeded",
                Verdict::Pending => "pending",
                Verdict::Declined { .. } => "failed",
            },
            "transfer_data": null,
            "transfer_group": self.transfer_group,
        })
    }

    fn outcome(&self, world: &World) -> Value {
        let risk = world
            .payment_methods
            .get(&self.payment_method)
            .and_then(|method| method.data.card())
            .map_or(Risk::Normal, |card| card.test_card().risk);
        let (network_status, reason, seller_message, kind) = match &self.verdict {
            Verdict::Approved { .. } | Verdict::Pending => (
                "approved_by_network",
                None,
                "Payment complete.",
                "authorized",
            ),
            Verdict::Declined { blocked: true, .. } => (
                "not_sent_to_network",
                Some("highest_risk_level"),
                "Stripe blocked this payment as too risky.",
                "blocked",
            ),
            Verdict::Declined {
                code, decline_code, ..
            } => (
                "declined_by_network",
                Some(decline_code.as_deref().unwrap_or(code)),
                "The bank declined the payment.",
                "issuer_declined",
            ),
        };
        json!({
            "advice_code": null,
            "network_advice_code": null,
            "network_decline_code": null,
            "network_status": network_status,
            "reason": reason,
            "risk_level": risk.as_str(),
            "risk_score": risk.score(),
            "seller_message": seller_message,
            "type": kind,
        })
    }
}

impl Call<'_> {
    /// `POST /v1/charges/{id}`: what a merchant notes on a charge.
    pub(crate) fn update_charge(&mut self, id: &str, mut params: Params) -> Result<Value> {
        params.not_modelled(&["customer", "transfer_group"])?;
        let charge = self.world.charges.get(id);
        let mut charge = charge
            .cloned()
            .ok_or_else(|| Error::missing("charge", id))?;
        let before = charge.json(self.world);
        params.change("description")?.apply(&mut charge.description);
        let given = params.change("receipt_email")?;
        given
            .map(|text| email(text, "receipt_email"))?
            .apply(&mut charge.receipt_email);
        if let Some(shipping) = params::shipping(params.map("shipping")?)? {
            charge.shipping = Some(shipping);
        }
        charge.metadata = params.metadata(&charge.metadata)?;
        params.without_effect(&["fraud_details"]);
        params.finish()?;
        let after = charge.json(self.world);
        self.world.charges.put(charge);
        self.emit_updated("charge.updated", &before, after.clone());
        Ok(after)
    }
}
