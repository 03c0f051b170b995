//! `cargo xtask demo | dev | test | simulate | crash | coverage | bench`: sets up what is missing, then runs.
//!
//! It knows which programs the project needs and how they are called; it knows nothing of what they build. It
//! depends on nothing that takes long to compile, because it is the first thing a newcomer waits for.

mod bench;
mod browser;
mod demo;
mod dev;
mod house;
mod postgres;
mod run;
mod setup;
mod site;
mod suites;
mod version;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{house::House, run::become_program, setup::Setup};

const USAGE: &str = "\
cargo xtask demo [--port P] [--sandbox-port Q] [--data DIR]
    The shop with its Stripe sandbox: no account, no configuration.

cargo xtask demo orders …
    The merchant's side of the running demo: --help tells what there is.

cargo xtask dev
    The sandbox, and the shop rebuilt and reloaded whenever a file changes.

cargo xtask crash [--rounds N] [--store sqlite|postgres] [--seed SEED]
    The shop's own program, killed again and again while shoppers pay.

cargo xtask simulate [--from SEED] [--seeds N] [--trace] [--mutation NAME] [--mutations]
    Storms over the payment line: shoppers, crashes, lost answers, by seed.

cargo xtask bench [--payments N] [--webhooks N]
    What the core costs, and what the shop adds to a payment, on small and on large books.

cargo xtask coverage
    What of Stripe.js the bindings have, by its official types.

cargo xtask test [SUITE…] [-- PLAYWRIGHT OPTIONS]
    Every check, or the suites named: fmt, clippy, cargo, simulation, postgres,
    crash, typescript, bindings, browser, sandbox, async-stripe, site, playwright.

All of them set up what is missing first. --yes lets them install system packages (with sudo);
without it they do so only as root, and otherwise print the command to run.";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: Vec<String>) -> Result<ExitCode> {
    let yes = take(&mut args, "--yes");
    let house = House::find()?;
    let setup = Setup::new(&house, yes);
    let Some((command, rest)) = args.split_first() else {
        println!("{USAGE}");
        return Ok(ExitCode::FAILURE);
    };
    match command.as_str() {
        "demo" => demo::run(&house, &setup, rest),
        "dev" => dev::run(&house, &setup, rest),
        "test" => suites::run(&house, &setup, rest),
        "bench" => bench::run(&house, &setup, rest).map(|()| ExitCode::SUCCESS),
        "coverage" => {
            suites::bindings(&house, &setup, &["coverage".into()]).map(|()| ExitCode::SUCCESS)
        }
        "crash" => suites::crash(&house, &setup, rest).map(|()| ExitCode::SUCCESS),
        "simulate" => become_program(&mut suites::simulation(&house, rest)),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no `{other}`\n\n{USAGE}"),
    }
}

/// Removes a flag and tells whether it was there; what stands after a `--` belongs to another program.
fn take(args: &mut Vec<String>, flag: &str) -> bool {
    let own = args
        .iter()
        .position(|arg| arg == "--")
        .unwrap_or(args.len());
    match args[..own].iter().position(|arg| arg == flag) {
        Some(at) => {
            args.remove(at);
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::take;

    #[test]
    fn a_flag_is_taken_only_from_our_own_arguments() {
        let mut args = ["test", "--yes", "--", "--yes"].map(String::from).to_vec();
        assert!(take(&mut args, "--yes"));
        assert_eq!(args, ["test", "--", "--yes"]);
        assert!(!take(&mut args, "--yes"));
    }
}
