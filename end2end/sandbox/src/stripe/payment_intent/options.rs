//! What a merchant may choose for an intent, in Stripe's words.

use crate::stripe::flexible::Requested;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaptureMethod {
    Automatic,
    AutomaticAsync,
    Manual,
}

impl CaptureMethod {
    pub(crate) const NAMES: &[(&'static str, CaptureMethod)] = &[
        ("automatic", CaptureMethod::Automatic),
        ("automatic_async", CaptureMethod::AutomaticAsync),
        ("manual", CaptureMethod::Manual),
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FutureUsage {
    OffSession,
    OnSession,
}

impl FutureUsage {
    pub(crate) const NAMES: &[(&'static str, FutureUsage)] = &[
        ("off_session", FutureUsage::OffSession),
        ("on_session", FutureUsage::OnSession),
    ];
}

/// When the merchant wants 3-D Secure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request3ds {
    #[default]
    Automatic,
    Any,
    Challenge,
}

impl Request3ds {
    pub(crate) const NAMES: &[(&'static str, Request3ds)] = &[
        ("automatic", Request3ds::Automatic),
        ("any", Request3ds::Any),
        ("challenge", Request3ds::Challenge),
    ];
}

/// Who confirms after the shopper's action: Stripe, or the server once more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConfirmationMethod {
    #[default]
    Automatic,
    Manual,
}

/// A method's own `setup_future_usage`, which goes before the intent's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MethodUsage {
    None,
    OffSession,
    OnSession,
}

impl MethodUsage {
    pub(crate) const NAMES: &[(&'static str, MethodUsage)] = &[
        ("none", MethodUsage::None),
        ("off_session", MethodUsage::OffSession),
        ("on_session", MethodUsage::OnSession),
    ];

    pub(crate) fn usage(self) -> Option<FutureUsage> {
        match self {
            MethodUsage::None => None,
            MethodUsage::OffSession => Some(FutureUsage::OffSession),
            MethodUsage::OnSession => Some(FutureUsage::OnSession),
        }
    }
}

/// `payment_method_options[card]`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct CardOptions {
    pub capture_manually: bool,
    /// Of a co-branded card's networks, the one to charge it over.
    #[serde(default)]
    pub network: Option<String>,
    pub request_three_d_secure: Request3ds,
    pub setup_future_usage: Option<MethodUsage>,
    /// `cvctok_…`, until a charge has used it.
    #[serde(default)]
    pub cvc_token: Option<String>,
    #[serde(default)]
    pub require_cvc_recollection: bool,
    #[serde(default)]
    pub requested: Requested,
}
