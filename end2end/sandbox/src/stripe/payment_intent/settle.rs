//! What a confirmed method does: pays, is declined, takes its time, or asks for the shopper; and what follows then.

use super::confirm::Manner;
use super::{
    CaptureMethod, ConfirmationMethod, FutureUsage, PaymentError, PaymentIntent, Request3ds, Status,
};
use crate::stripe::call::Call;
use crate::stripe::cards::{Authentication, Risk, TestCard};
use crate::stripe::charge::{Charge, Verdict};
use crate::stripe::decline::Decline;
use crate::stripe::error::{Error, Result};
use crate::stripe::instrument::Instrument;
use crate::stripe::outcome::Outcome;
use crate::stripe::payment_method::PaymentMethod;
use crate::stripe::timer::Timer;

/// A manual confirmation has to be repeated within an hour of the shopper's action being asked for.
const CONFIRM_AGAIN_WITHIN_S: i64 = 60 * 60;
/// An issuer holds an uncaptured amount for a week.
pub(crate) const HELD_FOR_S: i64 = 7 * 24 * 60 * 60;
/// An asynchronous capture is booked a moment later.
const BOOKED_AFTER_S: i64 = 1;

/// What a card does with a confirmation.
enum Course {
    Pay,
    Decline(Decline),
    Authenticate,
}

fn course(method: &PaymentMethod, card: &TestCard, cvc_given: bool, manner: &Manner) -> Course {
    let off_session = manner.off_session;
    let asks = match card.authentication {
        Authentication::Unsupported | Authentication::NotEnrolled => false,
        Authentication::Optional => {
            manner.request_three_d_secure != Request3ds::Automatic && !off_session
        }
        Authentication::OnSession => !off_session,
        Authentication::UnlessSetUp if off_session && method.set_up_off_session => false,
        Authentication::Required | Authentication::UnlessSetUp if off_session => {
            return Course::Decline(Decline::AuthenticationRequired);
        }
        Authentication::Required | Authentication::UnlessSetUp => true,
        Authentication::RequiredLookupFails => false,
    };
    if asks {
        return Course::Authenticate;
    }
    after_authentication(card, cvc_given)
}

fn after_authentication(card: &TestCard, cvc_given: bool) -> Course {
    match card.decline {
        Some(Decline::IncorrectCvc) if !cvc_given => Course::Pay,
        Some(decline) => Course::Decline(decline),
        None => Course::Pay,
    }
}

