//! Invoices (docs.stripe.com/api/invoices): what is owed, from a draft to its payment. Their fields, states and shape;
//! what moves them is in the modules below.
//!
//! A finalised invoice is paid by a PaymentIntent like any other, so that declines, 3-D Secure and webhooks are those
//! of every payment: `collect` opens and confirms it, and hears of its outcome.

mod calls;
mod collect;
mod finalize;
mod line;
mod lines;
mod payment_settings;
mod preview;
mod retry;
mod total;
mod transitions;

use super::calendar::DAY_S;
use super::params::Metadata;
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

pub(crate) use calls::read_custom_fields;
pub(crate) use collect::{Attempt, no_method};
pub(crate) use line::{Line, LineParent, Period, pricing};
pub(crate) use payment_settings::PaymentSettings;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Draft,
    Open,
    Paid,
    Uncollectible,
    Void,
}

impl Status {
    pub(crate) const NAMES: &[(&'static str, Status)] = &[
        ("draft", Status::Draft),
        ("open", Status::Open),
        ("paid", Status::Paid),
        ("uncollectible", Status::Uncollectible),
        ("void", Status::Void),
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Open => "open",
            Status::Paid => "paid",
            Status::Uncollectible => "uncollectible",
            Status::Void => "void",
        }
    }
}

/// Why it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BillingReason {
    Manual,
    SubscriptionCreate,
    SubscriptionCycle,
    SubscriptionUpdate,
    Upcoming,
}

/// Who acts: Stripe charges, or the customer is sent the invoice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CollectionMethod {
    #[default]
    ChargeAutomatically,
    SendInvoice,
}

impl CollectionMethod {
    pub(crate) const NAMES: &[(&'static str, CollectionMethod)] = &[
        (
            "charge_automatically",
            CollectionMethod::ChargeAutomatically,
        ),
        ("send_invoice", CollectionMethod::SendInvoice),
    ];
}

/// The subscription that an invoice bills, as it was when the invoice was finalised.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OfSubscription {
    pub id: String,
    pub metadata: Metadata,
    pub proration_date: Option<i64>,
}

/// When it changed its status.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Transitions {
    pub finalized_at: Option<i64>,
    pub marked_uncollectible_at: Option<i64>,
    pub paid_at: Option<i64>,
    pub voided_at: Option<i64>,
}

/// What finalising settled for good.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Finalized {
    pub number: String,
    pub amount_due: i64,
    pub starting_balance: i64,
    pub ending_balance: i64,
    /// Address, e-mail, name, phone, shipping and tax status of the customer at that time.
    pub customer: Value,
    /// In the address of the hosted invoice.
    pub secret: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Invoice {
    pub id: String,
    pub created: i64,
    pub deleted: bool,
    pub status: Status,
    pub amount_paid: i64,
    pub amount_paid_off_stripe: i64,
    pub attempt_count: i64,
    pub attempted: bool,
    pub auto_advance: bool,
    pub automatically_finalizes_at: Option<i64>,
    pub billing_reason: BillingReason,
    pub collection_method: CollectionMethod,
    pub currency: String,
    pub custom_fields: Option<Value>,
    pub customer: String,
    pub days_until_due: Option<i64>,
    pub default_payment_method: Option<String>,
    pub description: Option<String>,
    /// `di_…`
    pub discounts: Vec<String>,
    pub due_date: Option<i64>,
    pub effective_at: Option<i64>,
    pub finalized: Option<Finalized>,
    pub footer: Option<String>,
    pub lines: Vec<Line>,
    pub metadata: Metadata,
    pub next_payment_attempt: Option<i64>,
    /// A number of the caller's, for the finalised invoice.
    pub number: Option<String>,
    pub payment_settings: PaymentSettings,
    pub period_end: i64,
    pub period_start: i64,
    pub statement_descriptor: Option<String>,
    pub subscription: Option<OfSubscription>,
    pub transitions: Transitions,
}

impl Row for Invoice {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let mut owners = vec![self.customer.as_str()];
        owners.extend(self.subscription.as_ref().map(|it| it.id.as_str()));
        owners
    }
}

impl Invoice {
    /// A draft of nothing yet.
    pub(crate) fn draft(id: String, now: i64, customer: String, currency: String) -> Self {
        Invoice {
            id,
            created: now,
            deleted: false,
            status: Status::Draft,
            amount_paid: 0,
            amount_paid_off_stripe: 0,
            attempt_count: 0,
            attempted: false,
            auto_advance: false,
            automatically_finalizes_at: None,
            billing_reason: BillingReason::Manual,
            collection_method: CollectionMethod::ChargeAutomatically,
            currency,
            custom_fields: None,
            customer,
            days_until_due: None,
            default_payment_method: None,
            description: None,
            discounts: Vec::new(),
            due_date: None,
            effective_at: None,
            finalized: None,
            footer: None,
            lines: Vec::new(),
            metadata: Metadata::new(),
            next_payment_attempt: None,
            number: None,
            payment_settings: PaymentSettings::default(),
            period_end: now,
            period_start: now,
            statement_descriptor: None,
            subscription: None,
            transitions: Transitions::default(),
        }
    }

    pub(crate) fn amount_remaining(&self, world: &World) -> i64 {
        match self.status {
            Status::Paid => 0,
            _ => self.amount_due(world) - self.amount_paid,
        }
    }

