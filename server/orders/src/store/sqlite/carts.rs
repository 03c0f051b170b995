//! Carts: a row behind a random cookie.

use checkout::{Cart, CartId, CartLine, Currency, OrderKey, OrderLine};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::SqliteStore;
use super::rows::{json, to_json};
use crate::store::{Carts, HeldCart, StoreError};

impl Carts for SqliteStore {
    async fn cart(&self, id: &CartId) -> Result<Option<HeldCart>, StoreError> {
        let mut db = self.readers.acquire().await?;
        read(&mut db, id).await
    }

    async fn change_cart<E: Send>(
        &self,
        id: &CartId,
        currency: Currency,
        change: impl FnOnce(&mut HeldCart) -> Result<(), E> + Send,
    ) -> Result<Result<HeldCart, E>, StoreError> {
        let mut tx = self.write().await?;
        let held = read(&mut tx, id).await?;
        let mut held = held.unwrap_or_else(|| HeldCart {
            cart: Cart::new(currency),
            order: None,
        });
        if let Err(refused) = change(&mut held) {
            return Ok(Err(refused));
        }
        write(&mut tx, id, &held).await?;
        tx.commit().await?;
        Ok(Ok(held))
    }
}

pub(super) async fn read(
    db: &mut SqliteConnection,
    id: &CartId,
) -> Result<Option<HeldCart>, StoreError> {
    let row = sqlx::query("SELECT * FROM carts WHERE id = ?")
        .bind(id.as_str())
        .fetch_optional(db)
        .await?;
    row.map(|row| held(&row)).transpose()
}

fn held(row: &SqliteRow) -> Result<HeldCart, StoreError> {
    let currency =
        Currency::parse(row.try_get("currency")?).ok_or(StoreError::Unreadable("currency"))?;
    let lines = json::<Vec<CartLine>>(row, "lines")?;
    let order: Option<&str> = row.try_get("order_key")?;
    let order = order
        .map(OrderKey::parse)
        .transpose()
        .map_err(|_| StoreError::Unreadable("order key"))?;
    Ok(HeldCart {
        cart: Cart::from_lines(currency, lines),
        order,
    })
}

pub(super) async fn write(
    db: &mut SqliteConnection,
    id: &CartId,
    held: &HeldCart,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO carts (id, currency, lines, order_key) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET \
         currency = excluded.currency, lines = excluded.lines, order_key = excluded.order_key",
    )
    .bind(id.as_str())
    .bind(held.cart.currency().code())
    .bind(to_json(&held.cart.lines(), "lines")?)
    .bind(held.order.as_ref().map(OrderKey::as_str))
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a paid order's lines out of its cart; what was added meanwhile stays for the next order.
pub(super) async fn close(
    db: &mut SqliteConnection,
    key: &OrderKey,
    ordered: &[OrderLine],
) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT * FROM carts WHERE order_key = ?")
        .bind(key.as_str())
        .fetch_optional(&mut *db)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let id = CartId::parse(row.try_get("id")?).map_err(|_| StoreError::Unreadable("cart id"))?;
    let mut held = held(&row)?;
    held.cart.remove_ordered(ordered);
    held.order = None;
    write(db, &id, &held).await
}
