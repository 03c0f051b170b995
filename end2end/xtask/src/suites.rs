//! `cargo xtask test`: every check of the project, each a suite with a name. One that fails does not stop the
//! others, except those that need what it makes.

use std::{
    ffi::OsStr,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    browser,
    house::House,
    postgres::{Durability, Postgres},
    run::{program, run as run_program},
    setup::Setup,
    site,
};

/// A client of the sandbox that is not ours: a workspace of its own.
const RUST_CLIENT: &str = "end2end/sandbox/clients/rust/Cargo.toml";

/// How many storms every test run goes through; `cargo xtask simulate` runs any others.
const SEEDS: &str = "10000";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suite {
    Fmt,
    Clippy,
    Cargo,
    Simulation,
    Postgres,
    Crash,
    Typescript,
    Bindings,
    Browser,
    Sandbox,
    AsyncStripe,
    Site,
    Playwright,
}

impl Suite {
    /// In the order they run: the quick ones first.
    const ALL: [Self; 13] = [
        Self::Fmt,
        Self::Clippy,
        Self::Cargo,
        Self::Simulation,
        Self::Postgres,
        Self::Crash,
        Self::Typescript,
        Self::Bindings,
        Self::Browser,
        Self::Sandbox,
        Self::AsyncStripe,
        Self::Site,
        Self::Playwright,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Cargo => "cargo",
            Self::Simulation => "simulation",
            Self::Postgres => "postgres",
            Self::Crash => "crash",
            Self::Typescript => "typescript",
            Self::Bindings => "bindings",
            Self::Browser => "browser",
            Self::Sandbox => "sandbox",
            Self::AsyncStripe => "async-stripe",
            Self::Site => "site",
            Self::Playwright => "playwright",
        }
    }

    /// The suite whose product this one needs.
    fn needs(self) -> Option<Self> {
        (self == Self::Playwright).then_some(Self::Site)
    }

    fn run(self, house: &House, setup: &Setup, options: &[String]) -> Result<()> {
        let cargo = |words: &str| run_program(house.cargo(&[]).args(words.split_whitespace()));
        match self {
            Self::Fmt => {
                cargo("fmt --all --check")?;
                cargo(&format!("fmt --check --manifest-path {RUST_CLIENT}"))
            }
            Self::Clippy => {
                setup.wasm_target()?;
                cargo("clippy --all-targets -- -D warnings")?;
                cargo("clippy --test postgres -- -D warnings")?;
                // The targets for libFuzzer are compiled on every compiler; running them needs a C++ one.
                cargo("clippy --package fuzz --features libfuzzer --bins -- -D warnings")?;
                cargo("clippy --package frontend --target wasm32-unknown-unknown -- -D warnings")?;
                cargo(
                    "clippy --package leptos-stripe --lib --examples --target wasm32-unknown-unknown -- -D warnings",
                )?;
                // Its tests in a browser exist for that target only.
                cargo(
                    "clippy --package stripe-js --all-targets --target wasm32-unknown-unknown -- -D warnings",
                )
            }
            Self::Cargo => cargo("test"),
            Self::Simulation => {
                run_program(&mut simulation(house, &["--seeds", SEEDS]))?;
                run_program(&mut simulation(house, &["--mutations"]))
            }
            Self::Postgres => {
                let postgres = Postgres::start(&setup.postgres()?, Durability::Hasty)?;
                run_program(
                    house
                        .cargo(&[])
                        .args(["test", "--test", "postgres"])
                        .env("TILL_POSTGRES", postgres.url()),
                )
            }
            Self::Crash => {
                crash(house, setup, &["--rounds".into(), "10".into()])?;
                // What a dead server was at is another's after 45 seconds there, so a round takes its time.
                let postgres = ["--rounds", "2", "--store", "postgres"].map(String::from);
                crash(house, setup, &postgres)
            }
            Self::Typescript => {
                setup.node_packages()?;
                run_program(
                    program("tsc", &[house.node_bin()])
                        .arg("--noEmit")
                        .current_dir(house.end2end()),
                )
            }
            Self::Bindings => bindings(house, setup, options),
            Self::Browser => browser::test(house, setup, options),
            Self::Sandbox => {
                cargo("build --package stripe-sandbox")?;
                playwright(
                    house,
                    setup,
                    &["--config", "sandbox/playwright.config.ts"],
                    options,
                )
            }
            Self::AsyncStripe => {
                cargo("build --package stripe-sandbox")?;
                run_program(
                    house
                        .cargo(&[])
                        .args(["test", "--locked", "--manifest-path", RUST_CLIENT])
                        .env("STRIPE_SANDBOX", house.binary("debug", "stripe-sandbox")),
                )
            }
            Self::Site => site::build(house, setup),
            Self::Playwright => playwright(house, setup, &[], options),
        }
    }
}

/// The storms over the payment line; in release, for there are many.
pub fn simulation<S: AsRef<OsStr>>(house: &House, args: &[S]) -> Command {
    let mut command = house.cargo(&[]);
    command.args([
        "run",
        "--release",
        "--quiet",
        "--package",
        "simulation",
        "--",
    ]);
    command.args(args);
    command
}

/// Kills the shop's program again and again while shoppers pay; `--store postgres` gives it a throwaway server.
pub fn crash(house: &House, setup: &Setup, args: &[String]) -> Result<()> {
    let mut args = args.to_vec();
    let store = match args.iter().position(|arg| arg == "--store") {
        Some(at) if at + 1 < args.len() => args.drain(at..at + 2).nth(1),
        _ => None,
    };
    let postgres = match store.as_deref() {
        None | Some("sqlite") => None,
        Some("postgres") => Some(Postgres::start(&setup.postgres()?, Durability::Hasty)?),
        Some(other) => bail!("there is no store `{other}`: sqlite or postgres"),
    };
    run_program(house.cargo(&[]).args([
        "build",
        "--package",
        "programs",
        "--package",
        "server",
        "--package",
        "stripe-sandbox",
    ]))?;
    let mut command = Command::new(house.binary("debug", "crash"));
    command
        .arg("--server")
        .arg(house.binary("debug", "server"))
        .arg("--sandbox")
        .arg(house.binary("debug", "stripe-sandbox"));
    if let Some(postgres) = &postgres {
        command.arg("--database").arg(postgres.url());
    }
    run_program(command.args(args))
}

