//! Stripe as a pure machine: a request and the time in, an answer and effects out. No I/O, no clock, and no
//! randomness but a generator in its own state, so that the same calls with the same seed give the same ids.

mod auth;
mod call;
mod cards;
mod charge;
mod confirmation_token;
mod control;
mod delivery;
mod error;
mod event;
mod expand;
mod fault;
mod form;
mod idempotency;
mod list;
mod money;
mod params;
mod payment_intent;
mod payment_method;
mod random;
mod refund;
mod request_log;
mod routes;
mod table;
mod three_d_secure;
mod world;

use auth::Caller;
use call::Call;
use error::{Error, Result};
use fault::Fault;
use idempotency::KeptAnswer;
use request_log::LoggedRequest;
use routes::Asked;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use three_d_secure::Answer;
use world::World;

/// The API version spoken, and the only train understood.
pub const API_VERSION: &str = "2026-10-28.endive";
const API_TRAIN: &str = ".endive";

/// How long a ConfirmationToken lives. Stripe's web guides say 12 hours, its Android reference 15 minutes.
pub(crate) const TOKEN_LIFETIME_S: i64 = 12 * 60 * 60;
/// How often an intent may be confirmed. Stripe has a limit, and does not publish it.
pub(crate) const MOST_CONFIRMATIONS: u32 = 10;

/// Where events go, and what they are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Where events are posted.
    pub url: String,
    /// `whsec_…`; signs every event (docs.stripe.com/webhooks/signature).
    pub secret: String,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Webhook")
            .field("url", &self.url)
            .field("secret", &"…")
            .finish()
    }
}

/// An HTTP request, as far as Stripe looks at it.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// `/v1/payment_intents`, without the query.
    pub path: String,
    /// What follows the `?`.
    pub query: String,
    /// Header `Authorization`.
    pub authorization: Option<String>,
    /// Header `Content-Type`.
    pub content_type: Option<String>,
    /// Header `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// Header `Stripe-Version`.
    pub stripe_version: Option<String>,
    /// How the caller reached the sandbox: `http://127.0.0.1:12111`.
    pub origin: String,
    /// A form; JSON for `/_control`.
    pub body: Vec<u8>,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers besides the content type, in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// What is to be done outside after a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send an event, then tell [`Stripe::delivered`] how it went.
    Deliver(Dispatch),
    /// Hold the answer back for so many milliseconds.
    Delay(u64),
    /// Close the connection instead of answering.
    Sever,
}

/// One try to deliver one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// The world it happened in.
    pub world: String,
    /// The delivery this is a try of.
    pub delivery: String,
    /// `evt_…`
    pub event: String,
    /// `payment_intent.succeeded`
    pub kind: String,
    /// Where to, and what to sign with.
    pub webhook: Webhook,
    /// JSON, to be signed and sent as it is.
    pub body: String,
    /// Milliseconds to wait before the try.
    pub after_ms: u64,
}

/// All worlds. Serialisable, except for the webhooks, which are configuration.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stripe {
    seed: u64,
    worlds: BTreeMap<String, World>,
    #[serde(skip)]
    webhooks: Vec<Webhook>,
}

impl Stripe {
    /// Empty. The seed decides every id to come.
    pub fn new(seed: u64) -> Self {
        Stripe {
            seed,
            worlds: BTreeMap::new(),
            webhooks: Vec::new(),
        }
    }

