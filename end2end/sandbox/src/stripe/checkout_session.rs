//! Checkout Sessions (docs.stripe.com/api/checkout/sessions): a purchase, a setup or a subscription that a page of
//! Stripe's own carries through. Here the fields, the states and the shape on the wire; the page is below.

mod browser;
mod calls;
mod complete;
mod create;
mod discount;
mod line_item;
mod page;
mod pay;
mod recovery;
mod settings;
mod shape;
mod subscribe;
mod totals;
mod update;

use super::json::Value;
use super::params::Metadata;
use super::table::Row;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub(crate) use line_item::LineItem;
pub(crate) use page::{Field, Input, Method, OpenPage, Turn, View};
use settings::Settings;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    Payment,
    Setup,
    Subscription,
}

impl Mode {
    const NAMES: &[(&'static str, Mode)] = &[
        ("payment", Mode::Payment),
        ("setup", Mode::Setup),
        ("subscription", Mode::Subscription),
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Open,
    Complete,
    Expired,
}

impl Status {
    pub(crate) const NAMES: &[(&'static str, Status)] = &[
        ("complete", Status::Complete),
        ("expired", Status::Expired),
        ("open", Status::Open),
    ];
}

/// Whose page it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UiMode {
    Elements,
    EmbeddedPage,
    Form,
    HostedPage,
}

impl UiMode {
    const NAMES: &[(&'static str, UiMode)] = &[
        ("elements", UiMode::Elements),
        ("embedded_page", UiMode::EmbeddedPage),
        ("form", UiMode::Form),
        ("hosted_page", UiMode::HostedPage),
    ];
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Discount {
    pub coupon: String,
    pub promotion_code: Option<String>,
}

/// What the shopper has told so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Collected {
    pub email: Option<String>,
    pub name: Option<String>,
    pub business_name: Option<String>,
    pub individual_name: Option<String>,
    pub phone: Option<String>,
    pub address: Option<Value>,
    /// `name` and `address`.
    pub shipping: Option<Value>,
    /// Type and value.
    pub tax_id: Option<(String, String)>,
    /// By the key of the custom field.
    pub custom_fields: BTreeMap<String, String>,
    pub accepted_terms: bool,
    pub accepted_promotions: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CheckoutSession {
    /// `cs_test_…`
    pub id: String,
    pub created: i64,
    pub expires_at: i64,
    pub mode: Mode,
    pub status: Status,
    pub ui_mode: UiMode,
    /// Where the sandbox was reached when it was made.
    pub origin: String,
    pub client_secret: Option<String>,
    pub success_url: Option<String>,
    pub cancel_url: Option<String>,
    pub return_url: Option<String>,
    pub currency: Option<String>,
    pub line_items: Vec<LineItem>,
    pub discounts: Vec<Discount>,
    /// `shr_…`
    pub shipping_options: Vec<String>,
    pub shipping_rate: Option<String>,
    pub automatic_tax: bool,
    pub customer: Option<String>,
    pub customer_email: Option<String>,
    pub collected: Collected,
    pub metadata: Metadata,
    pub settings: Settings,
    pub payment_intent: Option<String>,
    pub setup_intent: Option<String>,
    pub subscription: Option<String>,
    pub invoice: Option<String>,
    /// A delayed payment has been heard of.
    pub awaits_payment: bool,
    /// The link by which an expired one is taken up again.
    pub recovery: Option<String>,
    pub recovered_from: Option<String>,
}

impl Row for CheckoutSession {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let ids = [
            &self.customer,
            &self.payment_intent,
            &self.setup_intent,
            &self.subscription,
            &self.invoice,
            &self.recovery,
        ];
        let mut owners: Vec<&str> = ids.into_iter().filter_map(Option::as_deref).collect();
        owners.extend(self.line_items.iter().map(|item| item.id.as_str()));
        owners
    }
}
