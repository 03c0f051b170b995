//! An expired session, taken up again by its recovery link (docs.stripe.com/payments/checkout/abandoned-carts).

use super::page::Turn;
use super::shape::RECOVERABLE_S;
use super::{CheckoutSession, Collected, Mode, Status, View};
use crate::stripe::call::Call;

const LIFE_S: i64 = 24 * 60 * 60;

impl Call<'_> {
    /// A copy of the session, open again.
    pub(crate) fn recover_session(&mut self, link: &str) -> Turn {
        let sessions = self.world.checkout_sessions.of(link);
        let session = sessions
            .iter()
            .find(|it| it.recovery.as_deref() == Some(link));
        let alive = session.filter(|it| self.now < it.expires_at + RECOVERABLE_S);
        let Some(old) = alive.cloned() else {
            return Turn::Show(404, View::unknown());
        };
        let mut session = CheckoutSession {
            id: format!("cs_test_a1{}", self.world.random.letters(58)),
            created: self.now,
            expires_at: self.now + LIFE_S,
            status: Status::Open,
            collected: Collected::default(),
            payment_intent: None,
            setup_intent: None,
            recovery: None,
            recovered_from: Some(old.id.clone()),
            ..old
        };
        for item in &mut session.line_items {
            item.id = self.world.random.id("li_1");
        }
        if session.settings.recovery == Some(true) {
            session.settings.allow_promotion_codes = Some(true);
        }
        if session.mode == Mode::Setup {
            match self.open_session_setup(&session) {
                Ok(intent) => session.setup_intent = Some(intent),
                Err(_) => return Turn::Show(404, View::unknown()),
            }
        }
        let page = session.page();
        self.keep_new_session(session);
        Turn::Go(page)
    }
}