    pub(crate) fn json(&self, world: &World) -> Value {
        if self.deleted {
            return json!({ "id": self.id, "object": "invoice", "deleted": true });
        }
        let finalized = self.finalized.as_ref();
        let details = finalized.map_or_else(|| self.customer_now(world), |it| it.customer.clone());
        let totals = self.totals();
        let total_discounts: Vec<Value> = totals
            .discounts
            .iter()
            .map(|(discount, amount)| json!({ "amount": amount, "discount": discount }))
            .collect();
        let pretax: Vec<Value> = totals
            .discounts
            .iter()
            .map(|(discount, amount)| {
                json!({ "amount": amount, "discount": discount, "type": "discount" })
            })
            .collect();
        let mut payment_settings = self.payment_settings.json(json!({}));
        payment_settings["default_mandate"] = Value::Null;
        let hosted = |kind: &str, end: &str| {
            finalized.map(|it| format!("https://{kind}/{}/test_{}{end}", world.account, it.secret))
        };
        let mut json = json!({
            "id": self.id,
            "object": "invoice",
            "account_country": "US",
            "account_name": "Sandbox",
            "account_tax_ids": null,
            "amount_due": self.amount_due(world),
            "amount_overpaid": 0,
            "amount_paid": self.amount_paid,
            "amount_paid_off_stripe": self.amount_paid_off_stripe,
            "amount_remaining": self.amount_remaining(world),
            "amount_shipping": 0,
            "application": null,
            "attempt_count": self.attempt_count,
            "attempted": self.attempted,
            "auto_advance": self.auto_advance,
            "automatic_tax": {
                "disabled_reason": null, "enabled": false, "liability": null, "provider": null, "status": null,
            },
            "automatically_finalizes_at": self.automatically_finalizes_at,
            "billing_reason": self.billing_reason,
            "collection_method": self.collection_method,
            "created": self.created,
            "currency": self.currency,
            "custom_fields": self.custom_fields,
            "customer": self.customer,
            "customer_account": null,
            "customer_tax_ids": [],
            "default_payment_method": self.default_payment_method,
            "default_source": null,
            "default_tax_rates": [],
            "description": self.description,
            "discounts": self.discounts,
            "due_date": self.due_date,
            "effective_at": self.effective_at,
            "ending_balance": finalized.map(|it| it.ending_balance),
            "footer": self.footer,
            "from_invoice": null,
            "hosted_invoice_url": hosted("invoice.stripe.com/i", "?s=ap"),
            "invoice_pdf": hosted("pay.stripe.com/invoice", "/pdf?s=ap"),
            "issuer": { "type": "self" },
            "last_finalization_error": null,
            "latest_revision": null,
            "lines": self.lines_json(10),
            "livemode": false,
            "metadata": self.metadata,
            "next_payment_attempt": self.next_payment_attempt,
            "number": finalized.map(|it| &it.number).or(self.number.as_ref()),
            "on_behalf_of": null,
            "parent": self.subscription.as_ref().map(OfSubscription::json),
            "payment_settings": payment_settings,
            "period_end": self.period_end,
            "period_start": self.period_start,
            "post_payment_credit_notes_amount": 0,
            "pre_payment_credit_notes_amount": 0,
            "receipt_number": null,
            "rendering": null,
            "shipping_cost": null,
            "shipping_details": null,
            "starting_balance": self.starting_balance(world),
            "statement_descriptor": self.statement_descriptor,
            "status": self.status.as_str(),
            "status_transitions": {
                "finalized_at": self.transitions.finalized_at,
                "marked_uncollectible_at": self.transitions.marked_uncollectible_at,
                "paid_at": self.transitions.paid_at,
                "voided_at": self.transitions.voided_at,
            },
            "subtotal": totals.subtotal,
            "subtotal_excluding_tax": totals.subtotal,
            "test_clock": null,
            "total": totals.total,
            "total_discount_amounts": total_discounts,
            "total_excluding_tax": totals.total,
            "total_pretax_credit_amounts": pretax,
            "total_taxes": [],
            "webhooks_delivered_at": self.transitions.finalized_at.or(Some(self.created)),
        });
        if let (Value::Object(json), Value::Object(details)) = (&mut json, details) {
            json.append(details);
        }
        json
    }

    /// What is shown only where `expand[]` asks for it.
    pub(crate) fn included(&self, world: &World, field: &str) -> Option<Value> {
        match field {
            "confirmation_secret" => {
                let intent = self.payment_intent(world);
                Some(intent.map_or(Value::Null, |intent| {
                    json!({ "client_secret": intent.client_secret, "type": "payment_intent" })
                }))
            }
            "payments" => {
                let payments = world.invoice_payments.of(&self.id);
                let data: Vec<Value> = payments
                    .iter()
                    .rev()
                    .map(|payment| payment.json())
                    .collect();
                Some(json!({
                    "object": "list",
                    "data": data,
                    "has_more": false,
                    "url": format!("/v1/invoice_payments?invoice={}", self.id),
                }))
            }
            _ => None,
        }
    }

    fn customer_now(&self, world: &World) -> Value {
        let customer = world.customers.get(&self.customer);
        let customer = customer.map(|customer| customer.json()).unwrap_or_default();
        json!({
            "customer_address": customer["address"],
            "customer_email": customer["email"],
            "customer_name": customer["name"],
            "customer_phone": customer["phone"],
            "customer_shipping": customer["shipping"],
            "customer_tax_exempt": customer["tax_exempt"],
        })
    }

    /// When the customer has to have paid, for one that is sent.
    fn due_date_from(&self, finalized_at: i64) -> Option<i64> {
        self.days_until_due.map(|days| finalized_at + days * DAY_S)
    }
}

impl OfSubscription {
    fn json(&self) -> Value {
        let mut details = json!({ "metadata": self.metadata, "subscription": self.id });
        if let Some(date) = self.proration_date {
            details["subscription_proration_date"] = json!(date);
        }
        json!({
            "quote_details": null, "subscription_details": details, "type": "subscription_details",
        })
    }
}
