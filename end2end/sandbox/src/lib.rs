#![doc = include_str!("../README.md")]
// `json!` takes one step per field, and a charge has many.
#![recursion_limit = "256"]

mod connection;
mod files;
mod http;
mod sandbox;
mod sender;
mod state_file;
mod stripe;
mod test_page;

pub use sandbox::{Options, Running, Sandbox};
pub use stripe::{API_VERSION, Dispatch, Effect, Request, Response, Stripe, Webhook};
