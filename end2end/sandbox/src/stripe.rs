//! Stripe as a pure machine: a request and the time in, an answer and effects out. No I/O, no clock, and no
//! randomness but a generator in its own state, so that the same calls with the same seed give the same ids.
//!
//! A request comes in by `api`, through faults and idempotency keys; `contract` holds it against Stripe's types, and `routes`
//! leads it to its operation: a method of `Call`, in the module of the object it is about. A `World` keeps a `Table` for each
//! kind of object. What comes due later is a `timer`, what has happened an `event`, and a `delivery` takes it to a webhook.

mod accepted_methods;
mod api;
mod assumptions;
mod auth;
mod balance_transaction;
mod bank_account;
mod calendar;
mod call;
mod card;
mod cards;
mod charge;
mod checkout_session;
mod confirmation_token;
mod contract;
mod control;
mod coupon;
mod customer;
mod customer_session;
mod decline;
mod delivery;
mod discount;
mod dispute;
mod early_fraud_warning;
mod elements_session;
mod error;
mod event;
mod expand;
mod fault;
mod flexible;
mod form;
mod generated_debit;
#[cfg(test)]
mod growth;
mod hosts;
mod idempotency;
mod instrument;
mod invoice;
mod invoice_item;
mod invoice_payment;
mod json;
mod kept_answers;
mod list;
mod local_method;
mod mandate;
mod message;
mod metadata;
mod microdeposits;
mod money;
mod next_action;
mod outcome;
mod params;
mod payment_intent;
mod payment_method;
mod price;
mod product;
mod promotion_code;
mod quirks;
mod random;
mod refund;
mod request_log;
mod routes;
mod search;
mod setup_attempt;
mod setup_intent;
mod shipping_rate;
mod subscription;
mod table;
mod tax;
mod three_d_secure;
mod timer;
mod token;
mod webhook_endpoint;
mod world;

use crate::checkout_page;
use crate::stripe::json::Value;
use auth::Caller;
use call::Call;
use checkout_session::{Turn, View};
use delivery::{Delivery, DeliveryStatus};
use error::Error;
use random::Random;
use request_log::{Exchange, LoggedRequest};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use three_d_secure::Answer;
use world::World;

pub use assumptions::{AfterLastRetry, Assumptions, Coded, ConfirmInAction, SetupReturn};
pub use control::ShopperAnswer;
pub use decline::Decline;
pub use delivery::{DeliveryMode, PlannedWebhookFault, WebhookFault};
pub use fault::{Fault, Malformed, PlannedFault, Refusal};
/// What the pages of Checkout Sessions are made of.
pub(crate) mod checkout {
    pub(crate) use super::checkout_session::{Field, Input, Method, OpenPage, Turn, View};
}

pub use message::{Dispatch, Effect, Request, Response, Webhook};
pub use outcome::{Failure, Outcome};
pub use quirks::Quirks;
pub use world::WorldSummary;

/// The API version spoken.
pub const API_VERSION: &str = "2026-10-28.endive";

/// All worlds. Serialisable, except for the webhooks, which are configuration.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stripe {
    seed: u64,
    /// Ids for what concerns no world.
    random: Random,
    worlds: BTreeMap<String, World>,
    #[serde(skip)]
    webhooks: Vec<Webhook>,
}

impl Stripe {
    /// Empty. The seed decides every id to come.
    pub fn new(seed: u64) -> Self {
        Stripe {
            seed,
            random: Random::seeded(seed, ""),
            worlds: BTreeMap::new(),
            webhooks: Vec::new(),
        }
    }

    /// Sends the events of all worlds there from now on, and those that still wait to go there.
    pub fn add_webhook(&mut self, webhook: Webhook) -> Vec<Effect> {
        let url = webhook.url.clone();
        self.webhooks.push(webhook);
        self.send_interrupted(|delivery| delivery.webhook_endpoint.is_none() && delivery.url == url)
    }

    /// Goes on, in a machine read from a file, with the deliveries to endpoints made by API that were under way.
    pub fn resume(&mut self) -> Vec<Effect> {
        self.send_interrupted(|delivery| delivery.webhook_endpoint.is_some())
    }

