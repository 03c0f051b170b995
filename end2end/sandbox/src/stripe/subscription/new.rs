//! What a subscription that is to be made looks like, however it was asked for.

use super::{Cancellation, MissingPaymentMethod};
use crate::stripe::discount::NewDiscount;
use crate::stripe::invoice::{CollectionMethod, PaymentSettings, Period};
use crate::stripe::json::{Value, json};
use crate::stripe::params::Metadata;
use crate::stripe::price::Price;

/// What a payment that fails at once does to the request.
#[expect(clippy::enum_variant_names, reason = "Stripe's own names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PaymentBehavior {
    AllowIncomplete,
    /// Nothing is tried: the customer confirms in the page.
    DefaultIncomplete,
    ErrorIfIncomplete,
    /// For updates only.
    PendingIfIncomplete,
}

impl PaymentBehavior {
    pub(crate) const NAMES: &[(&'static str, PaymentBehavior)] = &[
        ("allow_incomplete", PaymentBehavior::AllowIncomplete),
        ("default_incomplete", PaymentBehavior::DefaultIncomplete),
        ("error_if_incomplete", PaymentBehavior::ErrorIfIncomplete),
        (
            "pending_if_incomplete",
            PaymentBehavior::PendingIfIncomplete,
        ),
    ];
}

/// An item that is to be made. Its price may not be kept yet, if it was made for it.
#[derive(Debug, Clone)]
pub(crate) struct NewItem {
    pub price: Price,
    pub quantity: Option<i64>,
    pub metadata: Metadata,
    pub discounts: Vec<NewDiscount>,
}

/// Something to be paid once, with the first invoice.
#[derive(Debug, Clone)]
pub(crate) struct OneTimeItem {
    pub price: Price,
    pub quantity: i64,
    pub discountable: bool,
    pub discounts: Vec<NewDiscount>,
    pub metadata: Metadata,
    pub period: Option<Period>,
}

#[derive(Debug, Clone)]
pub(crate) struct NewSubscription {
    pub customer: String,
    pub items: Vec<NewItem>,
    /// For the first invoice.
    pub once: Vec<OneTimeItem>,
    pub billing_cycle_anchor: Option<i64>,
    pub billing_cycle_anchor_config: Option<Value>,
    pub billing_mode: Value,
    pub cancel_at: Option<i64>,
    pub cancel_at_period_end: bool,
    pub cancellation: Cancellation,
    pub collection_method: CollectionMethod,
    /// The items' by default.
    pub currency: Option<String>,
    pub days_until_due: Option<i64>,
    pub default_payment_method: Option<String>,
    pub description: Option<String>,
    pub discounts: Vec<NewDiscount>,
    pub metadata: Metadata,
    pub missing_payment_method: MissingPaymentMethod,
    pub off_session: bool,
    pub payment_behavior: PaymentBehavior,
    pub payment_settings: PaymentSettings,
    /// Whether the time until the cycle begins is billed.
    pub prorates: bool,
    pub saves_method: bool,
    pub trial_end: Option<i64>,
}

impl NewSubscription {
    /// With Stripe's defaults.
    pub(crate) fn new(customer: String, items: Vec<NewItem>) -> Self {
        NewSubscription {
            customer,
            items,
            once: Vec::new(),
            billing_cycle_anchor: None,
            billing_cycle_anchor_config: None,
            billing_mode: json!({
                "flexible": { "proration_discounts": "included" }, "type": "flexible",
            }),
            cancel_at: None,
            cancel_at_period_end: false,
            cancellation: Cancellation::default(),
            collection_method: CollectionMethod::ChargeAutomatically,
            currency: None,
            days_until_due: None,
            default_payment_method: None,
            description: None,
            discounts: Vec::new(),
            metadata: Metadata::new(),
            missing_payment_method: MissingPaymentMethod::CreateInvoice,
            off_session: false,
            payment_behavior: PaymentBehavior::AllowIncomplete,
            payment_settings: PaymentSettings::default(),
            prorates: true,
            saves_method: false,
            trial_end: None,
        }
    }

    pub(crate) fn currency(&self) -> String {
        let first = self.items.first().map(|item| item.price.currency.clone());
        self.currency.clone().or(first).unwrap_or_default()
    }
}
