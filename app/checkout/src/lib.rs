//! The pure core of a checkout: money, cart, order, and what a payment may become.
//!
//! It does no I/O, reads no clock, draws no randomness and knows neither Leptos nor Stripe's client: everything
//! it needs is an argument, so every rule here is tested by a table and shared by server and browser.
//!
//! - [`Money`] is an integer in minor units; nothing else is.
//! - A payment is moved by [`apply()`] and by the steps of an [`attempt`], and by nothing else.
//! - [`flow`] is the page: `step(page, event) -> (page, command)`.

pub mod apply;
pub mod attempt;
pub mod cart;
pub mod catalogue;
pub mod details;
pub mod flow;
pub mod ids;
pub mod intent;
pub mod ledger;
pub mod money;
pub mod operation;
pub mod order;
pub mod outcome;
pub mod words;

pub use apply::{Applied, News, apply, apply_dispute, apply_refund};
pub use attempt::{Attempt, Begin, Progress};
pub use cart::{Cart, CartError, CartLine, Quantity};
pub use catalogue::{Catalogue, CatalogueError, Product, Sku};
pub use details::{Address, Details, DetailsErrors, DetailsForm, Field};
pub use ids::{CartId, IdError, IntentId, OrderKey, ShopId, TokenId};
pub use intent::{IntentSnapshot, IntentStatus, PaymentError};
pub use ledger::Ledger;
pub use money::{Currency, Money, MoneyError};
pub use operation::{Begun, Operation, OperationRefused};
pub use order::{LiveIntent, Order, OrderLine, Payment};
pub use outcome::{Answer, ClientSecret, Outcome, Refusal};
