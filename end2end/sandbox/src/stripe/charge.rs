//! Charges (docs.stripe.com/api/charges): one try to move money, successful or not.

use super::call::Call;
use super::card::Charged;
use super::cards::Risk;
use super::decline::{self, Decline};
use super::error::{Error, Result};
use super::flexible::Granted;
use super::params::{self, Metadata, Params};
use super::payment_intent::email;
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

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
    #[serde(default)]
    pub features: Granted,
    /// How often a part of it was captured.
    #[serde(default)]
    pub captures: u32,
    pub authenticated: bool,
    /// Whether the merchant wanted 3-D Secure.
    #[serde(default)]
    pub three_d_secure_requested: bool,
    /// The network the merchant chose.
    #[serde(default)]
    pub network: Option<String>,
    /// A saved card's security code was asked for again.
    #[serde(default)]
    pub cvc_recollected: bool,
    #[serde(default)]
    pub disputed: bool,
    pub payment_intent: String,
    pub payment_method: String,
    /// What this payment tells of its method: the number of a voucher.
    #[serde(default)]
    pub details: Value,
    pub balance_transaction: Option<String>,
    pub description: Option<String>,
    pub metadata: Metadata,
    pub receipt_email: Option<String>,
    pub shipping: Option<Value>,
    pub statement_descriptor: Option<String>,
    pub statement_descriptor_suffix: Option<String>,
    pub transfer_group: Option<String>,
    /// What the merchant says of it.
    #[serde(default)]
    pub user_report: Option<String>,
    /// A snapshot of the payer's browser.
    #[serde(default)]
    pub radar_session: Option<String>,
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

    /// Captured, and not given back since.
    pub(crate) fn amount_refundable(&self) -> i64 {
        self.amount_captured - self.amount_refunded
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
            id: &self.id,
            details: &self.details,
            account: &world.account,
            amount: self.amount,
            features: self.features,
            approved: self.is_approved(),
            authenticated: self.authenticated,
            three_d_secure_requested: self.three_d_secure_requested,
            network: self.network.as_deref(),
            cvc_recollected: self.cvc_recollected,
            capture_before: (self.is_approved() && !self.is_captured())
                .then(|| self.created + self.features.held_for_s()),
            billing_details,
        };
        let radar_options = match &self.radar_session {
            Some(session) => json!({ "session": session }),
            None => json!({}),
        };
        let fraud_details = match &self.user_report {
            Some(report) => json!({ "user_report": report }),
            None => json!({}),
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
            "billing_details": move billing_details.clone(),
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
            "fraud_details": move fraud_details,
            "livemode": false,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "outcome": move self.outcome(world),
            "paid": self.is_approved(),
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "payment_method_details": move method.map(|method| method.data.instrument.charge_json(&charged)),
            "radar_options": move radar_options,
            "receipt_email": self.receipt_email,
            "receipt_number": null,
            "receipt_url": null,
            "refunded": self.is_captured() && self.amount_refunded >= self.amount_captured,
            "review": null,
            "shipping": move self.shipping.clone(),
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
        let method = world.payment_methods.get(&self.payment_method);
        // Only cards are assessed.
        let risk = method.and_then(|method| Some(method.data.card()?.test_card().risk));
        let reason = match &self.verdict {
            Verdict::Declined {
                code, decline_code, ..
            } => Some(decline_code.as_deref().unwrap_or(code)),
            Verdict::Approved { .. } | Verdict::Pending => None,
        };
        let advice = reason.map(decline::advice).unwrap_or_default();
        let (network_status, reason, seller_message, kind) = match (&self.verdict, reason) {
            (Verdict::Declined { blocked: true, .. }, _) => (
                "not_sent_to_network",
                Some("highest_risk_level"),
                "Stripe blocked this payment as too risky.".to_owned(),
                "blocked",
            ),
            (_, Some("generic_decline")) => (
                "declined_by_network",
                reason,
                "The bank did not return any further details with this decline.".to_owned(),
                "issuer_declined",
            ),
            (_, Some(code)) => (
                "declined_by_network",
                reason,
                format!("The bank returned the decline code `{code}`."),
                "issuer_declined",
            ),
            (_, None) => (
                "approved_by_network",
                None,
                "Payment complete.".to_owned(),
                "authorized",
            ),
        };
        let mut outcome = json!({
            "advice_code": advice.advice_code,
            "network_advice_code": null,
            "network_decline_code": advice.network_decline_code,
            "network_status": network_status,
            "reason": reason,
            "risk_level": risk.map_or("not_assessed", Risk::as_str),
            "seller_message": seller_message,
            "type": kind,
        });
        if let Some(risk) = risk {
            outcome["risk_score"] = json!(risk.score());
        }
        outcome
    }
}

impl Call<'_> {
    /// `POST /v1/charges/{id}`: what a merchant notes on a charge.
    pub(crate) fn update_charge(&mut self, id: &str, mut params: Params) -> Result<Value> {
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
        if let Some(group) = params.text("transfer_group")? {
            charge.transfer_group = Some(group);
        }
        if let Some(customer) = self.read_customer_id(&mut params)? {
            if charge.customer.as_ref().is_some_and(|it| *it != customer) {
                return Err(Error::invalid(
                    "The customer of a charge can be set, and not be changed.",
                )
                .param("customer"));
            }
            charge.customer = Some(customer);
        }
        if let Some(mut details) = params.map("fraud_details")? {
            charge.user_report = details.one_of("user_report", &["fraudulent", "safe"])?;
        }
        charge.metadata = params.metadata(&charge.metadata)?;
        let after = charge.json(self.world);
        self.world.charges.put(charge);
        self.emit_updated("charge.updated", &before, after.clone());
        Ok(after)
    }
}
