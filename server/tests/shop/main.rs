//! The shop from outside: its router, its books and its Stripe, without a browser.

mod bad_input;
mod forms;
mod lost_answers;
mod operator;
mod payment;
mod routes;
mod secrets;
mod storm;
mod webhooks;
mod world;
