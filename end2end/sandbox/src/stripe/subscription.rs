//! Subscriptions (docs.stripe.com/api/subscriptions): what a customer pays for again and again. Their fields, states and
//! shape; what moves them is in the modules below.
//!
//! From Rust, [`Call::subscribe`] makes one from a [`NewSubscription`], as the call by API does: fill in
//! `NewSubscription::new(customer, items)`, with items from [`Call::new_item`] or [`Call::read_new_items`]. With
//! `PaymentBehavior::DefaultIncomplete` it comes back `incomplete`, its `latest_invoice` open, and
//! [`Invoice::payment_intent`](super::invoice::Invoice::payment_intent) is the PaymentIntent to confirm, as often as it
//! takes; once that succeeds, the subscription is active by itself. If nothing is due (a trial, a coupon), there is no intent and it is active or
//! trialing at once; then `pending_setup_intent` collects a method.

mod calls;
mod close;
mod create;
mod given;
mod item;
mod item_calls;
mod new;
mod outcome;
mod prorate;
mod renew;
mod subscribe;
mod update;

use super::invoice::{CollectionMethod, PaymentSettings, Period};
use super::params::Metadata;
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

pub(crate) use item::{Debit, Item};
pub(crate) use new::{NewItem, NewSubscription, PaymentBehavior};
pub(crate) use update::PendingUpdate;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Active,
    Canceled,
    /// The first payment has not been made.
    Incomplete,
    IncompleteExpired,
    PastDue,
    Paused,
    Trialing,
    Unpaid,
}

impl Status {
    pub(crate) const NAMES: &[(&'static str, Status)] = &[
        ("active", Status::Active),
        ("canceled", Status::Canceled),
        ("incomplete", Status::Incomplete),
        ("incomplete_expired", Status::IncompleteExpired),
        ("past_due", Status::PastDue),
        ("paused", Status::Paused),
        ("trialing", Status::Trialing),
        ("unpaid", Status::Unpaid),
    ];

    pub(crate) fn has_ended(self) -> bool {
        matches!(self, Status::Canceled | Status::IncompleteExpired)
    }
}

/// What a trial does that ends without a payment method.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MissingPaymentMethod {
    Cancel,
    #[default]
    CreateInvoice,
    Pause,
}

/// What becomes of invoices while their collection is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PausedInvoices {
    KeepAsDraft,
    MarkUncollectible,
    Void,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PausedCollection {
    pub behavior: PausedInvoices,
    pub resumes_at: Option<i64>,
}

/// Why it was, or will be, cancelled.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Cancellation {
    pub comment: Option<String>,
    pub feedback: Option<String>,
    pub reason: Option<String>,
}

/// Since when it is paused, and by what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pause {
    pub kind: String,
    pub since: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub id: String,
    pub created: i64,
    pub status: Status,
    pub billing_cycle_anchor: i64,
    pub billing_cycle_anchor_config: Option<Value>,
    pub billing_mode: Value,
    pub cancel_at: Option<i64>,
    pub cancel_at_period_end: bool,
    pub canceled_at: Option<i64>,
    pub cancellation: Cancellation,
    pub collection_method: CollectionMethod,
    pub currency: String,
    pub customer: String,
    pub days_until_due: Option<i64>,
    pub default_payment_method: Option<String>,
    pub description: Option<String>,
    /// `di_…`
    pub discounts: Vec<String>,
    pub ended_at: Option<i64>,
    pub items: Vec<Item>,
    pub latest_invoice: Option<String>,
    pub metadata: Metadata,
    pub missing_payment_method: MissingPaymentMethod,
    pub pause: Option<Pause>,
    pub pause_collection: Option<PausedCollection>,
    /// For its invoices.
    pub payment_settings: PaymentSettings,
    /// Whether what has paid becomes its default.
    pub saves_method: bool,
    pub pending_setup_intent: Option<String>,
    pub pending_update: Option<PendingUpdate>,
    pub start_date: i64,
    pub trial: Option<Period>,
}

impl Row for Subscription {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    /// Its items, too: they are found by their own ids.
    fn owners(&self) -> Vec<&str> {
        let mut owners = vec![self.customer.as_str()];
        owners.extend(self.items.iter().map(|item| item.id.as_str()));
        owners.extend(self.items.iter().map(|item| item.price.as_str()));
        owners.extend(self.pending_setup_intent.as_deref());
        owners
    }
}

impl Subscription {
    /// When the next period of any of its items begins.
    pub(crate) fn renews_at(&self) -> Option<i64> {
        self.items.iter().map(|item| item.period.end).min()
    }

    pub(crate) fn is_trialing(&self, now: i64) -> bool {
        self.trial.is_some_and(|trial| now < trial.end)
    }

    pub(crate) fn json(&self, world: &World) -> Value {
        let items: Vec<Value> = self
            .items
            .iter()
            .take(10)
            .map(|item| item.json(world, &self.id))
            .collect();
        let mut payment_settings = self.payment_settings.json(json!({ "network": null }));
        payment_settings["save_default_payment_method"] = if self.saves_method {
            json!("on_subscription")
        } else {
            json!("off")
        };
        let mut json = json!({
            "id": self.id,
            "object": "subscription",
            "application": null,
            "application_fee_percent": null,
            "automatic_tax": { "disabled_reason": null, "enabled": false, "liability": null },
            "billing_cycle_anchor": self.billing_cycle_anchor,
            "billing_cycle_anchor_config": self.billing_cycle_anchor_config,
            "billing_mode": self.billing_mode,
            "billing_schedules": [],
            "billing_thresholds": null,
            "cancel_at": self.cancel_at,
            "cancel_at_period_end": self.cancel_at_period_end,
            "canceled_at": self.canceled_at,
            "cancellation_details": {
                "comment": self.cancellation.comment,
                "feedback": self.cancellation.feedback,
                "feedback_option": null,
                "reason": self.cancellation.reason,
            },
            "collection_method": self.collection_method,
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "customer_account": null,
            "days_until_due": self.days_until_due,
            "default_payment_method": self.default_payment_method,
            "default_source": null,
            "default_tax_rates": [],
            "description": self.description,
            "discounts": self.discounts,
            "ended_at": self.ended_at,
            "invoice_settings": {
                "account_tax_ids": null,
                "custom_fields": null,
                "description": null,
                "footer": null,
                "issuer": { "type": "self" },
            },
            "items": {
                "object": "list",
                "data": items,
                "has_more": self.items.len() > 10,
                "url": format!("/v1/subscription_items?subscription={}", self.id),
            },
            "latest_invoice": self.latest_invoice,
            "livemode": false,
            "managed_payments": null,
            "metadata": self.metadata,
            "next_pending_invoice_item_invoice": null,
            "on_behalf_of": null,
            "pause_collection": self.pause_collection,
            "payment_settings": payment_settings,
            "pending_invoice_item_interval": null,
            "pending_setup_intent": self.pending_setup_intent,
            "pending_update": self.pending_update.as_ref().map(|update| update.json(world, &self.id)),
            "schedule": null,
            "start_date": self.start_date,
            "status": self.status,
            "test_clock": null,
            "transfer_data": null,
            "trial_end": self.trial.map(|trial| trial.end),
            "trial_settings": {
                "end_behavior": {
                    "billing_cycle_anchor": null,
                    "missing_payment_method": self.missing_payment_method,
                },
            },
            "trial_start": self.trial.map(|trial| trial.start),
        });
        if let Some(pause) = &self.pause {
            json["status_details"] = json!({ "paused": {
                "subscription": { "type": pause.kind },
                "transitioned_at": pause.since,
                "type": "subscription",
            }});
        }
        json
    }
}
