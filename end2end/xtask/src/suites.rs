//! `cargo xtask test`: every check of the project, each a suite with a name. One that fails does not stop the
//! others, except those that need what it makes.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    house::House,
    run::{program, run as run_program},
    setup::Setup,
    site,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suite {
    Fmt,
    Clippy,
    Cargo,
    Typescript,
    Site,
    Playwright,
}

impl Suite {
    /// In the order they run: the quick ones first.
    const ALL: [Self; 6] = [
        Self::Fmt,
        Self::Clippy,
        Self::Cargo,
        Self::Typescript,
        Self::Site,
        Self::Playwright,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Cargo => "cargo",
            Self::Typescript => "typescript",
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
            Self::Fmt => cargo("fmt --all --check"),
            Self::Clippy => {
                setup.wasm_target()?;
                cargo("clippy --all-targets -- -D warnings")?;
                cargo("clippy --package frontend --target wasm32-unknown-unknown -- -D warnings")
            }
            Self::Cargo => cargo("test"),
            Self::Typescript => {
                setup.node_packages()?;
                run_program(
                    program("tsc", &[house.node_bin()])
                        .arg("--noEmit")
                        .current_dir(house.end2end()),
                )
            }
            Self::Site => site::build(house, setup),
            Self::Playwright => {
                let browser = setup.browser()?;
                let mut playwright = program("playwright", &[house.node_bin()]);
                playwright
                    .arg("test")
                    .args(options)
                    .env("CARGO_TARGET_DIR", &house.target)
                    .current_dir(house.end2end());
                run_program(browser.apply(&mut playwright))
            }
        }
    }
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
        text += &format!("{:<12}{word}{seconds:>6} s{why}\n", suite.name());
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
            Err("there is no suite `speed`; the suites are fmt, clippy, cargo, typescript, site, playwright".into())
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
            "fmt         passed    61 s\nsite        failed    61 s   no wasm-opt\n1 passed, 1 failed\n"
        );
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::FAILURE));
        assert!(failed(&reports, Suite::Site));
        assert!(!failed(&reports, Suite::Fmt));
    }
}
