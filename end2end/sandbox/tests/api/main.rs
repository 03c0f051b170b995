//! The sandbox from outside: its machine through `Stripe::handle`, and the whole over HTTP.

mod captures;
mod cards;
mod client;
mod confirmation_tokens;
mod customers;
mod delayed;
mod errors;
mod faults;
mod idempotency;
mod lists;
mod machine;
mod pages;
mod random_requests;
mod redirects;
mod refunds;
mod saved_methods;
mod served;
mod setup_intents;
mod state_file;
mod three_d_secure;
mod transitions;
mod webhooks;
