//! One world: everything one pair of keys can see, as one Stripe account in test mode would hold it.
//! Plain data; the rules are in the modules named after the objects.

use super::assumptions::Assumptions;
use super::balance_transaction::BalanceTransaction;
use super::charge::Charge;
use super::confirmation_token::ConfirmationToken;
use super::coupon::Coupon;
use super::customer::Customer;
use super::customer_session::CustomerSession;
use super::delivery::{Delivery, DeliveryMode, PlannedWebhookFault};
use super::dispute::Dispute;
use super::early_fraud_warning::EarlyFraudWarning;
use super::event::Event;
use super::fault::PlannedFault;
use super::idempotency::KeptAnswer;
use super::outcome::Outcome;
use super::payment_intent::PaymentIntent;
use super::payment_method::PaymentMethod;
use super::price::Price;
use super::product::Product;
use super::promotion_code::PromotionCode;
use super::random::Random;
use super::refund::Refund;
use super::request_log::RequestLog;
use super::setup_intent::SetupIntent;
use super::table::Table;
use super::three_d_secure::Authentication;
use super::timer::Timers;
use super::webhook_endpoint::WebhookEndpoint;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

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
    pub timers: Timers,
    /// Set while the clock stands still.
    #[serde(default)]
    pub frozen_at_ms: Option<i64>,
    #[serde(default)]
    pub assumptions: Assumptions,
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
    /// By idempotency key.
    pub kept_answers: BTreeMap<String, KeptAnswer>,
    pub faults: Vec<PlannedFault>,
    pub requests: RequestLog,
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
            timers: Timers::default(),
            frozen_at_ms: None,
            assumptions: Assumptions::default(),
            next_outcomes: VecDeque::new(),
            webhook_faults: Vec::new(),
            held_deliveries: Vec::new(),
            authentications: Table::default(),
            events: Table::default(),
            deliveries: Table::default(),
            delivery_mode: DeliveryMode::On,
            kept_answers: BTreeMap::new(),
            faults: Vec::new(),
            requests: RequestLog::default(),
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
        fresh.random = self.random.clone();
        *self = fresh;
    }
}
