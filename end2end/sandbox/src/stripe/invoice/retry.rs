//! What becomes of an invoice that was not paid: it is tried again, day by day, and given up in the end
//! (docs.stripe.com/billing/revenue-recovery/smart-retries). Stripe's own schedule is learnt from data and published
//! nowhere: the days here are an assumption, and settable.

use super::{Attempt, BillingReason, CollectionMethod, Status};
use crate::stripe::calendar::DAY_S;
use crate::stripe::call::Call;
use crate::stripe::timer::InvoiceStep;

impl Call<'_> {
    /// Notes a failed try, and plans the next.
    pub(super) fn payment_failed(&mut self, id: &str) {
        let Some(invoice) = self.world.invoices.get(id) else {
            return;
        };
        // The customer of a first invoice is there to try again; nobody else will.
        let retried = invoice.auto_advance
            && invoice.collection_method == CollectionMethod::ChargeAutomatically
            && invoice.billing_reason != BillingReason::SubscriptionCreate;
        let days = &self.world.assumptions.payment_retry_days;
        let tries = usize::try_from(invoice.attempt_count - 1).unwrap_or(0);
        let planned = invoice.next_payment_attempt.filter(|at| *at > self.now);
        let next = match planned {
            Some(at) => Some(at),
            None if retried => days
                .get(tries)
                .map(|days| self.now + i64::from(*days) * DAY_S),
            None => None,
        };
        let is_last = retried && next.is_none();
        self.change_invoice(id, |invoice| invoice.next_payment_attempt = next);
        self.emit_invoice(id, "invoice.payment_failed");
        if let Some(at) = next.filter(|_| planned.is_none()) {
            self.set_invoice_timer(id, at, InvoiceStep::Retries);
        }
        self.subscription_was_not_paid(id, is_last);
    }

    pub(crate) fn invoice_is_due(&mut self, id: &str, step: InvoiceStep, at: i64) {
        let Some(invoice) = self.world.invoices.get(id).filter(|it| !it.deleted) else {
            return;
        };
        let open = invoice.status == Status::Open;
        match step {
            InvoiceStep::Finalizes
                if invoice.status == Status::Draft
                    && invoice.automatically_finalizes_at == Some(at) =>
            {
                self.advance_invoice(id);
            }
            InvoiceStep::Retries if open && invoice.next_payment_attempt == Some(at) => {
                let attempt = Attempt {
                    off_session: true,
                    scheduled: true,
                    ..Attempt::default()
                };
                // It is on the invoice: here nobody waits for an answer.
                let _ = self.attempt_invoice(id, &attempt);
            }
            InvoiceStep::WillBeDue if open => self.emit_invoice(id, "invoice.will_be_due"),
            InvoiceStep::IsOverdue if open && invoice.due_date == Some(at) => {
                self.emit_invoice(id, "invoice.overdue");
                self.subscription_was_not_paid(id, false);
            }
            _ => {}
        }
    }

    /// Finalises a draft by itself, and collects or sends it, unless its subscription's collection is paused.
    pub(crate) fn advance_invoice(&mut self, id: &str) {
        if self.finalize_invoice(id).is_err() {
            // What cannot be charged stays a draft, for its owner to look at.
            self.change_invoice(id, |invoice| {
                invoice.auto_advance = false;
                invoice.automatically_finalizes_at = None;
            });
            return;
        }
        let invoice = self.world.invoices.get(id);
        let Some(invoice) = invoice.filter(|it| it.status == Status::Open) else {
            return;
        };
        match (self.paused_collection(invoice), invoice.collection_method) {
            (Some(Status::Void), _) => self.void_open_invoice(id),
            (Some(_), _) => self.give_up_invoice(id),
            (None, CollectionMethod::SendInvoice) => self.emit_invoice(id, "invoice.sent"),
            (None, CollectionMethod::ChargeAutomatically) => {
                let attempt = Attempt {
                    off_session: true,
                    scheduled: true,
                    ..Attempt::default()
                };
                let _ = self.attempt_invoice(id, &attempt);
            }
        }
    }
}
