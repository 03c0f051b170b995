//! A run is its seed: what failed once can be looked at again.

use simulation::{Outcome, run};

/// When everything happened. What the orders are called is nobody's choice: their keys are secrets.
fn moments(outcome: &Outcome) -> Vec<&str> {
    let lines = outcome.trace.iter();
    lines.map(|line| &line[..12]).collect()
}

#[test]
fn the_same_seed_is_the_same_storm() {
    for seed in 0..40 {
        let (one, two) = (run(seed, None), run(seed, None));
        assert_eq!(moments(&one), moments(&two), "seed {seed}");
        assert_eq!(
            (one.steps, one.payments, one.crashes),
            (two.steps, two.payments, two.crashes),
            "seed {seed}"
        );
    }
}
