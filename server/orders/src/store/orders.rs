//! Orders: placing, reading, and the one way to change one.

use checkout::{Cart, CartId, Details, IntentId, Money, News, Order, OrderKey, OrderLine, Payment};

use super::{CommitError, StoreError};
use crate::calls::NewCall;

/// What `place` found or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// An order that waits for details or payment, at today's prices.
    Open(OrderKey),
    /// The cart's order is being paid: nothing was changed.
    UnderWay(OrderKey),
    /// There is no such cart.
    NoCart,
}

/// A change to an order, with all that must be written in the same transaction or not at all.
#[derive(Debug, Clone)]
pub struct Change {
    /// The order as it is to be, with the version it was read at.
    pub order: Order,
    /// What follows from the fact that changed it.
    pub news: Option<News>,
    /// Calls to store before they are made.
    pub calls: Vec<NewCall>,
    /// A new attempt's last moment to be sent, milliseconds since 1970.
    pub send_until_ms: Option<i64>,
    /// The call whose outcome this is, and the outcome.
    pub call_done: Option<(String, String)>,
    /// The event whose work this is.
    pub event_done: Option<String>,
}

impl Change {
    /// A change of the order alone.
    #[must_use]
    pub fn of(order: Order) -> Change {
        Change {
            order,
            news: None,
            calls: Vec::new(),
            send_until_ms: None,
            call_done: None,
            event_done: None,
        }
    }
}

/// Which orders of a list are wanted: newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// `paid`, `authorised`, …; all if none.
    pub payment: Option<String>,
    /// Made then or later, milliseconds since 1970.
    pub from_ms: i64,
    /// Made before, milliseconds since 1970.
    pub until_ms: i64,
    /// Before this place: the last one of the page before.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// An order as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// Where it stands in the order of making.
    pub place: i64,
    /// Its key.
    pub key: OrderKey,
    /// What is to be paid.
    pub total: Money,
    /// `paid`, `authorised`, …
    pub payment: String,
    /// Why the merchant must look.
    pub quarantine: Option<String>,
    /// When it was made, milliseconds since 1970.
    pub created_ms: i64,
}

/// Something that happened to an order, for the merchant to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// `call`, `event`, `message` or `alarm`.
    pub what: String,
    /// `create`, `payment_intent.succeeded`, `order_paid`, …
    pub kind: String,
    /// Which one: an operation's or event's id.
    pub name: String,
    /// What came of it; none while that is open.
    pub detail: Option<String>,
}

/// A payment's name in the books.
pub(super) fn payment_name(payment: &Payment) -> &'static str {
    match payment {
        Payment::Open { .. } => "open",
        Payment::Paying => "paying",
        Payment::ActionNeeded => "action_needed",
        Payment::Processing => "processing",
        Payment::Authorised => "authorised",
        Payment::Paid => "paid",
        Payment::Cancelled => "cancelled",
    }
}

/// What the shop is told of a piece of news.
pub(super) fn message(order: &Order, news: &News) -> Option<&'static str> {
    Some(match news {
        News::Settled { .. } if order.payment == Payment::Authorised => "order_authorised",
        News::Settled { .. } => "order_paid",
        News::Captured => "order_captured",
        News::Cancelled => "order_cancelled",
        // Money that was never owed goes back without a word: the order stands.
        News::Refund(refund)
            if order
                .intent
                .as_ref()
                .is_none_or(|intent| intent.id != refund.intent) =>
        {
            return None;
        }
        News::Refund(refund) if refund.status.counts() => "order_refunded",
        News::Refund(_) => "refund_failed",
        News::Dispute(dispute) if dispute.status.is_open() => "order_disputed",
        News::Dispute(_) => "dispute_closed",
        News::ReturnMoney { .. } | News::Quarantined { .. } => return None,
    })
}

/// What the merchant must look at.
pub(super) fn alarm(news: &News) -> Option<String> {
    match news {
        News::Quarantined { reason } => Some(reason.clone()),
        News::ReturnMoney { intent, reason, .. } => Some(format!("{intent}: {reason}")),
        News::Refund(refund) if !refund.status.counts() => {
            Some(format!("{}: the refund did not arrive", refund.id))
        }
        News::Dispute(dispute) if dispute.status.is_open() => Some(format!(
            "{}: a bank claims the money back ({})",
            dispute.id, dispute.reason
        )),
        _ => None,
    }
}

/// Orders.
pub trait Orders {
    /// The order of that key.
    ///
    /// # Errors
    /// The database failed.
    fn order(
        &self,
        key: &OrderKey,
    ) -> impl Future<Output = Result<Option<Order>, StoreError>> + Send;

    /// The order an intent belongs to, if the books know the intent.
    ///
    /// # Errors
    /// The database failed.
    fn order_of_intent(
        &self,
        id: &IntentId,
    ) -> impl Future<Output = Result<Option<OrderKey>, StoreError>> + Send;

    /// The cart's unfinished order at the prices `price` finds, or a new one. One per cart, whoever asks and
    /// however often.
    ///
    /// # Errors
    /// The database failed; inside, what `price` said.
    fn place<E: Send + 'static>(
        &self,
        cart: &CartId,
        now_ms: i64,
        price: impl FnOnce(&Cart) -> Result<(Vec<OrderLine>, Money), E> + Send + 'static,
    ) -> impl Future<Output = Result<Result<Placed, E>, StoreError>> + Send;

    /// Stores who gets an open order; `false` if it is no longer open.
    ///
    /// # Errors
    /// The database failed.
    fn set_details(
        &self,
        key: &OrderKey,
        details: &Details,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// A page of orders, newest first.
    ///
    /// # Errors
    /// The database failed.
    fn orders(
        &self,
        wanted: &Wanted,
    ) -> impl Future<Output = Result<Vec<OrderRow>, StoreError>> + Send;

    /// The orders whose key begins so, two at most: a reference is the first eight letters.
    ///
    /// # Errors
    /// The database failed.
    fn orders_beginning(
        &self,
        start: &str,
    ) -> impl Future<Output = Result<Vec<OrderKey>, StoreError>> + Send;

    /// What happened to an order, oldest first.
    ///
    /// # Errors
    /// The database failed.
    fn history(
        &self,
        key: &OrderKey,
    ) -> impl Future<Output = Result<Vec<Happening>, StoreError>> + Send;

    /// Claims orders that wait for a bank or for money under way, and about which Stripe was not asked since
    /// `asked_before_ms`; each with its intent.
    ///
    /// # Errors
    /// The database failed.
    fn claim_waiting(
        &self,
        asked_before_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(OrderKey, IntentId)>, StoreError>> + Send;

    /// Notes something that the merchant must look at, once.
    ///
    /// # Errors
    /// The database failed.
    fn raise_alarm(
        &self,
        key: &OrderKey,
        reason: &str,
        now_ms: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Writes a change, if the order still has the version it was read at.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if it has not, [`CommitError::TokenUsed`] if its token belongs to another attempt;
    /// nothing is written then.
    fn commit(
        &self,
        change: &Change,
        now_ms: i64,
    ) -> impl Future<Output = Result<(), CommitError>> + Send;
}
