//! The file a sandbox keeps its worlds in: read at the start, replaced whole on every save.

use crate::stripe::Stripe;
use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The saved state; nothing if there is no file yet.
pub(crate) fn load(path: &Path) -> anyhow::Result<Option<Stripe>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
    };
    let stripe = serde_json::from_slice(&bytes).with_context(|| {
        format!(
            "{} is no state of this sandbox: move it away to start empty",
            path.display()
        )
    })?;
    Ok(Some(stripe))
}

/// Writes beside the file, then renames: a crash leaves the old state or the new, never half of one.
pub(crate) fn save(path: &Path, state: &[u8]) -> anyhow::Result<()> {
    let write = || -> std::io::Result<()> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            fs::create_dir_all(folder)?;
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".new");
        let mut file = fs::File::create(&name)?;
        file.write_all(state)?;
        file.sync_all()?;
        fs::rename(&name, path)
    };
    write().with_context(|| format!("saving {}", path.display()))
}
