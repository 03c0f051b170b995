//! BalanceTransactions (docs.stripe.com/api/balance_transactions): the account's book of money in and out.

use super::call::Call;
use super::cards::Aftermath;
use super::charge::Charge;
use super::error::Result;
use super::list::Page;
use super::params::Params;
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// Funds of a payment can be paid out after two days.
const PENDING_S: i64 = 2 * 24 * 60 * 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Adjustment,
    Charge,
    Refund,
    RefundFailure,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Kind::Adjustment => "adjustment",
            Kind::Charge => "charge",
            Kind::Refund => "refund",
            Kind::RefundFailure => "refund_failure",
        }
    }

    fn reporting_category(self) -> &'static str {
        match self {
            Kind::Adjustment => "dispute",
            other => other.as_str(),
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BalanceTransaction {
    pub id: String,
    pub created: i64,
    pub kind: Kind,
    /// Gross, in minor units; negative for money that leaves.
    pub amount: i64,
    pub fee: i64,
    pub currency: String,
    pub source: String,
    pub available_on: i64,
    pub description: Option<String>,
}

impl Row for BalanceTransaction {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.source]
    }
}

impl BalanceTransaction {
    /// `now` in Unix seconds decides between pending and available.
    pub(crate) fn json(&self, now: i64) -> Value {
        let fee_details = match self.fee {
            0 => json!([]),
            fee => json!([{
                "amount": fee,
                "application": null,
                "currency": self.currency,
                "description": if self.kind == Kind::Adjustment { "Dispute fee" } else { "Stripe processing fees" },
                "type": "stripe_fee",
            }]),
        };
        json!({
            "id": self.id,
            "object": "balance_transaction",
            "amount": self.amount,
            "available_on": self.available_on,
            "balance_type": "payments",
            "created": self.created,
            "currency": self.currency,
            "description": self.description,
            "exchange_rate": null,
            "fee": self.fee,
            "fee_details": fee_details,
            "net": self.amount - self.fee,
            "reporting_category": self.kind.reporting_category(),
            "source": self.source,
            "status": if now >= self.available_on { "available" } else { "pending" },
            "type": self.kind.as_str(),
        })
    }
}

impl Call<'_> {
    /// Writes money into the book. The new transaction's id.
    pub(crate) fn book(
        &mut self,
        kind: Kind,
        amount: i64,
        fee: i64,
        charge: &Charge,
        source: &str,
    ) -> String {
        let method = self.world.payment_methods.get(&charge.payment_method);
        let card = method.and_then(|method| method.data.card());
        let at_once = kind != Kind::Charge
            || card.is_some_and(|card| card.test_card().aftermath == Aftermath::BypassPending);
        let transaction = BalanceTransaction {
            id: self.world.random.id("txn_3"),
            created: self.now,
            kind,
            amount,
            fee,
            currency: charge.currency.clone(),
            source: source.to_owned(),
            available_on: if at_once {
                self.now
            } else {
                self.now + PENDING_S
            },
            description: charge.description.clone(),
        };
        let id = transaction.id.clone();
        self.world.balance_transactions.put(transaction);
        id
    }

    /// Books what was captured of a charge, with Stripe's list price, 2.9 % and 30 minor units.
    pub(crate) fn book_capture(&mut self, charge: &mut Charge, amount: i64) {
        let fee = (amount * 29 + 500) / 1000 + 30;
        let id = charge.id.clone();
        charge.balance_transaction = Some(self.book(Kind::Charge, amount, fee, charge, &id));
    }

    /// The time has come to book an asynchronous capture.
    pub(crate) fn book_charge(&mut self, id: &str) {
        let Some(mut charge) = self.world.charges.get(id).cloned() else {
            return;
        };
        if charge.balance_transaction.is_some() || !charge.is_captured() {
            return;
        }
        let before = json!({ "balance_transaction": null });
        let amount = charge.amount_captured;
        self.book_capture(&mut charge, amount);
        let after = charge.json(self.world);
        self.world.charges.put(charge);
        self.emit("charge.updated", after, Some(before));
    }

    pub(crate) fn list_balance_transactions(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let source = params.text("source")?;
        let kind = params.text("type")?;
        let currency = params.text("currency")?;
        let rows = self.world.balance_transactions.of_first(&[&source]);
        page.of(
            &rows,
            "/v1/balance_transactions",
            |row| {
                kind.as_ref().is_none_or(|kind| kind == row.kind.as_str())
                    && currency
                        .as_ref()
                        .is_none_or(|currency| *currency == row.currency)
            },
            |row| row.json(self.now),
        )
    }
}