    fn send_interrupted(&mut self, wanted: impl Fn(&Delivery) -> bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        for world in self.worlds.values_mut() {
            let under_way: Vec<String> = world
                .deliveries
                .iter()
                .filter(|it| it.status == DeliveryStatus::Pending && !it.waiting && wanted(it))
                .map(|delivery| delivery.id.clone())
                .collect();
            let mut call = Call::new(world, &self.webhooks, &mut effects, 0, "");
            for id in under_way {
                call.dispatch(&id, 0);
            }
        }
        effects
    }

    /// Notes how a delivery went: an HTTP status, or `None` where there was no answer. Failed ones are tried again,
    /// on the world's clock: [`Stripe::tick`] tells when.
    pub fn delivered(&mut self, now_ms: u64, dispatch: &Dispatch, answer: Option<u16>) {
        if let Some(world) = self.worlds.get_mut(&dispatch.world) {
            world.changes += 1;
            let mut effects = Vec::new();
            Call::new(world, &self.webhooks, &mut effects, now_ms, "")
                .delivered(&dispatch.delivery, answer);
        }
    }

    /// What worlds there are, the latest used first.
    pub fn worlds(&self) -> Vec<WorldSummary> {
        let mut worlds: Vec<WorldSummary> = self.worlds.values().map(World::summary).collect();
        worlds.sort_by(|one, other| {
            let latest = other.last_activity.cmp(&one.last_activity);
            latest.then_with(|| one.name.cmp(&other.name))
        });
        worlds
    }

    /// Answers one request. `now_ms` is the real time, in Unix milliseconds.
    pub fn handle(&mut self, now_ms: u64, request: &Request) -> (Response, Vec<Effect>) {
        let mut effects = Vec::new();
        let is_test_page = ["/3d_secure_2_test/", "/test_payment/"]
            .iter()
            .any(|start| request.path.starts_with(start));
        let is_checkout = ["/c/pay/", "/r/"]
            .iter()
            .any(|start| request.path.starts_with(start));
        let response = if is_checkout {
            self.checkout_page(now_ms, request, &mut effects)
        } else if is_test_page {
            self.bank_page(now_ms, request, &mut effects)
        } else {
            match auth::caller(request.authorization.as_deref()) {
                Ok(caller) => self.world_request(now_ms, request, &caller, &mut effects),
                Err(error) => {
                    let mut refusal = failure(&error);
                    refusal
                        .headers
                        .push(("request-id", self.random.request_id()));
                    refusal
                }
            }
        };
        (response, effects)
    }

