//! The way to Stripe and back, and Stripe itself: requests and answers are late, lost or doubled, and Stripe fails in
//! every way it knows. What has left does arrive, whether its sender lives or not.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use stripe_rest::{Failure, Incoming, Outgoing, Transport};
use stripe_sandbox::{Dispatch, Effect, Request, Response, Stripe, Webhook};
use tokio::sync::{mpsc, oneshot};

use crate::anomaly::{self, Anomaly};
use crate::chance;
use crate::mutation::Mutation;
use crate::violation;

pub const SECRET: &str = "whsec_simulation";
const KEY: &str = "Bearer sk_test_simulation";
const PUBLISHABLE: &str = "Bearer pk_test_simulation";

/// Stripe, and the lines to it. Clones are the same.
#[derive(Clone)]
pub struct Network {
    stripe: Arc<Mutex<Stripe>>,
    /// How rough it is: things that go wrong in a hundred.
    rough: Arc<Mutex<u64>>,
    deliveries: mpsc::UnboundedSender<Dispatch>,
    mutation: Option<Mutation>,
    seen: Arc<Mutex<Seen>>,
}

/// What an onlooker knows who sees both ends.
#[derive(Debug, Default)]
struct Seen {
    /// Keys of calls that have left.
    left: HashSet<String>,
    /// Keys of calls that Stripe has carried out, or refused.
    arrived: HashSet<String>,
    /// Whether an event went astray for good.
    event_lost: bool,
    /// While nothing gets through to Stripe in time.
    out: bool,
    /// Until when each call of an attempt may be sent, and for which order.
    expected: HashMap<String, (String, i64)>,
    /// Orders of which a call reached Stripe after that: nobody can keep it from charging any more.
    surprised: HashSet<String>,
    /// The charges of each order that live: intents that took or hold money, with how much.
    live: HashMap<String, HashMap<String, i64>>,
    /// Intents that were cancelled, or whose money went back.
    ended: HashSet<String>,
}

impl Seen {
    /// An order has one live charge at most, at every moment: but for a call that the network held back for longer than
    /// anybody waits for it.
    fn watch(&mut self, request: &Request, response: &Response) {
        let is_refund = request.path == "/v1/refunds";
        if !is_refund && !request.path.starts_with("/v1/payment_intents") {
            return;
        }
        let Ok(object) = serde_json::from_str::<Value>(&response.body) else {
            return;
        };
        let text = |of: &str| object[of].as_str().unwrap_or_default().to_owned();
        if is_refund {
            let (intent, amount) = (text("payment_intent"), object["amount"].as_i64());
            for charges in self.live.values_mut() {
                if charges.get(&intent).copied() == amount {
                    charges.remove(&intent);
                    self.ended.insert(intent.clone());
                }
            }
            return;
        }
        let Some(order) = object["metadata"]["order_key"].as_str() else {
            return;
        };
        let charges = self.live.entry(order.to_owned()).or_default();
        let id = text("id");
        match object["status"].as_str() {
            // An answer may be old: kept under its key, and given again.
            Some("succeeded" | "requires_capture") if !self.ended.contains(&id) => {
                charges.insert(id, object["amount"].as_i64().unwrap_or_default());
            }
            Some("canceled") => {
                charges.remove(&id);
                self.ended.insert(id);
            }
            _ => {}
        }
        if charges.len() > 1 && !self.surprised.contains(order) {
            violation::note(format!("{charges:?} live at once for one order"));
        }
    }

    /// Notes that a call has arrived.
    fn arrive(&mut self, key: &str, now_ms: i64) {
        self.arrived.insert(key.to_owned());
        if let Some((order, until_ms)) = self.expected.get(key)
            && now_ms > *until_ms
        {
            self.surprised.insert(order.clone());
        }
    }
}

impl Network {
    /// A Stripe, and the events that it sends.
    pub fn new(
        seed: u64,
        mutation: Option<Mutation>,
    ) -> (Network, mpsc::UnboundedReceiver<Dispatch>) {
        let mut stripe = Stripe::new(seed);
        stripe.add_webhook(Webhook {
            url: "http://shop.test/stripe/webhook".to_owned(),
            secret: SECRET.to_owned(),
        });
        let (deliveries, received) = mpsc::unbounded_channel();
        let network = Network {
            stripe: Arc::new(Mutex::new(stripe)),
            rough: Arc::default(),
            deliveries,
            mutation,
            seen: Arc::default(),
        };
        (network, received)
    }

