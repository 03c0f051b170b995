#![doc = include_str!("../README.md")]

mod api_error;
mod call;
mod client;
mod confirmation_token;
pub mod form;
mod key;
mod object;
mod payment_intent;
mod refund;
mod reply;
mod retry;
mod transport;
pub mod webhook;

pub use api_error::ApiError;
pub use call::Call;
pub use client::{Client, ClientError, GetError};
pub use confirmation_token::{Card, ConfirmationToken, PaymentMethodPreview};
pub use key::{KeyError, Mode, SecretKey, WebhookSecret};
pub use object::Object;
pub use payment_intent::{ClientSecret, PaymentError, PaymentIntent};
pub use refund::Refund;
pub use reply::{Later, Reply, Why};
pub use retry::next_delay_ms;

/// The API version that every request asks for, and that the wire types are written against.
///
/// See <https://docs.stripe.com/api/versioning>.
pub const API_VERSION: &str = "2026-10-28.endive";

/// Stripe's own address: the only one a live key may be used with.
pub const API_URL: &str = "https://api.stripe.com";
