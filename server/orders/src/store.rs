//! The shop's books in SQLite: each function is one transaction. It decides nothing; the pure core did.
//!
//! One connection writes, so that a read-then-write never finds the database busy halfway; others read.

mod carts;
mod events;
mod orders;
mod outbox;
mod rows;
mod work;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use checkout::ShopId;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, Sqlite, SqlitePool, Transaction};

pub use carts::HeldCart;
pub use events::PendingEvent;
pub use orders::{Change, Placed};
pub use outbox::OutboxRow;
pub use work::{OpenAttempt, OpenCall};

/// The newest layout this program knows.
const SCHEMA_VERSION: i64 = 1;

/// Why the books could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// A row that this program cannot have written.
    #[error("the database holds a {0} that cannot be read")]
    Unreadable(&'static str),
    /// The database was written by a newer program.
    #[error("the database has layout {0}; this program knows layouts up to {SCHEMA_VERSION}")]
    Newer(i64),
    /// The address is not one of a SQLite database.
    #[error("DATABASE_URL is not a SQLite address like sqlite:///path/to/till.db")]
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

impl From<sqlx::Error> for CommitError {
    fn from(error: sqlx::Error) -> CommitError {
        CommitError::Store(error.into())
    }
}

/// The open books. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    shop: ShopId,
}

impl Store {
    /// Opens the database at `url` (`sqlite:///path/to/till.db`), making it where there is none.
    ///
    /// # Errors
    /// An address that is none, a database that cannot be opened, or one that a newer program wrote.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        // Anything else it would take for a file's name, and make that file.
        if !url.starts_with("sqlite:") {
            return Err(StoreError::Address);
        }
        let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Address)?;
        // In memory, readers and writer would have a database each.
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(StoreError::Address);
        }
        if let Some(folder) = options
            .get_filename()
            .parent()
            .filter(|folder| *folder != Path::new(""))
        {
            std::fs::create_dir_all(folder).map_err(StoreError::Folder)?;
        }
        create_private(options.get_filename()).map_err(StoreError::Folder)?;
        let options = options
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A committed attempt must survive a power cut: it is all that ties a charge to its order.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        let shop = migrate(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Store {
            writer,
            readers,
            shop,
        })
    }

    /// This database's name in the metadata of every intent.
    #[must_use]
    pub fn shop(&self) -> &ShopId {
        &self.shop
    }

    /// Waits for running transactions, then closes the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Whether the books can be read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM shop")
            .fetch_one(&self.readers)
            .await?;
        Ok(())
    }

    /// A transaction that holds the write lock from the start.
    async fn write(&self) -> Result<Transaction<'_, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

/// Makes the file where there is none, for nobody else to read: it holds names, addresses and the keys of orders.
/// SQLite gives its other files the same rights.
fn create_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Lays the tables out where there are none, and reads the shop's id.
async fn migrate(writer: &SqlitePool) -> Result<ShopId, StoreError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    let version: i64 = sqlx::query("PRAGMA user_version")
        .fetch_one(&mut *tx)
        .await?
        .try_get(0)?;
    if version > SCHEMA_VERSION {
        return Err(StoreError::Newer(version));
    }
    if version == 0 {
        sqlx::raw_sql(include_str!("store/schema.sql"))
            .execute(&mut *tx)
            .await?;
        let shop = ShopId::from_random(random()?);
        sqlx::query("INSERT INTO shop (id) VALUES (?)")
            .bind(shop.as_str())
            .execute(&mut *tx)
            .await?;
    }
    let shop: String = sqlx::query("SELECT id FROM shop")
        .fetch_one(&mut *tx)
        .await?
        .try_get(0)?;
    tx.commit().await?;
    ShopId::parse(&shop).map_err(|_| StoreError::Unreadable("shop id"))
}

/// 128 random bits, for a name that nobody can guess.
pub(crate) fn random() -> Result<[u8; 16], StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Random)?;
    Ok(bytes)
}
