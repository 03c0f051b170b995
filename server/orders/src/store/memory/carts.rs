//! Carts: a row behind a random cookie.

use checkout::{Cart, CartId, Currency};

use super::MemoryStore;
use crate::store::{Carts, HeldCart, StoreError};

impl Carts for MemoryStore {
    async fn cart(&self, id: &CartId) -> Result<Option<HeldCart>, StoreError> {
        Ok(self.books().carts.get(id).cloned())
    }

    async fn change_cart<E: Send + 'static>(
        &self,
        id: &CartId,
        currency: Currency,
        change: impl FnOnce(&mut HeldCart) -> Result<(), E> + Send + 'static,
    ) -> Result<Result<HeldCart, E>, StoreError> {
        let mut books = self.books();
        let mut held = books.carts.get(id).cloned().unwrap_or_else(|| HeldCart {
            cart: Cart::new(currency),
            order: None,
        });
        if let Err(refused) = change(&mut held) {
            return Ok(Err(refused));
        }
        books.carts.insert(id.clone(), held.clone());
        Ok(Ok(held))
    }
}
