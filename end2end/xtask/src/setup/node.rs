//! Node.js, and the packages that end2end's lock file names.

use std::{fs, process::Command};

use anyhow::{Context, Result};

use super::system;
use crate::{
    house::House,
    run::{reply, run, step},
    version::{Version, Wanted},
};

const NODE: Wanted = Wanted::AtLeast(Version(20, 0, 0));

pub fn packages(house: &House, yes: bool) -> Result<()> {
    let end2end = house.end2end();
    let lock = fs::read(end2end.join("package-lock.json"))?;
    // npm leaves no trace of the lock file it installed from, so we keep one.
    let installed_from = end2end.join("node_modules/.installed-from.json");
    if fs::read(&installed_from).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    node(yes)?;
    step("the npm packages of end2end", "half a minute");
    run(Command::new(NPM).arg("ci").current_dir(&end2end))?;
    fs::write(installed_from, lock).context("node_modules cannot be written to")
}

/// npm is a script, and Windows starts those only by their whole name.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

fn node(yes: bool) -> Result<()> {
    let satisfied = || {
        reply(Command::new("node").arg("--version"))
            .and_then(|text| Version::find(&text))
            .is_some_and(|found| NODE.accepts(found))
            && reply(Command::new(NPM).arg("--version")).is_some()
    };
    if satisfied() {
        return Ok(());
    }
    system::install(&["nodejs", "npm"], "Node.js", yes)?;
    anyhow::ensure!(
        satisfied(),
        "the system's Node.js is older than {}: take a newer one from https://nodejs.org",
        NODE.version()
    );
    Ok(())
}
