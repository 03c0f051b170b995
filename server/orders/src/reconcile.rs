//! Stripe's list of a day held against the orders, both ways. What Stripe knows better is applied on the spot, by the
//! same [`apply`](checkout::apply()) as ever; everything found is reported.
//!
//! Intents without this shop's id in their metadata are another's: never looked at twice.

use std::collections::HashSet;

use checkout::{IntentId, OrderKey, Payment};
use stripe_rest::{GetError, Transport};

use crate::payments::{PayError, Payments};
use crate::snapshot;
use crate::store::{OrderStore, Wanted};

/// How many orders are read at once.
const PAGE: u32 = 100;

/// What a reconciliation found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// This shop's intents that Stripe made in that time.
    pub intents: usize,
    /// Orders made in that time.
    pub orders: usize,
    /// Where the two disagreed.
    pub differences: Vec<Difference>,
}

/// One disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The order, if one is named.
    pub order: Option<OrderKey>,
    /// The intent, if there is one.
    pub intent: Option<IntentId>,
    /// What does not agree.
    pub kind: DifferenceKind,
}

/// How books and Stripe disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Stripe knew more: the order was moved.
    Moved {
        /// Where it stood.
        from: Payment,
        /// Where it stands now.
        to: Payment,
    },
    /// The ledger lacked a refund, or knew an old state of one: written.
    Refunds,
    /// Money that belongs to no order of ours, though it carries this shop's id.
    NoOrder,
    /// The order stands on an intent that Stripe does not know.
    NoIntent,
    /// It does not add up: the order is held for the merchant.
    Quarantined(String),
}

impl<S: OrderStore, T: Transport> Payments<S, T> {
    /// Compares what Stripe made from `from` to `until` (seconds since 1970, the latter left out) with the orders of
    /// that time, and applies what Stripe knows better. Safe to repeat, and beside a running shop.
    ///
    /// # Errors
    /// Stripe or the books failed; what was applied until then stays applied.
    pub async fn reconcile(&self, from: i64, until: i64) -> Result<Report, PayError> {
        let mut report = Report::default();
        let mut seen = HashSet::new();
        let mut after: Option<String> = None;
        loop {
            let page = self
                .stripe()
                .payment_intents_created(from, until, after.as_deref())
                .await?;
            for intent in &page.data {
                let Ok(snapshot) = snapshot::of(intent) else {
                    continue;
                };
                if snapshot.shop.as_deref() != Some(self.store().shop().as_str()) {
                    continue;
                }
                report.intents += 1;
                seen.insert(snapshot.id.clone());
                let key = snapshot.order.as_deref().map(OrderKey::parse);
                match key {
                    Some(Ok(key)) => self.hold_against(&key, &snapshot.id, &mut report).await?,
                    _ => report.found(None, Some(&snapshot.id), DifferenceKind::NoOrder),
                }
            }
            after = page.data.last().map(|intent| intent.id.clone());
            if !page.has_more || after.is_none() {
                break;
            }
        }
        self.look_for_orders(from, until, &seen, &mut report)
            .await?;
        Ok(report)
    }

    /// Asks about one intent, and notes what that changed.
    async fn hold_against(
        &self,
        key: &OrderKey,
        intent: &IntentId,
        report: &mut Report,
    ) -> Result<(), PayError> {
        let Some(before) = self.store().order(key).await? else {
            report.found(Some(key), Some(intent), DifferenceKind::NoOrder);
            return Ok(());
        };
        let after = match self.refresh(key, intent, None).await {
            Ok(seen) => seen.order,
            Err(PayError::Stripe(GetError::NotFound(_))) => {
                report.found(Some(key), Some(intent), DifferenceKind::NoIntent);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if before.payment != after.payment {
            let kind = DifferenceKind::Moved {
                from: before.payment,
                to: after.payment.clone(),
            };
            report.found(Some(key), Some(intent), kind);
        }
        if let Some(reason) = &after.quarantine {
            let kind = DifferenceKind::Quarantined(reason.clone());
            report.found(Some(key), Some(intent), kind);
        }
        if after.payment == Payment::Paid {
            self.refresh_refunds(key, intent, None).await?;
            let noted = self.store().order(key).await?;
            if noted.is_some_and(|noted| noted.ledger.refunds != after.ledger.refunds) {
                report.found(Some(key), Some(intent), DifferenceKind::Refunds);
            }
        }
        Ok(())
    }

    /// The other way: orders of that time whose intent was not in Stripe's list.
    async fn look_for_orders(
        &self,
        from: i64,
        until: i64,
        seen: &HashSet<IntentId>,
        report: &mut Report,
    ) -> Result<(), PayError> {
        let mut wanted = Wanted {
            payment: None,
            from_ms: from.saturating_mul(1000),
            until_ms: until.saturating_mul(1000),
            before: None,
            limit: PAGE,
        };
        loop {
            let rows = self.store().orders(&wanted).await?;
            report.orders += rows.len();
            for row in &rows {
                let Some(order) = self.store().order(&row.key).await? else {
                    continue;
                };
                if let Some(intent) = order.intent.filter(|intent| !seen.contains(&intent.id)) {
                    self.hold_against(&row.key, &intent.id, report).await?;
                }
            }
            wanted.before = rows.last().map(|row| row.place);
            if rows.len() < PAGE as usize {
                return Ok(());
            }
        }
    }
}

impl Report {
    fn found(&mut self, order: Option<&OrderKey>, intent: Option<&IntentId>, kind: DifferenceKind) {
        self.differences.push(Difference {
            order: order.cloned(),
            intent: intent.cloned(),
            kind,
        });
    }
}
