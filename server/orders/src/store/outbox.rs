//! The outbox: what the shop must be told about an order, written with the change it tells of.

use checkout::OrderKey;

use super::StoreError;

/// Something to tell the shop, at least once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Names the message: a receiver that sees it twice may drop one.
    pub id: i64,
    /// The order.
    pub key: OrderKey,
    /// `order_paid`
    pub kind: String,
    /// How often it was tried.
    pub tries: u32,
}

/// What the shop is to be told.
pub trait Outbox {
    /// Claims messages that are due until `until_ms`, oldest first.
    ///
    /// # Errors
    /// The database failed.
    fn claim_messages(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<OutboxRow>, StoreError>> + Send;

    /// Puts a message off: the shop could not be told.
    ///
    /// # Errors
    /// The database failed.
    fn message_later(
        &self,
        id: i64,
        next_try_ms: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Notes that a message was delivered.
    ///
    /// # Errors
    /// The database failed.
    fn delivered(
        &self,
        id: i64,
        now_ms: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}
