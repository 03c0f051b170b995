//! The books in whichever database the address names. It knows which there are, and passes everything on.

use checkout::{
    Cart, CartId, Currency, Details, IntentId, Money, Order, OrderKey, OrderLine, ShopId,
};
use stripe_rest::webhook::Verified;

use super::{
    Calls, Carts, Change, CommitError, Events, Happening, HeldCart, OpenAttempt, OrderRow,
    OrderStore, Orders, Outbox, OutboxRow, PendingEvent, Placed, PostgresStore, SqliteStore,
    StoreError, StoredOperation, Wanted,
};
use crate::calls::NewCall;

/// The open books. Cloning is cheap.
#[derive(Debug, Clone)]
pub enum DatabaseStore {
    /// A file of this server's own.
    Sqlite(SqliteStore),
    /// A database that several servers may share.
    Postgres(PostgresStore),
}

impl DatabaseStore {
    /// Opens the database at `url`: `sqlite:///path/to/till.db` or `postgres://user:password@host/till`.
    ///
    /// # Errors
    /// An address that is neither, a database that cannot be opened, or one that a newer program wrote.
    pub async fn open(url: &str) -> Result<DatabaseStore, StoreError> {
        if url.starts_with("sqlite:") {
            SqliteStore::open(url).await.map(DatabaseStore::Sqlite)
        } else {
            PostgresStore::open(url).await.map(DatabaseStore::Postgres)
        }
    }
}

/// Passes functions on to the store there is.
macro_rules! pass_on {
    ($trait:ident: $(
        fn $name:ident $(<$error:ident>)? ($($argument:ident: $type:ty),*) -> $result:ty;
    )*) => {
        impl $trait for DatabaseStore {$(
            async fn $name $(<$error: Send + 'static>)? (&self, $($argument: $type),*) -> $result {
                match self {
                    DatabaseStore::Sqlite(store) => store.$name($($argument),*).await,
                    DatabaseStore::Postgres(store) => store.$name($($argument),*).await,
                }
            }
        )*}
    };
}

impl OrderStore for DatabaseStore {
    fn shop(&self) -> &ShopId {
        match self {
            DatabaseStore::Sqlite(store) => store.shop(),
            DatabaseStore::Postgres(store) => store.shop(),
        }
    }

    async fn take_over(&self) -> Result<(), StoreError> {
        match self {
            DatabaseStore::Sqlite(store) => store.take_over().await,
            DatabaseStore::Postgres(store) => store.take_over().await,
        }
    }

    async fn ping(&self) -> Result<(), StoreError> {
        match self {
            DatabaseStore::Sqlite(store) => store.ping().await,
            DatabaseStore::Postgres(store) => store.ping().await,
        }
    }

    async fn close(&self) {
        match self {
            DatabaseStore::Sqlite(store) => store.close().await,
            DatabaseStore::Postgres(store) => store.close().await,
        }
    }
}

pass_on! { Carts:
    fn cart(id: &CartId) -> Result<Option<HeldCart>, StoreError>;
    fn change_cart<E>(id: &CartId, currency: Currency, change: impl FnOnce(&mut HeldCart) -> Result<(), E> + Send + 'static) -> Result<Result<HeldCart, E>, StoreError>;
}

pass_on! { Orders:
    fn order(key: &OrderKey) -> Result<Option<Order>, StoreError>;
    fn order_of_intent(id: &IntentId) -> Result<Option<OrderKey>, StoreError>;
    fn place<E>(cart: &CartId, now_ms: i64, price: impl FnOnce(&Cart) -> Result<(Vec<OrderLine>, Money), E> + Send + 'static) -> Result<Result<Placed, E>, StoreError>;
    fn set_details(key: &OrderKey, details: &Details) -> Result<bool, StoreError>;
    fn orders(wanted: &Wanted) -> Result<Vec<OrderRow>, StoreError>;
    fn orders_beginning(start: &str) -> Result<Vec<OrderKey>, StoreError>;
    fn history(key: &OrderKey) -> Result<Vec<Happening>, StoreError>;
    fn claim_waiting(asked_before_ms: i64, now_ms: i64, limit: u32) -> Result<Vec<(OrderKey, IntentId)>, StoreError>;
    fn raise_alarm(key: &OrderKey, reason: &str, now_ms: i64) -> Result<(), StoreError>;
    fn commit(change: &Change, now_ms: i64) -> Result<(), CommitError>;
}

pass_on! { Calls:
    fn open_attempt(key: &OrderKey, number: u32) -> Result<Option<OpenAttempt>, StoreError>;
    fn claim_attempts(idle_since_ms: i64, now_ms: i64, limit: u32) -> Result<Vec<(OrderKey, u32)>, StoreError>;
    fn touch_attempt(key: &OrderKey, number: u32, now_ms: i64) -> Result<(), StoreError>;
    fn note_unused(key: &OrderKey, number: u32, now_ms: i64) -> Result<(), StoreError>;
    fn store_operation(key: &OrderKey, call: &NewCall, now_ms: i64) -> Result<StoredOperation, StoreError>;
    fn operation(name: &str) -> Result<Option<StoredOperation>, StoreError>;
    fn open_operations(key: &OrderKey) -> Result<Vec<StoredOperation>, StoreError>;
    fn claim_operations(idle_since_ms: i64, now_ms: i64, limit: u32) -> Result<Vec<StoredOperation>, StoreError>;
    fn note_call(id: &str, outcome: Option<&str>, now_ms: i64) -> Result<(), StoreError>;
}

pass_on! { Events:
    fn receive(verified: &Verified, now_ms: i64) -> Result<bool, StoreError>;
    fn claim_events(now_ms: i64, until_ms: i64, limit: u32) -> Result<Vec<PendingEvent>, StoreError>;
    fn event_done(id: &str) -> Result<(), StoreError>;
    fn event_later(id: &str, next_try_ms: i64) -> Result<(), StoreError>;
}

pass_on! { Outbox:
    fn claim_messages(now_ms: i64, until_ms: i64, limit: u32) -> Result<Vec<OutboxRow>, StoreError>;
    fn message_later(id: i64, next_try_ms: i64) -> Result<(), StoreError>;
    fn delivered(id: i64, now_ms: i64) -> Result<(), StoreError>;
}
