//! The data folder: everything this world remembers between two runs, and the keys that name it. One process at a
//! time may use it.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// An open data folder; others are kept out until this is dropped.
pub struct Folder {
    /// Absolute.
    pub path: PathBuf,
    pub keys: Keys,
    _lock: File,
}

/// The keys of one world. They open nothing but a sandbox, and are kept from other users all the same: habits
/// should not depend on the mode.
pub struct Keys {
    world: String,
    webhook: String,
}

impl Folder {
    pub fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("{} cannot be made", path.display()))?;
        let path = fs::canonicalize(path)?;
        let mut file = private(&path.join("keys.json"))?;
        if file.try_lock().is_err() {
            bail!(
                "{} is in use by another demo; give this one its own folder with --data",
                path.display()
            );
        }
        let keys = Keys::read_or_make(&mut file)
            .with_context(|| format!("{}/keys.json", path.display()))?;
        Ok(Self {
            path,
            keys,
            _lock: file,
        })
    }
}

impl Folder {
    /// Leaves a note of where the sandbox is, for [`Neighbour::find`].
    pub fn note_sandbox(&self, url: &str) -> Result<()> {
        let path = self.path.join(NOTE);
        fs::write(&path, url).with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// What one needs to know to work beside a running demo.
pub struct Neighbour {
    pub path: PathBuf,
    pub keys: Keys,
    pub sandbox: String,
}

impl Neighbour {
    /// The demo that uses that folder, or used it last.
    pub fn find(path: &Path) -> Result<Self> {
        let nobody = || format!("no demo has run in {} yet", path.display());
        let path = fs::canonicalize(path).with_context(nobody)?;
        let sandbox = fs::read_to_string(path.join(NOTE)).with_context(nobody)?;
        let mut file = File::open(path.join("keys.json")).with_context(nobody)?;
        let keys = Keys::read_or_make(&mut file)?;
        Ok(Self {
            path,
            keys,
            sandbox,
        })
    }
}

/// The file that says where the sandbox is.
const NOTE: &str = "sandbox.url";

impl Keys {
    pub fn secret_key(&self) -> String {
        format!("sk_test_{}", self.world)
    }

    pub fn publishable_key(&self) -> String {
        format!("pk_test_{}", self.world)
    }

    pub fn webhook_secret(&self) -> String {
        format!("whsec_{}", self.webhook)
    }

    fn read_or_make(file: &mut File) -> Result<Self> {
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        if text.is_empty() {
            let keys = Self {
                world: format!("demo{}", random()?),
                webhook: random()?,
            };
            let value = json!({ "world": keys.world, "webhook": keys.webhook });
            file.write_all(value.to_string().as_bytes())?;
            return Ok(keys);
        }
        let value: Value = serde_json::from_str(&text)?;
        let text = |name: &str| {
            let text = value[name].as_str().map(String::from);
            text.with_context(|| format!("lacks `{name}`"))
        };
        Ok(Self {
            world: text("world")?,
            webhook: text("webhook")?,
        })
    }
}

/// A file to read and write that only its owner may see.
fn private(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn random() -> Result<String> {
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that is gone again afterwards.
    struct Temporary(PathBuf);

    impl Temporary {
        fn new() -> Result<Self> {
            Ok(Self(
                std::env::temp_dir().join(format!("till-demo-{}", random()?)),
            ))
        }
    }

    impl Drop for Temporary {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    #[test]
    fn a_world_keeps_its_keys_and_shares_them_with_no_other() -> Result<()> {
        let (here, there) = (Temporary::new()?, Temporary::new()?);
        let secret = |folder: &Temporary| -> Result<_> {
            let keys = Folder::open(&folder.0)?.keys;
            Ok((
                keys.secret_key(),
                keys.publishable_key(),
                keys.webhook_secret(),
            ))
        };
        let first = secret(&here)?;
        assert!(first.0.starts_with("sk_test_demo"));
        assert_eq!(first.0.strip_prefix("sk_"), first.1.strip_prefix("pk_"));
        assert_eq!(secret(&here)?, first);
        assert_ne!(secret(&there)?.0, first.0);
        Ok(())
    }

    #[test]
    fn a_folder_serves_one_demo_at_a_time() -> Result<()> {
        let folder = Temporary::new()?;
        let first = Folder::open(&folder.0)?;
        let refusal = Folder::open(&folder.0).err().map(|error| error.to_string());
        assert!(refusal.is_some_and(|words| words.contains("--data")));
        drop(first);
        Folder::open(&folder.0)?;
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn the_keys_are_readable_by_their_owner_alone() -> Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let folder = Temporary::new()?;
        let path = Folder::open(&folder.0)?.path.join("keys.json");
        assert_eq!(fs::metadata(path)?.permissions().mode() & 0o777, 0o600);
        Ok(())
    }
}
