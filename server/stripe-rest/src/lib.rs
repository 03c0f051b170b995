#![doc = include_str!("../README.md")]

mod api_error;
mod call;
mod client;
mod confirmation_token;
mod dispute;
pub mod form;
mod http;
mod key;
mod list;
mod object;
mod payment_intent;
mod refund;
mod reply;
mod retry;
mod transport;
pub mod webhook;

pub use api_error::ApiError;
pub use call::Call;
pub use client::{Client, GetError};
pub use confirmation_token::{Card, ConfirmationToken, PaymentMethodPreview};
pub use dispute::Dispute;
pub use http::{ClientError, Http};
pub use key::{KeyError, Mode, SecretKey, WebhookSecret};
pub use list::List;
pub use object::Object;
pub use payment_intent::{ClientSecret, PaymentError, PaymentIntent};
pub use refund::Refund;
pub use reply::{Later, Reply, Why};
pub use retry::next_delay_ms;
pub use transport::{Failure, Incoming, Outgoing, Posted, Transport};

/// The API version that every request asks for, and that the wire types are written against.
///
/// See <https://docs.stripe.com/api/versioning>.
pub const API_VERSION: &str = "2026-10-28.endive";

/// Stripe's own address: the only one a live key may be used with.
pub const API_URL: &str = "https://api.stripe.com";
