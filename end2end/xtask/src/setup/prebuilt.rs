//! Programs from a release archive. One that does not run here, or is not the version asked for, is not
//! installed: the caller then takes the slow way.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    house::House,
    run::reply,
    version::{Version, Wanted},
};

/// A gzipped tar archive with programs somewhere in it.
pub struct Archive {
    pub url: String,
    /// Their names; the first one is asked for its version.
    pub programs: &'static [&'static str],
    pub wanted: Wanted,
}

pub fn install(house: &House, archive: &Archive) -> Result<()> {
    let folder = house.target.join("set-up").join(archive.programs[0]);
    // Left over from a run that was stopped.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let installed = fetch(&archive.url, &folder).and_then(|()| place(house, archive, &folder));
    fs::remove_dir_all(&folder)?;
    installed
}

fn fetch(url: &str, folder: &Path) -> Result<()> {
    println!("  {url}");
    let file = folder.join("archive.tar.gz");
    // A network that is closed should cost seconds, not the minutes that curl would wait.
    quiet(
        Command::new("curl")
            .args([
                "--fail",
                "--location",
                "--silent",
                "--show-error",
                "--proto",
                "=https",
            ])
            .args(["--connect-timeout", "5", "--max-time", "300", "--output"])
            .arg(&file)
            .arg(url),
    )?;
    quiet(
        Command::new("tar")
            .arg("-xzf")
            .arg(&file)
            .arg("-C")
            .arg(folder),
    )
}

fn place(house: &House, archive: &Archive, folder: &Path) -> Result<()> {
    let mut found = Vec::new();
    for name in archive.programs {
        let file = Path::new(name).with_extension(std::env::consts::EXE_EXTENSION);
        let path = find(folder, &file)?.with_context(|| format!("the archive holds no {name}"))?;
        found.push((path, house.bin.join(file)));
    }
    let version = reply(Command::new(&found[0].0).arg("--version"))
        .and_then(|text| Version::find(&text))
        .context("it does not run on this machine")?;
    if !archive.wanted.accepts(version) {
        bail!("it is version {version}");
    }
    fs::create_dir_all(&house.bin)?;
    for (from, to) in found {
        // Copied aside and renamed: a program that is running is replaced, and never half there.
        let aside = to.with_extension("new");
        fs::copy(&from, &aside)?;
        fs::rename(&aside, &to)?;
    }
    Ok(())
}

fn find(folder: &Path, name: &Path) -> Result<Option<PathBuf>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if let Some(found) = find(&path, name)? {
                return Ok(Some(found));
            }
        } else if path.file_name() == Some(name.as_os_str()) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

fn quiet(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("{name} is not here"))?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_however_deep_it_lies() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("till-prebuilt-{}", std::process::id()));
        fs::create_dir_all(folder.join("tool-1.0/bin"))?;
        fs::write(folder.join("tool-1.0/bin/tool"), "")?;
        let found = find(&folder, Path::new("tool"));
        let missing = find(&folder, Path::new("other"));
        fs::remove_dir_all(&folder)?;
        assert_eq!(found?, Some(folder.join("tool-1.0/bin/tool")));
        assert_eq!(missing?, None);
        Ok(())
    }
}
