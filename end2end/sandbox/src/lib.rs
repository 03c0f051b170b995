#![doc = include_str!("../README.md")]
// `json!` takes one step per field, and a charge has many.
#![recursion_limit = "256"]

mod certificate;
mod checkout_page;
mod connection;
pub mod control;
mod files;
mod frame_script;
mod hex;
mod http;
mod inside;
mod sandbox;
mod sender;
mod signature;
mod state_file;
mod stripe;
mod test_page;

pub use certificate::Certificate;
pub use sandbox::{LookInside, Options, Running, Sandbox};
pub use stripe::{API_VERSION, Dispatch, Effect, Request, Response, Stripe, Webhook, WorldSummary};
