//! Paying an open invoice: trying a method, and what follows from the outcome, however it came about.

use super::{Invoice, Status};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice_payment::{self, InvoicePayment};
use crate::stripe::payment_intent::{self, PaymentIntent};
use crate::stripe::world::World;

/// One try to collect what is due.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempt {
    /// Instead of the invoice's own.
    pub method: Option<String>,
    pub off_session: bool,
    /// By the retry schedule, which counts.
    pub scheduled: bool,
}

impl Invoice {
    /// The intent that asks for its payment, if it has been finalised and anything is due.
    pub(crate) fn payment_intent<'a>(&self, world: &'a World) -> Option<&'a PaymentIntent> {
        let payments = world.invoice_payments.of(&self.id);
        let payment = payments.iter().next_back()?;
        world.payment_intents.get(&payment.payment_intent)
    }
}

impl Call<'_> {
    /// What an invoice is paid with if nothing else is said: its own method, its subscription's, its customer's.
    pub(crate) fn method_for(&self, invoice: &Invoice) -> Option<String> {
        let subscription = invoice.subscription.as_ref();
        let subscription = subscription.and_then(|of| self.world.subscriptions.get(&of.id));
        let customer = self.world.customers.get(&invoice.customer);
        invoice
            .default_payment_method
            .clone()
            .or_else(|| subscription.and_then(|it| it.default_payment_method.clone()))
            .or_else(|| customer.and_then(|it| it.default_payment_method.clone()))
    }

    /// Tries to collect an open invoice. Whatever happens is noted on it; the error is for who asked.
    pub(crate) fn attempt_invoice(&mut self, id: &str, attempt: &Attempt) -> Result<()> {
        let Some(mut invoice) = self.world.invoices.get(id).cloned() else {
            return Ok(());
        };
        let method = attempt.method.clone().or_else(|| self.method_for(&invoice));
        if attempt.scheduled || invoice.attempt_count == 0 {
            invoice.attempt_count += 1;
            invoice.attempted = true;
            self.world.invoices.put(invoice.clone());
        }
        let Some(method) = method else {
            self.payment_failed(id);
            return Err(no_method());
        };
        let intent = self.intent_to_pay(&invoice)?;
        let paid = self.pay_bill(&intent, &method, attempt.off_session);
        if let Err(error) = &paid
            && error.payment_intent.is_none()
        {
            // The method does not fit, so that the intent never saw it.
            self.payment_failed(id);
        }
        paid?;
        match self.world.payment_intents.get(&intent) {
            Some(asked) if asked.status == payment_intent::Status::RequiresAction => {
                let mut error = Error::card(
                    "invoice_payment_intent_requires_action",
                    "This payment requires additional user action before it can be completed successfully. Payment can \
                     be completed using the PaymentIntent associated with the invoice.",
                );
                error.payment_intent = Some(asked.json(self.world));
                Err(error)
            }
            _ => Ok(()),
        }
    }

    /// The intent to try again, or a new one where the shopper tried too often and it was canceled.
    fn intent_to_pay(&mut self, invoice: &Invoice) -> Result<String> {
        match invoice.payment_intent(self.world) {
            Some(intent) if intent.status == payment_intent::Status::Processing => Err(intent
                .unexpected_state(
                    self.world,
                    "This invoice's payment is under way.".to_owned(),
                )),
            Some(intent) if intent.status != payment_intent::Status::Canceled => {
                Ok(intent.id.clone())
            }
            _ => {
                self.end_payments(&invoice.id, "void_invoice");
                let due = invoice.amount_due(self.world);
                Ok(self.open_payment(invoice, due, None))
            }
        }
    }

    /// An intent has moved: if an invoice waits for it, so does the invoice.
    pub(crate) fn tell_invoice(&mut self, intent: &str) {
        let payments = self.world.invoice_payments.of(intent);
        let open = |payment: &&InvoicePayment| payment.status == invoice_payment::Status::Open;
        let Some(payment) = payments.iter().find(open).cloned() else {
            return;
        };
        let Some(intent) = self.world.payment_intents.get(intent).cloned() else {
            return;
        };
        let id = payment.invoice.clone();
        // A try that the shopper made counts as the first.
        if let Some(invoice) = self.world.invoices.get_mut(&id) {
            invoice.attempted = true;
            invoice.attempt_count = invoice.attempt_count.max(1);
        }
        match intent.status {
            payment_intent::Status::Succeeded => self.settle_invoice(&id, Some(payment)),
            payment_intent::Status::Processing => self.invoice_is_processing(&id),
            payment_intent::Status::RequiresAction => {
                self.emit_invoice(&id, "invoice.payment_action_required");
                self.payment_failed(&id);
            }
            payment_intent::Status::RequiresPaymentMethod => self.payment_failed(&id),
            _ => {}
        }
    }

    /// It is paid: by a payment, or because nothing was due.
    pub(crate) fn settle_invoice(&mut self, id: &str, payment: Option<InvoicePayment>) {
        let now = self.now;
        self.change_invoice(id, |invoice| {
            invoice.status = Status::Paid;
            invoice.auto_advance = false;
            invoice.attempted = true;
            invoice.next_payment_attempt = None;
            invoice.transitions.paid_at = Some(now);
            invoice.amount_paid = invoice.finalized.as_ref().map_or(0, |it| it.amount_due);
        });
        self.emit_invoice(id, "invoice.paid");
        self.emit_invoice(id, "invoice.payment_succeeded");
        let mut method = None;
        if let Some(mut payment) = payment {
            let intent = self.world.payment_intents.get(&payment.payment_intent);
            method = intent.and_then(|intent| intent.payment_method.clone());
            payment.status = invoice_payment::Status::Paid;
            payment.amount_paid = Some(payment.amount_requested);
            payment.paid_at = Some(self.now);
            let json = payment.json();
            self.world.invoice_payments.put(payment);
            self.emit("invoice_payment.paid", json, None);
        }
        self.subscription_was_paid(id, method);
    }
}

pub(crate) fn no_method() -> Box<Error> {
    Error::invalid(
        "This customer has no attached payment source or default payment method. Please consider adding a default \
         payment method.",
    )
    .code("resource_missing")
}
