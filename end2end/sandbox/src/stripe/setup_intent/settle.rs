//! What becomes of a confirmed SetupIntent: saved, declined, or the shopper is asked first.

use super::confirm::Setup;
use super::{SetupIntent, Status};
use crate::stripe::bank_account::Origin;
use crate::stripe::call::Call;
use crate::stripe::cards::{Authentication, TestCard};
use crate::stripe::decline::Decline;
use crate::stripe::error::{Error, Result};
use crate::stripe::instrument::Instrument;
use crate::stripe::json::Value;
use crate::stripe::local_method::Reuse;
use crate::stripe::mandate::MandateStatus;
use crate::stripe::next_action::Asked;
use crate::stripe::payment_intent::{FutureUsage, PaymentError, Request3ds};
use crate::stripe::payment_method::{Method, PaymentMethod};
use crate::stripe::setup_attempt::{SetupAttempt, SetupAttemptStatus};
use crate::stripe::three_d_secure::Answer;
use std::collections::BTreeMap;

impl Call<'_> {
    /// Makes the payment method, uses up the token, and lets the method decide.
    pub(super) fn set_up(&mut self, mut intent: SetupIntent, setup: Setup) -> Result<()> {
        if let Method::Token(id) = &setup.method
            && let Some(token) = self.world.confirmation_tokens.get_mut(id)
        {
            token.setup_intent = Some(intent.id.clone());
        }
        let id = self.keep_payment_method(setup.method)?;
        intent.payment_method = Some(id.clone());
        intent.last_setup_error = None;
        intent.authentication = None;
        intent.acceptance = setup.acceptance;
        intent.latest_attempt = Some(self.begin_setup_attempt(&intent, &id));
        let Some(method) = self.world.payment_methods.get(&id).cloned() else {
            return Err(Error::missing("PaymentMethod", &id));
        };
        match &method.data.instrument {
            Instrument::Card(card) => {
                let leave_to = setup.return_url.filter(|_| !setup.in_page);
                self.set_up_card(intent, card.test_card(), leave_to)
            }
            Instrument::SepaDebit(_) => {
                self.note_leave(&mut intent, &id, MandateStatus::Active);
                self.saved(intent, false);
                Ok(())
            }
            Instrument::UsBankAccount(_) => {
                let options = intent.method_options.get("us_bank_account");
                let how = options.and_then(|options| options.own.get("verification_method"));
                if self.needs_microdeposits(&method, how.and_then(Value::as_str)) {
                    self.note_leave(&mut intent, &id, MandateStatus::Pending);
                    let attempt = self.send_microdeposits(&intent.id, &method);
                    self.ask_to_set_up(intent, attempt);
                } else {
                    self.note_leave(&mut intent, &id, MandateStatus::Active);
                    self.saved(intent, false);
                }
                Ok(())
            }
            Instrument::Local(local) => {
                if local.method.reuse() == Reuse::Itself {
                    self.note_leave(&mut intent, &id, MandateStatus::Pending);
                }
                let attempt = self.ask_payer(Asked {
                    intent: &intent.id,
                    local,
                    options: &BTreeMap::new(),
                    email: method.data.billing_details["email"].as_str(),
                    return_url: setup.return_url.filter(|_| local.method.redirects()),
                });
                self.ask_to_set_up(intent, attempt);
                Ok(())
            }
        }
    }

    fn set_up_card(
        &mut self,
        intent: SetupIntent,
        card: &TestCard,
        leave_to: Option<String>,
    ) -> Result<()> {
        let asks = match card.authentication {
            Authentication::Required | Authentication::UnlessSetUp => true,
            Authentication::Optional => intent.request_three_d_secure != Request3ds::Automatic,
            Authentication::Unsupported
            | Authentication::NotEnrolled
            | Authentication::OnSession
            | Authentication::Frictionless
            | Authentication::OptionalLookupFails
            | Authentication::RequiredLookupFails => false,
        };
        if asks {
            let authentication = self.begin_authentication(&intent.id, leave_to);
            self.ask_to_set_up(intent, authentication);
            return Ok(());
        }
        match card.setup_decline() {
            Some(decline) => Err(self.decline_setup(intent, decline)),
            None => {
                self.saved(intent, false);
                Ok(())
            }
        }
    }

    fn begin_setup_attempt(&mut self, intent: &SetupIntent, method: &str) -> String {
        let id = self.world.random.id("setatt_1");
        self.world.setup_attempts.put(SetupAttempt {
            id: id.clone(),
            created: self.now,
            setup_intent: intent.id.clone(),
            payment_method: method.to_owned(),
            customer: intent.customer.clone(),
            attach_to_self: intent.attach_to_self,
            flow_directions: intent.flow_directions.clone(),
            usage: intent.usage,
            status: SetupAttemptStatus::RequiresAction,
            error: None,
            authenticated: false,
            generated: None,
        });
        id
    }

    /// The payer's leave to be charged, unless it stands already.
    fn note_leave(&mut self, intent: &mut SetupIntent, method: &str, status: MandateStatus) {
        let standing = self
            .standing_mandate(method)
            .map(|mandate| mandate.id.clone());
        let single_use = intent.single_use.clone();
        let once = single_use.is_some();
        let acceptance = intent.acceptance.clone();
        let new = acceptance.map(|acceptance| self.agree(method, acceptance, status, single_use));
        match once {
            true => intent.single_use_mandate = new,
            false => intent.mandate = new.or(standing),
        }
    }

    fn ask_to_set_up(&mut self, mut intent: SetupIntent, attempt: String) {
        intent.status = Status::RequiresAction;
        intent.authentication = Some(attempt);
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent);
        self.emit("setup_intent.requires_action", json, None);
    }

    fn method_to_set_up(&self, intent: &SetupIntent) -> Option<PaymentMethod> {
        let id = intent.payment_method.as_ref()?;
        self.world.payment_methods.get(id).cloned()
    }

    /// The bank, or the payer on another site, has agreed.
    pub(crate) fn setup_authenticated(&mut self, intent: SetupIntent) {
        let method = self.method_to_set_up(&intent);
        let card = method.as_ref().and_then(|method| method.data.card());
        match card.and_then(|card| card.test_card().setup_decline()) {
            Some(decline) => {
                self.decline_setup(intent, decline);
            }
            None => self.saved(intent, true),
        }
    }

    pub(crate) fn setup_not_authenticated(&mut self, mut intent: SetupIntent, answer: Answer) {
        let method = intent.payment_method.take().unwrap_or_default();
        let error = PaymentError::failed(answer.failure("setup_intent"), method);
        intent.last_setup_error = Some(error);
        self.fail_setup(intent);
    }

    fn saved(&mut self, mut intent: SetupIntent, authenticated: bool) {
        let off_session = intent.usage == FutureUsage::OffSession;
        intent.status = Status::Succeeded;
        intent.last_setup_error = None;
        let mut generated = None;
        if let Some(method) = self.method_to_set_up(&intent) {
            self.verify_account(&method.id);
            for mandate in [&intent.mandate, &intent.single_use_mandate] {
                if let Some(id) = mandate.clone() {
                    self.set_mandate(&id, MandateStatus::Active);
                }
            }
            let origin = Origin::SetupAttempt(intent.latest_attempt.clone().unwrap_or_default());
            let (customer, acceptance) = (intent.customer.clone(), intent.acceptance.clone());
            generated = self.generate_debit(&method, origin, customer.as_deref(), acceptance);
            match (&generated, customer) {
                // The account is saved in its place.
                (Some((_, mandate)), _) => intent.mandate = Some(mandate.clone()),
                (None, Some(customer)) => self.attach(&method.id, &customer, off_session),
                (None, None) => {
                    if let Some(method) = self.world.payment_methods.get_mut(&method.id) {
                        method.set_up_off_session |= off_session;
                    }
                }
            }
        }
        let attempt = intent.latest_attempt.as_deref();
        self.end_setup_attempt(attempt, SetupAttemptStatus::Succeeded, |attempt| {
            attempt.authenticated = authenticated;
            attempt.generated = generated;
        });
        let id = intent.id.clone();
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent);
        self.emit("setup_intent.succeeded", json, None);
        self.tell_subscription(&id);
        self.tell_checkout_of_setup(&id);
    }

    fn decline_setup(&mut self, mut intent: SetupIntent, decline: Decline) -> Box<Error> {
        let method = intent.payment_method.take().unwrap_or_default();
        intent.last_setup_error = Some(PaymentError::declined(decline, None, method.clone()));
        let intent = self.fail_setup(intent);
        let mut error = Error::declined(decline);
        error.setup_intent = Some(intent.json(self.world));
        let method = self.world.payment_methods.get(&method);
        error.payment_method = method.map(|method| method.json(&self.world.account));
        error
    }

    fn fail_setup(&mut self, mut intent: SetupIntent) -> SetupIntent {
        intent.status = Status::RequiresPaymentMethod;
        intent.authentication = None;
        let mandates = [intent.mandate.take(), intent.single_use_mandate.take()];
        for id in mandates.into_iter().flatten() {
            self.set_mandate(&id, MandateStatus::Inactive);
        }
        let (attempt, error) = (
            intent.latest_attempt.as_deref(),
            intent.last_setup_error.clone(),
        );
        self.end_setup_attempt(attempt, SetupAttemptStatus::Failed, |attempt| {
            attempt.error = error;
        });
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent.clone());
        self.emit("setup_intent.setup_failed", json, None);
        intent
    }
}
