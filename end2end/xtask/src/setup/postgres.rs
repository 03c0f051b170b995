//! PostgreSQL's own programs: those on the PATH, where distributions put them beside it, or from the system's packages.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use super::system;
use crate::run::reply;

/// Folders of versions, each with a `bin`: Debian's, Homebrew's.
const VERSIONS: [&str; 2] = ["/usr/lib/postgresql", "/opt/homebrew/opt"];

/// The folder of `initdb` and `postgres`.
pub fn find_or_install(yes: bool) -> Result<PathBuf> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    let is_fedora = reply(Command::new("dnf").arg("--version")).is_some();
    let package = if is_fedora {
        "postgresql-server"
    } else {
        "postgresql"
    };
    system::install(&[package], "PostgreSQL, to test the shop's books on", yes)?;
    match find() {
        Some(folder) => Ok(folder),
        None => bail!("PostgreSQL is installed, but initdb and postgres are not to be found"),
    }
}

fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).collect::<Vec<_>>();
    on_path.into_iter().chain(installed()).find(|folder| {
        ["initdb", "postgres"]
            .iter()
            .all(|name| folder.join(name).is_file())
    })
}

/// The newest first, as far as names tell.
fn installed() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = VERSIONS
        .iter()
        .filter_map(|parent| fs::read_dir(Path::new(parent)).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path().join("bin")))
        .collect();
    folders.sort();
    folders.reverse();
    folders
}