    fn stripe(&self) -> MutexGuard<'_, Stripe> {
        self.stripe.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets it be known until when an order's calls may be sent.
    pub fn expect<'a>(&self, order: &str, calls: impl Iterator<Item = &'a str>, until_ms: i64) {
        let mut seen = self.seen();
        for call in calls {
            let expected = (order.to_owned(), until_ms);
            seen.expected.insert(call.to_owned(), expected);
        }
    }

    /// Whether a call has left, and Stripe has not heard of it yet.
    pub fn is_under_way(&self, key: &str) -> bool {
        let seen = self.seen();
        seen.left.contains(key) && !seen.arrived.contains(key)
    }

    /// Cuts the line to Stripe, or mends it. What leaves meanwhile is lost, or arrives when nobody expects it.
    pub fn cut(&self, out: bool) {
        chance::trace(|| {
            format!(
                "the line to Stripe is {}",
                if out { "cut" } else { "whole" }
            )
        });
        self.seen().out = out;
    }

    pub fn lose_event(&self) {
        self.seen().event_lost = true;
    }

    /// Whether an event went astray, or Stripe gave up on one: the shop was down for too long.
    pub fn has_lost_an_event(&self) -> bool {
        let state = self.state();
        let mut deliveries = state["deliveries"].as_array().into_iter().flatten();
        self.seen().event_lost || deliveries.any(|delivery| delivery["status"] == "failed")
    }

    pub fn set_rough(&self, percent: u64) {
        *self.rough.lock().unwrap_or_else(PoisonError::into_inner) = percent;
    }

    /// Whether something goes wrong now.
    pub fn goes_wrong(&self) -> bool {
        let rough = *self.rough.lock().unwrap_or_else(PoisonError::into_inner);
        chance::percent(rough)
    }

    /// Asks Stripe without a network in between.
    fn ask(&self, request: &Request) -> (Response, bool, u64) {
        if let Some(key) = &request.idempotency_key {
            self.seen().arrive(key, chance::now_ms());
        }
        let (response, effects) = self.stripe().handle(chance::real_ms(), request);
        if response.status == 200 {
            self.seen().watch(request, &response);
        }
        let (severed, late_ms) = self.carry_out(effects);
        (response, severed, late_ms)
    }

    fn carry_out(&self, effects: Vec<Effect>) -> (bool, u64) {
        let (mut severed, mut late_ms) = (false, 0);
        for effect in effects {
            match effect {
                // Whoever received is gone only when the run is over.
                Effect::Deliver(dispatch) => drop(self.deliveries.send(dispatch)),
                Effect::Delay(ms) => late_ms = ms,
                Effect::Sever => severed = true,
                Effect::Happened { kind, .. } => chance::trace(|| format!("stripe: {kind}")),
            }
        }
        (severed, late_ms)
    }

    /// Lets Stripe do what has come due.
    pub fn tick(&self) {
        let effects = self.stripe().tick(chance::real_ms());
        self.carry_out(effects);
    }

    /// Tells Stripe how a delivery went.
    pub fn delivered(&self, dispatch: &Dispatch, answer: Option<u16>) {
        self.stripe().delivered(chance::real_ms(), dispatch, answer);
    }

    /// Stripe's own word, past the network: for whoever sets things up, or checks them.
    pub fn word(&self, method: &str, path: &str, body: &str) -> Value {
        let control = path.starts_with("/_control/");
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let publishable = path == "/v1/confirmation_tokens" && method == "POST";
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            authorization: Some(if publishable { PUBLISHABLE } else { KEY }.to_owned()),
            content_type: Some(
                if control {
                    "application/json"
                } else {
                    "application/x-www-form-urlencoded"
                }
                .to_owned(),
            ),
            origin: "http://stripe.test".to_owned(),
            body: body.as_bytes().to_vec(),
            ..Request::default()
        };
        let (response, ..) = self.ask(&request);
        serde_json::from_str(&response.body).unwrap_or_default()
    }

    pub fn control(&self, what: &str, body: &Value) {
        self.word("POST", &format!("/_control/{what}"), &body.to_string());
    }

    pub fn state(&self) -> Value {
        self.word("GET", "/_control/state", "")
    }

    /// A POST may meet a Stripe that fails in one of its own ways.
    fn plan_fault(&self, path: &str) {
        let fault = chance::pick(&[
            json!({ "kind": "status", "status": 500 }),
            json!({ "kind": "status", "status": 500, "after_commit": true }),
            json!({ "kind": "status", "status": 500, "kept": true }),
            json!({ "kind": "reset" }),
            json!({ "kind": "reset", "after_commit": true }),
            json!({ "kind": "rate_limit" }),
            json!({ "kind": "lock_timeout" }),
            json!({ "kind": "delay", "ms": chance::within(1..=45_000) }),
        ]);
        chance::trace(|| format!("stripe will fail: {fault}"));
        self.control(
            "faults",
            &json!({ "method": "POST", "path": path, "fault": fault }),
        );
    }
}

