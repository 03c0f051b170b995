//! What a world does by itself once its time has come: every delay in the sandbox runs on the world's own clock.

use super::call::Call;
use super::three_d_secure::Answer;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// What is due. Ids name what it is about; what has moved on meanwhile is left alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Timer {
    /// The hour of a manual confirmation is over.
    ConfirmationLapses {
        intent: String,
        authentication: String,
    },
    /// The issuer no longer holds an uncaptured amount.
    AuthorizationExpires { intent: String, charge: String },
    /// The payer of a voucher or a code pays, or lets it expire.
    PayerAnswers { attempt: String, answer: Answer },
    /// Late money for an expired voucher has not come.
    LateMoneyIsGivenUp { intent: String, attempt: String },
    /// A delayed debit succeeds or fails.
    DebitSettles { intent: String, charge: String },
    /// A page that nobody has paid on.
    CheckoutSessionExpires { session: String },
    /// A customer disputes a payment.
    DisputeOpens {
        charge: String,
        reason: String,
        inquiry: bool,
    },
    /// The bank has decided on the evidence.
    DisputeCloses { dispute: String, won: bool },
    /// Nobody has answered a dispute in time.
    DisputeIsDue { dispute: String },
    /// An issuer suspects fraud.
    FraudIsSuspected { charge: String },
    /// A refund succeeds, or comes back.
    RefundSettles { refund: String, fails: bool },
    /// An event is sent, for the first time or again.
    DeliveryIsDue { delivery: String },
    /// The funds of an asynchronously captured charge are booked.
    ChargeIsBooked { charge: String },
    /// An invoice moves on. What was planned for another time than `at` was planned anew.
    InvoiceIsDue {
        invoice: String,
        step: InvoiceStep,
        at: i64,
    },
    /// A subscription moves on, likewise.
    SubscriptionIsDue {
        subscription: String,
        step: SubscriptionStep,
        at: i64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InvoiceStep {
    Finalizes,
    Retries,
    WillBeDue,
    IsOverdue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SubscriptionStep {
    /// A period ends.
    Renews,
    /// A period ends soon.
    RenewsSoon,
    TrialEndsSoon,
    /// The first payment was never made.
    Expires,
    /// Its end was set beforehand.
    Ends,
    CollectionResumes,
    /// A change that waited for its payment is forgotten.
    UpdateLapses,
}

/// By the world's time in Unix milliseconds.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Timers {
    by_time: BTreeMap<i64, VecDeque<Timer>>,
}

impl Timers {
    /// The earliest timer that is due by `now_ms`, and when it was due.
    fn pop(&mut self, now_ms: i64) -> Option<(i64, Timer)> {
        let mut entry = self.by_time.first_entry()?;
        let due_ms = *entry.key();
        if due_ms > now_ms {
            return None;
        }
        let timer = entry.get_mut().pop_front();
        if entry.get().is_empty() {
            entry.remove();
        }
        timer.map(|timer| (due_ms, timer))
    }
}

impl Call<'_> {
    /// Rings after so many seconds.
    pub(crate) fn set_timer(&mut self, after_s: i64, timer: Timer) {
        self.set_timer_ms(after_s * 1000, timer);
    }

    pub(crate) fn set_timer_ms(&mut self, after_ms: i64, timer: Timer) {
        let due_ms = self.now_ms + after_ms;
        let due = self.world.timers.by_time.entry(due_ms).or_default();
        due.push_back(timer);
    }

    /// Rings at a Unix time in seconds, at the earliest within the next call.
    pub(crate) fn set_timer_at(&mut self, at: i64, timer: Timer) {
        let due = self.world.timers.by_time.entry(at * 1000).or_default();
        due.push_back(timer);
    }

    /// Does everything that is due, each at the time it was due.
    pub(crate) fn ring_timers(&mut self) {
        let now_ms = self.now_ms;
        while let Some((due_ms, timer)) = self.world.timers.pop(now_ms) {
            (self.now_ms, self.now) = (due_ms, due_ms.div_euclid(1000));
            self.ring(timer);
        }
        (self.now_ms, self.now) = (now_ms, now_ms.div_euclid(1000));
    }

    fn ring(&mut self, timer: Timer) {
        self.world.changes += 1;
        match timer {
            Timer::ConfirmationLapses {
                intent,
                authentication,
            } => self.lapse_confirmation(&intent, &authentication),
            Timer::AuthorizationExpires { intent, charge } => {
                self.expire_authorization(&intent, &charge);
            }
            Timer::PayerAnswers { attempt, answer } => self.answer_challenge(&attempt, answer),
            Timer::LateMoneyIsGivenUp { intent, attempt } => {
                self.give_up_late_money(&intent, &attempt);
            }
            Timer::CheckoutSessionExpires { session } => self.end_session(&session),
            Timer::DebitSettles { intent, charge } => self.settle_debit(&intent, &charge),
            Timer::DisputeOpens {
                charge,
                reason,
                inquiry,
            } => self.open_dispute(&charge, &reason, inquiry),
            Timer::DisputeCloses { dispute, won } => self.close_dispute(&dispute, won),
            Timer::DisputeIsDue { dispute } => self.lapse_dispute(&dispute),
            Timer::FraudIsSuspected { charge } => self.warn_of_fraud(&charge),
            Timer::RefundSettles { refund, fails } => self.settle_refund(&refund, fails),
            Timer::DeliveryIsDue { delivery } => self.send_delivery(&delivery),
            Timer::ChargeIsBooked { charge } => self.book_charge(&charge),
            Timer::InvoiceIsDue { invoice, step, at } => self.invoice_is_due(&invoice, step, at),
            Timer::SubscriptionIsDue {
                subscription,
                step,
                at,
            } => self.subscription_is_due(&subscription, step, at),
        }
    }
}
