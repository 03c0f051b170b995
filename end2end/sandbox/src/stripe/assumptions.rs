//! What Stripe does not publish: each open question with the forms its answer can take, to be set by a test.

use serde::{Deserialize, Serialize};

/// How a confirmation goes that meets an intent in `requires_action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConfirmInAction {
    Refused,
    /// The challenge under way is dropped, and the new method tried.
    Restarts,
}

/// How a token and an intent that disagree are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Disagreement {
    WithoutCode,
    /// Code `payment_intent_invalid_parameter`.
    WithCode,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Assumptions {
    /// Stripe's web guides say 12 hours, its Android reference 15 minutes.
    pub token_lifetime_seconds: u32,
    /// How often an intent may be confirmed. Stripe has a limit, and does not publish it.
    pub most_confirmations: u32,
    pub confirm_in_requires_action: ConfirmInAction,
    pub token_disagrees: Disagreement,
    /// Whether replays carry `Idempotent-Replayed`.
    pub replayed_header: bool,
    /// How long a search does not find what is new.
    pub search_lag_seconds: u32,
}

impl Default for Assumptions {
    fn default() -> Self {
        Assumptions {
            token_lifetime_seconds: 12 * 60 * 60,
            most_confirmations: 10,
            confirm_in_requires_action: ConfirmInAction::Refused,
            token_disagrees: Disagreement::WithoutCode,
            replayed_header: true,
            search_lag_seconds: 0,
        }
    }
}
