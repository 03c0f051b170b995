//! The calls that move an invoice: finalize, pay, void, mark_uncollectible, send, delete.

use super::{Attempt, CollectionMethod, Invoice, Status};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice_payment;
use crate::stripe::json::Value;
use crate::stripe::params::Params;
use crate::stripe::timer::InvoiceStep;

/// An invoice that its owner finalises, and that advances by itself, is charged an hour later.
const CHARGED_AFTER_S: i64 = 60 * 60;

impl Call<'_> {
    /// An invoice that is there, for a path.
    pub(crate) fn invoice(&self, id: &str) -> Result<&Invoice> {
        let invoice = self.world.invoices.get(id);
        invoice
            .filter(|invoice| !invoice.deleted)
            .ok_or_else(|| Error::missing("invoice", id))
    }

    pub(crate) fn invoice_json(&self, id: &str) -> Result<Value> {
        Ok(self.invoice(id)?.json(self.world))
    }

    pub(crate) fn finalize_invoice_by_call(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let auto_advance = params.boolean("auto_advance")?;
        self.check_draft(self.invoice(id)?)?;
        if let Some(auto_advance) = auto_advance
            && let Some(invoice) = self.world.invoices.get_mut(id)
        {
            invoice.auto_advance = auto_advance;
        }
        self.finalize_invoice(id)?;
        let invoice = self.invoice(id)?;
        if invoice.status == Status::Open && invoice.auto_advance {
            match invoice.collection_method {
                CollectionMethod::SendInvoice => self.emit_invoice(id, "invoice.sent"),
                CollectionMethod::ChargeAutomatically => {
                    let at = self.now + CHARGED_AFTER_S;
                    self.change_invoice(id, |invoice| invoice.next_payment_attempt = Some(at));
                    self.set_invoice_timer(id, at, InvoiceStep::Retries);
                }
            }
        }
        self.invoice_json(id)
    }

    pub(crate) fn pay_invoice(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let invoice = self.invoice(id)?.clone();
        let off_session = params.boolean("off_session")?.unwrap_or(true);
        let out_of_band = params.boolean("paid_out_of_band")?.unwrap_or(false);
        let method = params.text("payment_method")?;
        match invoice.status {
            Status::Paid => return Err(Error::invalid("Invoice is already paid")),
            Status::Void => return Err(refused(&invoice, "paid")),
            Status::Draft => self.check_draft(&invoice)?,
            Status::Open | Status::Uncollectible => {}
        }
        if let Some(method) = &method {
            self.check_customers_method(method, &invoice.customer, "payment_method")?;
        }
        if invoice.status == Status::Draft {
            self.finalize_invoice(id)?;
        }
        if self.invoice(id)?.status == Status::Paid {
            return self.invoice_json(id);
        }
        if out_of_band {
            self.end_payments(id, "void_invoice");
            self.change_invoice(id, |invoice| {
                let due = invoice.finalized.as_ref().map_or(0, |it| it.amount_due);
                invoice.amount_paid_off_stripe = due;
            });
            self.settle_invoice(id, None);
            return self.invoice_json(id);
        }
        let attempt = Attempt {
            method,
            off_session,
            scheduled: false,
        };
        self.attempt_invoice(id, &attempt)?;
        self.invoice_json(id)
    }

    pub(crate) fn void_invoice(&mut self, id: &str) -> Result<Value> {
        let invoice = self.invoice(id)?;
        if !matches!(invoice.status, Status::Open | Status::Uncollectible) {
            return Err(refused(invoice, "voided"));
        }
        self.void_open_invoice(id);
        self.invoice_json(id)
    }

    pub(crate) fn void_open_invoice(&mut self, id: &str) {
        let now = self.now;
        self.end_payments(id, "void_invoice");
        self.change_invoice(id, |invoice| {
            invoice.status = Status::Void;
            invoice.auto_advance = false;
            invoice.next_payment_attempt = None;
            invoice.transitions.voided_at = Some(now);
        });
        self.emit_invoice(id, "invoice.voided");
        self.subscription_was_let_off(id);
    }

    pub(crate) fn mark_uncollectible(&mut self, id: &str) -> Result<Value> {
        let invoice = self.invoice(id)?.clone();
        match invoice.status {
            Status::Draft => self.finalize_invoice(id)?,
            Status::Open => {}
            _ => return Err(refused(&invoice, "marked as uncollectible")),
        }
        if self.invoice(id)?.status == Status::Open {
            self.give_up_invoice(id);
        }
        self.invoice_json(id)
    }

    /// It is not expected to be paid, but may be.
    pub(crate) fn give_up_invoice(&mut self, id: &str) {
        let now = self.now;
        self.change_invoice(id, |invoice| {
            invoice.status = Status::Uncollectible;
            invoice.auto_advance = false;
            invoice.next_payment_attempt = None;
            invoice.transitions.marked_uncollectible_at = Some(now);
        });
        self.emit_invoice(id, "invoice.marked_uncollectible");
        self.subscription_was_let_off(id);
    }

    pub(crate) fn send_invoice(&mut self, id: &str) -> Result<Value> {
        let invoice = self.invoice(id)?.clone();
        if invoice.collection_method != CollectionMethod::SendInvoice {
            return Err(Error::invalid(
                "You can only manually send an invoice if its collection method is 'send_invoice'.",
            ));
        }
        match invoice.status {
            Status::Draft => self.finalize_invoice(id)?,
            Status::Open => {}
            _ => return Err(refused(&invoice, "sent")),
        }
        self.emit_invoice(id, "invoice.sent");
        self.invoice_json(id)
    }

    pub(crate) fn delete_invoice(&mut self, id: &str) -> Result<Value> {
        let invoice = self.invoice(id)?.clone();
        if invoice.status != Status::Draft || invoice.subscription.is_some() {
            return Err(Error::invalid(
                "You can only delete draft invoices that belong to no subscription. Void it instead.",
            )
            .code("invoice_not_editable"));
        }
        let json = invoice.json(self.world);
        for line in &invoice.lines {
            if let Some(item) = &line.parent.invoice_item {
                self.forget_invoice_item(item);
            }
        }
        if let Some(invoice) = self.world.invoices.get_mut(id) {
            invoice.deleted = true;
        }
        self.emit("invoice.deleted", json, None);
        Ok(self
            .world
            .invoices
            .get(id)
            .map(|it| it.json(self.world))
            .unwrap_or_default())
    }

    /// Nothing more is asked for by its intent.
    pub(super) fn end_payments(&mut self, id: &str, reason: &'static str) {
        let payments = self.world.invoice_payments.of(id);
        let open = payments
            .iter()
            .filter(|it| it.status == invoice_payment::Status::Open);
        let open: Vec<_> = open.cloned().collect();
        for mut payment in open {
            let intent = payment.payment_intent.clone();
            payment.status = invoice_payment::Status::Canceled;
            payment.canceled_at = Some(self.now);
            self.world.invoice_payments.put(payment);
            self.cancel_bill(&intent, reason);
        }
    }
}

fn refused(invoice: &Invoice, done: &str) -> Box<Error> {
    Error::invalid(format!(
        "This invoice cannot be {done}: its status is {}.",
        invoice.status.as_str()
    ))
    .code("status_transition_invalid")
}
