//! The release site: what the browser loads, small, hashed and compressed, and the demo that serves it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::Result;

use crate::{house::House, run::run, setup::Setup};

/// What the site is made from, relative to the workspace.
const SOURCES: [&str; 7] = [
    "app",
    "frontend",
    "style",
    "public",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
];
/// `output-name` of the workspace's Leptos settings.
const NAME: &str = "till";

/// Builds the site and the demo program.
pub fn build(house: &House, setup: &Setup) -> Result<()> {
    let _alone = house.alone()?;
    // cargo-leptos empties the folder first, under the feet of every shop that serves from it: so only when needed.
    if is_fresh(house) {
        println!("the site is up to date");
    } else {
        let folders = setup.leptos_release()?;
        let start = SystemTime::now();
        run(house
            .cargo(&folders)
            .args([
                "leptos",
                "build",
                "--release",
                "--precompress",
                "--frontend-only",
            ])
            .env("LEPTOS_SITE_ROOT", house.site()))?;
        // As old as its beginning: what was edited meanwhile may not be in it.
        File::open(hashes(house))?.set_modified(start)?;
    }
    run(house
        .cargo(&[])
        .args(["build", "--release", "--package", "demo"]))
}

/// Whether the release site is there, whole, and younger than all it is made from.
fn is_fresh(house: &House) -> bool {
    let hashes = hashes(house);
    let (Ok(text), Some(built)) = (fs::read_to_string(&hashes), changed(&hashes)) else {
        return false;
    };
    // Another build may have put its files there since: ours carry the hashes that were written down.
    let package = house.site().join("pkg");
    let whole = compressed_names(&text).all(|name| package.join(name).exists());
    whole
        && SOURCES
            .iter()
            .filter_map(|source| newest(&house.root.join(source)))
            .all(|time| time <= built)
}

/// Where cargo-leptos lists the hashes it put into the names: beside the program that serves them.
fn hashes(house: &House) -> PathBuf {
    house.target.join("release/hash.txt")
}

/// The files of the site, as cargo-leptos lists their hashes: one `js: HASH` in a line.
fn compressed_names(hashes: &str) -> impl Iterator<Item = String> {
    hashes
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(kind, hash)| format!("{NAME}.{hash}.{kind}.br"))
}

fn newest(path: &Path) -> Option<SystemTime> {
    let inside = fs::read_dir(path).into_iter().flatten().flatten();
    inside
        .filter_map(|entry| newest(&entry.path()))
        // A folder's own time tells of a file that was removed.
        .chain(changed(path))
        .max()
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_hashes_names_the_compressed_files() {
        let names = compressed_names("js: AbC\nwasm: d_-E\ncss: F\n");
        assert_eq!(
            names.collect::<Vec<_>>(),
            ["till.AbC.js.br", "till.d_-E.wasm.br", "till.F.css.br"]
        );
    }

    #[test]
    fn the_youngest_file_dates_a_folder() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("till-site-{}", std::process::id()));
        fs::create_dir_all(folder.join("src"))?;
        let file = folder.join("src/lib.rs");
        fs::write(&file, "")?;
        let later = SystemTime::now() + std::time::Duration::from_secs(60);
        fs::File::open(&file)?.set_modified(later)?;
        let (file, found) = (changed(&file), newest(&folder));
        fs::remove_dir_all(&folder)?;
        assert!(file.is_some());
        assert_eq!(found, file);
        Ok(())
    }
}
