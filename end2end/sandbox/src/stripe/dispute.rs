//! Disputes (docs.stripe.com/api/disputes): a cardholder takes a payment back, and the merchant answers with evidence.

use super::balance_transaction::Kind;
use super::call::Call;
use super::cards::Aftermath;
use super::charge::Charge;
use super::error::{Error, Result};
use super::list::Page;
use super::params::{Metadata, Params};
use super::table::Row;
use super::timer::Timer;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the bank charges for a dispute, in minor units.
const FEE: i64 = 1500;
const OPENS_AFTER_S: i64 = 1;
const DECIDED_AFTER_S: i64 = 1;
/// How long the merchant may take to answer.
const DUE_AFTER_S: i64 = 9 * 24 * 60 * 60;

/// The texts evidence consists of; files are not kept here.
const EVIDENCE: &[&str] = &[
    "access_activity_log",
    "billing_address",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_tracking_number",
    "uncategorized_text",
];
const EVIDENCE_FILES: &[&str] = &[
    "cancellation_policy",
    "customer_communication",
    "customer_signature",
    "duplicate_charge_documentation",
    "receipt",
    "refund_policy",
    "service_documentation",
    "shipping_documentation",
    "uncategorized_file",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    NeedsResponse,
    UnderReview,
    WarningNeedsResponse,
    WarningUnderReview,
    WarningClosed,
    Won,
    Lost,
}

impl Status {
    fn is_open(self) -> bool {
        !matches!(self, Status::Won | Status::Lost | Status::WarningClosed)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Dispute {
    pub id: String,
    pub created: i64,
    pub status: Status,
    pub reason: String,
    /// A question first: no money is taken yet.
    pub inquiry: bool,
    pub amount: i64,
    pub currency: String,
    pub charge: String,
    pub payment_intent: String,
    pub balance_transactions: Vec<String>,
    pub evidence: BTreeMap<String, String>,
    pub submissions: u32,
    pub metadata: Metadata,
}

impl Row for Dispute {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.charge, &self.payment_intent]
    }
}

impl Dispute {
    pub(crate) fn json(&self, world: &World, now: i64) -> Value {
        let mut evidence = json!({ "enhanced_evidence": {} });
        for name in EVIDENCE.iter().chain(EVIDENCE_FILES) {
            evidence[*name] = json!(self.evidence.get(*name));
        }
        let rows = self.balance_transactions.iter();
        let rows = rows.filter_map(|id| world.balance_transactions.get(id));
        let charge = world.charges.get(&self.charge);
        let method = charge.and_then(|charge| world.payment_methods.get(&charge.payment_method));
        let due_by = self.created + DUE_AFTER_S;
        let mut json = json!({
            "id": self.id,
            "object": "dispute",
            "amount": self.amount,
            "balance_transactions": rows.map(|row| row.json(now)).collect::<Vec<_>>(),
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "enhanced_eligibility_types": [],
            "evidence": evidence,
            "evidence_details": {
                "due_by": due_by,
                "enhanced_eligibility": {},
                "has_evidence": !self.evidence.is_empty(),
                "past_due": now >= due_by,
                "submission_count": self.submissions,
                "submission_method": if self.submissions > 0 { "manual" } else { "not_submitted" },
            },
            "intended_submission_method": null,
            "is_charge_refundable": self.inquiry && self.status.is_open(),
            "livemode": false,
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "reason": self.reason,
            "status": self.status,
        });
        // Of a bank account nothing is told.
        if let Some(card) = method.and_then(|method| method.data.card()) {
            json["payment_method_details"] = json!({
                "card": {
                    "brand": card.test_card().brand.as_str(),
                    "case_type": if self.inquiry { "inquiry" } else { "chargeback" },
                    "network": card.test_card().brand.as_str(),
                    "network_reason_code": self.network_reason_code(),
                },
                "type": "card",
            });
        }
        json
    }

    /// Visa's codes.
    fn network_reason_code(&self) -> &'static str {
        match self.reason.as_str() {
            "product_not_received" => "13.1",
            _ => "10.4",
        }
    }
}

