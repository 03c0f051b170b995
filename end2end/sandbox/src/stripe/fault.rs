//! Faults on demand: the ways a network and a server fail, planned for the next calls to a path.

use super::error::{Error, ErrorType};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Fault {
    /// The request is carried out at once, and answered later.
    Delay { ms: u64 },
    /// An answer with this status, before or after the request was carried out.
    Status {
        status: u16,
        #[serde(default)]
        after_commit: bool,
    },
    /// The connection is closed without an answer.
    Reset {
        #[serde(default)]
        after_commit: bool,
    },
    /// 429 `rate_limit`, without advice to retry.
    RateLimit,
    /// 429 `lock_timeout`, with it.
    LockTimeout,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PlannedFault {
    method: String,
    /// A path; `*` at its end stands for anything.
    path: String,
    /// The first matching call it strikes, counted from 1.
    #[serde(default = "one")]
    nth: u64,
    /// How many calls it strikes.
    #[serde(default = "one")]
    times: u64,
    fault: Fault,
    #[serde(default)]
    seen: u64,
}

fn one() -> u64 {
    1
}

impl PlannedFault {
    fn matches(&self, method: &str, path: &str) -> bool {
        let same_path = match self.path.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == self.path,
        };
        same_path && self.method.eq_ignore_ascii_case(method)
    }

    /// Refuses plans that could never strike.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let status_is_real =
            !matches!(self.fault, Fault::Status { status, .. } if !(400..=599).contains(&status));
        match (self.nth, self.times, status_is_real) {
            (0, _, _) | (_, 0, _) => Err("`nth` and `times` count from 1."),
            (_, _, false) => Err("`status` is an HTTP status from 400 to 599."),
            _ => Ok(()),
        }
    }
}

/// The fault that strikes this call, if any; plans that are over are dropped.
pub(crate) fn strike(plans: &mut Vec<PlannedFault>, method: &str, path: &str) -> Option<Fault> {
    let mut struck = None;
    for plan in plans.iter_mut().filter(|plan| plan.matches(method, path)) {
        plan.seen += 1;
        if plan.seen >= plan.nth {
            struck = struck.or(Some(plan.fault));
        }
    }
    plans.retain(|plan| plan.seen < plan.nth.saturating_add(plan.times) - 1);
    struck
}

/// The answer of a fault that keeps a request from being carried out.
pub(crate) fn instead(fault: Fault) -> Option<Box<Error>> {
    match fault {
        Fault::Delay { .. }
        | Fault::Reset { after_commit: true }
        | Fault::Status {
            after_commit: true, ..
        } => None,
        Fault::Status {
            status: code,
            after_commit: false,
        } => Some(status(code)),
        // Seen only where there is no connection to cut.
        Fault::Reset {
            after_commit: false,
        } => Some(status(500)),
        Fault::RateLimit => {
            let message = "Testmode request rate limit exceeded.";
            Some(Error::invalid(message).status(429).code("rate_limit"))
        }
        Fault::LockTimeout => {
            let mut error = Error::invalid(
                "This object cannot be accessed right now because another API request is currently accessing it.",
            )
            .status(429)
            .code("lock_timeout");
            error.should_retry = Some(true);
            Some(error)
        }
    }
}

/// An answer with this status, which says nothing more.
pub(crate) fn status(status: u16) -> Box<Error> {
    let mut error = Error::api(status, "An unknown error occurred.");
    if status < 500 {
        error.kind = ErrorType::InvalidRequest;
    }
    error
}
