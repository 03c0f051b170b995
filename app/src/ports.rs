//! What a page in the browser may ask of the shop. The server answers; the browser reaches it through
//! [`api`](crate::api).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use checkout::{Answer, Money, OrderKey, TokenId};
use serde::{Deserialize, Serialize};

/// A request to pay: which order, which attempt, with which token, and the total the shopper saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// The order.
    pub key: OrderKey,
    /// The number the page was given.
    pub number: u32,
    /// The ConfirmationToken that Stripe.js made.
    pub token: TokenId,
    /// What the Pay button said. It is compared, never charged.
    pub total_shown: Money,
}

/// A question about an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The order.
    pub key: OrderKey,
    /// The attempt.
    pub number: u32,
}

/// Why the shop gave no answer. The browser takes any of these as "ask again"; the log has the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ShopError {
    /// No such order.
    #[error("there is no such order")]
    NoSuchOrder,
    /// The question is not one: a key, token or number that cannot be.
    #[error("this request is malformed")]
    Malformed,
    /// The shop could not be asked, or could not ask.
    #[error("the shop cannot answer right now")]
    Unavailable,
}

#[cfg(feature = "ssr")]
impl ShopError {
    /// The status it is answered with.
    pub(crate) fn status(self) -> http::StatusCode {
        match self {
            ShopError::NoSuchOrder => http::StatusCode::NOT_FOUND,
            ShopError::Malformed => http::StatusCode::BAD_REQUEST,
            ShopError::Unavailable => http::StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// An answer on its way.
pub type Asked<T> = Pin<Box<dyn Future<Output = Result<T, ShopError>> + Send>>;

/// The shop, as the payment form sees it.
pub trait Shop: Send + Sync {
    /// Pays, once: the same number and token again get the same attempt's state, any other number the order's.
    fn confirm(&self, request: Confirm) -> Asked<Answer>;

    /// Says where an order stands, asking Stripe where that is open. May be repeated at will.
    fn outcome(&self, question: Question) -> Asked<Answer>;
}

/// How a server function reaches the shop: provided as Leptos context.
pub type ShopHandle = Arc<dyn Shop>;
