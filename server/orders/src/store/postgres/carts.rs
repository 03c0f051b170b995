//! Carts: a row behind a random cookie. Who changes one has its row locked.

use checkout::{Cart, CartId, CartLine, Currency, OrderKey, OrderLine};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::PostgresStore;
use super::rows::{json, to_json};
use crate::store::{Carts, HeldCart, StoreError};

impl Carts for PostgresStore {
    async fn cart(&self, id: &CartId) -> Result<Option<HeldCart>, StoreError> {
        let row = sqlx::query("SELECT * FROM carts WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(held).transpose()
    }

    async fn change_cart<E: Send + 'static>(
        &self,
        id: &CartId,
        currency: Currency,
        change: impl FnOnce(&mut HeldCart) -> Result<(), E> + Send + 'static,
    ) -> Result<Result<HeldCart, E>, StoreError> {
        let mut tx = self.write().await?;
        // A row that is not there cannot be locked.
        sqlx::query(
            "INSERT INTO carts (id, currency, lines) VALUES ($1, $2, '[]') ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(currency.code())
        .execute(&mut *tx)
        .await?;
        let held = lock(&mut tx, id).await?;
        let mut held = held.ok_or(StoreError::Unreadable("cart"))?;
        if let Err(refused) = change(&mut held) {
            return Ok(Err(refused));
        }
        write(&mut tx, id, &held).await?;
        tx.commit().await?;
        Ok(Ok(held))
    }
}

/// The cart of that id, which nobody else changes until the transaction ends.
pub(super) async fn lock(
    db: &mut PgConnection,
    id: &CartId,
) -> Result<Option<HeldCart>, StoreError> {
    let row = sqlx::query("SELECT * FROM carts WHERE id = $1 FOR UPDATE")
        .bind(id.as_str())
        .fetch_optional(db)
        .await?;
    row.as_ref().map(held).transpose()
}

/// The cart an order was made from, likewise.
pub(super) async fn lock_of_order(
    db: &mut PgConnection,
    key: &OrderKey,
) -> Result<Option<(CartId, HeldCart)>, StoreError> {
    let row = sqlx::query("SELECT * FROM carts WHERE order_key = $1 FOR UPDATE")
        .bind(key.as_str())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let id = CartId::parse(row.try_get("id")?).map_err(|_| StoreError::Unreadable("cart id"))?;
    Ok(Some((id, held(&row)?)))
}

/// Writes a cart that is locked.
pub(super) async fn write(
    db: &mut PgConnection,
    id: &CartId,
    held: &HeldCart,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE carts SET currency = $2, lines = $3, order_key = $4 WHERE id = $1")
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
    db: &mut PgConnection,
    (id, mut held): (CartId, HeldCart),
    ordered: &[OrderLine],
) -> Result<(), StoreError> {
    held.cart.remove_ordered(ordered);
    held.order = None;
    write(db, &id, &held).await
}

fn held(row: &PgRow) -> Result<HeldCart, StoreError> {
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
