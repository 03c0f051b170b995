//! The sandbox from outside: its machine through `Stripe::handle`, and the whole over HTTP.

mod cards;
mod client;
mod confirmation_tokens;
mod errors;
mod faults;
mod idempotency;
mod lists;
mod machine;
mod pages;
mod random_requests;
mod refunds;
mod served;
mod state_file;
mod three_d_secure;
mod transitions;
mod webhooks;
