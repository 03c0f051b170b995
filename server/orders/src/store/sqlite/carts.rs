//! Carts: a row behind a random cookie.

use checkout::{Cart, CartId, CartLine, Currency, OrderKey, OrderLine};
use rusqlite::{Connection, Row, params};

use super::SqliteStore;
use super::rows::{currency, first, json, optional_text, run, text, to_json};
use crate::store::{Carts, HeldCart, StoreError};

impl Carts for SqliteStore {
    async fn cart(&self, id: &CartId) -> Result<Option<HeldCart>, StoreError> {
        let id = id.clone();
        self.readers.read(move |db| read(db, &id)).await
    }

    async fn change_cart<E: Send + 'static>(
        &self,
        id: &CartId,
        currency: Currency,
        change: impl FnOnce(&mut HeldCart) -> Result<(), E> + Send + 'static,
    ) -> Result<Result<HeldCart, E>, StoreError> {
        let id = id.clone();
        let change = move |db: &Connection| {
            let mut held = read(db, &id)?.unwrap_or_else(|| HeldCart {
                cart: Cart::new(currency),
                order: None,
            });
            if let Err(refused) = change(&mut held) {
                return Ok(Err(refused));
            }
            write(db, &id, &held)?;
            Ok(Ok(held))
        };
        self.writer.write(change).await
    }
}

pub(super) fn read(db: &Connection, id: &CartId) -> Result<Option<HeldCart>, StoreError> {
    first(db, "SELECT * FROM carts WHERE id = ?", [id.as_str()], held)
}

fn held(row: &Row<'_>) -> Result<HeldCart, StoreError> {
    let order = optional_text(row, "order_key")?
        .map(OrderKey::parse)
        .transpose()
        .map_err(|_| StoreError::Unreadable("order key"))?;
    Ok(HeldCart {
        cart: Cart::from_lines(currency(row)?, json::<Vec<CartLine>>(row, "lines")?),
        order,
    })
}

pub(super) fn write(db: &Connection, id: &CartId, held: &HeldCart) -> Result<(), StoreError> {
    run(
        db,
        "INSERT INTO carts (id, currency, lines, order_key) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET \
         currency = excluded.currency, lines = excluded.lines, order_key = excluded.order_key",
        params![
            id.as_str(),
            held.cart.currency().code(),
            to_json(&held.cart.lines(), "lines")?,
            held.order.as_ref().map(OrderKey::as_str),
        ],
    )?;
    Ok(())
}

/// Takes a paid order's lines out of its cart; what was added meanwhile stays for the next order.
pub(super) fn close(
    db: &Connection,
    key: &OrderKey,
    ordered: &[OrderLine],
) -> Result<(), StoreError> {
    let cart = first(
        db,
        "SELECT * FROM carts WHERE order_key = ?",
        [key.as_str()],
        |row| {
            let id =
                CartId::parse(text(row, "id")?).map_err(|_| StoreError::Unreadable("cart id"))?;
            Ok((id, held(row)?))
        },
    )?;
    let Some((id, mut held)) = cart else {
        return Ok(());
    };
    held.cart.remove_ordered(ordered);
    held.order = None;
    write(db, &id, &held)
}
