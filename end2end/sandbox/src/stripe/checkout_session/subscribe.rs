//! A session that starts a subscription: its first invoice is paid, or, where nothing is due yet, a method is saved.

use super::pay::{Pairs, pair, with_way_back};
use super::{CheckoutSession, Mode};
use crate::stripe::call::Call;
use crate::stripe::error::Result;
use crate::stripe::form;
use crate::stripe::params::Params;
use crate::stripe::subscription::Status;

impl Call<'_> {
    pub(super) fn subscribe_session(
        &mut self,
        mut session: CheckoutSession,
        due: i64,
        method: Pairs,
    ) -> Result<()> {
        if due == 0 && !session.always_asks_for_method() {
            self.start_subscription(&mut session, None)?;
            self.complete_session(session);
            return Ok(());
        }
        if due == 0 {
            if session.setup_intent.is_none() {
                session.setup_intent = Some(self.open_session_setup(&session)?);
                self.world.checkout_sessions.put(session.clone());
            }
            return self.set_up_session(&session, method);
        }
        if session.subscription.is_none() {
            self.start_subscription(&mut session, None)?;
            self.world.checkout_sessions.put(session.clone());
        }
        if let Some(intent) = session.payment_intent.clone() {
            self.give_up_attempt(&intent);
            let confirmation = form::nested(&with_way_back(&session, method))?;
            self.confirm_payment_intent(&intent, confirmation)?;
        }
        Ok(())
    }

    /// Makes the subscription, and notes its first invoice and what pays it.
    pub(super) fn start_subscription(
        &mut self,
        session: &mut CheckoutSession,
        method: Option<String>,
    ) -> Result<()> {
        let mut pairs = self.subscription_pairs(session);
        pairs.extend(method.map(|method| pair("default_payment_method", method)));
        let made = self.create_subscription(form::nested(&pairs)?)?;
        let text = |field: &str| made[field].as_str().map(str::to_owned);
        session.subscription = text("id");
        session.invoice = text("latest_invoice");
        let invoice = session.invoice.as_ref();
        let invoice = invoice.and_then(|id| self.world.invoices.get(id));
        let intent = invoice.and_then(|invoice| invoice.payment_intent(self.world));
        session.payment_intent = intent.map(|intent| intent.id.clone());
        Ok(())
    }

    fn subscription_pairs(&self, session: &CheckoutSession) -> Pairs {
        let mut pairs = session.settings.data.clone();
        pairs.extend(session.customer.iter().map(|id| pair("customer", id)));
        pairs.push(pair("currency", session.currency()));
        pairs.push(pair("payment_behavior", "default_incomplete"));
        let save = "payment_settings[save_default_payment_method]";
        pairs.push(pair(save, "on_subscription"));
        for (at, item) in session.line_items.iter().enumerate() {
            let price = self.world.prices.get(&item.price);
            let again = price.is_some_and(|price| price.recurring.is_some());
            let list = if again { "items" } else { "add_invoice_items" };
            pairs.push((format!("{list}[{at}][price]"), item.price.clone()));
            let quantity = item.quantity.map(|quantity| quantity.to_string());
            pairs.extend(quantity.map(|it| (format!("{list}[{at}][quantity]"), it)));
        }
        for discount in &session.discounts {
            pairs.push(match &discount.promotion_code {
                Some(code) => pair("discounts[0][promotion_code]", code),
                None => pair("discounts[0][coupon]", &discount.coupon),
            });
        }
        pairs
    }

    /// An expired session leaves no subscription that nobody has paid.
    pub(super) fn drop_subscription(&mut self, session: &CheckoutSession) {
        let id = session.subscription.as_ref();
        let subscription = id.and_then(|id| self.world.subscriptions.get(id));
        let unpaid = subscription.filter(|it| it.status == Status::Incomplete);
        if let Some(id) = unpaid.map(|it| it.id.clone()) {
            self.expire_subscription(&id);
        } else if let (Mode::Subscription, Some(setup)) = (session.mode, &session.setup_intent) {
            // One that has succeeded stays as it is.
            let _ = self.cancel_setup_intent(setup, Params::default());
        }
    }
}
