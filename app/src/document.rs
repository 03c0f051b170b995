//! The HTML around every page: head, banner, header, footer.

use checkout::Currency;
use leptos::prelude::*;

/// The addresses of the built files, read once when the server starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The JavaScript that wasm-bindgen wrote.
    pub js: String,
    /// The WebAssembly.
    pub wasm: String,
}

/// What every page shows around its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The built files.
    pub assets: Assets,
    /// Stripe is in test mode, so nothing here is real: say so.
    pub test_mode: bool,
    /// How many things are in the cart.
    pub cart_count: u32,
    /// What prices are in.
    pub currency: Currency,
}
