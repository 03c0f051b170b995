//! What happens to money after it was taken: refunds, and claims of the shopper's bank. Both by Stripe's ids, both
//! written in whatever order they are heard of.
//!
//! A status never goes back: each has a rank, and a look that is older than what is known changes nothing.

use serde::{Deserialize, Serialize};

use crate::IntentId;

/// Where a refund stands. <https://docs.stripe.com/api/refunds/object#refund_object-status>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum RefundStatus {
    /// On its way, or waiting for the shopper.
    Pending,
    /// The money went back. It can still fail.
    Succeeded,
    /// It came back to the shop.
    Failed,
    /// Stopped before it left.
    Canceled,
    /// One this version does not know: counted as on its way.
    Other(String),
}

impl From<String> for RefundStatus {
    fn from(text: String) -> RefundStatus {
        match text.as_str() {
            "pending" | "requires_action" => RefundStatus::Pending,
            "succeeded" => RefundStatus::Succeeded,
            "failed" => RefundStatus::Failed,
            "canceled" => RefundStatus::Canceled,
            _ => RefundStatus::Other(text),
        }
    }
}

impl From<RefundStatus> for String {
    fn from(status: RefundStatus) -> String {
        match status {
            RefundStatus::Pending => "pending".to_owned(),
            RefundStatus::Succeeded => "succeeded".to_owned(),
            RefundStatus::Failed => "failed".to_owned(),
            RefundStatus::Canceled => "canceled".to_owned(),
            RefundStatus::Other(text) => text,
        }
    }
}

impl RefundStatus {
    fn rank(&self) -> u8 {
        match self {
            RefundStatus::Pending | RefundStatus::Other(_) => 0,
            RefundStatus::Succeeded => 1,
            RefundStatus::Failed | RefundStatus::Canceled => 2,
        }
    }

    /// Whether the money left the shop, or is about to.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.rank() < 2
    }
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// `re_…`
    pub id: String,
    /// The intent that had taken it.
    pub intent: IntentId,
    /// How much, minor units.
    pub amount_minor: i64,
    /// Where it stands.
    pub status: RefundStatus,
}

/// Where a dispute stands. <https://docs.stripe.com/api/disputes/object#dispute_object-status>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum DisputeStatus {
    /// The shop should answer: `needs_response`, `warning_needs_response`.
    NeedsResponse,
    /// The bank is deciding: `under_review`, `warning_under_review`.
    UnderReview,
    /// The shop keeps the money: `won`, `prevented`, `warning_closed`.
    Won,
    /// The money is gone.
    Lost,
    /// One this version does not know: counted as open.
    Other(String),
}

impl From<String> for DisputeStatus {
    fn from(text: String) -> DisputeStatus {
        match text.as_str() {
            "needs_response" | "warning_needs_response" => DisputeStatus::NeedsResponse,
            "under_review" | "warning_under_review" => DisputeStatus::UnderReview,
            "won" | "prevented" | "warning_closed" => DisputeStatus::Won,
            "lost" => DisputeStatus::Lost,
            _ => DisputeStatus::Other(text),
        }
    }
}

impl From<DisputeStatus> for String {
    fn from(status: DisputeStatus) -> String {
        match status {
            DisputeStatus::NeedsResponse => "needs_response".to_owned(),
            DisputeStatus::UnderReview => "under_review".to_owned(),
            DisputeStatus::Won => "won".to_owned(),
            DisputeStatus::Lost => "lost".to_owned(),
            DisputeStatus::Other(text) => text,
        }
    }
}

impl DisputeStatus {
    fn rank(&self) -> u8 {
        match self {
            DisputeStatus::NeedsResponse | DisputeStatus::Other(_) => 0,
            DisputeStatus::UnderReview => 1,
            DisputeStatus::Won | DisputeStatus::Lost => 2,
        }
    }

    /// Whether the bank has not decided.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.rank() < 2
    }
}

