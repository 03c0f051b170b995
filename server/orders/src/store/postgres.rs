//! The books in PostgreSQL: each function is one transaction, several servers share them. It decides nothing; the pure
//! core did.
//!
//! Rows that are read to be written are locked first, a cart before its order, so that nobody waits in a circle. Nothing
//! relies on the database refusing a row: a refusal would end the transaction. What two may write at once is written
//! `ON CONFLICT`. What two may claim at once is locked `SKIP LOCKED`, and stamped in the same statement.

mod calls;
mod carts;
mod events;
mod orders;
mod outbox;
mod rows;

use std::str::FromStr;

use checkout::ShopId;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{PgPool, Postgres, Transaction};

use super::{OrderStore, StoreError, random};

/// What makes each layout out of the one before; the first, out of nothing.
const LAYOUTS: [&str; 1] = [include_str!("postgres/schema/1.sql")];

/// Held while the tables are changed. Any number that other programs on the database do not use.
const MIGRATION_LOCK: i64 = 0x7469_6c6c;

/// What every connection is set to. A committed attempt must survive a power cut, whatever the database is used to; a
/// server that vanished within a transaction must not hold an order for hours; nobody waits for ever.
const SESSION: &str = "SET default_transaction_isolation = 'read committed'; \
     SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'; \
     SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'";

/// Connections one server opens at most.
const CONNECTIONS: u32 = 16;

/// The open books. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct PostgresStore {
    pool: PgPool,
    shop: ShopId,
}

impl PostgresStore {
    /// Opens the database at `url` (`postgres://user:password@host/till`), which must exist, making its tables where
    /// there are none.
    ///
    /// # Errors
    /// An address that is none, a database that cannot be opened, or one that a newer program wrote.
    pub async fn open(url: &str) -> Result<PostgresStore, StoreError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(StoreError::Address);
        }
        let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Address)?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .after_connect(|db, _| {
                Box::pin(async move { sqlx::raw_sql(SESSION).execute(db).await.map(drop) })
            })
            .connect_with(options)
            .await?;
        let shop = migrate(&pool).await?;
        Ok(PostgresStore { pool, shop })
    }

    async fn write(&self) -> Result<Transaction<'_, Postgres>, StoreError> {
        Ok(self.pool.begin().await?)
    }
}

impl OrderStore for PostgresStore {
    fn shop(&self) -> &ShopId {
        &self.shop
    }

    /// Nothing: another server may be at work, and what a dead one had claimed is free soon.
    async fn take_over(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close(&self) {
        self.pool.close().await;
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM shop")
            .fetch_one(&self.pool)
            .await?;
        Ok(())
    }
}

/// Brings the tables to the newest layout, and reads the shop's id. Servers that start together take turns.
async fn migrate(pool: &PgPool) -> Result<ShopId, StoreError> {
    let mut tx = pool.begin().await?;
    // Whoever is first may take long over large tables.
    sqlx::query("SET LOCAL lock_timeout = 0")
        .execute(&mut *tx)
        .await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(MIGRATION_LOCK)
        .execute(&mut *tx)
        .await?;
    let is_new: bool = sqlx::query_scalar("SELECT to_regclass('shop') IS NULL")
        .fetch_one(&mut *tx)
        .await?;
    let found: i64 = if is_new {
        0
    } else {
        sqlx::query_scalar("SELECT layout FROM shop")
            .fetch_one(&mut *tx)
            .await?
    };
    let known = LAYOUTS.len();
    let missing = usize::try_from(found)
        .ok()
        .and_then(|found| LAYOUTS.get(found..))
        .ok_or(StoreError::Newer { found, known })?;
    for layout in missing {
        sqlx::raw_sql(*layout).execute(&mut *tx).await?;
    }
    if is_new {
        let shop = ShopId::from_random(random()?);
        sqlx::query("INSERT INTO shop (id, layout) VALUES ($1, 0)")
            .bind(shop.as_str())
            .execute(&mut *tx)
            .await?;
    }
    if !missing.is_empty() {
        sqlx::query("UPDATE shop SET layout = layout + $1")
            .bind(i64::try_from(missing.len()).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
    }
    let shop: String = sqlx::query_scalar("SELECT id FROM shop")
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    ShopId::parse(&shop).map_err(|_| StoreError::Unreadable("shop id"))
}
