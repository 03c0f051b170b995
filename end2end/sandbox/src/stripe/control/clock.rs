//! The world's clock: moved forward, stopped, and let go on.

use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use serde::Deserialize;

/// Ten years: a bound that keeps times far from overflow.
const LONGEST_ADVANCE_S: i64 = 10 * 366 * 24 * 60 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clock {
    #[serde(default)]
    advance_seconds: i64,
    frozen: Option<bool>,
}

impl Call<'_> {
    pub(super) fn clock(&self) -> Value {
        json!({ "now": self.now, "frozen": self.world.frozen_at_ms.is_some() })
    }

    /// Time never goes back: unfrozen, the clock goes on from where it stood.
    pub(super) fn set_clock(&mut self, clock: &Clock) -> Result<()> {
        let advance_ms = clock.advance_seconds.saturating_mul(1000);
        let real_ms = i64::try_from(self.real_ms).unwrap_or(i64::MAX / 2);
        if !(0..=LONGEST_ADVANCE_S).contains(&clock.advance_seconds) {
            return Err(Error::invalid(
                "`advance_seconds` goes forward, ten years at most.",
            ));
        }
        let then_ms = self.now_ms.saturating_add(advance_ms);
        if then_ms.saturating_sub(real_ms) > LONGEST_ADVANCE_S * 1000 {
            return Err(Error::invalid("The clock is ten years ahead already."));
        }
        let frozen = clock.frozen.unwrap_or(self.world.frozen_at_ms.is_some());
        self.world.frozen_at_ms = frozen.then_some(then_ms);
        self.world.clock_offset_ms = then_ms - real_ms;
        self.look_at_the_clock();
        Ok(())
    }
}
