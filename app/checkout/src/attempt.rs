//! An attempt to pay: one number, one ConfirmationToken, stored before Stripe hears of it.
//!
//! The page was given the number with the page itself. A confirm that arrives twice, late, or from a second tab
//! carries a number that is used up, and gets the order's present state instead of a second charge.

use serde::{Deserialize, Serialize};

use crate::intent::Baseline;
use crate::{IntentId, Money, Order, Payment, Refusal, TokenId};

/// The most attempts one order may have; whoever needs more is testing cards.
pub const MAX_ATTEMPTS: u32 = 30;

/// An attempt whose answer is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Unique in its order.
    pub number: u32,
    /// Unique altogether.
    pub token: TokenId,
    /// The intent it confirms, and what had happened to it before; none where it creates one.
    pub on: Option<(IntentId, Baseline)>,
    /// How far it got.
    pub progress: Progress,
}

/// How far an unfinished attempt got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Stored, and on its way.
    Sending,
    /// Sent, and the answer was lost: it may have charged.
    Unknown,
}

/// What a confirmation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// Store this order with its new attempt, then make the call.
    Start(Box<Order>, Plan),
    /// A challenge is open on this intent: cancel it first, apply what Stripe says, and begin again.
    CancelFirst(IntentId),
    /// The number is used up: answer with the order as it is.
    Present,
    /// Not tried.
    Refused(Refusal),
}

/// The calls an attempt makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Create an intent and confirm it, in one call.
    Create,
    /// Confirm the intent that waits for a method.
    Confirm(IntentId),
    /// Set the intent's amount to the order's total, then confirm it.
    UpdateThenConfirm(IntentId),
}

impl Order {
    /// What a confirmation with `number` and `token` leads to, from a shopper who was shown `total_shown`.
    #[must_use]
    pub fn begin_attempt(&self, number: u32, token: &TokenId, total_shown: Money) -> Begin {
        if number != self.next_number {
            return Begin::Present;
        }
        if self.quarantine.is_some() || self.ending {
            return Begin::Refused(Refusal::Closed);
        }
        match self.payment {
            Payment::Open { .. } => {}
            Payment::ActionNeeded => {
                return match &self.intent {
                    Some(intent) => Begin::CancelFirst(intent.id.clone()),
                    None => Begin::Present,
                };
            }
            Payment::Paying | Payment::Processing => return Begin::Refused(Refusal::BeingPaid),
            Payment::Authorised | Payment::Paid => return Begin::Present,
            Payment::Cancelled => return Begin::Refused(Refusal::Closed),
        }
        if self.details.is_none() {
            return Begin::Refused(Refusal::DetailsMissing);
        }
        if total_shown != self.total {
            return Begin::Refused(Refusal::TotalChanged { total: self.total });
        }
        if number > MAX_ATTEMPTS {
            return Begin::Refused(Refusal::TooManyAttempts);
        }
        let plan = match &self.intent {
            None => Plan::Create,
            Some(intent) if intent.amount_minor == Some(self.total.amount_minor()) => {
                Plan::Confirm(intent.id.clone())
            }
            Some(intent) => Plan::UpdateThenConfirm(intent.id.clone()),
        };
        let attempt = Attempt {
            number,
            token: token.clone(),
            on: self
                .intent
                .as_ref()
                .map(|intent| (intent.id.clone(), intent.baseline.clone())),
            progress: Progress::Sending,
        };
        let mut order = Order {
            payment: Payment::Paying,
            attempt: Some(attempt),
            next_number: number + 1,
            ..self.clone()
        };
        // Should the confirmation come to nothing, the update may have arrived all the same.
        if let (Plan::UpdateThenConfirm(_), Some(intent)) = (&plan, &mut order.intent) {
            intent.amount_minor = None;
        }
        Begin::Start(Box::new(order), plan)
    }

    /// The answer to the open attempt was lost.
    #[must_use]
    pub fn attempt_unknown(&self) -> Order {
        let attempt = self.attempt.clone().map(|attempt| Attempt {
            progress: Progress::Unknown,
            ..attempt
        });
        Order {
            attempt,
            ..self.clone()
        }
    }

    /// The open attempt is known never to have reached Stripe, or to have been refused there unexecuted: the order
    /// reopens. `words` are the shopper's.
    #[must_use]
    pub fn attempt_not_sent(&self, words: &str) -> Order {
        if self.attempt.is_none() || self.payment != Payment::Paying {
            return self.clone();
        }
        Order {
            attempt: None,
            payment: Payment::Open {
                notice: Some(words.to_owned()),
            },
            ..self.clone()
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
