//! The browser's composition root: wakes the islands.

use wasm_bindgen::prelude::wasm_bindgen;

// The islands are found by name: this keeps the linker from dropping the crate that has them.
pub use app as _app;

/// Called once, when the WebAssembly is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
