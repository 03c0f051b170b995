//! Debits of bank accounts: under way at once, settled or refused when the bank has answered.

use super::{PaymentError, PaymentIntent, Status};
use crate::stripe::bank_account::Settlement;
use crate::stripe::call::Call;
use crate::stripe::charge::Verdict;
use crate::stripe::mandate::MandateStatus;
use crate::stripe::timer::Timer;

const REFUSED: &str = "The customer's bank refused the debit.";

impl Call<'_> {
    pub(super) fn debit(&mut self, mut intent: PaymentIntent) {
        if intent.mandate.is_none() {
            intent.mandate = self.debit_mandate(&intent);
        }
        let charge = self.charge(&intent, Verdict::Pending, false);
        intent.status = Status::Processing;
        intent.latest_charge = Some(charge.id.clone());
        let after_s = match self.settlement_of(&intent) {
            Settlement::Never => None,
            Settlement::Succeeds { after_s } | Settlement::Fails { after_s, .. } => Some(after_s),
            Settlement::Disputed => Some(0),
        };
        if let Some(after_s) = after_s {
            let timer = Timer::DebitSettles {
                intent: intent.id.clone(),
                charge: charge.id.clone(),
            };
            // Never within the call that began it.
            self.set_timer(after_s.max(1), timer);
        }
        self.save_method(&intent);
        self.keep_charge(charge, "charge.pending");
        let id = intent.id.clone();
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.processing", json, None);
        self.tell_invoice(&id);
        self.tell_checkout(&id);
    }

    /// The payer's leave for this debit: the one that stands, or a new one.
    fn debit_mandate(&mut self, intent: &PaymentIntent) -> Option<String> {
        let method = intent.payment_method.as_deref()?;
        if let Some(mandate) = self.standing_mandate(method) {
            return Some(mandate.id.clone());
        }
        let kind = self.method_of(intent)?.data.instrument.type_name();
        let once = intent.future_usage(kind).is_none();
        let single_use = once.then(|| (intent.amount, intent.currency.clone()));
        let acceptance = intent.acceptance.clone()?;
        Some(self.agree(method, acceptance, MandateStatus::Active, single_use))
    }

    /// A debit has used its mandate up, if it was for one; a bank that forbids debits ends any.
    fn use_mandate(&mut self, intent: &PaymentIntent, failure: Option<&str>) {
        let id = intent.mandate.as_deref();
        let Some(mandate) = id.and_then(|id| self.world.mandates.get(id)) else {
            return;
        };
        let forbidden = matches!(
            failure,
            Some("account_closed" | "debit_not_authorized" | "no_account")
        );
        if mandate.single_use.is_some() || forbidden {
            let id = mandate.id.clone();
            self.set_mandate(&id, MandateStatus::Inactive);
        }
    }

    fn settlement_of(&self, intent: &PaymentIntent) -> Settlement {
        let id = intent.payment_method.as_ref();
        let method = id.and_then(|id| self.world.payment_methods.get(id));
        let account = method.and_then(|method| method.data.instrument.bank_account());
        account.map_or(Settlement::Never, |account| account.settlement())
    }

    pub(crate) fn settle_debit(&mut self, id: &str, charge: &str) {
        let intent = self.world.payment_intents.get(id).cloned();
        let charge = self.world.charges.get(charge).cloned();
        let (Some(mut intent), Some(mut charge)) = (intent, charge) else {
            return;
        };
        if intent.status != Status::Processing {
            return;
        }
        if let Settlement::Fails { code, .. } = self.settlement_of(&intent) {
            charge.verdict = Verdict::Declined {
                code: code.to_owned(),
                decline_code: None,
                message: REFUSED.to_owned(),
                blocked: false,
            };
            let method = intent.payment_method.take().unwrap_or_default();
            let message = format!("The payment failed: {REFUSED}");
            let failure = ("payment_intent_payment_attempt_failed", message.as_str());
            let mut error = PaymentError::failed(failure, method);
            error.charge = Some(charge.id.clone());
            intent.last_payment_error = Some(error);
            self.use_mandate(&intent, Some(code));
            self.keep_charge(charge, "charge.failed");
            self.fail(intent);
            return;
        }
        charge.verdict = Verdict::Approved { captured: true };
        charge.amount_captured = charge.amount;
        let amount = charge.amount_captured;
        self.book_capture(&mut charge, amount);
        intent.status = Status::Succeeded;
        intent.amount_received = intent.amount;
        if self.settlement_of(&intent) == Settlement::Disputed {
            self.open_dispute_soon(&charge.id, "debit_not_authorized", false);
        }
        self.use_mandate(&intent, None);
        self.keep_charge(charge, "charge.succeeded");
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.succeeded", json, None);
        self.tell_invoice(id);
        self.tell_checkout(id);
    }
}
