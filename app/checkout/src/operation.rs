//! What the merchant does with an order: capture, cancel, refund. Whether it may be tried, and how the order looks
//! while it is; what Stripe then says is for [`apply`](mod@crate::apply).

use serde::{Deserialize, Serialize};

use crate::{IntentId, Order, Payment};

/// One thing a merchant asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Operation {
    /// Takes held money, whole or in part; the rest is released.
    Capture {
        /// Minor units.
        amount_minor: i64,
    },
    /// Ends an order that is not paid, and releases what is held for it.
    Cancel,
    /// Gives taken money back, whole or in part.
    Refund {
        /// Minor units.
        amount_minor: i64,
    },
}

/// Why an operation was not tried. Nothing was stored and nothing sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OperationRefused {
    /// Capture without held money.
    #[error("no money is held for this order")]
    NotAuthorised,
    /// Refund without taken money.
    #[error("nothing was paid for this order")]
    NotPaid,
    /// Cancel after the money was taken.
    #[error("the order is paid: refund it instead")]
    Paid,
    /// Cancel in the middle of a payment.
    #[error("the order is being paid at this moment: ask again in a minute")]
    BeingPaid,
    /// It has ended already.
    #[error("the order is cancelled")]
    Cancelled,
    /// More than there is.
    #[error("at most {most_minor} (minor units) are left")]
    Over {
        /// What is left, minor units.
        most_minor: i64,
    },
    /// Zero, or less.
    #[error("the amount must be more than nothing")]
    NotPositive,
}

/// What an operation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Store this order, then ask Stripe to do it with this intent.
    Ask(Box<Order>, IntentId),
    /// Stripe has no part in it: store this order, and it is done.
    Done(Box<Order>),
}

impl Order {
    /// What was taken and not given back, minor units.
    #[must_use]
    pub fn refundable_minor(&self) -> i64 {
        let back = self
            .intent
            .as_ref()
            .map_or(0, |intent| self.ledger.refunded_minor(&intent.id));
        self.captured_minor.saturating_sub(back).max(0)
    }

    /// Whether an operation may be tried, and what it leads to.
    ///
    /// # Errors
    /// The state or the amount does not allow it.
    pub fn begin_operation(&self, operation: Operation) -> Result<Begun, OperationRefused> {
        let within = |amount_minor: i64, most_minor: i64| match amount_minor {
            ..=0 => Err(OperationRefused::NotPositive),
            amount if amount > most_minor => Err(OperationRefused::Over { most_minor }),
            _ => Ok(()),
        };
        match (operation, &self.payment, &self.intent) {
            (Operation::Capture { amount_minor }, Payment::Authorised, Some(intent)) => {
                within(amount_minor, self.total.amount_minor())?;
                Ok(Begun::Ask(Box::new(self.clone()), intent.id.clone()))
            }
            (Operation::Capture { .. }, ..) => Err(OperationRefused::NotAuthorised),
            (Operation::Refund { amount_minor }, Payment::Paid, Some(intent)) => {
                within(amount_minor, self.refundable_minor())?;
                Ok(Begun::Ask(Box::new(self.clone()), intent.id.clone()))
            }
            (Operation::Refund { .. }, ..) => Err(OperationRefused::NotPaid),
            (Operation::Cancel, Payment::Paid, _) => Err(OperationRefused::Paid),
            (Operation::Cancel, Payment::Cancelled, _) => Err(OperationRefused::Cancelled),
            (Operation::Cancel, Payment::Paying, _) => Err(OperationRefused::BeingPaid),
            (
                Operation::Cancel,
                Payment::Open { .. }
                | Payment::ActionNeeded
                | Payment::Processing
                | Payment::Authorised,
                intent,
            ) => Ok(match intent {
                Some(intent) => Begun::Ask(
                    Box::new(Order {
                        ending: true,
                        ..self.clone()
                    }),
                    intent.id.clone(),
                ),
                None => Begun::Done(Box::new(Order {
                    payment: Payment::Cancelled,
                    ..self.clone()
                })),
            }),
        }
    }

    /// Stripe would not cancel: the order goes on.
    #[must_use]
    pub fn cancel_refused(&self) -> Order {
        Order {
            ending: false,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests;
