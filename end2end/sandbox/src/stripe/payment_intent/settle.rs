//! What a confirmed card does: pays, is declined, or asks for 3-D Secure; and what follows once it was asked.

use super::{PaymentError, PaymentIntent, Request3ds, Status};
use crate::stripe::call::Call;
use crate::stripe::cards::{self, Authentication, TestCard};
use crate::stripe::charge::{Charge, Verdict};
use crate::stripe::decline::Decline;
use crate::stripe::error::{Error, ErrorType, Result};
use crate::stripe::three_d_secure::{self, AuthenticationState};

/// What a card does with a confirmation.
enum Course {
    Pay,
    Decline(Decline),
    Authenticate,
}

fn course(card: &TestCard, cvc_given: bool, off_session: bool, request: Request3ds) -> Course {
    let asks = match card.authentication {
        Authentication::Unsupported | Authentication::NotEnrolled => false,
        Authentication::Optional => request != Request3ds::Automatic && !off_session,
        Authentication::OnSession => !off_session,
        Authentication::Required if off_session => {
            return Course::Decline(Decline::AuthenticationRequired);
        }
        Authentication::Required => true,
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
    /// Runs a confirmed intent's card. The intent is stored whatever the outcome.
    pub(super) fn attempt(
        &mut self,
        intent: PaymentIntent,
        off_session: bool,
        error_on_requires_action: bool,
    ) -> Result<()> {
        let (card, cvc_given) = self.card_of(&intent);
        let request = intent.card_options.request_three_d_secure;
        match course(card, cvc_given, off_session, request) {
            Course::Pay => {
                self.pay(intent, false);
                Ok(())
            }
            Course::Decline(decline) => Err(self.decline(intent, decline, false)),
            Course::Authenticate if error_on_requires_action => {
                Err(self.decline(intent, Decline::AuthenticationRequired, false))
            }
            Course::Authenticate => {
                self.ask(intent);
                Ok(())
            }
        }
    }

    fn card_of(&self, intent: &PaymentIntent) -> (&'static TestCard, bool) {
        intent
            .payment_method
            .as_ref()
            .and_then(|id| self.world.payment_methods.get(id))
            .map_or((cards::plain(), false), |method| {
                (method.data.card.test_card(), method.data.card.cvc_given)
            })
    }

    fn ask(&mut self, mut intent: PaymentIntent) {
        let authentication = three_d_secure::Authentication {
            id: self.world.random.id("payatt_3"),
            payment_intent: intent.id.clone(),
            state: AuthenticationState::Pending,
        };
        intent.status = Status::RequiresAction;
        intent.authentication = Some(authentication.id.clone());
        self.world.authentications.put(authentication);
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.requires_action", json, None);
    }

    /// The bank is satisfied: the payment goes on by itself, and may still be declined.
    pub(crate) fn authenticated(&mut self, intent: PaymentIntent) {
        let (card, cvc_given) = self.card_of(&intent);
        match after_authentication(card, cvc_given) {
            Course::Decline(decline) => {
                self.decline(intent, decline, true);
            }
            Course::Pay | Course::Authenticate => self.pay(intent, true),
        }
    }

    /// The shopper failed at the bank, or gave up: nothing was tried, so there is no charge.
    pub(crate) fn not_authenticated(&mut self, mut intent: PaymentIntent) {
        intent.last_payment_error = Some(PaymentError {
            kind: ErrorType::InvalidRequest.as_str().to_owned(),
            code: "payment_intent_authentication_failure".to_owned(),
            decline_code: None,
            message: "We are unable to authenticate your payment method. Please choose a different payment method \
                      and try again."
                .to_owned(),
            charge: None,
            payment_method: intent.payment_method.take().unwrap_or_default(),
        });
        self.fail(intent);
    }

    fn pay(&mut self, mut intent: PaymentIntent, authenticated: bool) {
        let captured = !intent.captures_manually();
        let charge = self.charge(&intent, Verdict::Approved { captured }, authenticated);
        intent.latest_charge = Some(charge.id.clone());
        intent.last_payment_error = None;
        if captured {
            intent.status = Status::Succeeded;
            intent.amount_received = intent.amount;
        } else {
            intent.status = Status::RequiresCapture;
            intent.amount_capturable = intent.amount;
        }
        let event = match intent.status {
            Status::RequiresCapture => "payment_intent.amount_capturable_updated",
            _ => "payment_intent.succeeded",
        };
        self.keep_charge(charge, "charge.succeeded");
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit(event, json, None);
    }

    fn decline(
        &mut self,
        mut intent: PaymentIntent,
        decline: Decline,
        authenticated: bool,
    ) -> Box<Error> {
        let risk = self.card_of(&intent).0.risk;
        let charge = self.charge(&intent, Verdict::declined(decline, risk), authenticated);
        let charge_id = charge.id.clone();
        let method = intent.payment_method.take().unwrap_or_default();
        intent.latest_charge = Some(charge_id.clone());
        intent.last_payment_error = Some(PaymentError {
            kind: ErrorType::Card.as_str().to_owned(),
            code: decline.code().to_owned(),
            decline_code: decline.decline_code().map(str::to_owned),
            message: decline.message().to_owned(),
            charge: Some(charge_id.clone()),
            payment_method: method.clone(),
        });
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
    fn fail(&mut self, mut intent: PaymentIntent) -> PaymentIntent {
        intent.status = Status::RequiresPaymentMethod;
        intent.authentication = None;
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent.clone());
        self.emit("payment_intent.payment_failed", json, None);
        intent
    }

    fn charge(&mut self, intent: &PaymentIntent, verdict: Verdict, authenticated: bool) -> Charge {
        let captured = matches!(verdict, Verdict::Approved { captured: true });
        Charge {
            id: self.world.random.id("ch_3"),
            created: self.now,
            amount: intent.amount,
            amount_captured: if captured { intent.amount } else { 0 },
            amount_refunded: 0,
            currency: intent.currency.clone(),
            verdict,
            authenticated,
            payment_intent: intent.id.clone(),
            payment_method: intent.payment_method.clone().unwrap_or_default(),
            balance_transaction: captured.then(|| self.world.random.id("txn_3")),
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
