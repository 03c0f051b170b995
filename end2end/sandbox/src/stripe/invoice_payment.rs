//! InvoicePayments (docs.stripe.com/api/invoice-payment): which payment pays which invoice.

use super::call::Call;
use super::error::Result;
use super::list::Page;
use super::params::Params;
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Open,
    Paid,
    Canceled,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct InvoicePayment {
    pub id: String,
    pub created: i64,
    pub amount_paid: Option<i64>,
    pub amount_requested: i64,
    pub currency: String,
    pub invoice: String,
    pub payment_intent: String,
    pub status: Status,
    pub canceled_at: Option<i64>,
    pub paid_at: Option<i64>,
}

impl Row for InvoicePayment {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.invoice, &self.payment_intent]
    }
}

impl InvoicePayment {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "invoice_payment",
            "amount_paid": self.amount_paid,
            "amount_requested": self.amount_requested,
            "created": self.created,
            "currency": self.currency,
            "invoice": self.invoice,
            "is_default": true,
            "livemode": false,
            "payment": { "payment_intent": self.payment_intent, "type": "payment_intent" },
            "status": self.status,
            "status_transitions": { "canceled_at": self.canceled_at, "paid_at": self.paid_at },
        })
    }
}

impl Call<'_> {
    pub(crate) fn list_invoice_payments(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let invoice = params.text("invoice")?;
        let status = params.choice(
            "status",
            &[
                ("canceled", Status::Canceled),
                ("open", Status::Open),
                ("paid", Status::Paid),
            ],
        )?;
        let intent = match params.map("payment")? {
            None => None,
            Some(mut payment) => {
                let kind = payment.one_of("type", &["payment_intent", "payment_record"])?;
                kind.ok_or_else(|| payment.missing("type"))?;
                payment.text("payment_intent")?
            }
        };
        let rows = self.world.invoice_payments.of_first(&[&invoice, &intent]);
        page.of(
            &rows,
            "/v1/invoice_payments",
            |payment| {
                status.is_none_or(|status| payment.status == status)
                    && intent
                        .as_ref()
                        .is_none_or(|intent| payment.payment_intent == *intent)
            },
            InvoicePayment::json,
        )
    }
}
