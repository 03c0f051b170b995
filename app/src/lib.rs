//! What the shopper sees, and what it asks of the world.
//!
//! A page is a pure function of its data: the server looks the data up, the page renders it, and no page knows
//! where it came from. Only the payment form is an island; every other page is HTML without a script.
//!
//! It does not know axum, the database or Stripe's API; it asks the shop through the [`Shop`](ports::Shop) port.

pub mod api;
pub mod components;
pub mod document;
pub mod islands;
pub mod pages;
pub mod ports;
