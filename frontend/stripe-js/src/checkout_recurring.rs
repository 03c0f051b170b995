//! What comes again in a Checkout Session for a subscription.

use super::CheckoutAmount;
use crate::names::open_enum;
use crate::payload::payload;

payload! {
    /// What comes again.
    pub struct CheckoutRecurring {
        /// How often.
        interval: BillingInterval = "interval",
        /// In how many of these.
        interval_count: i64 = "intervalCount",
        /// Whether the first time is only a part.
        is_prorated: bool = "isProrated",
        /// What is due the next time.
        due_next: CheckoutDueNext = "dueNext",
        /// The time that costs nothing.
        trial: Option<CheckoutTrial> = "trial",
    }
}

payload! {
    /// How often something comes again.
    pub struct CheckoutInterval {
        /// How often.
        interval: BillingInterval = "interval",
        /// In how many of these.
        interval_count: i64 = "intervalCount",
        /// `licensed`, or `metered` where the amount depends on use; not told of optional items.
        usage_type: Option<String> = "usageType",
    }
}

open_enum! {
    /// A time after which something is due again.
    pub enum BillingInterval {
        /// A day.
        Day = "day",
        /// A month.
        Month = "month",
        /// A week.
        Week = "week",
        /// A year.
        Year = "year",
    }
}

payload! {
    /// What is due the next time.
    pub struct CheckoutDueNext {
        /// Before discounts and tax.
        subtotal: CheckoutAmount = "subtotal",
        /// Taken off.
        discount: CheckoutAmount = "discount",
        /// Tax on top.
        tax_exclusive: CheckoutAmount = "taxExclusive",
        /// Tax within.
        tax_inclusive: CheckoutAmount = "taxInclusive",
        /// In all.
        total: CheckoutAmount = "total",
        /// When, in seconds since 1970.
        billing_cycle_anchor_secs: Option<i64> = "billingCycleAnchor",
    }
}

payload! {
    /// A time that costs nothing.
    pub struct CheckoutTrial {
        /// When it ends, in seconds since 1970.
        ends_at_secs: i64 = "trialEnd",
        /// For how many days.
        days: i64 = "trialPeriodDays",
    }
}
