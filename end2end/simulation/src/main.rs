//! `simulation --from SEED --seeds N`: runs a range of seeds on every core, and ends with one line.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use clap::Parser;
use simulation::{Mutation, Outcome, run};

/// Seeded storms over the payment line.
#[derive(Parser)]
struct Args {
    /// The first seed
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many
    #[arg(long, default_value_t = 10_000)]
    seeds: u64,
    /// Tell everything that happened
    #[arg(long)]
    trace: bool,
    /// Break a rule on purpose, and stop at the first seed that notices
    #[arg(long, value_parser = Mutation::parse)]
    mutation: Option<Mutation>,
    /// Break every rule in turn: each must be noticed by some seed
    #[arg(long)]
    mutations: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    if args.mutations {
        return every_mutation(args.from, args.seeds);
    }
    let found = search(args.from, args.seeds, args.mutation, args.trace);
    println!(
        "{} seeds, {} steps, {} payments, {} crashes, {} violations",
        found.seeds, found.steps, found.payments, found.crashes, found.violations
    );
    let Some((seed, outcome)) = &found.failed else {
        return ExitCode::SUCCESS;
    };
    if !args.trace {
        outcome.trace.iter().for_each(|line| println!("{line}"));
    }
    for violation in &outcome.violations {
        println!("violated: {violation}");
    }
    println!("again: cargo xtask simulate --from {seed} --seeds 1");
    ExitCode::FAILURE
}

/// A simulation that cannot fail proves nothing: each deliberate mistake must be noticed by some seed.
fn every_mutation(from: u64, seeds: u64) -> ExitCode {
    let mut unnoticed = 0;
    for (name, mutation) in Mutation::ALL {
        match search(from, seeds, Some(mutation), false).failed {
            Some((seed, outcome)) => {
                let violation = outcome.violations.first().map_or("", String::as_str);
                println!("{name:<18} noticed by seed {seed}: {violation}");
            }
            None => {
                println!("{name:<18} NOT noticed by {seeds} seeds");
                unnoticed += 1;
            }
        }
    }
    ExitCode::from(unnoticed)
}

/// What a range of seeds came to.
#[derive(Default)]
struct Found {
    seeds: u64,
    steps: u64,
    payments: u64,
    crashes: u64,
    violations: usize,
    failed: Option<(u64, Outcome)>,
}

impl Found {
    fn and(mut self, other: Found) -> Found {
        self.seeds += other.seeds;
        self.steps += other.steps;
        self.payments += other.payments;
        self.crashes += other.crashes;
        self.violations += other.violations;
        self.failed = match (self.failed, other.failed) {
            (Some(one), Some(two)) => Some(if one.0 <= two.0 { one } else { two }),
            (one, two) => one.or(two),
        };
        self
    }
}

/// Runs seeds on every core until they are through or one is violated.
fn search(from: u64, seeds: u64, mutation: Option<Mutation>, trace: bool) -> Found {
    let next = AtomicU64::new(from);
    let end = from.saturating_add(seeds);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut found = Found::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return found;
            }
            let outcome = run(seed, mutation);
            found.seeds += 1;
            found.steps += outcome.steps;
            found.payments += outcome.payments;
            found.crashes += outcome.crashes;
            found.violations += outcome.violations.len();
            if trace {
                outcome.trace.iter().for_each(|line| println!("{line}"));
            }
            if !outcome.violations.is_empty() {
                // One is enough for everybody.
                next.fetch_max(end, Ordering::Relaxed);
                found.failed = Some((seed, outcome));
                return found;
            }
        }
    };
    thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        // A panic in a run is a bug of its own.
        let ended = started.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        ended.fold(Found::default(), Found::and)
    })
}
