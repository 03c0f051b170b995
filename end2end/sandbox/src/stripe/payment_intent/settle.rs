//! How a confirmed payment goes on: the shopper is asked, answers, pays or is declined.

use super::attempt::{Course, after_authentication};
use super::{
    CaptureMethod, ConfirmationMethod, FutureUsage, PaymentError, PaymentIntent, Request3ds, Status,
};
use crate::stripe::bank_account::Origin;
use crate::stripe::call::Call;
use crate::stripe::cards::Risk;
use crate::stripe::charge::{Charge, Verdict};
use crate::stripe::decline::Decline;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::local_method::Reuse;
use crate::stripe::mandate::{self, MandateStatus};
use crate::stripe::next_action::LATE_MONEY_S;
use crate::stripe::outcome::Outcome;
use crate::stripe::payment_method::PaymentMethod;
use crate::stripe::three_d_secure::Answer;
use crate::stripe::timer::Timer;

/// A manual confirmation has to be repeated within an hour of the shopper's action being asked for.
const CONFIRM_AGAIN_WITHIN_S: i64 = 60 * 60;
/// An asynchronous capture is booked a moment later.
const BOOKED_AFTER_S: i64 = 1;

impl Call<'_> {
    pub(super) fn method_of(&self, intent: &PaymentIntent) -> Option<PaymentMethod> {
        let id = intent.payment_method.as_ref()?;
        self.world.payment_methods.get(id).cloned()
    }

    pub(super) fn ask(&mut self, mut intent: PaymentIntent, source: String) {
        if intent.confirmation_method == ConfirmationMethod::Manual {
            let timer = Timer::ConfirmationLapses {
                intent: intent.id.clone(),
                authentication: source.clone(),
            };
            self.set_timer(CONFIRM_AGAIN_WITHIN_S, timer);
        }
        let id = intent.id.clone();
        intent.status = Status::RequiresAction;
        intent.authentication = Some(source);
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.requires_action", json, None);
        self.tell_invoice(&id);
    }

    /// The bank is satisfied: the payment goes on by itself, and may still be declined. Confirmed manually, it waits
    /// for the server.
    pub(crate) fn authenticated(&mut self, mut intent: PaymentIntent) {
        if intent.confirmation_method == ConfirmationMethod::Manual {
            intent.status = Status::RequiresConfirmation;
            self.world.payment_intents.put(intent);
            return;
        }
        if let Some(method) = self.method_of(&intent)
            && method.data.instrument.us_bank_account().is_some()
        {
            self.verify_account(&method.id);
            self.debit(intent);
            return;
        }
        // A decline is on the intent: here nobody waits for an answer.
        let _ = self.pay_authenticated(intent);
    }

    pub(super) fn pay_authenticated(&mut self, intent: PaymentIntent) -> Result<()> {
        let method = self.method_of(&intent);
        let card = method.as_ref().and_then(|method| method.data.card());
        let recollected = intent.card_options.cvc_token.is_some();
        let course =
            card.map(|card| after_authentication(card.test_card(), card.cvc_given || recollected));
        match course {
            Some(Course::Decline(decline)) => Err(self.decline(intent, decline, true)),
            _ => {
                self.pay(intent, true);
                Ok(())
            }
        }
    }

    /// The shopper failed at the bank, gave up or did not come: nothing was tried, so there is no charge.
    pub(crate) fn not_authenticated(&mut self, mut intent: PaymentIntent, answer: Answer) {
        let method = intent.payment_method.take().unwrap_or_default();
        let planned = match self.world.next_outcomes.front() {
            Some(Outcome::Fail { code }) if answer == Answer::Fail => Some(code.error()),
            _ => None,
        };
        if planned.is_some() {
            self.world.next_outcomes.pop_front();
        }
        let failure = planned.unwrap_or_else(|| answer.failure("payment_intent"));
        let error = PaymentError::failed(failure, method);
        intent.last_payment_error = Some(error);
        self.fail(intent);
    }

    /// Nobody has paid in time, but a bank may still be bringing the money.
    pub(crate) fn await_late_money(&mut self, mut intent: PaymentIntent) {
        let timer = Timer::LateMoneyIsGivenUp {
            intent: intent.id.clone(),
            attempt: intent.authentication.clone().unwrap_or_default(),
        };
        self.set_timer(LATE_MONEY_S, timer);
        intent.status = Status::Processing;
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.processing", json, None);
    }

    pub(crate) fn give_up_late_money(&mut self, id: &str, attempt: &str) {
        let intent = self.world.payment_intents.get(id).filter(|intent| {
            intent.status == Status::Processing && intent.authentication.as_deref() == Some(attempt)
        });
        if let Some(intent) = intent.cloned() {
            self.not_authenticated(intent, Answer::Expire);
        }
    }

    /// What the payer was shown and a charge repeats, such as the number of a voucher.
    fn details_of(&self, intent: &PaymentIntent) -> Value {
        let method = self.method_of(intent);
        let instrument = method.as_ref().map(|method| &method.data.instrument);
        if instrument.is_some_and(mandate::is_debit) {
            return json!({ "mandate": intent.mandate });
        }
        let local = instrument.is_some_and(|instrument| instrument.local().is_some());
        let id = intent.authentication.as_deref().filter(|_| local);
        let attempt = id.and_then(|id| self.world.authentications.get(id));
        attempt.map_or(Value::Null, |attempt| {
            let kind = attempt.next_action["type"].as_str().unwrap_or_default();
            attempt.next_action[kind].clone()
        })
    }

    /// The hour is over: the payment fails, if the server has not confirmed again.
    pub(crate) fn lapse_confirmation(&mut self, id: &str, authentication: &str) {
        let intent = self.world.payment_intents.get(id);
        let waits = intent.filter(|intent| {
            intent.authentication.as_deref() == Some(authentication)
                && matches!(
                    intent.status,
                    Status::RequiresConfirmation | Status::RequiresAction
                )
        });
        let Some(mut intent) = waits.cloned() else {
            return;
        };
        let method = intent.payment_method.take().unwrap_or_default();
        const LATE: &str = "The latest attempt to confirm this payment has expired, because it was not confirmed within an \
                            hour. Confirm it again with a payment method.";
        let failure = ("payment_intent_payment_attempt_expired", LATE);
        let error = PaymentError::failed(failure, method);
        intent.last_payment_error = Some(error);
        self.fail(intent);
    }

    pub(super) fn pay(&mut self, mut intent: PaymentIntent, authenticated: bool) {
        let method = self.method_of(&intent);
        let kind = method.map_or("card", |method| method.data.instrument.type_name());
        let captured = !intent.captures_later(kind);
        let mut charge = self.charge(&intent, Verdict::Approved { captured }, authenticated);
        intent.latest_charge = Some(charge.id.clone());
        intent.last_payment_error = None;
        intent.authentication = None;
        intent.card_options.cvc_token = None;
        let event = if captured {
            intent.status = Status::Succeeded;
            intent.amount_received = intent.amount;
            match intent.capture_method {
                CaptureMethod::AutomaticAsync => {
                    let charge = charge.id.clone();
                    self.set_timer(BOOKED_AFTER_S, Timer::ChargeIsBooked { charge });
                }
                _ => self.book_capture(&mut charge, intent.amount),
            }
            "payment_intent.succeeded"
        } else {
            intent.status = Status::RequiresCapture;
            intent.amount_capturable = intent.amount;
            let timer = Timer::AuthorizationExpires {
                intent: intent.id.clone(),
                charge: charge.id.clone(),
            };
            self.set_timer(charge.features.held_for_s(), timer);
            "payment_intent.amount_capturable_updated"
        };
        self.note_reuse(&mut charge, &intent);
        self.save_method(&intent);
        if captured {
            self.foresee(&charge);
        }
        self.keep_charge(charge, "charge.succeeded");
        let id = intent.id.clone();
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit(event, json, None);
        self.tell_invoice(&id);
        self.tell_checkout(&id);
    }

    /// A method other than a card is saved with the payer's leave to charge it, or as the account it tells.
    fn note_reuse(&mut self, charge: &mut Charge, intent: &PaymentIntent) {
        let Some(method) = self.method_of(intent) else {
            return;
        };
        let kind = method.data.instrument.type_name();
        let reuse = method
            .data
            .instrument
            .local()
            .map(|local| local.method.reuse());
        match reuse.filter(|_| intent.future_usage(kind).is_some()) {
            Some(Reuse::SepaDebit) => {
                let origin = Origin::Charge(charge.id.clone());
                let customer = intent.customer.as_deref();
                let acceptance = intent.acceptance.clone();
                let generated = self.generate_debit(&method, origin, customer, acceptance);
                if let Some((debit, mandate)) = generated {
                    charge.details["generated_sepa_debit"] = json!(debit);
                    charge.details["generated_sepa_debit_mandate"] = json!(mandate);
                }
            }
            Some(Reuse::Itself) if self.standing_mandate(&method.id).is_none() => {
                if let Some(acceptance) = intent.acceptance.clone() {
                    self.agree(&method.id, acceptance, MandateStatus::Active, None);
                }
            }
            _ => {}
        }
    }

    /// Saves the method for its customer, as `setup_future_usage` asks; used without, it is used up.
    pub(super) fn save_method(&mut self, intent: &PaymentIntent) {
        let Some(method) = self.method_of(intent) else {
            return;
        };
        let kind = method.data.instrument.type_name();
        match (intent.future_usage(kind), &intent.customer) {
            (Some(usage), Some(customer)) if method.data.instrument.is_reusable() => {
                self.attach(&method.id, customer, usage == FutureUsage::OffSession);
            }
            // It can still be attached by a call of its own.
            (Some(_), None) => {}
            _ => {
                if let Some(method) = self.world.payment_methods.get_mut(&method.id) {
                    method.used_up = method.customer.is_none();
                }
            }
        }
    }

    pub(super) fn decline(
        &mut self,
        mut intent: PaymentIntent,
        decline: Decline,
        authenticated: bool,
    ) -> Box<Error> {
        let method = self.method_of(&intent);
        let card = method.as_ref().and_then(|method| method.data.card());
        let risk = card.map_or(Risk::Normal, |card| card.test_card().risk);
        let charge = self.charge(&intent, Verdict::declined(decline, risk), authenticated);
        let charge_id = charge.id.clone();
        let method = intent.payment_method.take().unwrap_or_default();
        intent.latest_charge = Some(charge_id.clone());
        let error = PaymentError::declined(decline, Some(charge_id.clone()), method.clone());
        intent.last_payment_error = Some(error);
        self.keep_charge(charge, "charge.failed");
        let intent = self.fail(intent);

        let mut error = Error::declined(decline);
        error.charge = Some(charge_id);
        error.payment_intent = Some(intent.json(self.world));
        error.payment_method = self
            .world
            .payment_methods
            .get(&method)
            .map(|method| method.json(&self.world.account));
        error
    }

    /// Back to waiting for a payment method, with the reason on the intent.
    pub(super) fn fail(&mut self, mut intent: PaymentIntent) -> PaymentIntent {
        intent.status = Status::RequiresPaymentMethod;
        intent.authentication = None;
        intent.card_options.cvc_token = None;
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent.clone());
        self.emit("payment_intent.payment_failed", json, None);
        self.tell_invoice(&intent.id);
        self.tell_checkout(&intent.id);
        intent
    }

    pub(super) fn charge(
        &mut self,
        intent: &PaymentIntent,
        verdict: Verdict,
        authenticated: bool,
    ) -> Charge {
        let captured = matches!(verdict, Verdict::Approved { captured: true });
        let method = self.method_of(intent);
        let card = method.as_ref().and_then(|method| method.data.card());
        let requested = &intent.card_options.requested;
        let features = card.map(|card| requested.granted(card.test_card()));
        Charge {
            id: self.world.random.id("ch_3"),
            created: self.now,
            amount: intent.amount,
            amount_captured: if captured { intent.amount } else { 0 },
            amount_refunded: 0,
            currency: intent.currency.clone(),
            customer: intent.customer.clone(),
            verdict,
            features: features.unwrap_or_default(),
            captures: 0,
            authenticated,
            three_d_secure_requested: intent.card_options.request_three_d_secure
                != Request3ds::Automatic,
            network: intent.card_options.network.clone(),
            cvc_recollected: intent.card_options.cvc_token.is_some(),
            disputed: false,
            payment_intent: intent.id.clone(),
            payment_method: intent.payment_method.clone().unwrap_or_default(),
            details: self.details_of(intent),
            balance_transaction: None,
            description: intent.description.clone(),
            metadata: intent.metadata.clone(),
            receipt_email: intent.receipt_email.clone(),
            shipping: intent.shipping.clone(),
            statement_descriptor: intent.statement_descriptor.clone(),
            statement_descriptor_suffix: intent.statement_descriptor_suffix.clone(),
            transfer_group: intent.transfer_group.clone(),
            user_report: None,
            radar_session: intent.radar_session.clone(),
        }
    }

    pub(crate) fn keep_charge(&mut self, charge: Charge, event: &'static str) {
        let json = charge.json(self.world);
        self.world.charges.put(charge);
        self.emit(event, json, None);
    }
}
