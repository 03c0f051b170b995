//! Random numbers and Stripe-shaped ids from a seed held in the state, so that a seeded run repeats exactly.
//! Good enough for ids; knows nothing of cryptography.

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// SplitMix64: eight bytes of state, and every seed is a good one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// A generator of its own for each name, so that one world's traffic never moves another world's ids.
    pub(crate) fn seeded(seed: u64, name: &str) -> Self {
        let mut random = Random {
            state: seed ^ fnv1a(name.as_bytes()),
        };
        // Neighbouring seeds differ in few bits: one step spreads them.
        random.state = random.next();
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// `length` letters and digits.
    pub(crate) fn letters(&mut self, length: usize) -> String {
        let mut letters = String::with_capacity(length);
        for _ in 0..length {
            letters.push(char::from(ALPHABET[(self.next() % 62) as usize]));
        }
        letters
    }

    /// `count` digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + (self.next() % 10) as u8))
            .collect()
    }

    /// `req_…`
    pub(crate) fn request_id(&mut self) -> String {
        format!("req_{}", self.letters(14))
    }

    /// An id as Stripe makes them: a prefix, a generation digit, 23 letters and digits.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", self.letters(23))
    }
}

/// A short stable fingerprint of a text, in letters and digits.
pub(crate) fn fingerprint(text: &str) -> String {
    Random {
        state: fnv1a(text.as_bytes()),
    }
    .letters(16)
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}
