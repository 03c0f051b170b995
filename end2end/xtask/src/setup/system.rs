//! Packages of the operating system. They change the machine for everybody, so they are installed only as root or
//! when told to; otherwise the command is printed.

use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{reply, run, step};

/// Package managers, and how each installs without asking.
const MANAGERS: [(&str, &[&str]); 4] = [
    ("apt-get", &["install", "--yes", "--no-install-recommends"]),
    ("dnf", &["install", "--assumeyes"]),
    ("pacman", &["--sync", "--noconfirm"]),
    ("apk", &["add"]),
];

/// Installs packages, `what` being their name for people.
pub fn install(packages: &[&str], what: &str, yes: bool) -> Result<()> {
    let Some((manager, options)) = MANAGERS
        .into_iter()
        .find(|(manager, _)| reply(Command::new(manager).arg("--version")).is_some())
    else {
        bail!("{what} is missing; please install it");
    };
    let root = reply(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let words = |options: &[&str]| {
        let sudo = (!root).then_some("sudo");
        let words = sudo.into_iter().chain([manager]);
        words
            .chain(options.iter().copied())
            .map(String::from)
            .collect::<Vec<_>>()
    };
    let line = [
        words(options),
        packages.iter().copied().map(String::from).collect(),
    ]
    .concat();
    if !root && !yes {
        bail!(
            "{what} is missing. Run this, or the same command again with --yes:\n\n    {}\n",
            line.join(" ")
        );
    }
    step(
        &format!("{what}, from the system's packages"),
        "two minutes",
    );
    let run_line = |line: &[String]| run(Command::new(&line[0]).args(&line[1..]));
    if manager == "apt-get" {
        // A fresh container has no package lists; a stale mirror is no reason to stop.
        if let Err(error) = run_line(&words(&["update"])) {
            println!("  {error:#}");
        }
    }
    run_line(&line)
}
