//! The Chromium that Playwright drives. A browser counts as there when Playwright can start it: one that is
//! installed but lacks a library does not.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};

use super::system;
use crate::{
    house::House,
    run::{program, reply, run, step},
};

/// Where the browser comes from.
pub enum Browser {
    /// A program of this machine.
    Program(PathBuf),
    /// The one Playwright downloaded.
    Playwright,
}

/// The one without a window, where a distribution packs it: it takes half the time of the others, and what Playwright
/// downloads is the same.
const SHELL: &str = "chromium-headless-shell";
const WHOLE: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Started by Playwright itself, which knows what a machine without a screen, or a root user, needs.
const START: &str = "
    const { chromium } = require('@playwright/test');
    const executablePath = process.env.TILL_CHROMIUM || undefined;
    chromium.launch({ executablePath }).then((browser) => browser.close());
";

impl Browser {
    /// Tells Playwright's configuration which one to start.
    pub fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        match self {
            Self::Program(path) => command.env("TILL_CHROMIUM", path),
            Self::Playwright => command.env_remove("TILL_CHROMIUM"),
        }
    }

    fn starts(&self, house: &House) -> bool {
        let mut node = Command::new("node");
        node.args(["--eval", START]).current_dir(house.end2end());
        reply(self.apply(&mut node)).is_some()
    }
}

pub fn find_or_install(house: &House, yes: bool) -> Result<Browser> {
    if let Some(path) = env::var_os("CHROMIUM") {
        let browser = Browser::Program(path.into());
        ensure!(
            browser.starts(house),
            "CHROMIUM names a browser that Playwright cannot start"
        );
        return Ok(browser);
    }
    if let Some(browser) = on_this_machine(house) {
        return Ok(browser);
    }
    step("Chromium, from Playwright", "two minutes");
    let mut playwright = program("playwright", &[house.node_bin()]);
    let installed = run(playwright
        .args(["install", "chromium"])
        // A closed network should cost seconds, and not half a minute for each mirror.
        .env("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "5000")
        .current_dir(house.end2end()));
    match installed {
        Ok(()) if Browser::Playwright.starts(house) => return Ok(Browser::Playwright),
        Ok(()) => println!("  it lacks libraries that the system's package brings"),
        Err(error) => println!("  {error:#}"),
    }
    let shell = system::install(&[SHELL], "Chromium", yes).and_then(|()| system_browser(house));
    shell.or_else(|_| {
        system::install(&["chromium"], "Chromium", yes)?;
        system_browser(house)
    })
}

fn system_browser(house: &House) -> Result<Browser> {
    on_this_machine(house)
        .context("the system's Chromium does not start; set CHROMIUM to one that does")
}

fn on_this_machine(house: &House) -> Option<Browser> {
    let path = env::var_os("PATH").unwrap_or_default();
    let named = |names: &'static [&'static str]| {
        let folders = env::split_paths(&path).collect::<Vec<_>>();
        let programs = folders
            .into_iter()
            .flat_map(move |folder| names.iter().map(move |name| folder.join(name)));
        programs
            .filter(|program| program.is_file())
            .map(Browser::Program)
    };
    named(&[SHELL])
        .chain([Browser::Playwright])
        .chain(named(&WHOLE))
        .chain([Browser::Program(MAC.into())])
        .find(|browser| browser.starts(house))
}