    /// The bank's page reports what the shopper chose. It has no key: the attempt's id is secret enough.
    fn bank_page(&mut self, now_ms: u64, request: &Request, effects: &mut Vec<Effect>) -> Response {
        let segments: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        let (source, answer) = match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["3d_secure_2_test", source, "complete"]) => (*source, Answer::Complete),
            ("POST", ["3d_secure_2_test", source, "fail"]) => (*source, Answer::Fail),
            ("POST", ["test_payment", _, source, "authorize"]) => (*source, Answer::Complete),
            ("POST", ["test_payment", _, source, "fail"]) => (*source, Answer::Fail),
            _ => return failure(&Error::invalid("No such page.").status(404)),
        };
        let Stripe {
            worlds, webhooks, ..
        } = self;
        let Some(world) = worlds
            .values_mut()
            .find(|world| world.authentications.get(source).is_some())
        else {
            return failure(&Error::missing("source", source));
        };
        world.changes += 1;
        let mut call = Call::new(world, webhooks, effects, now_ms, &request.origin);
        call.ring_timers();
        call.answer_challenge(source, answer);
        let mut response = success(&json::json!({}));
        if let ["test_payment", page, ..] = segments.as_slice() {
            let address = call.return_address(source);
            let address =
                address.unwrap_or_else(|| format!("/test_payment/{page}/{source}?answered"));
            response.status = 303;
            response.headers.push(("location", address));
        }
        response
    }

    /// A page that Stripe would host. It has no key: the session's id is secret enough.
    fn checkout_page(
        &mut self,
        now_ms: u64,
        request: &Request,
        effects: &mut Vec<Effect>,
    ) -> Response {
        let segments: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        let id = match segments.as_slice() {
            ["c", "pay", id, ..] | ["r", id] => *id,
            _ => "",
        };
        let Stripe {
            worlds, webhooks, ..
        } = self;
        let Some(world) = worlds.values_mut().find(|world| {
            let sessions = &world.checkout_sessions;
            sessions.get(id).is_some() || sessions.of(id).len() > 0
        }) else {
            return checkout_page::answer(Turn::Show(404, View::unknown()));
        };
        let mut call = Call::new(world, webhooks, effects, now_ms, &request.origin);
        call.ring_timers();
        let body = String::from_utf8_lossy(&request.body);
        let turn = match (request.method.as_str(), segments.as_slice()) {
            ("GET", ["c", "pay", id]) => call.show_session(id),
            ("GET", ["c", "pay", id, "return"]) => call.return_to_session(id),
            ("POST", ["c", "pay", id]) => call.submit_session(id, &body),
            ("GET", ["r", link]) => call.recover_session(link),
            _ => Turn::Show(404, View::unknown()),
        };
        checkout_page::answer(turn)
    }

    /// Does what has come due in every world: to be called every so often, as time passes. Each request does it for
    /// its own world by itself.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        for world in self.worlds.values_mut() {
            Call::new(world, &self.webhooks, &mut effects, now_ms, "").ring_timers();
        }
        effects
    }

    fn world_request(
        &mut self,
        now_ms: u64,
        request: &Request,
        caller: &Caller,
        effects: &mut Vec<Effect>,
    ) -> Response {
        let Stripe {
            seed,
            worlds,
            webhooks,
            ..
        } = self;
        let is_control = request.path.starts_with("/_control/");
        // To look at a world does not make one.
        let mut nothing = None;
        let world = match worlds.get_mut(&caller.world) {
            Some(world) => world,
            None if is_control && request.method == "GET" => {
                nothing.insert(World::new(&caller.world, *seed))
            }
            None => worlds
                .entry(caller.world.clone())
                .or_insert_with(|| World::new(&caller.world, *seed)),
        };
        if !is_control || request.method != "GET" {
            world.changes += 1;
        }
        let mut call = Call::new(world, webhooks, effects, now_ms, &request.origin);
        call.ring_timers();
        let key = request.idempotency_key.clone();
        call.idempotency_key = key.filter(|_| request.method == "POST");
        if is_control {
            let answer = call.control(caller, request);
            // A clock that was moved has timers to ring.
            call.ring_timers();
            return answer.map_or_else(|error| failure(&error), |value| success(&value));
        }
        let request_id = call.world.random.request_id();
        call.request_id = Some(request_id.clone());
        let mut response = call.api_request(request, caller);
        call.world.requests.push(LoggedRequest {
            id: request_id.clone(),
            method: request.method.clone(),
            path: request.path.clone(),
            status: response.status,
            idempotency_key: request.idempotency_key.clone(),
            created: call.now,
            exchange: Exchange::of(request, &response),
        });
        response.headers.push(("request-id", request_id));
        let version = request.stripe_version.as_deref().unwrap_or(API_VERSION);
        response
            .headers
            .push(("stripe-version", version.to_owned()));
        if let Some(key) = call.idempotency_key.take() {
            response.headers.push(("idempotency-key", key));
        }
        response
    }
}

/// The name on a test page under `/test_payment/`.
pub(crate) fn redirect_page_name(page: &str) -> Option<&'static str> {
    match page {
        "3d_secure" => Some("3D Secure"),
        "us_bank_account" => Some("Microdeposits"),
        page => local_method::LocalMethod::named(page).map(|method| method.label()),
    }
}

fn success(value: &Value) -> Response {
    Response {
        status: 200,
        headers: Vec::new(),
        body: pretty(value),
    }
}

fn failure(error: &Error) -> Response {
    let headers = error
        .should_retry
        .map(|retry| ("stripe-should-retry", retry.to_string()))
        .into_iter()
        .collect();
    Response {
        status: error.status,
        headers,
        body: pretty(&error.body()),
    }
}

/// The answer to a request that never reached the machine.
pub(crate) fn refusal(status: u16, message: impl Into<String>) -> Response {
    failure(&Error::invalid(message).status(status))
}

/// JSON as Stripe prints it.
pub(crate) fn pretty(value: &Value) -> String {
    value.pretty()
}
