//! Outcomes planned by a test: what the next cards do, whatever their numbers say.

use super::decline::Decline;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Outcome {
    Pay,
    Decline {
        decline_code: Decline,
    },
    /// 3-D Secure is asked for; what follows is the card's own.
    Authenticate,
}