/// The bindings held against the types of Stripe's own package; no browser is needed.
pub fn bindings(house: &House, setup: &Setup, options: &[String]) -> Result<()> {
    setup.node_packages()?;
    run_program(
        program("playwright", &[house.node_bin()])
            .args(["test", "--config", "bindings/playwright.config.ts"])
            .args(options)
            .env("CARGO_TARGET_DIR", &house.target)
            .current_dir(house.end2end()),
    )
}

fn playwright(house: &House, setup: &Setup, which: &[&str], options: &[String]) -> Result<()> {
    let browser = setup.browser()?;
    // The size of the page is taken apart with wasm-bindgen.
    let mut folders = setup.wasm_bindgen()?;
    folders.push(house.node_bin());
    let mut playwright = program("playwright", &folders);
    playwright
        .arg("test")
        .args(which)
        .args(options)
        .env("CARGO_TARGET_DIR", &house.target)
        .current_dir(house.end2end());
    run_program(browser.apply(&mut playwright))
}

struct Report {
    suite: Suite,
    outcome: Result<()>,
    duration: Duration,
}

/// Runs the suites named, or all of them.
pub fn run(house: &House, setup: &Setup, args: &[String]) -> Result<ExitCode> {
    let (names, options) = match args.iter().position(|arg| arg == "--") {
        Some(at) => (&args[..at], &args[at + 1..]),
        None => (args, &[][..]),
    };
    let mut reports: Vec<Report> = Vec::new();
    for suite in select(names)? {
        println!("\n== {} ==", suite.name());
        let start = Instant::now();
        let outcome = match suite.needs().filter(|needed| failed(&reports, *needed)) {
            Some(needed) => Err(anyhow::anyhow!("not run because {} failed", needed.name())),
            None => suite.run(house, setup, options),
        };
        reports.push(Report {
            suite,
            outcome,
            duration: start.elapsed(),
        });
    }
    let (summary, code) = summary(&reports);
    print!("\n{summary}");
    Ok(code)
}

/// The suites to run: what was named, with what that needs, in the usual order.
fn select(names: &[String]) -> Result<Vec<Suite>> {
    let mut wanted = Vec::new();
    for name in names {
        let Some(suite) = Suite::ALL.into_iter().find(|suite| suite.name() == name) else {
            let known = Suite::ALL.map(Suite::name).join(", ");
            bail!("there is no suite `{name}`; the suites are {known}");
        };
        wanted.push(suite);
        wanted.extend(suite.needs());
    }
    let all = names.is_empty();
    Ok(Suite::ALL
        .into_iter()
        .filter(|suite| all || wanted.contains(suite))
        .collect())
}

fn failed(reports: &[Report], suite: Suite) -> bool {
    reports
        .iter()
        .any(|report| report.suite == suite && report.outcome.is_err())
}

/// One line for each suite, and a last line with nothing but the two counts.
fn summary(reports: &[Report]) -> (String, ExitCode) {
    let mut text = String::new();
    for Report {
        suite,
        outcome,
        duration,
    } in reports
    {
        let (word, why) = match outcome {
            Ok(()) => ("passed", String::new()),
            Err(error) => ("failed", format!("   {error:#}")),
        };
        let seconds = duration.as_secs();
        text += &format!("{:<13}{word}{seconds:>6} s{why}\n", suite.name());
    }
    let failed = reports.iter().filter(|r| r.outcome.is_err()).count();
    text += &format!("{} passed, {failed} failed\n", reports.len() - failed);
    let code = if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    (text, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().copied().map(String::from).collect()
    }

    #[test]
    fn suites_run_in_their_order_once_each_with_what_they_need() -> Result<()> {
        use Suite::{Clippy, Fmt, Playwright, Site};
        let cases: [(&[&str], &[Suite]); 4] = [
            (&[], &Suite::ALL),
            (&["clippy", "fmt", "clippy"], &[Fmt, Clippy]),
            (&["playwright"], &[Site, Playwright]),
            (&["playwright", "site"], &[Site, Playwright]),
        ];
        for (named, expected) in cases {
            assert_eq!(select(&names(named))?, expected, "{named:?}");
        }
        Ok(())
    }

    #[test]
    fn an_unknown_suite_is_answered_with_the_known_ones() {
        let error = select(&names(&["fmt", "speed"])).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("there is no suite `speed`; the suites are fmt, clippy, cargo, simulation, postgres, crash, typescript, bindings, browser, sandbox, async-stripe, site, playwright".into())
        );
    }

    #[test]
    fn the_summary_ends_with_the_counts_alone() {
        let report = |suite, outcome| Report {
            suite,
            outcome,
            duration: Duration::from_millis(61_900),
        };
        let reports = [
            report(Suite::Fmt, Ok(())),
            report(Suite::Site, Err(anyhow::anyhow!("no wasm-opt"))),
        ];
        let (text, code) = summary(&reports);
        assert_eq!(
            text,
            "fmt          passed    61 s\nsite         failed    61 s   no wasm-opt\n1 passed, 1 failed\n"
        );
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::FAILURE));
        assert!(failed(&reports, Suite::Site));
        assert!(!failed(&reports, Suite::Fmt));
    }
}
