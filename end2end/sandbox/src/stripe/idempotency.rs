//! Idempotency keys (docs.stripe.com/api/idempotent_requests): the first answer to a key is kept for a day, and
//! comes again for the same request. Kept are answers of requests that were carried out: success, decline, or a
//! failure of the server; not refusals of a request as such.

use super::error::{Error, Result};
use super::world::World;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const KEPT_FOR_MS: i64 = 24 * 60 * 60 * 1000;
const LONGEST_KEY: usize = 255;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptAnswer {
    pub path: String,
    /// SHA-256 of the parameters: they may hold what should not be kept.
    pub params: String,
    pub created_ms: i64,
    /// Until then the first request is still running, as its caller sees it.
    pub running_until_ms: i64,
    pub request_id: String,
    pub status: u16,
    pub body: String,
}

/// Keeps an answer under its key, and drops those whose day is over once they are many.
pub(crate) fn keep(world: &mut World, key: String, answer: KeptAnswer) {
    if world.kept_answers.len().is_power_of_two() {
        let now_ms = answer.created_ms;
        world
            .kept_answers
            .retain(|_, kept| now_ms < kept.created_ms + KEPT_FOR_MS);
    }
    world.kept_answers.insert(key, answer);
}

/// Whether an answer is kept.
pub(crate) fn keeps(status: u16) -> bool {
    matches!(status, 200..=299 | 402 | 500..)
}

/// What tells one request from another under the same key; their order does not.
pub(crate) fn fingerprint(pairs: &[(String, String)]) -> String {
    let mut pairs: Vec<_> = pairs.iter().collect();
    pairs.sort();
    let mut hash = Sha256::new();
    for (name, value) in pairs {
        // Lengths keep `a=bc` and `ab=c` apart.
        hash.update(name.len().to_le_bytes());
        hash.update(name);
        hash.update(value.len().to_le_bytes());
        hash.update(value);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The answer kept under a key, if the same request asks again.
pub(crate) fn recall(
    world: &mut World,
    key: &str,
    path: &str,
    params: &str,
    now_ms: i64,
) -> Result<Option<KeptAnswer>> {
    if key.is_empty() || key.chars().count() > LONGEST_KEY {
        return Err(Error::idempotency(
            400,
            format!("Idempotency keys have 1 to {LONGEST_KEY} characters."),
        ));
    }
    let Some(kept) = world.kept_answers.get(key) else {
        return Ok(None);
    };
    if now_ms >= kept.created_ms + KEPT_FOR_MS {
        world.kept_answers.remove(key);
        return Ok(None);
    }
    if kept.path != path {
        return Err(Error::idempotency(
            400,
            format!(
                "Keys for idempotent requests can only be used for the same endpoint they were first used for ('{}' \
                 vs '{path}'). Use another key than '{key}' for another request.",
                kept.path
            ),
        ));
    }
    if kept.params != params {
        return Err(Error::idempotency(
            400,
            format!(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. \
                 Use another key than '{key}' for another request."
            ),
        ));
    }
    if now_ms < kept.running_until_ms {
        let mut error = Error::idempotency(
            409,
            format!(
                "There is currently another in-progress request using this idempotency key: {key}."
            ),
        )
        .code("idempotency_key_in_use");
        error.should_retry = Some(true);
        return Err(error);
    }
    Ok(Some(kept.clone()))
}
