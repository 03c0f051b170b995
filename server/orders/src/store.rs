//! The shop's books: what can be asked of them and written into them, whoever keeps them. Each function is one
//! transaction. They decide nothing; the pure core did.
//!
//! Work that several servers could take up is *claimed*: whoever gets it has it to himself for a while, and if he
//! dies, another gets it then.

mod calls;
mod carts;
mod database;
mod events;
mod memory;
mod orders;
mod outbox;
mod postgres;
mod sqlite;

use std::error::Error;
use std::sync::Arc;

use checkout::ShopId;

pub use calls::{Calls, OpenAttempt, StoredOperation};
pub use carts::{Carts, HeldCart};
pub use database::DatabaseStore;
pub use events::{Events, PendingEvent};
pub use memory::MemoryStore;
pub use orders::{Change, Happening, OrderRow, Orders, Placed, Wanted};
pub use outbox::{Outbox, OutboxRow};
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;

/// Why the books could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] Arc<dyn Error + Send + Sync>),
    /// The books are closed.
    #[error("the books are closed")]
    Closed,
    /// The system gave no thread.
    #[error("no thread for the database")]
    Thread(#[source] std::io::Error),
    /// A row that this program cannot have written.
    #[error("the database holds a {0} that cannot be read")]
    Unreadable(&'static str),
    /// The database was written by a newer program.
    #[error("the database has layout {found}; this program knows layouts up to {known}")]
    Newer {
        /// Its layout.
        found: i64,
        /// The newest this program knows.
        known: usize,
    },
    /// The address is not one of a database we know.
    #[error(
        "DATABASE_URL is neither sqlite:///path/to/till.db nor postgres://user:password@host/till"
    )]
    Address,
    /// The file or its folder cannot be made.
    #[error("the file of the database cannot be made")]
    Folder(#[source] std::io::Error),
    /// The system gave no randomness.
    #[error("no randomness for a new id")]
    Random,
}

/// Why a change was not written. After a conflict the order is to be read again and decided upon again.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The order has another version by now.
    #[error("the order was changed by somebody else")]
    Conflict,
    /// The attempt's token was used by another attempt: reading again would change nothing.
    #[error("the token was used by another attempt")]
    TokenUsed,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        StoreError::Database(Arc::new(error))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        StoreError::Database(Arc::new(error))
    }
}

impl From<sqlx::Error> for CommitError {
    fn from(error: sqlx::Error) -> CommitError {
        CommitError::Store(error.into())
    }
}

/// The open books of one shop. Cloning is cheap.
pub trait OrderStore:
    Carts + Orders + Calls + Events + Outbox + Clone + Send + Sync + 'static
{
    /// This database's name in the metadata of every intent.
    fn shop(&self) -> &ShopId;

    /// Takes back the work that a dead process had claimed, where one server owns the books: to be called once, when
    /// the server starts. Where several share them, claims end by themselves.
    ///
    /// # Errors
    /// The database failed.
    fn take_over(&self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Whether the books can be read.
    ///
    /// # Errors
    /// The database failed.
    fn ping(&self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Waits for running transactions, then closes the books.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

/// 128 random bits, for a name that nobody can guess.
pub(crate) fn random() -> Result<[u8; 16], StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Random)?;
    Ok(bytes)
}
