//! A session's end, and what is heard afterwards of a payment that takes its time.

use super::pay::{Pairs, flatten, pair};
use super::{CheckoutSession, Mode, Status};
use crate::stripe::call::Call;
use crate::stripe::form;
use crate::stripe::{payment_intent, setup_intent};

impl CheckoutSession {
    /// The merchant's page after the end, told which session it was.
    pub(super) fn way_out(&self) -> Option<String> {
        let url = self.success_url.as_ref().or(self.return_url.as_ref());
        let url = url.filter(|_| !self.settings.stays)?;
        Some(self.addressed(url))
    }

    /// An address that may ask for the session's id.
    pub(super) fn addressed(&self, url: &str) -> String {
        url.replace("{CHECKOUT_SESSION_ID}", &self.id)
    }
}

impl Call<'_> {
    /// A payment has moved, which may belong to a session.
    pub(crate) fn tell_checkout(&mut self, intent: &str) {
        use payment_intent::Status::{
            Processing, RequiresCapture, RequiresPaymentMethod, Succeeded,
        };
        let Some(intent) = self.world.payment_intents.get(intent) else {
            return;
        };
        let status = intent.status;
        let sessions = self.world.checkout_sessions.of(&intent.id);
        let Some(mut session) = sessions.iter().next().cloned() else {
            return;
        };
        let event = match (session.status, status) {
            (Status::Open, Succeeded | RequiresCapture) => return self.complete_session(session),
            (Status::Open, Processing) => {
                session.awaits_payment = true;
                return self.complete_session(session);
            }
            (Status::Complete, Succeeded) if session.awaits_payment => {
                "checkout.session.async_payment_succeeded"
            }
            (Status::Complete, RequiresPaymentMethod) if session.awaits_payment => {
                "checkout.session.async_payment_failed"
            }
            _ => return,
        };
        session.awaits_payment = false;
        let json = session.json(self.world);
        self.world.checkout_sessions.put(session);
        self.emit(event, json, None);
    }

    /// A method was set up, which may belong to a session.
    pub(crate) fn tell_checkout_of_setup(&mut self, intent: &str) {
        let setup = self.world.setup_intents.get(intent);
        let done = setup.is_some_and(|it| it.status == setup_intent::Status::Succeeded);
        let sessions = self.world.checkout_sessions.of(intent);
        let session = sessions.iter().next();
        let open = session.filter(|session| done && session.status == Status::Open);
        let method = setup.and_then(|it| it.payment_method.clone());
        let Some(mut session) = open.cloned() else {
            return;
        };
        // A subscription that owes nothing yet starts with the method that was saved for it.
        if session.mode == Mode::Subscription
            && session.subscription.is_none()
            && self.start_subscription(&mut session, method).is_err()
        {
            return;
        }
        self.complete_session(session);
    }

    pub(super) fn complete_session(&mut self, mut session: CheckoutSession) {
        session.status = Status::Complete;
        self.update_session_customer(&session);
        // A subscription redeems its own.
        if session.mode == Mode::Payment {
            self.redeem_session_discounts(&session);
        }
        let json = session.json(self.world);
        self.world.checkout_sessions.put(session);
        self.emit("checkout.session.completed", json, None);
    }

    /// What the shopper entered goes to the customer, as far as that was asked for.
    fn update_session_customer(&mut self, session: &CheckoutSession) {
        let Some(id) = &session.customer else {
            return;
        };
        let has_email = self
            .world
            .customers
            .get(id)
            .is_some_and(|it| it.email.is_some());
        let update = session.settings.customer_update;
        let collected = &session.collected;
        let mut pairs = Pairs::new();
        let email = collected.email.as_ref().filter(|_| !has_email);
        pairs.extend(email.map(|email| pair("email", email)));
        let name = collected.name.as_ref().filter(|_| update.name);
        pairs.extend(name.map(|name| pair("name", name)));
        for (name, value, wanted) in [
            ("address", &collected.address, update.address),
            ("shipping", &collected.shipping, update.shipping),
        ] {
            if let Some(value) = value.as_ref().filter(|_| wanted) {
                flatten(name, value, &mut pairs);
            }
        }
        if pairs.is_empty() {
            return;
        }
        // What was entered was checked when it was.
        if let Ok(params) = form::nested(&pairs) {
            let _ = self.update_customer(id, params);
        }
    }
}