impl Transport for Network {
    async fn send(&self, request: Outgoing<'_>) -> Result<Incoming, Failure> {
        let key = request.posted.map(|posted| match self.mutation {
            Some(Mutation::KeyDropped) => format!("key_{}", chance::any()),
            _ => posted.idempotency_key.to_owned(),
        });
        let written = Request {
            method: if request.posted.is_some() {
                "POST"
            } else {
                "GET"
            }
            .to_owned(),
            path: request.path.to_owned(),
            query: request.query.to_owned(),
            authorization: Some(KEY.to_owned()),
            content_type: request
                .posted
                .map(|_| "application/x-www-form-urlencoded".to_owned()),
            idempotency_key: key,
            origin: "http://stripe.test".to_owned(),
            body: request
                .posted
                .map(|posted| posted.body.as_bytes().to_vec())
                .unwrap_or_default(),
            ..Request::default()
        };
        if anomaly::strikes(Anomaly::CallLost) {
            chance::pass_ms(request.timeout.as_millis() as u64).await;
            return Err(Failure::Timeout);
        }
        if anomaly::strikes(Anomaly::AnswerLost) {
            self.ask(&written);
            return Err(Failure::Disconnected("reset".to_owned()));
        }
        if self.goes_wrong() && chance::percent(30) {
            return Err(Failure::NotConnected("no way".to_owned()));
        }
        if request.posted.is_some() && self.goes_wrong() {
            self.plan_fault(request.path);
        }
        if let Some(key) = &written.idempotency_key {
            self.seen().left.insert(key.clone());
        }
        // From here it is on its way, whatever becomes of the sender.
        let (answered, answer) = oneshot::channel();
        tokio::spawn(travel(self.clone(), written, answered));
        match tokio::time::timeout(request.timeout, answer).await {
            Ok(Ok(incoming)) => Ok(incoming),
            Ok(Err(_)) => Err(Failure::Disconnected("reset".to_owned())),
            Err(_) => Err(Failure::Timeout),
        }
    }
}

async fn travel(network: Network, request: Request, answered: oneshot::Sender<Incoming>) {
    chance::pass_ms(chance::within(5..=80)).await;
    let fate = match network.seen().out {
        true => Some(chance::pick(&[0, 4, 4])),
        false => None,
    };
    if fate.is_some() || network.goes_wrong() {
        match fate.unwrap_or_else(|| chance::within(0..=7)) {
            // Lost on the way there: nobody hears of it.
            0 | 1 => {
                if let Some(key) = &request.idempotency_key {
                    network.seen().left.remove(key);
                }
                return chance::pass_ms(120_000).await;
            }
            2 | 3 => chance::pass_ms(chance::within(100..=90_000)).await,
            // Long after everybody has given it up.
            4 => chance::pass_ms(chance::within(200_000..=900_000)).await,
            _ => {}
        }
    }
    let (response, severed, late_ms) = network.ask(&request);
    chance::trace(|| {
        format!(
            "stripe: {} {} {} {}{}",
            request.method,
            request.path,
            request
                .idempotency_key
                .as_deref()
                .map_or("", |key| &key[key.len().saturating_sub(6)..]),
            response.status,
            if severed { " severed" } else { "" }
        )
    });
    if network.goes_wrong() && chance::percent(20) {
        // It arrives a second time, later.
        let (network, request) = (network.clone(), request.clone());
        tokio::spawn(async move {
            chance::pass_ms(chance::within(1..=60_000)).await;
            network.ask(&request);
            chance::trace(|| format!("stripe: again {} {}", request.method, request.path));
        });
    }
    chance::pass_ms(late_ms).await;
    if severed {
        return;
    }
    chance::pass_ms(chance::within(5..=80)).await;
    if network.goes_wrong() {
        match chance::within(0..=2) {
            // Lost on the way back, at once or in silence.
            0 => return,
            1 => return chance::pass_ms(120_000).await,
            _ => chance::pass_ms(chance::within(100..=60_000)).await,
        }
    }
    let header = |name: &str| {
        let mut headers = response.headers.iter();
        headers
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    };
    let incoming = Incoming {
        status: response.status,
        should_retry: header("stripe-should-retry").and_then(|text| text.parse().ok()),
        replayed: header("idempotent-replayed").as_deref() == Some("true"),
        retry_after_ms: None,
        request_id: header("request-id"),
        body: response.body.clone().into_bytes(),
    };
    // Whoever asked may be gone.
    drop(answered.send(incoming));
}

/// How long anybody waits for the shop.
pub const SHOP_TIMEOUT: Duration = Duration::from_secs(30);
