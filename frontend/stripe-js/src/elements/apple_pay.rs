//! What Apple Pay is told of payments that come later: a subscription, a top-up, a deferred charge.

use crate::names::closed_enum;
use crate::options::options;

/// Where dates stand inside options that have an `applePay`.
pub(crate) const APPLE_PAY_DATES: &[&str] = &[
    "applePay.recurringPaymentRequest.regularBilling.recurringPaymentStartDate",
    "applePay.recurringPaymentRequest.regularBilling.recurringPaymentEndDate",
    "applePay.recurringPaymentRequest.trialBilling.recurringPaymentStartDate",
    "applePay.recurringPaymentRequest.trialBilling.recurringPaymentEndDate",
    "applePay.deferredPaymentRequest.deferredBilling.deferredPaymentDate",
    "applePay.deferredPaymentRequest.freeCancellationDate",
];

/// What Apple Pay shows about later payments: one of three kinds of request.
///
/// Dates are milliseconds since 1970. See <https://docs.stripe.com/apple-pay/merchant-tokens>.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ApplePay {
    /// A subscription.
    #[serde(rename = "recurringPaymentRequest")]
    Recurring(RecurringPayment),
    /// A payment on a later day.
    #[serde(rename = "deferredPaymentRequest")]
    Deferred(DeferredPayment),
    /// A balance that is topped up by itself.
    #[serde(rename = "automaticReloadPaymentRequest")]
    AutomaticReload(AutomaticReload),
}

/// What Apple Pay can be told while its sheet is open.
#[derive(Clone, Debug, serde::Serialize)]
pub enum ApplePayUpdate {
    /// A subscription.
    #[serde(rename = "recurringPaymentRequest")]
    Recurring(RecurringPayment),
    /// A balance that is topped up by itself.
    #[serde(rename = "automaticReloadPaymentRequest")]
    AutomaticReload(AutomaticReload),
}

options! {
    /// A subscription, as Apple Pay shows it.
    #[serde(rename_all = "camelCase")]
    pub struct RecurringPayment {
        required {
            /// What it is for.
            payment_description: String,
            /// Where the shopper can manage it.
            #[serde(rename = "managementURL")]
            management_url: String,
            /// What is paid, and how often.
            regular_billing: RecurringBilling,
        }
        /// What is paid at first.
        trial_billing: RecurringBilling,
        /// The agreement, in words.
        billing_agreement: String,
    }
}

options! {
    /// A payment that repeats.
    #[serde(rename_all = "camelCase")]
    pub struct RecurringBilling {
        required {
            /// What it is called.
            label: String,
            /// In the currency's smallest unit.
            #[serde(rename = "amount")]
            amount_minor: i64,
        }
        /// When it begins, in milliseconds since 1970.
        #[serde(rename = "recurringPaymentStartDate")]
        starts_at_ms: i64,
        /// When it ends, in milliseconds since 1970.
        #[serde(rename = "recurringPaymentEndDate")]
        ends_at_ms: i64,
        /// The unit in which its period is counted.
        #[serde(rename = "recurringPaymentIntervalUnit")]
        interval_unit: IntervalUnit,
        /// How many units a period has.
        #[serde(rename = "recurringPaymentIntervalCount")]
        interval_count: u32,
    }
}

closed_enum! {
    /// The unit of a period.
    pub enum IntervalUnit {
        /// Years.
        Year = "year",
        /// Months.
        Month = "month",
        /// Days.
        Day = "day",
        /// Hours.
        Hour = "hour",
        /// Minutes.
        Minute = "minute",
    }
}

options! {
    /// A payment on a later day, as Apple Pay shows it.
    #[serde(rename_all = "camelCase")]
    pub struct DeferredPayment {
        required {
            /// What it is for.
            payment_description: String,
            /// Where the shopper can manage it.
            #[serde(rename = "managementURL")]
            management_url: String,
            /// What is paid.
            deferred_billing: DeferredBilling,
        }
        /// The agreement, in words.
        billing_agreement: String,
        /// Until when it can be called off for free, in milliseconds since 1970.
        #[serde(rename = "freeCancellationDate")]
        free_cancellation_at_ms: i64,
        /// The time zone of that moment, as `Europe/Berlin`.
        free_cancellation_date_time_zone: String,
    }
}

options! {
    /// A payment on a later day.
    #[serde(rename_all = "camelCase")]
    pub struct DeferredBilling {
        required {
            /// What it is called.
            label: String,
            /// In the currency's smallest unit.
            #[serde(rename = "amount")]
            amount_minor: i64,
            /// When, in milliseconds since 1970.
            #[serde(rename = "deferredPaymentDate")]
            due_at_ms: i64,
        }
    }
}

options! {
    /// A balance that is topped up by itself, as Apple Pay shows it.
    #[serde(rename_all = "camelCase")]
    pub struct AutomaticReload {
        required {
            /// What it is for.
            payment_description: String,
            /// Where the shopper can manage it.
            #[serde(rename = "managementURL")]
            management_url: String,
            /// What is paid.
            automatic_reload_billing: ReloadBilling,
        }
        /// The agreement, in words.
        billing_agreement: String,
    }
}

options! {
    /// A top-up.
    #[serde(rename_all = "camelCase")]
    pub struct ReloadBilling {
        required {
            /// What it is called.
            label: String,
            /// In the currency's smallest unit.
            #[serde(rename = "amount")]
            amount_minor: i64,
            /// The balance below which it happens, in the currency's smallest unit.
            #[serde(rename = "automaticReloadPaymentThresholdAmount")]
            threshold_minor: i64,
        }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::sample::Sample;

    impl Sample for ApplePay {
        fn samples() -> Vec<Self> {
            let recurring = RecurringPayment::samples().into_iter().map(Self::Recurring);
            let deferred = DeferredPayment::samples().into_iter().map(Self::Deferred);
            let reload = AutomaticReload::samples();
            let reload = reload.into_iter().map(Self::AutomaticReload);
            recurring.chain(deferred).chain(reload).collect()
        }
    }

    impl Sample for ApplePayUpdate {
        fn samples() -> Vec<Self> {
            let recurring = RecurringPayment::samples().into_iter().map(Self::Recurring);
            let reload = AutomaticReload::samples();
            recurring
                .chain(reload.into_iter().map(Self::AutomaticReload))
                .collect()
        }
    }
}