impl Call<'_> {
    /// Runs a confirmed intent's method. The intent is stored whatever the outcome.
    pub(super) fn attempt(&mut self, intent: PaymentIntent, manner: &Manner) -> Result<()> {
        let Some(method) = self.method_of(&intent) else {
            self.pay(intent, false);
            return Ok(());
        };
        let card = match &method.data.instrument {
            Instrument::Card(card) => card,
            Instrument::Redirect(_) if manner.error_on_requires_action => {
                return Err(self.decline(intent, Decline::AuthenticationRequired, false));
            }
            Instrument::Redirect(site) => {
                let page = site.as_str();
                let source = self.begin_redirect(&intent.id, page, manner.return_url.clone());
                self.ask(intent, source);
                return Ok(());
            }
            Instrument::SepaDebit(_) | Instrument::UsBankAccount(_) => {
                self.debit(intent);
                return Ok(());
            }
        };
        let forced = self.world.next_outcomes.pop_front();
        let course = match forced {
            Some(Outcome::Pay) => Course::Pay,
            Some(Outcome::Authenticate) => Course::Authenticate,
            Some(Outcome::Decline { decline_code }) => Course::Decline(decline_code),
            None => course(&method, card.test_card(), card.cvc_given, manner),
        };
        match course {
            Course::Pay => {
                self.pay(intent, false);
                Ok(())
            }
            Course::Decline(decline) => Err(self.decline(intent, decline, false)),
            Course::Authenticate if manner.error_on_requires_action => {
                Err(self.decline(intent, Decline::AuthenticationRequired, false))
            }
            Course::Authenticate => {
                let leave_to = manner.return_url.clone().filter(|_| !manner.use_stripe_sdk);
                let source = self.begin_authentication(&intent.id, leave_to);
                self.ask(intent, source);
                Ok(())
            }
        }
    }

    fn method_of(&self, intent: &PaymentIntent) -> Option<PaymentMethod> {
        let id = intent.payment_method.as_ref()?;
        self.world.payment_methods.get(id).cloned()
    }

    fn ask(&mut self, mut intent: PaymentIntent, source: String) {
        if intent.confirmation_method == ConfirmationMethod::Manual {
            let timer = Timer::ConfirmationLapses {
                intent: intent.id.clone(),
                authentication: source.clone(),
            };
            self.set_timer(CONFIRM_AGAIN_WITHIN_S, timer);
        }
        intent.status = Status::RequiresAction;
        intent.authentication = Some(source);
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.requires_action", json, None);
    }

    /// The bank is satisfied: the payment goes on by itself, and may still be declined. Confirmed manually, it waits
    /// for the server.
    pub(crate) fn authenticated(&mut self, mut intent: PaymentIntent) {
        if intent.confirmation_method == ConfirmationMethod::Manual {
            intent.status = Status::RequiresConfirmation;
            self.world.payment_intents.put(intent);
            return;
        }
        // A decline is on the intent: here nobody waits for an answer.
        let _ = self.pay_authenticated(intent);
    }

    pub(super) fn pay_authenticated(&mut self, intent: PaymentIntent) -> Result<()> {
        let method = self.method_of(&intent);
        let card = method.as_ref().and_then(|method| method.data.card());
        let course = card.map(|card| after_authentication(card.test_card(), card.cvc_given));
        match course {
            Some(Course::Decline(decline)) => Err(self.decline(intent, decline, true)),
            _ => {
                self.pay(intent, true);
                Ok(())
            }
        }
    }

    /// The shopper failed at the bank, or gave up: nothing was tried, so there is no charge.
    pub(crate) fn not_authenticated(&mut self, mut intent: PaymentIntent) {
        let method = intent.payment_method.take().unwrap_or_default();
        intent.last_payment_error = Some(PaymentError::not_authenticated(
            "payment_intent_authentication_failure",
            method,
        ));
        self.fail(intent);
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
        let mut error =
            PaymentError::not_authenticated("payment_intent_payment_attempt_expired", method);
        error.message = "The latest attempt to confirm this payment has expired, because it was not confirmed within an \
                         hour. Confirm it again with a payment method."
            .to_owned();
        intent.last_payment_error = Some(error);
        self.fail(intent);
    }

    pub(super) fn pay(&mut self, mut intent: PaymentIntent, authenticated: bool) {
        let method = self.method_of(&intent);
        let on_card = method
            .as_ref()
            .is_none_or(|method| method.data.card().is_some());
        let by_card_option = on_card && intent.card_options.capture_manually;
        let captured = intent.capture_method != CaptureMethod::Manual && !by_card_option;
        let mut charge = self.charge(&intent, Verdict::Approved { captured }, authenticated);
        intent.latest_charge = Some(charge.id.clone());
        intent.last_payment_error = None;
        intent.authentication = None;
        let event = if captured {
            intent.status = Status::Succeeded;
            intent.amount_received = intent.amount;
            match intent.capture_method {
                CaptureMethod::AutomaticAsync => {
                    let charge = charge.id.clone();
                    self.set_timer(BOOKED_AFTER_S, Timer::ChargeIsBooked { charge });
                }
                _ => self.book_capture(&mut charge),
            }
            "payment_intent.succeeded"
        } else {
            intent.status = Status::RequiresCapture;
            intent.amount_capturable = intent.amount;
            let timer = Timer::AuthorizationExpires {
                intent: intent.id.clone(),
                charge: charge.id.clone(),
            };
            self.set_timer(HELD_FOR_S, timer);
            "payment_intent.amount_capturable_updated"
        };
        self.save_method(&intent);
        if captured {
            self.foresee(&charge);
        }
        self.keep_charge(charge, "charge.succeeded");
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit(event, json, None);
    }

    /// Saves the method for its customer, as `setup_future_usage` asks; used without, it is used up.
    pub(super) fn save_method(&mut self, intent: &PaymentIntent) {
        let Some(method) = self.method_of(intent) else {
            return;
        };
        match (intent.future_usage(), &intent.customer) {
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

    fn decline(
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

        let mut error = Error::card(decline.code(), decline.message());
        error.decline_code = decline.decline_code();
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
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent.clone());
        self.emit("payment_intent.payment_failed", json, None);
        intent
    }

    pub(super) fn charge(
        &mut self,
        intent: &PaymentIntent,
        verdict: Verdict,
        authenticated: bool,
    ) -> Charge {
        let captured = matches!(verdict, Verdict::Approved { captured: true });
        Charge {
            id: self.world.random.id("ch_3"),
            created: self.now,
            amount: intent.amount,
            amount_captured: if captured { intent.amount } else { 0 },
            amount_refunded: 0,
            currency: intent.currency.clone(),
            customer: intent.customer.clone(),
            verdict,
            authenticated,
            disputed: false,
            payment_intent: intent.id.clone(),
            payment_method: intent.payment_method.clone().unwrap_or_default(),
            balance_transaction: None,
            description: intent.description.clone(),
            metadata: intent.metadata.clone(),
            receipt_email: intent.receipt_email.clone(),
            shipping: intent.shipping.clone(),
            statement_descriptor: intent.statement_descriptor.clone(),
            statement_descriptor_suffix: intent.statement_descriptor_suffix.clone(),
            transfer_group: intent.transfer_group.clone(),
        }
    }

    pub(crate) fn keep_charge(&mut self, charge: Charge, event: &str) {
        let json = charge.json(self.world);
        self.world.charges.put(charge);
        self.emit(event, json, None);
    }
}
