//! What a confirmed method does: pays, is declined, takes its time, or asks for the shopper.

use super::confirm::Manner;
use super::{PaymentIntent, Request3ds};
use crate::stripe::call::Call;
use crate::stripe::cards::{Authentication, TestCard};
use crate::stripe::decline::Decline;
use crate::stripe::error::Result;
use crate::stripe::instrument::Instrument;
use crate::stripe::json::Value;
use crate::stripe::local_method::Local;
use crate::stripe::next_action::Asked;
use crate::stripe::outcome::Outcome;
use crate::stripe::payment_method::PaymentMethod;
use std::collections::BTreeMap;

/// What a card does with a confirmation.
pub(super) enum Course {
    Pay,
    Decline(Decline),
    Authenticate,
    /// The bank has agreed without asking.
    GoOnAuthenticated,
}

fn course(method: &PaymentMethod, card: &TestCard, cvc_given: bool, manner: &Manner) -> Course {
    let off_session = manner.off_session;
    let asks = match card.authentication {
        Authentication::Unsupported
        | Authentication::NotEnrolled
        | Authentication::OptionalLookupFails
        | Authentication::RequiredLookupFails => false,
        Authentication::Optional => {
            manner.request_three_d_secure != Request3ds::Automatic && !off_session
        }
        Authentication::OnSession => !off_session,
        Authentication::UnlessSetUp if off_session && method.set_up_off_session => false,
        Authentication::Required | Authentication::UnlessSetUp | Authentication::Frictionless
            if off_session && !manner.waits_for_customer =>
        {
            return Course::Decline(Decline::AuthenticationRequired);
        }
        Authentication::Required | Authentication::UnlessSetUp => true,
        Authentication::Frictionless => return Course::GoOnAuthenticated,
    };
    if asks {
        return Course::Authenticate;
    }
    after_authentication(card, cvc_given)
}

pub(super) fn after_authentication(card: &TestCard, cvc_given: bool) -> Course {
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
            Instrument::Local(local) => return self.attempt_local(intent, &method, local, manner),
            Instrument::UsBankAccount(_) if self.must_be_verified(&intent, &method) => {
                if manner.refuses_to_ask() {
                    return Err(self.decline(intent, Decline::AuthenticationRequired, false));
                }
                let attempt = self.send_microdeposits(&intent.id, &method);
                self.ask(intent, attempt);
                return Ok(());
            }
            Instrument::SepaDebit(_) | Instrument::UsBankAccount(_) => {
                self.debit(intent);
                return Ok(());
            }
        };
        let forced = self.world.next_outcomes.pop_front_if(|outcome| {
            // Waits for a payer of another method.
            !matches!(outcome, Outcome::Fail { .. })
        });
        let course = match forced {
            Some(Outcome::Pay) => Course::Pay,
            Some(Outcome::Authenticate) => Course::Authenticate,
            Some(Outcome::Decline { decline_code }) => Course::Decline(decline_code),
            Some(Outcome::Fail { .. }) | None => {
                let cvc_given = card.cvc_given || intent.card_options.cvc_token.is_some();
                course(&method, card.test_card(), cvc_given, manner)
            }
        };
        match course {
            Course::Pay => {
                self.pay(intent, false);
                Ok(())
            }
            Course::GoOnAuthenticated => self.pay_authenticated(intent),
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

    fn must_be_verified(&self, intent: &PaymentIntent, method: &PaymentMethod) -> bool {
        let options = intent.method_options.get("us_bank_account");
        let verification = options.and_then(|options| options.own.get("verification_method"));
        self.needs_microdeposits(method, verification.and_then(Value::as_str))
    }

    /// A method that was set up before is charged; any other asks its payer.
    fn attempt_local(
        &mut self,
        intent: PaymentIntent,
        method: &PaymentMethod,
        local: &Local,
        manner: &Manner,
    ) -> Result<()> {
        if method.set_up_off_session && local.method.redirects() {
            self.pay(intent, false);
            return Ok(());
        }
        if manner.refuses_to_ask() {
            return Err(self.decline(intent, Decline::AuthenticationRequired, false));
        }
        let options = intent.method_options.get(local.method.name());
        let none = BTreeMap::new();
        let attempt = self.ask_payer(Asked {
            intent: &intent.id,
            local,
            options: options.map_or(&none, |options| &options.own),
            email: method.data.billing_details["email"].as_str(),
            return_url: manner
                .return_url
                .clone()
                .filter(|_| local.method.redirects()),
        });
        self.ask(intent, attempt);
        Ok(())
    }
}
