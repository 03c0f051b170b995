//! What real pages do to those who drive them, and a sandbox at its best does not: frames that are no form, forms that are
//! made anew, challenges that are slow and deaf. Stripe.js is told of it where it asks for something anyway; what comes of
//! it is in `js/stripe/quirks.js` and `js/three-ds-2-challenge/`.

use super::call::Call;
use super::error::{Error, Result};
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// How Stripe.js and its frames misbehave from now on. The default is not at all.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quirks {
    /// How many hidden frames follow each element's own, with its title.
    pub decoy_frames: u8,
    /// How often the frame of an element is replaced when a shopper gets into it; what was typed is gone.
    pub remounts: u8,
    /// How long a 3-D Secure challenge slides in, in milliseconds.
    pub slow_challenge_ms: u16,
    /// How many clicks on the buttons of the bank's page come to nothing at first.
    pub lost_clicks: u8,
    /// How often the bank's page in a challenge is replaced once it is there.
    pub challenge_swaps: u8,
}

/// Nobody waits longer for a challenge.
const SLOWEST_MS: u16 = 60_000;
/// More frames would be a burden, and no test.
const MOST: u8 = 10;

impl Quirks {
    pub(crate) fn check(self) -> Result<Self> {
        let counts = [
            ("decoy_frames", self.decoy_frames),
            ("remounts", self.remounts),
            ("challenge_swaps", self.challenge_swaps),
        ];
        if let Some((name, _)) = counts.iter().find(|(_, count)| *count > MOST) {
            return Err(Error::invalid(format!(
                "Invalid quirk: {name} is at most {MOST}."
            )));
        }
        if self.slow_challenge_ms > SLOWEST_MS {
            return Err(Error::invalid(format!(
                "Invalid quirk: slow_challenge_ms is at most {SLOWEST_MS}."
            )));
        }
        Ok(self)
    }
}

impl Call<'_> {
    /// Adds them to an answer that is for Stripe.js alone. Without any it stays as it is.
    pub(crate) fn tell_quirks(&self, answer: &mut Value) {
        if self.world.quirks != Quirks::default() {
            answer["sandbox_quirks"] = json!(self.world.quirks);
        }
    }
}