/// A claim of the shopper's bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// `du_…`
    pub id: String,
    /// The intent it is about.
    pub intent: IntentId,
    /// How much is claimed, minor units.
    pub amount_minor: i64,
    /// `fraudulent`, `product_not_received`, … An open text.
    pub reason: String,
    /// Where it stands.
    pub status: DisputeStatus,
}

/// Refunds and disputes of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// In the order they were heard of.
    pub refunds: Vec<Refund>,
    /// In the order they were heard of.
    pub disputes: Vec<Dispute>,
}

impl Ledger {
    /// What went back, or is on its way back, of what this intent took; minor units.
    #[must_use]
    pub fn refunded_minor(&self, intent: &IntentId) -> i64 {
        let counting = |refund: &&Refund| refund.intent == *intent && refund.status.counts();
        self.refunds
            .iter()
            .filter(counting)
            .map(|refund| refund.amount_minor)
            .sum()
    }

    /// Whether a bank is claiming money back, or has got it.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.disputes
            .iter()
            .any(|dispute| dispute.status != DisputeStatus::Won)
    }

    /// Writes what Stripe says of a refund; `true` if it is news.
    pub(crate) fn note_refund(&mut self, refund: &Refund) -> bool {
        match self.refunds.iter_mut().find(|known| known.id == refund.id) {
            Some(known) if refund.status.rank() > known.status.rank() => known.clone_from(refund),
            Some(_) => return false,
            None => self.refunds.push(refund.clone()),
        }
        true
    }

    /// Writes what Stripe says of a dispute; `true` if it is news.
    pub(crate) fn note_dispute(&mut self, dispute: &Dispute) -> bool {
        match self
            .disputes
            .iter_mut()
            .find(|known| known.id == dispute.id)
        {
            Some(known) if dispute.status.rank() > known.status.rank() => known.clone_from(dispute),
            Some(_) => return false,
            None => self.disputes.push(dispute.clone()),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refund(status: &str) -> Refund {
        Refund {
            id: "re_1".to_owned(),
            intent: IntentId::parse("pi_1").unwrap(),
            amount_minor: 500,
            status: RefundStatus::from(status.to_owned()),
        }
    }

    #[test]
    fn a_refund_can_fail_late_and_never_comes_back_to_life() {
        #[rustfmt::skip]
        let table = [
            // heard                                      known       counts
            (&["pending", "succeeded"][..],               "succeeded", 500),
            (&["succeeded", "pending"],                   "succeeded", 500),
            (&["requires_action", "succeeded", "failed"], "failed",    0),
            (&["failed", "succeeded", "pending"],         "failed",    0),
            (&["pending", "canceled", "succeeded"],       "canceled",  0),
            (&["invented_next_year"],                     "invented_next_year", 500),
        ];
        for (heard, known, counts) in table {
            let mut ledger = Ledger::default();
            for status in heard {
                ledger.note_refund(&refund(status));
                assert!(!ledger.note_refund(&refund(status)), "{heard:?} twice");
            }
            assert_eq!(ledger.refunds, [refund(known)], "{heard:?}");
            let intent = &refund(known).intent;
            assert_eq!(ledger.refunded_minor(intent), counts, "{heard:?}");
        }
    }

    #[test]
    fn a_dispute_ends_once() {
        let dispute = |status: &str| Dispute {
            id: "du_1".to_owned(),
            intent: IntentId::parse("pi_1").unwrap(),
            amount_minor: 500,
            reason: "fraudulent".to_owned(),
            status: DisputeStatus::from(status.to_owned()),
        };
        for (heard, known, disputed) in [
            (&["needs_response", "under_review", "won"][..], "won", false),
            (&["won", "needs_response"], "won", false),
            (&["under_review", "lost", "won"], "lost", true),
            (&["warning_needs_response"], "needs_response", true),
            (&["warning_closed"], "won", false),
        ] {
            let mut ledger = Ledger::default();
            for status in heard {
                ledger.note_dispute(&dispute(status));
            }
            assert_eq!(ledger.disputes, [dispute(known)], "{heard:?}");
            assert_eq!(ledger.is_disputed(), disputed, "{heard:?}");
        }
    }
}
