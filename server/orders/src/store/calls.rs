//! What is under way: open attempts with their calls, and operations that wait to be made.

use checkout::{Attempt, OrderKey};

use super::StoreError;
use crate::calls::NewCall;

/// An attempt whose answer is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAttempt {
    /// Its order.
    pub key: OrderKey,
    /// The attempt.
    pub attempt: Attempt,
    /// After this it is never sent again.
    pub send_until_ms: i64,
    /// When Stripe first said that the token was unused, after the answer was lost.
    pub unused_since_ms: Option<i64>,
    /// Its first call without an outcome.
    pub next_call: Option<NewCall>,
}

/// A capture, cancellation or refund, stored before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOperation {
    /// Its order.
    pub key: OrderKey,
    /// The call.
    pub call: NewCall,
    /// When it was stored, milliseconds since 1970.
    pub created_ms: i64,
    /// What came of it; none while nobody knows.
    pub outcome: Option<String>,
}

/// Attempts, operations, and the calls they make.
pub trait Calls {
    /// The open attempt of that number, if it is still open.
    ///
    /// # Errors
    /// The database failed.
    fn open_attempt(
        &self,
        key: &OrderKey,
        number: u32,
    ) -> impl Future<Output = Result<Option<OpenAttempt>, StoreError>> + Send;

    /// Claims open attempts that nobody has touched since `idle_since_ms`, oldest first.
    ///
    /// # Errors
    /// The database failed.
    fn claim_attempts(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(OrderKey, u32)>, StoreError>> + Send;

    /// Notes that an attempt is being worked on, so that nobody else claims it for a while.
    ///
    /// # Errors
    /// The database failed.
    fn touch_attempt(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Notes that Stripe calls an attempt's token unused; the first time counts.
    ///
    /// # Errors
    /// The database failed.
    fn note_unused(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Stores an operation before it is made, or finds the one stored under the same name.
    ///
    /// # Errors
    /// The database failed.
    fn store_operation(
        &self,
        key: &OrderKey,
        call: &NewCall,
        now_ms: i64,
    ) -> impl Future<Output = Result<StoredOperation, StoreError>> + Send;

    /// The operation of that name.
    ///
    /// # Errors
    /// The database failed.
    fn operation(
        &self,
        name: &str,
    ) -> impl Future<Output = Result<Option<StoredOperation>, StoreError>> + Send;

    /// The operations on an order whose outcome nobody knows yet.
    ///
    /// # Errors
    /// The database failed.
    fn open_operations(
        &self,
        key: &OrderKey,
    ) -> impl Future<Output = Result<Vec<StoredOperation>, StoreError>> + Send;

    /// Claims operations that wait to be made and that nobody has touched since `idle_since_ms`, oldest first.
    ///
    /// # Errors
    /// The database failed.
    fn claim_operations(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<StoredOperation>, StoreError>> + Send;

    /// Notes what came of a call, or with `None` that it was tried and nobody knows.
    ///
    /// # Errors
    /// The database failed.
    fn note_call(
        &self,
        id: &str,
        outcome: Option<&str>,
        now_ms: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}
