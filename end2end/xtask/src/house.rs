//! Where things lie: the workspace, what Cargo builds into, where its tools go. It reads paths, and makes nothing.

use std::{
    env,
    fs::File,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::run::program;

/// The folders of this workspace on this machine, all absolute.
pub struct House {
    /// The workspace's root.
    pub root: PathBuf,
    /// Cargo's target folder, wherever it was moved to.
    pub target: PathBuf,
    /// Cargo's usual folder for installed programs.
    pub bin: PathBuf,
}

impl House {
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("this crate lies two folders below the workspace's root")?
            .to_path_buf();
        // This program is <target>/<profile>/xtask: true however the target folder was configured.
        let target = env::current_exe()?
            .ancestors()
            .nth(2)
            .context("this program lies in Cargo's target folder")?
            .to_path_buf();
        let bin = ["CARGO_INSTALL_ROOT", "CARGO_HOME"]
            .into_iter()
            .find_map(env::var_os)
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
            .context("neither CARGO_HOME nor a home folder is known")?
            .join("bin");
        Ok(Self { root, target, bin })
    }

    /// Cargo, at work on this workspace; `folders` come before its PATH.
    pub fn cargo(&self, folders: &[PathBuf]) -> Command {
        let mut cargo = program("cargo", folders);
        // Absolute: a relative one would now mean another folder.
        cargo
            .env("CARGO_TARGET_DIR", &self.target)
            .current_dir(&self.root);
        cargo
    }

    /// Waits until no other xtask changes this workspace, and keeps others waiting until the file is dropped: two
    /// demos started side by side must not build the same site at once.
    pub fn alone(&self) -> Result<File> {
        let lock = File::create(self.target.join("xtask.lock"))?;
        if lock.try_lock().is_err() {
            println!("waiting for another xtask to finish its build");
            lock.lock()?;
        }
        Ok(lock)
    }

    /// The Playwright project.
    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }

    /// Programs that npm packages bring.
    pub fn node_bin(&self) -> PathBuf {
        self.end2end().join("node_modules/.bin")
    }

    /// The release site, beside the release binaries, so that another target folder is another site.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// A binary of this workspace.
    pub fn binary(&self, profile: &str, name: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(name)
            .with_extension(env::consts::EXE_EXTENSION)
    }
}
