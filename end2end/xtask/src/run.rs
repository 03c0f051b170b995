//! Running other programs: shown to the reader as the line they could type themselves. It knows none of them.

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// Says what is about to happen, and how long it may take.
pub fn step(what: &str, duration: &str) {
    println!("[set-up] {what} ({duration})");
}

/// Runs a program with its output passed on as it comes.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let status = command
        .status()
        .with_context(|| format!("could not start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// What a program prints on success; nothing when it fails or does not exist.
pub fn reply(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A program that finds others in `folders` before those on the PATH.
pub fn program<P: AsRef<Path>>(name: &str, folders: &[P]) -> Command {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = folders
        .iter()
        .map(|folder| folder.as_ref().to_path_buf())
        .chain(env::split_paths(&path));
    let mut command = Command::new(name);
    if let Ok(path) = env::join_paths(folders) {
        command.env("PATH", path);
    }
    command
}

/// Becomes the program, so that whoever stops us stops it; where that cannot be, waits for it.
pub fn become_program(command: &mut Command) -> Result<std::process::ExitCode> {
    println!("$ {}", line(command));
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(command.exec()).with_context(|| format!("could not start `{}`", line(command)))
    }
    #[cfg(not(unix))]
    {
        let code = command.status()?.code().unwrap_or(1);
        Ok(u8::try_from(code).unwrap_or(1).into())
    }
}

fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .map(|word| {
            if word.contains(' ') {
                format!("'{word}'")
            } else {
                word.into_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
