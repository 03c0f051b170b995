//! One world: everything one pair of keys can see, as one Stripe account in test mode would hold it.
//! Plain data; the rules are in the modules named after the objects.

use super::assumptions::Assumptions;
use super::balance_transaction::BalanceTransaction;
use super::charge::Charge;
use super::checkout_session::CheckoutSession;
use super::confirmation_token::ConfirmationToken;
use super::coupon::Coupon;
use super::customer::Customer;
use super::customer_session::CustomerSession;
use super::delivery::{Delivery, DeliveryMode, PlannedWebhookFault};
use super::discount::Discount;
use super::dispute::Dispute;
use super::early_fraud_warning::EarlyFraudWarning;
use super::event::Event;
use super::fault::PlannedFault;
use super::invoice::Invoice;
use super::invoice_item::InvoiceItem;
use super::invoice_payment::InvoicePayment;
use super::kept_answers::KeptAnswers;
use super::mandate::Mandate;
use super::outcome::Outcome;
use super::payment_intent::PaymentIntent;
use super::payment_method::PaymentMethod;
use super::price::Price;
use super::product::Product;
use super::promotion_code::PromotionCode;
use super::quirks::Quirks;
use super::random::Random;
use super::refund::Refund;
use super::request_log::RequestLog;
use super::setup_attempt::SetupAttempt;
use super::setup_intent::SetupIntent;
use super::shipping_rate::ShippingRate;
use super::subscription::Subscription;
use super::table::Table;
use super::tax::calculation::Calculation;
use super::tax::transaction::Transaction;
use super::three_d_secure::Authentication;
use super::timer::Timers;
use super::token::Token;
use super::webhook_endpoint::WebhookEndpoint;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct World {
    /// The key text after `sk_test_` and `pk_test_`.
    pub name: String,
    /// `acct_…`
    pub account: String,
    /// `pmc_…`: the account's one payment method configuration.
    pub payment_method_configuration: String,
    pub random: Random,
    /// How far `/_control/clock` has moved this world ahead of the real time.
    pub clock_offset_ms: i64,
    pub payment_intents: Table<PaymentIntent>,
    pub charges: Table<Charge>,
    pub payment_methods: Table<PaymentMethod>,
    pub confirmation_tokens: Table<ConfirmationToken>,
    pub refunds: Table<Refund>,
    #[serde(default)]
    pub setup_intents: Table<SetupIntent>,
    #[serde(default)]
    pub setup_attempts: Table<SetupAttempt>,
    #[serde(default)]
    pub mandates: Table<Mandate>,
    #[serde(default)]
    pub customers: Table<Customer>,
    #[serde(default)]
    pub customer_sessions: Table<CustomerSession>,
    #[serde(default)]
    pub balance_transactions: Table<BalanceTransaction>,
    #[serde(default)]
    pub disputes: Table<Dispute>,
    #[serde(default)]
    pub early_fraud_warnings: Table<EarlyFraudWarning>,
    #[serde(default)]
    pub webhook_endpoints: Table<WebhookEndpoint>,
    #[serde(default)]
    pub products: Table<Product>,
    #[serde(default)]
    pub prices: Table<Price>,
    #[serde(default)]
    pub coupons: Table<Coupon>,
    #[serde(default)]
    pub promotion_codes: Table<PromotionCode>,
    #[serde(default)]
    pub checkout_sessions: Table<CheckoutSession>,
    #[serde(default)]
    pub shipping_rates: Table<ShippingRate>,
    #[serde(default)]
    pub tax_calculations: Table<Calculation>,
    #[serde(default)]
    pub tax_transactions: Table<Transaction>,
    #[serde(default)]
    pub tokens: Table<Token>,
    pub discounts: Table<Discount>,
    #[serde(default)]
    pub subscriptions: Table<Subscription>,
    #[serde(default)]
    pub invoices: Table<Invoice>,
    #[serde(default)]
    pub invoice_items: Table<InvoiceItem>,
    #[serde(default)]
    pub invoice_payments: Table<InvoicePayment>,
    #[serde(default)]
    pub timers: Timers,
    /// Set while the clock stands still.
    #[serde(default)]
    pub frozen_at_ms: Option<i64>,
    #[serde(default)]
    pub assumptions: Assumptions,
    #[serde(default)]
    pub quirks: Quirks,
    #[serde(default)]
    pub next_outcomes: VecDeque<Outcome>,
    #[serde(default)]
    pub webhook_faults: Vec<PlannedWebhookFault>,
    /// Deliveries that wait to be overtaken.
    #[serde(default)]
    pub held_deliveries: Vec<String>,
    pub authentications: Table<Authentication>,
    pub events: Table<Event>,
    pub deliveries: Table<Delivery>,
    pub delivery_mode: DeliveryMode,
    pub kept_answers: KeptAnswers,
    pub faults: Vec<PlannedFault>,
    pub requests: RequestLog,
    /// Counts what may have changed what is seen, so that a page can ask cheaply whether anything has.
    #[serde(skip)]
    pub changes: u64,
}

