//! The latest API requests of a world, for tests to count and people to read.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

const LONGEST: usize = 2000;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LoggedRequest {
    pub id: String,
    pub method: String,
    pub path: String,
    pub status: u16,
    pub idempotency_key: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct RequestLog {
    requests: VecDeque<LoggedRequest>,
}

impl RequestLog {
    pub(crate) fn push(&mut self, request: LoggedRequest) {
        if self.requests.len() == LONGEST {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }
}
