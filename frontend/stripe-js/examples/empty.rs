//! A page that does nothing. What it weighs is what wasm-bindgen itself costs: the size test of the other example subtracts it.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(start)]
fn start() {}
