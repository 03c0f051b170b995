//! What must be on the machine before anything of ours can be built or tested. Each step looks first, and says
//! what it does only when there is something to do. Prebuilt where that can be had, otherwise from packages.

mod browser;
mod node;
mod postgres;
mod prebuilt;
mod system;
mod tools;

use std::path::PathBuf;

use anyhow::Result;

pub use browser::Browser;

use crate::house::House;

/// The set-up of one workspace.
pub struct Setup<'a> {
    house: &'a House,
    /// System packages may be installed, with sudo.
    yes: bool,
}

impl<'a> Setup<'a> {
    pub fn new(house: &'a House, yes: bool) -> Self {
        Self { house, yes }
    }

    /// Rust's target for the browser.
    pub fn wasm_target(&self) -> Result<()> {
        tools::wasm_target()
    }

    /// What turns our Rust into a page's; the folders to put before the PATH.
    pub fn wasm_bindgen(&self) -> Result<Vec<PathBuf>> {
        let _alone = self.house.alone()?;
        self.wasm_target()?;
        tools::wasm_bindgen(self.house)?;
        Ok(vec![self.house.bin.clone()])
    }

    /// What `cargo leptos` needs; the folders to put before its PATH. The caller has the house to itself.
    pub fn leptos(&self) -> Result<Vec<PathBuf>> {
        self.wasm_target()?;
        tools::cargo_leptos(self.house)?;
        tools::wasm_bindgen(self.house)?;
        Ok(vec![self.house.bin.clone()])
    }

    /// What it needs for a release, likewise.
    pub fn leptos_release(&self) -> Result<Vec<PathBuf>> {
        let folders = self.leptos()?;
        let wasm_opt = tools::wasm_opt(self.house, self.yes)?;
        Ok(wasm_opt.into_iter().chain(folders).collect())
    }

    /// The npm packages of end2end.
    pub fn node_packages(&self) -> Result<()> {
        let _alone = self.house.alone()?;
        node::packages(self.house, self.yes)
    }

    /// PostgreSQL's own programs; the folder they are in.
    pub fn postgres(&self) -> Result<PathBuf> {
        let _alone = self.house.alone()?;
        postgres::find_or_install(self.yes)
    }

    /// A Chromium that Playwright can start.
    pub fn browser(&self) -> Result<Browser> {
        self.node_packages()?;
        browser::find_or_install(self.house, self.yes)
    }
}
