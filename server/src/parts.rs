//! What every handler works with.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use app::document::Assets;
use axum::extract::FromRef;
use checkout::Catalogue;
use orders::Payments;
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::security::Policy;

/// The shop's parts, made once when it starts. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The settings.
    pub config: Arc<Config>,
    /// What is for sale.
    pub catalogue: Arc<Catalogue>,
    /// The line a payment travels, and the books.
    pub payments: Payments,
    /// What the browser may load.
    pub policy: Policy,
    /// The built files.
    pub assets: Assets,
    /// Payments under way: they outlive the request that asked for them, and the server waits for them.
    pub tasks: TaskTracker,
    /// Tells the clerk that there is work.
    pub wake_clerk: watch::Sender<()>,
}

impl FromRef<Parts> for Policy {
    fn from_ref(parts: &Parts) -> Policy {
        parts.policy.clone()
    }
}

/// Milliseconds since 1970.
#[must_use]
pub fn now_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
