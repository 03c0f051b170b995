//! Lists: newest first, a page at a time. <https://docs.stripe.com/api/pagination>

use serde::Deserialize;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct List<T> {
    /// Newest first.
    pub data: Vec<T>,
    /// Whether there are older ones.
    pub has_more: bool,
}
