//! The crate in a browser, against the sandbox's Stripe.js. Each test gets a page, and a world of the sandbox, of its own.
//!
//! `cargo xtask test browser` runs them: wasm-bindgen's runner serves the page, and Playwright opens it, because only
//! Playwright can type into Stripe's frames and lose the network. See `end2end/browser`.

#![cfg(target_arch = "wasm32")]

mod answers;
mod elements;
mod lifetime;
mod loader;
mod page;
mod payments;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