    /// Sends the events of all worlds there from now on, and those that still wait to go there.
    pub fn add_webhook(&mut self, webhook: Webhook) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (name, world) in &self.worlds {
            let waiting = world.deliveries.iter().filter(|delivery| {
                delivery.status == delivery::DeliveryStatus::Pending && delivery.url == webhook.url
            });
            for delivery in waiting {
                if let Some(event) = world.events.get(&delivery.event) {
                    effects.push(delivery.dispatch(name, event, &webhook, 0));
                }
            }
        }
        self.webhooks.push(webhook);
        effects
    }

    /// Notes how a delivery went: an HTTP status, or `None` where there was no answer. Failed ones are tried again.
    pub fn delivered(&mut self, dispatch: Dispatch, answer: Option<u16>) -> Vec<Effect> {
        let delivery = self
            .worlds
            .get_mut(&dispatch.world)
            .and_then(|world| world.deliveries.get_mut(&dispatch.delivery));
        // A world that was reset has forgotten its deliveries.
        let again = delivery.and_then(|delivery| delivery.note(answer));
        again
            .map(|after_ms| {
                Effect::Deliver(Dispatch {
                    after_ms,
                    ..dispatch
                })
            })
            .into_iter()
            .collect()
    }

    /// Answers one request. `now_ms` is the real time, in Unix milliseconds.
    pub fn handle(&mut self, now_ms: u64, request: &Request) -> (Response, Vec<Effect>) {
        let mut effects = Vec::new();
        let response = if request.path.starts_with("/3d_secure_2_test/") {
            self.bank_page(now_ms, request, &mut effects)
        } else {
            match auth::caller(request.authorization.as_deref()) {
                Ok(caller) => self.world_request(now_ms, request, &caller, &mut effects),
                Err(error) => failure(&error),
            }
        };
        (response, effects)
    }

    /// The bank's page reports what the shopper chose. It has no key: the attempt's id is secret enough.
    fn bank_page(&mut self, now_ms: u64, request: &Request, effects: &mut Vec<Effect>) -> Response {
        let segments: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        let (source, answer) = match (request.method.as_str(), segments.as_slice()) {
            ("POST", [_, source, "complete"]) => (*source, Answer::Complete),
            ("POST", [_, source, "fail"]) => (*source, Answer::Fail),
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
        let now = world_time(world, now_ms).div_euclid(1000);
        let mut call = Call {
            world,
            webhooks,
            effects,
            now,
            request_id: None,
            idempotency_key: None,
        };
        call.answer_challenge(source, answer);
        success(&serde_json::json!({}))
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
        } = self;
        let world = worlds
            .entry(caller.world.clone())
            .or_insert_with(|| World::new(&caller.world, *seed));
        let now_ms = world_time(world, now_ms);
        let now = now_ms.div_euclid(1000);
        let control = request.path.starts_with("/_control/");
        let request_id = format!("req_{}", world.random.letters(14));
        let mut call = Call {
            world,
            webhooks,
            effects,
            now,
            request_id: Some(request_id.clone()),
            idempotency_key: request
                .idempotency_key
                .clone()
                .filter(|_| request.method == "POST"),
        };
        if control {
            let answer = call.control(caller, &request.method, &request.path, &request.body);
            return answer.map_or_else(|error| failure(&error), |value| success(&value));
        }
        let mut response = call.api_request(request, caller, now_ms);
        call.world.requests.push(LoggedRequest {
            id: request_id.clone(),
            method: request.method.clone(),
            path: request.path.clone(),
            status: response.status,
            idempotency_key: request.idempotency_key.clone(),
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

impl Call<'_> {
    /// A call under `/v1`: faults around idempotency around the operation.
    fn api_request(&mut self, request: &Request, caller: &Caller, now_ms: i64) -> Response {
        let fault = fault::strike(&mut self.world.faults, &request.method, &request.path);
        match fault {
            Some(Fault::Reset {
                after_commit: false,
            }) => {
                self.effects.push(Effect::Sever);
                return failure(&Error::api(500, "The connection was to be reset."));
            }
            Some(
                Fault::RateLimit
                | Fault::LockTimeout
                | Fault::Status {
                    after_commit: false,
                    ..
                },
            ) => {
                if let Some(error) = fault.and_then(fault::error) {
                    return failure(&error);
                }
            }
            _ => {}
        }
        let pairs = match read_pairs(request) {
            Ok(pairs) => pairs,
            Err(error) => return failure(&error),
        };
        let key = self.idempotency_key.clone();
        let params = idempotency::fingerprint(&pairs);
        if let Some(key) = &key {
            match idempotency::recall(self.world, key, &request.path, &params, now_ms) {
                Ok(None) => {}
                Ok(Some(kept)) => return replay(kept),
                Err(error) => return failure(&error),
            }
        }
        let asked = Asked {
            access: caller.access,
            method: &request.method,
            path: &request.path,
            origin: &request.origin,
        };
        let answer = form::nested(&pairs).and_then(|params| self.carry_out_call(&asked, params));
        let mut response = match (answer, fault) {
            (
                _,
                Some(Fault::Status {
                    after_commit: true, ..
                }),
            ) => {
                let error = fault.and_then(fault::error);
                error.map_or_else(|| success(&Value::Null), |error| failure(&error))
            }
            (Ok(value), _) => success(&value),
            (Err(error), _) => failure(&error),
        };
        let delay_ms = match fault {
            Some(Fault::Delay { ms }) => ms,
            _ => 0,
        };
        if let Some(key) = key.filter(|_| idempotency::keeps(response.status)) {
            let request_id = self.request_id.clone().unwrap_or_default();
            response
                .headers
                .push(("original-request", request_id.clone()));
            let kept = KeptAnswer::new(
                &request.path,
                params,
                now_ms,
                delay_ms,
                request_id,
                response.status,
                response.body.clone(),
            );
            self.world.kept_answers.insert(key, kept);
        }
        match fault {
            Some(Fault::Delay { ms }) => self.effects.push(Effect::Delay(ms)),
            Some(Fault::Reset { .. }) => self.effects.push(Effect::Sever),
            _ => {}
        }
        response
    }
}

/// The parameters: the query's, and the form's.
fn read_pairs(request: &Request) -> Result<Vec<(String, String)>> {
    if let Some(version) = &request.stripe_version
        && !version.ends_with(API_TRAIN)
    {
        return Err(Error::invalid(format!(
            "Invalid Stripe API version: {version}. The sandbox speaks {API_VERSION}."
        )));
    }
    let mut pairs = form::pairs(&request.query);
    if request.body.is_empty() {
        return Ok(pairs);
    }
    let content_type = request.content_type.as_deref().unwrap_or_default();
    if !content_type.starts_with("application/x-www-form-urlencoded") {
        return Err(Error::invalid(format!(
            "Stripe's API takes forms (application/x-www-form-urlencoded), not `{content_type}`."
        )));
    }
    let Ok(body) = str::from_utf8(&request.body) else {
        return Err(Error::invalid("Invalid request: the body is not UTF-8."));
    };
    pairs.extend(form::pairs(body));
    Ok(pairs)
}

fn world_time(world: &World, now_ms: u64) -> i64 {
    i64::try_from(now_ms)
        .unwrap_or(i64::MAX / 2)
        .saturating_add(world.clock_offset_ms)
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

fn replay(kept: KeptAnswer) -> Response {
    let mut headers = vec![
        ("idempotent-replayed", "true".to_owned()),
        ("original-request", kept.request_id),
    ];
    if kept.status == 402 {
        headers.push(("stripe-should-retry", "false".to_owned()));
    }
    Response {
        status: kept.status,
        headers,
        body: kept.body,
    }
}

/// JSON as Stripe prints it.
pub(crate) fn pretty(value: &Value) -> String {
    format!("{value:#}")
}
