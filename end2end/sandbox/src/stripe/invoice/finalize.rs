//! From a draft to something that is owed: the number, what is due, and the PaymentIntent that asks for it.

use super::{BillingReason, CollectionMethod, Finalized, Invoice, Status};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice_payment::{self, InvoicePayment};
use crate::stripe::money;
use crate::stripe::payment_intent::Bill;
use crate::stripe::timer::{InvoiceStep, Timer};

/// A draft that goes its way by itself can be changed for an hour.
pub(crate) const DRAFT_FOR_S: i64 = 60 * 60;
/// How long before its due date a customer is reminded of an invoice.
const REMINDED_BEFORE_S: i64 = 3 * 24 * 60 * 60;

impl Call<'_> {
    /// Stores a new draft, which is finalised later if it advances by itself.
    pub(crate) fn insert_invoice(&mut self, mut invoice: Invoice) -> String {
        let id = invoice.id.clone();
        if invoice.auto_advance && invoice.automatically_finalizes_at.is_none() {
            invoice.automatically_finalizes_at = Some(self.now + DRAFT_FOR_S);
        }
        invoice.apply_discounts(self.world);
        let at = invoice
            .automatically_finalizes_at
            .filter(|at| *at > self.now);
        if invoice.collection_method == CollectionMethod::ChargeAutomatically {
            invoice.next_payment_attempt = at.filter(|_| invoice.auto_advance);
        }
        let json = invoice.json(self.world);
        self.world.invoices.put(invoice);
        self.emit("invoice.created", json, None);
        if let Some(at) = at {
            self.set_invoice_timer(&id, at, InvoiceStep::Finalizes);
        }
        id
    }

    pub(crate) fn set_invoice_timer(&mut self, id: &str, at: i64, step: InvoiceStep) {
        let invoice = id.to_owned();
        self.set_timer_at(at, Timer::InvoiceIsDue { invoice, step, at });
    }

    /// Changes an invoice, and tells of it.
    pub(crate) fn change_invoice(&mut self, id: &str, change: impl FnOnce(&mut Invoice)) {
        let Some(kept) = self.world.invoices.get(id) else {
            return;
        };
        let before = kept.json(self.world);
        let mut invoice = kept.clone();
        change(&mut invoice);
        let after = invoice.json(self.world);
        self.world.invoices.put(invoice);
        self.emit_updated("invoice.updated", &before, after);
    }

    /// An event about an invoice as it is now.
    pub(crate) fn emit_invoice(&mut self, id: &str, kind: &'static str) {
        if let Some(invoice) = self.world.invoices.get(id) {
            let json = invoice.json(self.world);
            self.emit(kind, json, None);
        }
    }

    /// Whether a draft can be finalised.
    pub(super) fn check_draft(&self, invoice: &Invoice) -> Result<()> {
        if invoice.status != Status::Draft {
            return Err(Error::invalid(format!(
                "This invoice is {}: only a draft can be finalized.",
                invoice.status.as_str()
            ))
            .code("invoice_not_editable"));
        }
        let (due, _) = invoice.due_and_balance(self.world);
        if due > 0 {
            money::check(due, &invoice.currency)?;
        }
        Ok(())
    }

    pub(crate) fn finalize_invoice(&mut self, id: &str) -> Result<()> {
        self.finalize_with(id, None)
    }

    /// Numbers a draft and opens its payment, or takes one that was made beforehand. Nothing due is paid at once.
    pub(crate) fn finalize_with(&mut self, id: &str, paid: Option<String>) -> Result<()> {
        let Some(mut invoice) = self.world.invoices.get(id).cloned() else {
            return Ok(());
        };
        self.check_draft(&invoice)?;
        invoice.apply_discounts(self.world);
        let (amount_due, ending_balance) = invoice.due_and_balance(self.world);
        invoice.finalized = Some(Finalized {
            amount_due,
            starting_balance: invoice.starting_balance(self.world),
            ending_balance,
            customer: invoice.customer_now(self.world),
            secret: self.world.random.letters(40),
            number: match &invoice.number {
                Some(number) => number.clone(),
                None => self.next_number(&invoice.customer),
            },
        });
        invoice.status = Status::Open;
        invoice.automatically_finalizes_at = None;
        invoice.next_payment_attempt = None;
        invoice.transitions.finalized_at = Some(self.now);
        invoice.effective_at = invoice.effective_at.or(Some(self.now));
        invoice.due_date = invoice.due_date.or(invoice.due_date_from(self.now));
        if invoice.due_date.is_some_and(|due| due <= self.now) {
            invoice.due_date = Some(self.now + 1);
        }
        self.set_balance(&invoice.customer, ending_balance);
        let due_date = invoice.due_date;
        self.world.invoices.put(invoice.clone());
        self.emit_invoice(id, "invoice.finalized");
        if let Some(due) = due_date {
            let remind = (due - REMINDED_BEFORE_S).max(self.now + 1);
            if remind < due {
                self.set_invoice_timer(id, remind, InvoiceStep::WillBeDue);
            }
            self.set_invoice_timer(id, due, InvoiceStep::IsOverdue);
        }
        if amount_due == 0 {
            self.settle_invoice(id, None);
            return Ok(());
        }
        let intent = self.open_payment(&invoice, amount_due, paid.clone());
        if paid.is_some() {
            self.tell_invoice(&intent);
        }
        Ok(())
    }

    /// Each customer's invoices are counted under a prefix of their own.
    fn next_number(&mut self, customer: &str) -> String {
        let Some(mut customer) = self.world.customers.get(customer).cloned() else {
            return String::new();
        };
        let number = format!(
            "{}-{:04}",
            customer.invoice_prefix, customer.next_invoice_sequence
        );
        customer.next_invoice_sequence += 1;
        self.world.customers.put(customer);
        number
    }

    fn set_balance(&mut self, customer: &str, balance: i64) {
        let Some(mut customer) = self.world.customers.get(customer).cloned() else {
            return;
        };
        let before = customer.json();
        customer.balance = balance;
        let after = customer.json();
        self.world.customers.put(customer);
        self.emit_updated("customer.updated", &before, after);
    }

    /// The intent that is to pay an invoice: a new one, or one that was made beforehand.
    pub(super) fn open_payment(
        &mut self,
        invoice: &Invoice,
        amount_due: i64,
        made: Option<String>,
    ) -> String {
        let intent = made.unwrap_or_else(|| {
            let by_itself = invoice.collection_method == CollectionMethod::ChargeAutomatically;
            let method = self.method_for(invoice).filter(|_| by_itself);
            self.open_bill(self.bill_of(invoice, amount_due, method))
        });
        let payment = InvoicePayment {
            id: self.world.random.id("inpay_1"),
            created: self.now,
            amount_paid: None,
            amount_requested: amount_due,
            currency: invoice.currency.clone(),
            invoice: invoice.id.clone(),
            payment_intent: intent.clone(),
            status: invoice_payment::Status::Open,
            canceled_at: None,
            paid_at: None,
        };
        self.world.invoice_payments.put(payment);
        intent
    }

    /// What a payment of this invoice asks for.
    pub(crate) fn bill_of(&self, invoice: &Invoice, amount: i64, method: Option<String>) -> Bill {
        let by_itself = invoice.collection_method == CollectionMethod::ChargeAutomatically;
        let description = match invoice.billing_reason {
            BillingReason::SubscriptionCreate => "Subscription creation",
            BillingReason::SubscriptionCycle | BillingReason::SubscriptionUpdate => {
                "Subscription update"
            }
            BillingReason::Manual | BillingReason::Upcoming => "Payment for Invoice",
        };
        Bill {
            amount,
            currency: invoice.currency.clone(),
            customer: invoice.customer.clone(),
            description: description.to_owned(),
            save_method: invoice.subscription.is_some() && by_itself,
            payment_method: method,
            payment_method_types: invoice.payment_settings.payment_method_types.clone(),
            request_three_d_secure: invoice
                .payment_settings
                .request_three_d_secure
                .unwrap_or_default(),
            statement_descriptor: invoice.statement_descriptor.clone(),
        }
    }
}
