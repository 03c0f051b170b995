//! What becomes of a confirmed SetupIntent: saved, declined, or asked for 3-D Secure first.

use super::{SetupIntent, Status};
use crate::stripe::call::Call;
use crate::stripe::cards::Authentication;
use crate::stripe::decline::Decline;
use crate::stripe::error::{Error, Result};
use crate::stripe::payment_intent::{FutureUsage, PaymentError, Request3ds};
use crate::stripe::payment_method::Method;

impl Call<'_> {
    /// Makes the payment method, uses up the token, and lets the issuer decide.
    pub(super) fn set_up(
        &mut self,
        mut intent: SetupIntent,
        method: Method,
        leave_to: Option<String>,
    ) -> Result<()> {
        if let Method::Token(id) = &method
            && let Some(token) = self.world.confirmation_tokens.get_mut(id)
        {
            token.setup_intent = Some(intent.id.clone());
        }
        intent.payment_method = Some(self.keep_payment_method(method)?);
        intent.last_setup_error = None;
        intent.authentication = None;
        let Some(card) = self.card_to_set_up(&intent) else {
            self.saved(intent);
            return Ok(());
        };
        let asks = match card.authentication {
            Authentication::Required | Authentication::UnlessSetUp => true,
            Authentication::Optional => intent.request_three_d_secure != Request3ds::Automatic,
            Authentication::Unsupported
            | Authentication::NotEnrolled
            | Authentication::OnSession
            | Authentication::RequiredLookupFails => false,
        };
        if asks {
            let authentication = self.begin_authentication(&intent.id, leave_to);
            intent.status = Status::RequiresAction;
            intent.authentication = Some(authentication);
            let json = intent.json(self.world);
            self.world.setup_intents.put(intent);
            self.emit("setup_intent.requires_action", json, None);
            return Ok(());
        }
        match card.setup_decline() {
            Some(decline) => Err(self.decline_setup(intent, decline)),
            None => {
                self.saved(intent);
                Ok(())
            }
        }
    }

    fn card_to_set_up(
        &self,
        intent: &SetupIntent,
    ) -> Option<&'static crate::stripe::cards::TestCard> {
        let id = intent.payment_method.as_ref()?;
        let method = self.world.payment_methods.get(id)?;
        Some(method.data.card()?.test_card())
    }

    /// The bank is satisfied.
    pub(crate) fn setup_authenticated(&mut self, intent: SetupIntent) {
        let card = self.card_to_set_up(&intent);
        match card.and_then(|card| card.setup_decline()) {
            Some(decline) => {
                self.decline_setup(intent, decline);
            }
            None => self.saved(intent),
        }
    }

    pub(crate) fn setup_not_authenticated(&mut self, mut intent: SetupIntent) {
        let method = intent.payment_method.take().unwrap_or_default();
        intent.last_setup_error = Some(PaymentError::not_authenticated(
            "setup_intent_authentication_failure",
            method,
        ));
        self.fail_setup(intent);
    }

    fn saved(&mut self, mut intent: SetupIntent) {
        let off_session = intent.usage == FutureUsage::OffSession;
        intent.status = Status::Succeeded;
        intent.last_setup_error = None;
        if let Some(method) = &intent.payment_method {
            match &intent.customer {
                Some(customer) => self.attach(&method.clone(), &customer.clone(), off_session),
                None => {
                    if let Some(method) = self.world.payment_methods.get_mut(method) {
                        method.set_up_off_session |= off_session;
                    }
                }
            }
        }
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent);
        self.emit("setup_intent.succeeded", json, None);
    }

    fn decline_setup(&mut self, mut intent: SetupIntent, decline: Decline) -> Box<Error> {
        let method = intent.payment_method.take().unwrap_or_default();
        intent.last_setup_error = Some(PaymentError::declined(decline, None, method.clone()));
        let intent = self.fail_setup(intent);
        let mut error = Error::card(decline.code(), decline.message());
        error.decline_code = decline.decline_code();
        error.setup_intent = Some(intent.json(self.world));
        let method = self.world.payment_methods.get(&method);
        error.payment_method = method.map(|method| method.json(&self.world.account));
        error
    }

    fn fail_setup(&mut self, mut intent: SetupIntent) -> SetupIntent {
        intent.status = Status::RequiresPaymentMethod;
        intent.authentication = None;
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent.clone());
        self.emit("setup_intent.setup_failed", json, None);
        intent
    }
}
