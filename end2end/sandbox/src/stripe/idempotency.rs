//! Idempotency keys (docs.stripe.com/api/idempotent_requests): the first answer to a key is kept for a day, and
//! comes again for the same request. Kept are answers of requests that were carried out: success, decline, or a
//! failure of the server; not refusals of a request as such, unless the refusal itself had an effect.

use super::error::{Error, Result};
use super::kept_answers::KeptAnswer;
use super::params::{Param, Params};
use super::world::World;
use crate::hex::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const LONGEST_KEY: usize = 255;

/// Whether an answer of this status is kept; `refusals` where those are, too.
pub(crate) fn keeps(status: u16, refusals: bool) -> bool {
    matches!(status, 200..=299 | 402 | 500..) || refusals && matches!(status, 400 | 403 | 404)
}

/// What tells one request from another under the same key: its parameters as they are read. Neither the order of their
/// names nor the way they were encoded says anything.
pub(crate) fn fingerprint(params: &Params) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, params.fields());
    hex(&hash.finalize())
}

fn feed(hash: &mut Sha256, fields: &BTreeMap<String, Param>) {
    // Lengths keep `a=bc` and `ab=c` apart, and what is nested from what follows it.
    hash.update(fields.len().to_le_bytes());
    for (name, param) in fields {
        hash.update(name.len().to_le_bytes());
        hash.update(name);
        match param {
            Param::Text(text) => {
                hash.update(text.len().to_le_bytes());
                hash.update(text);
            }
            Param::Map(inner) => {
                hash.update(usize::MAX.to_le_bytes());
                feed(hash, inner);
            }
        }
    }
}

/// The answer kept under a key, if the same request asks again.
pub(crate) fn recall(
    world: &World,
    key: &str,
    path: &str,
    params: &str,
    now_ms: i64,
    real_ms: u64,
) -> Result<Option<KeptAnswer>> {
    if key.is_empty() || key.chars().count() > LONGEST_KEY {
        return Err(Error::idempotency(
            400,
            format!("Idempotency keys have 1 to {LONGEST_KEY} characters."),
        ));
    }
    let Some(kept) = world.kept_answers.get(key, now_ms) else {
        return Ok(None);
    };
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
    if real_ms < kept.running_until_ms {
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
