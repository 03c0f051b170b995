//! An order and its payment. What moves it stands in [`apply`](mod@crate::apply) and [`attempt`](crate::attempt).

use serde::{Deserialize, Serialize};

use crate::intent::Baseline;
use crate::{Attempt, Details, IntentId, Ledger, Money, OrderKey, Quantity, Sku};

/// One line of an order, with the price it was ordered at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Which product.
    pub sku: Sku,
    /// Its name when it was ordered.
    pub name: String,
    /// How many.
    pub quantity: Quantity,
    /// The price of one.
    pub unit_price: Money,
    /// The price of all.
    pub price: Money,
}

/// Where an order's payment stands. It never moves back, with one exception: what was not charged reopens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// Waits for a payment.
    Open {
        /// Why the last one failed, in a shopper's words.
        notice: Option<String>,
    },
    /// An attempt is on its way to Stripe, or its answer was lost.
    Paying,
    /// The bank asks the shopper.
    ActionNeeded,
    /// An asynchronous method is under way.
    Processing,
    /// The money is held, not taken.
    Authorised,
    /// Paid.
    Paid,
    /// Ended by the shop.
    Cancelled,
}

impl Payment {
    /// A payment that waits, with nothing to tell.
    pub const OPEN: Payment = Payment::Open { notice: None };
}

/// The one intent an order stands on: the only one that may still be confirmed, or the one that holds the money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveIntent {
    /// `pi_…`
    pub id: IntentId,
    /// What it charges, minor units; behind the order's total after a repricing. None from when an update is on its
    /// way until Stripe is heard again: nobody knows whether it arrived.
    pub amount_minor: Option<i64>,
    /// What happened to it last.
    pub baseline: Baseline,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its name, and the right to see it.
    pub key: OrderKey,
    /// What was ordered, priced.
    pub lines: Vec<OrderLine>,
    /// What is to be paid: the sum of the lines.
    pub total: Money,
    /// Who gets it.
    pub details: Option<Details>,
    /// Where the payment stands.
    pub payment: Payment,
    /// The intent it stands on.
    pub intent: Option<LiveIntent>,
    /// Intents it has left behind. What they do short of taking money is no news: a late word that one of them was
    /// cancelled must not close the attempt that replaced it.
    pub left: Vec<IntentId>,
    /// The attempt whose answer is awaited: at most one.
    pub attempt: Option<Attempt>,
    /// The number the next attempt must carry.
    pub next_number: u32,
    /// What was taken, minor units: nothing until it is paid, and never over the total.
    pub captured_minor: i64,
    /// Whether the merchant is ending it: what Stripe cancels then stays cancelled.
    pub ending: bool,
    /// Money that went back, and money that banks claim.
    pub ledger: Ledger,
    /// Why the merchant must look before anything else happens.
    pub quarantine: Option<String>,
    /// Goes up with every change: two writers never both win.
    pub version: i64,
}

impl Order {
    /// A new order.
    #[must_use]
    pub fn new(key: OrderKey, lines: Vec<OrderLine>, total: Money) -> Order {
        Order {
            key,
            lines,
            total,
            details: None,
            payment: Payment::OPEN,
            intent: None,
            left: Vec::new(),
            attempt: None,
            next_number: 1,
            captured_minor: 0,
            ending: false,
            ledger: Ledger::default(),
            quarantine: None,
            version: 0,
        }
    }

    /// The same order standing on `intent`, or on none; the one it stood on is left behind.
    pub(crate) fn standing_on(&self, intent: Option<LiveIntent>, payment: Payment) -> Order {
        let mut left = self.left.clone();
        if let Some(before) = &self.intent
            && intent.as_ref().is_none_or(|intent| intent.id != before.id)
        {
            left.push(before.id.clone());
        }
        Order {
            payment,
            intent,
            left,
            attempt: None,
            ..self.clone()
        }
    }

    /// Whether its lines, total and details may still change: only while nothing is under way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.payment, Payment::Open { .. }) && self.quarantine.is_none() && !self.ending
    }

    /// Whether it still waits for its payment to end, one way or the other.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        !matches!(
            self.payment,
            Payment::Paid | Payment::Authorised | Payment::Cancelled
        )
    }
}
