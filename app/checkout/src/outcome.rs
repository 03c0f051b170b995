//! What the server answers the page, and nothing more than a shopper can act on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Money, Order, Payment};

/// The secret with which Stripe.js may finish one intent. It leaves the server only for a next action.
/// <https://docs.stripe.com/api/payment_intents/object#payment_intent_object-client_secret>
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSecret(String);

impl ClientSecret {
    /// Wraps Stripe's text.
    #[must_use]
    pub fn new(text: String) -> ClientSecret {
        ClientSecret(text)
    }

    /// The text, for Stripe.js alone.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

/// Where a confirmation, or an order asked about, stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The order is paid.
    Paid,
    /// The money is held for it.
    Authorised,
    /// The method takes its time; nothing more to do.
    Processing,
    /// The bank asks the shopper.
    ActionNeeded {
        /// For `handleNextAction`.
        client_secret: ClientSecret,
    },
    /// It failed; another try is welcome.
    Declined {
        /// Why, in a shopper's words.
        words: String,
    },
    /// Nobody knows yet: ask again.
    Checking,
    /// The order is open, and the attempt asked about never arrived.
    NotReceived,
    /// It was not tried.
    Refused(Refusal),
}

/// Why a confirmation was not tried. Nothing was stored and nothing charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The shopper saw another total than the order has.
    TotalChanged {
        /// The order's total.
        total: Money,
    },
    /// The order lacks e-mail, name or address.
    DetailsMissing,
    /// Another tab is paying.
    BeingPaid,
    /// Paid, cancelled or held back for the merchant to look at.
    Closed,
    /// More tries than an order may have.
    TooManyAttempts,
}

/// What the server answers to a confirmation, and to a question about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Where it stands.
    pub outcome: Outcome,
    /// The number the page's next attempt carries.
    pub next_number: u32,
}

impl Answer {
    /// The answer for an order as it is, to a page that asks about attempt `number`. `client_secret` is at hand
    /// only right after Stripe was asked; without it a needed action reads as "still checking".
    #[must_use]
    pub fn of(order: &Order, number: u32, client_secret: Option<ClientSecret>) -> Answer {
        let outcome = match &order.payment {
            _ if order.quarantine.is_some() => Outcome::Checking,
            Payment::Open { .. } if number >= order.next_number => Outcome::NotReceived,
            Payment::Open { notice } => Outcome::Declined {
                words: notice
                    .clone()
                    .unwrap_or_else(|| crate::words::ENDED.to_owned()),
            },
            Payment::Paying => Outcome::Checking,
            Payment::ActionNeeded => match client_secret {
                Some(client_secret) => Outcome::ActionNeeded { client_secret },
                None => Outcome::Checking,
            },
            Payment::Processing => Outcome::Processing,
            Payment::Authorised => Outcome::Authorised,
            Payment::Paid => Outcome::Paid,
            Payment::Cancelled => Outcome::Refused(Refusal::Closed),
        };
        Answer {
            outcome,
            next_number: order.next_number,
        }
    }

    /// The answer to a confirmation that was not tried.
    #[must_use]
    pub fn refused(order: &Order, refusal: Refusal) -> Answer {
        Answer {
            outcome: Outcome::Refused(refusal),
            next_number: order.next_number,
        }
    }
}
