//! Carts: what was picked, behind a random cookie.

use checkout::{Cart, CartId, Currency, OrderKey};

use super::StoreError;

/// A cart, and the unfinished order that was made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCart {
    /// What was picked.
    pub cart: Cart,
    /// While there is one, the currency stays.
    pub order: Option<OrderKey>,
}

/// Carts.
pub trait Carts {
    /// The cart of that id; none if nothing was ever put into it.
    ///
    /// # Errors
    /// The database failed.
    fn cart(
        &self,
        id: &CartId,
    ) -> impl Future<Output = Result<Option<HeldCart>, StoreError>> + Send;

    /// Changes a cart (an empty one in `currency` where there is none) in one transaction. `change` sees it with
    /// its order; if it refuses, nothing is written.
    ///
    /// # Errors
    /// The database failed; inside, what `change` said.
    fn change_cart<E: Send + 'static>(
        &self,
        id: &CartId,
        currency: Currency,
        change: impl FnOnce(&mut HeldCart) -> Result<(), E> + Send + 'static,
    ) -> impl Future<Output = Result<Result<HeldCart, E>, StoreError>> + Send;
}
