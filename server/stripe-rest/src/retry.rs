//! When to ask again. Pure: elapsed time and randomness come in as arguments.
//!
//! Knows nothing of what is sent, nor whether it may be sent again: that is the reply's to say.

const FIRST_MS: u64 = 500;
const LONGEST_MS: u64 = 5_000;

/// How long to wait before the next sending, in milliseconds.
///
/// `attempt` counts the sendings so far, from 1. The base is 500 ms and doubles up to 5000 ms; `random` (any
/// number) picks a point between half of it and all of it, so that many clients do not return in step; and it is
/// never under 500 ms. These are the steps of Stripe's own libraries.
pub fn next_delay_ms(attempt: u32, random: u64) -> u64 {
    let doublings = attempt.saturating_sub(1).min(10);
    let base = (FIRST_MS << doublings).min(LONGEST_MS);
    let half = base / 2;
    (half + random % (base - half + 1)).max(FIRST_MS)
}

/// How long to wait before a read is tried again, or `None` when the wait would reach the deadline.
///
/// A `Retry-After` only lengthens the wait: Stripe knows better than we how busy it is.
pub(crate) fn next_read_ms(
    attempt: u32,
    random: u64,
    retry_after_ms: Option<u64>,
    spent_ms: u64,
    deadline_ms: u64,
) -> Option<u64> {
    let delay_ms = next_delay_ms(attempt, random).max(retry_after_ms.unwrap_or(0));
    (spent_ms.saturating_add(delay_ms) < deadline_ms).then_some(delay_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_to_a_ceiling_with_jitter_between_half_and_full() {
        for (attempt, least, most) in [
            (0, 500, 500),
            (1, 500, 500),
            (2, 500, 1_000),
            (3, 1_000, 2_000),
            (4, 2_000, 4_000),
            (5, 2_500, 5_000),
            (6, 2_500, 5_000),
            (u32::MAX, 2_500, 5_000),
        ] {
            let mut seen = (u64::MAX, 0);
            for random in (0..=5_000).chain([u64::MAX - 1, u64::MAX]) {
                let delay = next_delay_ms(attempt, random);
                seen = (seen.0.min(delay), seen.1.max(delay));
            }
            assert_eq!(seen, (least, most), "attempt {attempt}");
        }
    }

    #[test]
    fn a_read_is_tried_again_only_while_its_deadline_allows() {
        for (attempt, retry_after_ms, spent_ms, deadline_ms, expected) in [
            (1, None, 0, 10_000, Some(500)),
            (1, None, 9_499, 10_000, Some(500)),
            (1, None, 9_500, 10_000, None),
            (1, Some(2_000), 0, 10_000, Some(2_000)),
            (1, Some(100), 0, 10_000, Some(500)),
            (1, Some(10_000), 0, 10_000, None),
            (1, Some(u64::MAX), 1, 10_000, None),
            (5, None, 0, 10_000, Some(2_500)),
            (5, None, 7_500, 10_000, None),
            (1, None, 0, 0, None),
        ] {
            assert_eq!(
                next_read_ms(attempt, 0, retry_after_ms, spent_ms, deadline_ms),
                expected,
                "attempt {attempt}, Retry-After {retry_after_ms:?}, {spent_ms} of {deadline_ms} ms"
            );
        }
    }
}
