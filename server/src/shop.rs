//! The [`Shop`] port's answer: payments run in tasks that the server owns, requests only wait for them.

use std::time::Duration;

use app::ports::{Asked, Confirm, Question, Shop, ShopError};
use checkout::{Answer, Outcome};
use orders::{PayError, Payments};
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

/// How long a request waits for its payment. The payment goes on; the page asks again.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// The shop behind the payment form.
#[derive(Debug, Clone)]
pub struct TillShop {
    /// The line a payment travels.
    pub payments: Payments,
    /// Who owns the payments under way.
    pub tasks: TaskTracker,
    /// Tells the clerk that there is work.
    pub wake_clerk: watch::Sender<()>,
}

impl Shop for TillShop {
    fn confirm(&self, request: Confirm) -> Asked<Answer> {
        let Confirm {
            key,
            number,
            token,
            total_shown,
        } = request;
        let (payments, wake_clerk) = (self.payments.clone(), self.wake_clerk.clone());
        let order = key.reference();
        // axum drops a handler's future when the browser leaves; a payment must not be dropped halfway.
        let paying = self.tasks.spawn(async move {
            let answer = payments.confirm(&key, number, &token, total_shown).await;
            // A paid order has something to tell.
            wake_clerk.send_replace(());
            answer
        });
        Box::pin(async move {
            match tokio::time::timeout(ANSWER_WITHIN, paying).await {
                Ok(Ok(answer)) => answer.map_err(|error| refuse(&error, &order)),
                Ok(Err(panic)) => {
                    tracing::error!(%order, %panic, "a payment's task died");
                    Err(ShopError::Unavailable)
                }
                Err(_) => Ok(Answer {
                    outcome: Outcome::Checking,
                    next_number: number,
                }),
            }
        })
    }

    fn outcome(&self, question: Question) -> Asked<Answer> {
        let payments = self.payments.clone();
        Box::pin(async move {
            let Question { key, number } = question;
            payments
                .outcome(&key, number)
                .await
                .map_err(|error| refuse(&error, &key.reference()))
        })
    }
}

/// What the browser hears of a failure; the log hears all of it, here and nowhere else.
fn refuse(error: &PayError, order: &str) -> ShopError {
    match error {
        PayError::NoSuchOrder => ShopError::NoSuchOrder,
        PayError::TokenUsed => ShopError::Malformed,
        error => {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(order, %error, cause, "no answer for a payment form");
            ShopError::Unavailable
        }
    }
}
