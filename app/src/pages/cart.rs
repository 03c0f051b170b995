//! `GET /cart`: what was picked, and the way to the checkout.
