//! The books in SQLite: each function is one transaction. It decides nothing; the pure core did.
//!
//! One connection writes, on a thread of its own, so that a read-then-write never finds the database busy halfway;
//! others read. Writers who meet share a commit. One server owns the file.

mod calls;
mod carts;
mod events;
mod orders;
mod outbox;
mod readers;
mod rows;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use checkout::ShopId;
use rusqlite::{Connection, OpenFlags};

use super::{OrderStore, StoreError, random};
use readers::Readers;
use rows::{first, run, text};
use writer::Writer;

/// What makes each layout out of the one before; the first, out of nothing.
const LAYOUTS: [&str; 5] = [
    include_str!("sqlite/schema/1.sql"),
    include_str!("sqlite/schema/2.sql"),
    include_str!("sqlite/schema/3.sql"),
    include_str!("sqlite/schema/4.sql"),
    include_str!("sqlite/schema/5.sql"),
];

/// How many statements a connection remembers: all there are.
const STATEMENTS: usize = 64;

/// How much of the file a connection remembers at most, KiB: what is touched by a day's orders.
const CACHE_KIB: i64 = 32 * 1024;

/// The open books. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    shop: ShopId,
}

impl SqliteStore {
    /// Opens the database at `url` (`sqlite:///path/to/till.db`), making it where there is none.
    ///
    /// # Errors
    /// An address that is none, a database that cannot be opened, or one that a newer program wrote.
    pub async fn open(url: &str) -> Result<SqliteStore, StoreError> {
        let file = file(url)?;
        if let Some(folder) = file.parent().filter(|folder| *folder != Path::new("")) {
            std::fs::create_dir_all(folder).map_err(StoreError::Folder)?;
        }
        create_private(&file).map_err(StoreError::Folder)?;
        let connection = Connection::open_with_flags(
            &file,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        prepare(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A committed attempt must survive a power cut: it is all that ties a charge to its order.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let writer = Writer::start(connection)?;
        let shop = writer.write(migrate).await?;
        Ok(SqliteStore {
            writer,
            readers: Readers::new(file),
            shop,
        })
    }
}

impl OrderStore for SqliteStore {
    fn shop(&self) -> &ShopId {
        &self.shop
    }

    async fn take_over(&self) -> Result<(), StoreError> {
        let release = |db: &Connection| {
            Ok(db.execute_batch(
                "UPDATE attempts SET touched_ms = 0 WHERE open = 1; \
                 UPDATE calls SET touched_ms = 0 WHERE outcome IS NULL AND number IS NULL; \
                 UPDATE events SET next_try_ms = 0 WHERE done = 0; \
                 UPDATE outbox SET next_try_ms = 0 WHERE delivered_ms IS NULL",
            )?)
        };
        self.writer.write(release).await
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.readers.read(shop).await.map(drop)
    }
}

/// The file that an address names. In memory, readers and writer would have a database each.
fn file(url: &str) -> Result<PathBuf, StoreError> {
    let path = url.strip_prefix("sqlite:").ok_or(StoreError::Address)?;
    let path = path.strip_prefix("//").unwrap_or(path);
    // What comes after a `?` would change how it is opened, and nothing here may.
    if path.is_empty() || path.contains(":memory:") || path.contains('?') {
        return Err(StoreError::Address);
    }
    Ok(PathBuf::from(path))
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

/// What every connection is set to.
fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What a savepoint takes back needs no file: the transactions are small.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// Brings the tables to the newest layout, and reads the shop's id.
fn migrate(db: &Connection) -> Result<ShopId, StoreError> {
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = LAYOUTS.len();
    let missing = usize::try_from(found)
        .ok()
        .and_then(|found| LAYOUTS.get(found..))
        .ok_or(StoreError::Newer { found, known })?;
    for layout in missing {
        db.execute_batch(layout)?;
    }
    if found == 0 {
        let shop = ShopId::from_random(random()?);
        run(db, "INSERT INTO shop (id) VALUES (?)", [shop.as_str()])?;
    }
    shop(db)
}

fn shop(db: &Connection) -> Result<ShopId, StoreError> {
    let shop = first(db, "SELECT id FROM shop", [], |row| {
        ShopId::parse(text(row, "id")?).map_err(|_| StoreError::Unreadable("shop id"))
    })?;
    shop.ok_or(StoreError::Unreadable("shop id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn books_of_every_layout_there_was_are_brought_to_the_newest() {
        for known in 1..=LAYOUTS.len() {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("till.db");
            let old = Connection::open(&file).expect("a database");
            old.execute_batch(&LAYOUTS[..known].concat())
                .expect("the layout");
            let shop = ShopId::from_random([7; 16]);
            old.execute("INSERT INTO shop (id) VALUES (?)", [shop.as_str()])
                .expect("a shop");
            let store = SqliteStore::open(&format!("sqlite://{}", file.display())).await;
            let store = store.unwrap_or_else(|error| panic!("layout {known}: {error:?}"));
            assert_eq!(store.shop(), &shop);
            let found: u32 = old
                .pragma_query_value(None, "user_version", |row| row.get(0))
                .expect("a version");
            assert_eq!(found as usize, LAYOUTS.len());
            store.close().await;
            old.pragma_update(None, "user_version", 999)
                .expect("a version of tomorrow");
            let newer = SqliteStore::open(&format!("sqlite://{}", file.display())).await;
            assert!(matches!(newer, Err(StoreError::Newer { found: 999, .. })));
        }
    }

    #[test]
    fn an_address_names_a_file_and_nothing_else() {
        for (url, path) in [
            ("sqlite:///a b/till.db", Some("/a b/till.db")),
            ("sqlite://.data/till.db", Some(".data/till.db")),
            ("sqlite:till.db", Some("till.db")),
            ("sqlite://till.db?mode=memory", None),
            ("sqlite::memory:", None),
            ("sqlite://", None),
            ("postgres://localhost/till", None),
        ] {
            assert_eq!(file(url).ok(), path.map(PathBuf::from), "{url}");
        }
    }
}
