//! Reading sessions, and ending them early.

use super::{CheckoutSession, Mode, Status};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::list::Page;
use crate::stripe::params::Params;
use crate::stripe::payment_intent::Status::Canceled;

impl Call<'_> {
    /// For a path.
    pub(crate) fn checkout_session(&self, id: &str) -> Result<&CheckoutSession> {
        let session = self.world.checkout_sessions.get(id);
        session.ok_or_else(|| Error::missing("checkout.session", id))
    }

    pub(crate) fn list_checkout_sessions(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let customer = params.text("customer")?;
        let intent = params.text("payment_intent")?;
        let subscription = params.text("subscription")?;
        let status = params.choice("status", Status::NAMES)?;
        let email = match params.map("customer_details")? {
            None => None,
            Some(mut details) => details.text("email")?,
        };
        let rows = &self.world.checkout_sessions;
        page.of(
            &rows.of_first(&[&intent, &subscription, &customer]),
            "/v1/checkout/sessions",
            |session| {
                (customer.is_none() || session.customer == customer)
                    && (intent.is_none() || session.payment_intent == intent)
                    && (subscription.is_none() || session.subscription == subscription)
                    && status.is_none_or(|status| session.status == status)
                    && email.as_ref().is_none_or(|email| session.has_email(email))
            },
            |session| session.json(self.world),
        )
    }

    pub(crate) fn list_session_line_items(&self, id: &str, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        self.checkout_session(id)?
            .list_line_items(self.world, &page)
    }

    pub(crate) fn expire_checkout_session(&mut self, id: &str) -> Result<Value> {
        let session = self.checkout_session(id)?;
        if session.status != Status::Open {
            return Err(Error::invalid(
                "Only Checkout Sessions with the status `open` can be expired.",
            ));
        }
        self.end_session(id);
        Ok(self.checkout_session(id)?.json(self.world))
    }

    /// The intent of an open session is the session's to confirm and to cancel.
    pub(crate) fn check_not_in_checkout(&self, intent: &str) -> Result<()> {
        let sessions = self.world.checkout_sessions.of(intent);
        match sessions
            .iter()
            .find(|session| session.status == Status::Open)
        {
            None => Ok(()),
            Some(session) => Err(Error::invalid(format!(
                "This intent belongs to the Checkout Session {}, which confirms it. To cancel it, expire the session.",
                session.id
            ))),
        }
    }

    /// Its time is over: what it opened is closed, and a link may lead to a new one.
    pub(crate) fn end_session(&mut self, id: &str) {
        let session = self.world.checkout_sessions.get(id);
        let open = session.filter(|session| session.status == Status::Open);
        let Some(mut session) = open.cloned() else {
            return;
        };
        session.status = Status::Expired;
        session.expires_at = self.now;
        if session.settings.recovery.is_some() {
            session.recovery = Some(self.world.random.letters(32));
        }
        let json = session.json(self.world);
        let (payment, setup) = (session.payment_intent.clone(), session.setup_intent.clone());
        self.world.checkout_sessions.put(session.clone());
        if session.mode == Mode::Subscription {
            self.drop_subscription(&session);
            self.emit("checkout.session.expired", json, None);
            return;
        }
        let payment = payment.and_then(|id| self.world.payment_intents.get(&id));
        let waiting = payment.filter(|intent| intent.status != Canceled);
        if let Some(intent) = waiting.cloned() {
            self.cancel_intent(intent, Some("expired"));
        }
        if let Some(setup) = setup {
            // One that has succeeded stays as it is.
            let _ = self.cancel_setup_intent(&setup, Params::default());
        }
        self.emit("checkout.session.expired", json, None);
    }
}

impl CheckoutSession {
    fn has_email(&self, email: &str) -> bool {
        let known = self
            .collected
            .email
            .as_ref()
            .or(self.customer_email.as_ref());
        known.is_some_and(|known| known == email)
    }
}