impl Call<'_> {
    /// What a card makes of a captured payment afterwards.
    pub(crate) fn foresee(&mut self, charge: &Charge) {
        let method = self.world.payment_methods.get(&charge.payment_method);
        let Some(card) = method.and_then(|method| method.data.card()) else {
            return;
        };
        let id = &charge.id;
        match card.test_card().aftermath {
            // The bank that was asked bears the loss.
            Aftermath::Dispute("fraudulent") if charge.authenticated => {}
            Aftermath::Dispute(reason) => self.open_dispute_soon(id, reason, false),
            Aftermath::Disputes => {
                for _ in 0..2 {
                    self.open_dispute_soon(id, "fraudulent", false);
                }
            }
            Aftermath::Inquiry => self.open_dispute_soon(id, "fraudulent", true),
            Aftermath::EarlyFraudWarning => {
                let timer = Timer::FraudIsSuspected { charge: id.clone() };
                self.set_timer(OPENS_AFTER_S, timer);
            }
            _ => {}
        }
    }

    pub(crate) fn open_dispute_soon(&mut self, charge: &str, reason: &str, inquiry: bool) {
        let timer = Timer::DisputeOpens {
            charge: charge.to_owned(),
            reason: reason.to_owned(),
            inquiry,
        };
        self.set_timer(OPENS_AFTER_S, timer);
    }

    pub(crate) fn open_dispute(&mut self, charge: &str, reason: &str, inquiry: bool) {
        let Some(mut charge) = self.world.charges.get(charge).cloned() else {
            return;
        };
        let left = charge.amount_refundable();
        let disputed = self.world.disputes.of(&charge.id);
        let others = disputed.iter().filter(|other| !other.inquiry).count();
        // A second dispute concerns the same money: it is for a part of it.
        let amount = if others == 0 { left } else { left / 2 };
        if amount < 1 {
            return;
        }
        let id = self.world.random.id("du_1");
        let mut dispute = Dispute {
            id: id.clone(),
            created: self.now,
            status: if inquiry {
                Status::WarningNeedsResponse
            } else {
                Status::NeedsResponse
            },
            reason: reason.to_owned(),
            inquiry,
            amount,
            currency: charge.currency.clone(),
            charge: charge.id.clone(),
            payment_intent: charge.payment_intent.clone(),
            balance_transactions: Vec::new(),
            evidence: BTreeMap::new(),
            submissions: 0,
            metadata: Metadata::new(),
        };
        if !inquiry {
            let row = self.book(Kind::Adjustment, -amount, FEE, &charge, &id);
            dispute.balance_transactions.push(row);
        }
        charge.disputed = true;
        self.world.charges.put(charge);
        self.set_timer(DUE_AFTER_S, Timer::DisputeIsDue { dispute: id });
        let json = dispute.json(self.world, self.now);
        self.world.disputes.put(dispute);
        self.emit("charge.dispute.created", json.clone(), None);
        if !inquiry {
            self.emit("charge.dispute.funds_withdrawn", json, None);
        }
    }

    pub(crate) fn is_held_by_dispute(&self, charge: &str) -> bool {
        let disputes = self.world.disputes.of(charge);
        disputes
            .iter()
            .any(|dispute| !dispute.inquiry && dispute.status != Status::Won)
    }

    /// `POST /v1/disputes/{id}`: evidence, which is handed in unless `submit` says otherwise.
    pub(crate) fn update_dispute(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut dispute = self.dispute(id)?.clone();
        let before = dispute.json(self.world, self.now);
        let mut given = false;
        if let Some(mut evidence) = params.map("evidence")? {
            for name in EVIDENCE.iter().chain(EVIDENCE_FILES) {
                match evidence.change(name)? {
                    super::params::Change::Keep => continue,
                    super::params::Change::Unset => {
                        dispute.evidence.remove(*name);
                    }
                    super::params::Change::Set(text) => {
                        dispute.evidence.insert((*name).to_owned(), text);
                    }
                }
                given = true;
            }
        }
        let submit = params.boolean("submit")?;
        dispute.metadata = params.metadata(&dispute.metadata)?;
        if (given || submit == Some(true)) && !dispute.status.is_open() {
            return Err(Error::invalid("This dispute is already closed."));
        }
        if submit.unwrap_or(given) {
            dispute.submissions += 1;
            dispute.status = if dispute.inquiry {
                Status::WarningUnderReview
            } else {
                Status::UnderReview
            };
            let says = |word: &str| dispute.evidence.values().any(|text| text == word);
            let won = says("winning_evidence").then_some(true);
            if let Some(won) = won.or(says("losing_evidence").then_some(false)) {
                let timer = Timer::DisputeCloses {
                    dispute: dispute.id.clone(),
                    won,
                };
                self.set_timer(DECIDED_AFTER_S, timer);
            }
        }
        let after = dispute.json(self.world, self.now);
        self.world.disputes.put(dispute);
        self.emit_updated("charge.dispute.updated", &before, after.clone());
        Ok(after)
    }

    /// `POST /v1/disputes/{id}/close`: the merchant gives in.
    pub(crate) fn give_in(&mut self, id: &str) -> Result<Value> {
        if !self.dispute(id)?.status.is_open() {
            return Err(Error::invalid("This dispute is already closed."));
        }
        self.close_dispute(id, false);
        Ok(self.dispute(id)?.json(self.world, self.now))
    }

    /// Nobody has answered: the bank decides for its customer.
    pub(crate) fn lapse_dispute(&mut self, id: &str) {
        let waits = |status| matches!(status, Status::NeedsResponse | Status::WarningNeedsResponse);
        if self.dispute(id).is_ok_and(|dispute| waits(dispute.status)) {
            self.close_dispute(id, false);
        }
    }

    pub(crate) fn close_dispute(&mut self, id: &str, won: bool) {
        let dispute = self.world.disputes.get(id);
        let Some(mut dispute) = dispute.filter(|dispute| dispute.status.is_open()).cloned() else {
            return;
        };
        dispute.status = match (dispute.inquiry, won) {
            (true, _) => Status::WarningClosed,
            (false, true) => Status::Won,
            (false, false) => Status::Lost,
        };
        let charge = self.world.charges.get(&dispute.charge).cloned();
        let reinstated = dispute.status == Status::Won;
        if let Some(charge) = charge.filter(|_| reinstated) {
            let row = self.book(Kind::Adjustment, dispute.amount, -FEE, &charge, id);
            dispute.balance_transactions.push(row);
        }
        let json = dispute.json(self.world, self.now);
        self.world.disputes.put(dispute);
        self.emit("charge.dispute.closed", json.clone(), None);
        if reinstated {
            self.emit("charge.dispute.funds_reinstated", json, None);
        }
    }

    fn dispute(&self, id: &str) -> Result<&Dispute> {
        let dispute = self.world.disputes.get(id);
        dispute.ok_or_else(|| Error::missing("dispute", id))
    }

    pub(crate) fn list_disputes(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let charge = params.text("charge")?;
        let intent = params.text("payment_intent")?;
        let rows = self.world.disputes.of_first(&[&charge, &intent]);
        page.of(
            &rows,
            "/v1/disputes",
            |dispute| {
                intent
                    .as_ref()
                    .is_none_or(|id| dispute.payment_intent == *id)
            },
            |dispute| dispute.json(self.world, self.now),
        )
    }
}