/// A world, as a list of worlds shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorldSummary {
    /// The key text after `sk_test_` and `pk_test_`.
    pub name: String,
    /// How many PaymentIntents it holds.
    pub payments: usize,
    /// How many events.
    pub events: usize,
    /// How many requests its log holds.
    pub requests: usize,
    /// When it was last asked for something or did something, in Unix seconds of its own clock; 0 for never.
    pub last_activity: i64,
}

impl World {
    pub(crate) fn new(name: &str, seed: u64) -> Self {
        let mut random = Random::seeded(seed, name);
        World {
            name: name.to_owned(),
            account: format!("acct_1{}", random.letters(15)),
            payment_method_configuration: random.id("pmc_1"),
            random,
            clock_offset_ms: 0,
            payment_intents: Table::default(),
            charges: Table::default(),
            payment_methods: Table::default(),
            confirmation_tokens: Table::default(),
            refunds: Table::default(),
            setup_intents: Table::default(),
            setup_attempts: Table::default(),
            mandates: Table::default(),
            customers: Table::default(),
            customer_sessions: Table::default(),
            balance_transactions: Table::default(),
            disputes: Table::default(),
            early_fraud_warnings: Table::default(),
            webhook_endpoints: Table::default(),
            products: Table::default(),
            prices: Table::default(),
            coupons: Table::default(),
            promotion_codes: Table::default(),
            checkout_sessions: Table::default(),
            shipping_rates: Table::default(),
            tax_calculations: Table::default(),
            tax_transactions: Table::default(),
            tokens: Table::default(),
            discounts: Table::default(),
            subscriptions: Table::default(),
            invoices: Table::default(),
            invoice_items: Table::default(),
            invoice_payments: Table::default(),
            timers: Timers::default(),
            frozen_at_ms: None,
            assumptions: Assumptions::default(),
            quirks: Quirks::default(),
            next_outcomes: VecDeque::new(),
            webhook_faults: Vec::new(),
            held_deliveries: Vec::new(),
            authentications: Table::default(),
            events: Table::default(),
            deliveries: Table::default(),
            delivery_mode: DeliveryMode::On,
            kept_answers: KeptAnswers::default(),
            faults: Vec::new(),
            requests: RequestLog::default(),
            changes: 0,
        }
    }

    /// The world's time at a real one, in Unix milliseconds.
    pub(crate) fn time_ms(&self, real_ms: u64) -> i64 {
        let ticking = i64::try_from(real_ms)
            .unwrap_or(i64::MAX / 2)
            .saturating_add(self.clock_offset_ms);
        self.frozen_at_ms.unwrap_or(ticking)
    }

    /// Empty again. The generator goes on, so that no id comes twice.
    pub(crate) fn reset(&mut self) {
        let mut fresh = World::new(&self.name, 0);
        fresh.account = std::mem::take(&mut self.account);
        fresh.payment_method_configuration = std::mem::take(&mut self.payment_method_configuration);
        self.take_over(fresh);
    }

    /// Holds what another world held. Name and generator stay: new ids are its own.
    pub(crate) fn take_over(&mut self, other: World) {
        let name = std::mem::take(&mut self.name);
        let random = self.random.clone();
        *self = World {
            name,
            random,
            changes: self.changes,
            ..other
        };
    }

    pub(crate) fn summary(&self) -> WorldSummary {
        let request = self.requests.newest_first().next();
        let event = self.events.iter().next_back();
        WorldSummary {
            name: self.name.clone(),
            payments: self.payment_intents.all().len(),
            events: self.events.all().len(),
            requests: self.requests.len(),
            last_activity: request
                .map_or(0, |request| request.created)
                .max(event.map_or(0, |event| event.created)),
        }
    }
}
