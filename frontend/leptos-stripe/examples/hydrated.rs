//! The page of `pay.rs` for a server and a browser: there this program prints it, here it brings to life what was printed.

#[allow(dead_code, reason = "its own `main` renders it in the browser")]
#[path = "pay.rs"]
mod pay;

#[cfg(target_arch = "wasm32")]
fn main() {
    leptos::mount::hydrate_body(pay::Checkout);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use std::sync::Arc;

    use hydration_context::SsrSharedContext;
    use leptos::prelude::*;

    let server = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    print!("{}", server.with(|| pay::Checkout().to_html()));
}
