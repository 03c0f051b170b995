//! Faults on demand: the ways a network and a server fail, planned for the next calls to a path.

mod refusal;

use super::error::{Error, ErrorType};
use super::message::Response;
use serde::{Deserialize, Serialize};

pub use refusal::Refusal;

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The request is carried out at once, and answered later.
    Delay {
        /// How much later.
        ms: u64,
    },
    /// An answer with this status, before or after the request was carried out.
    Status {
        /// From 400 to 599.
        status: u16,
        /// Whether the request is carried out.
        #[serde(default)]
        after_commit: bool,
        /// Whether the answer is kept under the idempotency key though nothing was done: the request failed once it
        /// had begun.
        #[serde(default)]
        kept: bool,
    },
    /// The connection is closed without an answer.
    Reset {
        /// Whether the request is carried out.
        #[serde(default)]
        after_commit: bool,
    },
    /// An answer that cannot be read, as a broken proxy gives it.
    Malformed {
        /// What comes in place of the answer.
        #[serde(default)]
        body: Malformed,
        /// Whether the request is carried out.
        #[serde(default)]
        after_commit: bool,
    },
    /// An error that nothing done here leads to; the request is not carried out.
    Refuse {
        /// Which one.
        code: Refusal,
    },
    /// 429 `rate_limit`, without advice to retry.
    RateLimit,
    /// 429 `lock_timeout`, with it.
    LockTimeout,
}

/// A body that no client of the API can read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Malformed {
    /// JSON that ends in the middle.
    #[default]
    Cut,
    /// A page for people.
    Html,
}

impl Malformed {
    /// Spoils an answer. Its status stays: that is what makes it hard to notice.
    pub(crate) fn spoil(self, response: &mut Response) {
        match self {
            Malformed::Cut => {
                let half = response.body.floor_char_boundary(response.body.len() / 2);
                response.body.truncate(half);
            }
            Malformed::Html => {
                response
                    .headers
                    .push(("content-type", "text/html; charset=utf-8".to_owned()));
                response.body = "<!doctype html>\n<title>Service unavailable</title>\n<h1>Service unavailable</h1>\n".to_owned();
            }
        }
    }
}

/// Which calls a [`Fault`] strikes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedFault {
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
    /// Strikes the next call with this method and path; `*` at the path's end stands for anything.
    pub fn new(method: &str, path: &str, fault: Fault) -> Self {
        PlannedFault {
            method: method.to_owned(),
            path: path.to_owned(),
            nth: 1,
            times: 1,
            fault,
            seen: 0,
        }
    }

    /// Lets the calls before the `nth` pass, counted from 1.
    #[must_use]
    pub fn from_nth(self, nth: u64) -> Self {
        PlannedFault { nth, ..self }
    }

    /// Strikes so many calls in a row.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        PlannedFault { times, ..self }
    }

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
        // A refusal leaves its idempotency key free: after a commit, a retry would do it all again.
        let refuses_what_is_done = matches!(
            self.fault,
            Fault::Status { status, after_commit, kept } if (after_commit || kept) && status < 500
        );
        let kept_and_done = matches!(
            self.fault,
            Fault::Status {
                after_commit: true,
                kept: true,
                ..
            }
        );
        match (self.nth, self.times) {
            (0, _) | (_, 0) => Err("`nth` and `times` count from 1."),
            _ if !status_is_real => Err("`status` is an HTTP status from 400 to 599."),
            _ if kept_and_done => {
                Err("`kept` means that nothing was done: it does not go with `after_commit`.")
            }
            _ if refuses_what_is_done => {
                Err("`after_commit` and `kept` go with a `status` from 500.")
            }
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
        | Fault::Malformed { .. }
        | Fault::Reset { after_commit: true }
        | Fault::Status {
            after_commit: true, ..
        }
        | Fault::Status { kept: true, .. } => None,
        Fault::Status { status: code, .. } => Some(status(code)),
        // Seen only where there is no connection to cut.
        Fault::Reset {
            after_commit: false,
        } => Some(status(500)),
        Fault::Refuse { code } => Some(code.error()),
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
