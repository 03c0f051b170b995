//! The crates `stripe-js` and `leptos-stripe` in a browser, opened by Playwright: the Rust tests of the one, served by
//! wasm-bindgen's runner, and the examples of both; the one without a framework is built as the site is for a release.

use anyhow::Result;

use crate::{
    house::House,
    run::{program, run},
    setup::Setup,
};

/// Against the sandbox's Stripe.js.
pub fn test(house: &House, setup: &Setup, options: &[String]) -> Result<()> {
    let browser = setup.browser()?;
    let mut folders = setup.wasm_bindgen()?;
    folders.push(house.node_bin());
    run(house
        .cargo(&[])
        .args(["build", "--package", "stripe-sandbox"]))?;
    let mut playwright = program("playwright", &folders);
    playwright
        .args(["test", "--config", "browser/playwright.config.ts"])
        .args(options)
        .env("CARGO_TARGET_DIR", &house.target)
        .current_dir(house.end2end());
    run(browser.apply(&mut playwright))
}
