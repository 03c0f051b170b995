//! The books in SQLite: each function is one transaction. It decides nothing; the pure core did.
//!
//! One connection writes, so that a read-then-write never finds the database busy halfway; others read. Writers who
//! meet share a commit. One server owns the file.

mod calls;
mod carts;
mod events;
mod orders;
mod outbox;
mod rows;
mod writer;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use checkout::ShopId;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{OrderStore, StoreError, random};
use writer::{Write, Writer};

/// What makes each layout out of the one before; the first, out of nothing.
const LAYOUTS: [&str; 4] = [
    include_str!("sqlite/schema/1.sql"),
    include_str!("sqlite/schema/2.sql"),
    include_str!("sqlite/schema/3.sql"),
    include_str!("sqlite/schema/4.sql"),
];

/// The open books. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
    shop: ShopId,
}

impl SqliteStore {
    /// Opens the database at `url` (`sqlite:///path/to/till.db`), making it where there is none.
    ///
    /// # Errors
    /// An address that is none, a database that cannot be opened, or one that a newer program wrote.
    pub async fn open(url: &str) -> Result<SqliteStore, StoreError> {
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
        let writer = Writer::open(options.clone()).await?;
        let shop = migrate(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.read_only(true))
            .await?;
        Ok(SqliteStore {
            writer,
            readers,
            shop,
        })
    }

    /// A transaction, once it is its turn.
    async fn write(&self) -> Result<Write, StoreError> {
        self.writer.begin().await
    }
}

impl OrderStore for SqliteStore {
    fn shop(&self) -> &ShopId {
        &self.shop
    }

    async fn take_over(&self) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        for release in [
            "UPDATE attempts SET touched_ms = 0 WHERE open = 1",
            "UPDATE calls SET touched_ms = 0 WHERE outcome IS NULL",
            "UPDATE events SET next_try_ms = 0 WHERE done = 0",
            "UPDATE outbox SET next_try_ms = 0 WHERE delivered_ms IS NULL",
        ] {
            sqlx::query(release).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM shop")
            .fetch_one(&self.readers)
            .await?;
        Ok(())
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

/// Brings the tables to the newest layout, and reads the shop's id.
async fn migrate(writer: &Writer) -> Result<ShopId, StoreError> {
    let mut tx = writer.begin().await?;
    let found: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *tx)
        .await?;
    let known = LAYOUTS.len();
    let missing = usize::try_from(found)
        .ok()
        .and_then(|found| LAYOUTS.get(found..))
        .ok_or(StoreError::Newer { found, known })?;
    for layout in missing {
        sqlx::raw_sql(*layout).execute(&mut *tx).await?;
    }
    if found == 0 {
        let shop = ShopId::from_random(random()?);
        sqlx::query("INSERT INTO shop (id) VALUES (?)")
            .bind(shop.as_str())
            .execute(&mut *tx)
            .await?;
    }
    let shop: String = sqlx::query_scalar("SELECT id FROM shop")
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    ShopId::parse(&shop).map_err(|_| StoreError::Unreadable("shop id"))
}
