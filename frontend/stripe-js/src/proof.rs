//! Everything that this crate binds, with samples, as JSON: `end2end/bindings` compares it with Stripe's own types. It is
//! collected from the declarations themselves; a list beside them could say what is not so.
//!
//! `STRIPE_JS_PROOF` names a folder: `bindings.json` is written there, and `payloads.json`, made of Stripe's types, is read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::calls::Reply;
use crate::elements::{Element, Elements, Kind};
use crate::json::Options;
use crate::payload::Read;
use crate::sample::Sample;
use crate::{Json, attachments, elements};

/// What a call sends as one argument, once for each sample.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sent {
    /// JSON.
    Json(Value),
    /// JSON, and by path what is put on top: the method that does it.
    Attached(Value, Vec<(&'static str, &'static str)>),
    /// An object of Stripe.js, by the name of its type.
    Handle(String),
    /// An object of arguments.
    Object(Vec<(&'static str, Sent)>),
}

/// The samples of options, and once more with all that can be put on top of them.
pub(crate) fn sent<T: Sample + Options>() -> Vec<Sent> {
    let mut sent: Vec<_> = samples::<T>().into_iter().map(Sent::Json).collect();
    let all = attachments::attached().into_iter();
    let name = std::any::type_name::<T>();
    let attached: Vec<_> = all
        .filter(|(of, ..)| *of == name)
        .map(|(_, path, method)| (path, method))
        .collect();
    if !attached.is_empty() {
        sent.push(Sent::Attached(samples::<T>().swap_remove(0), attached));
    }
    sent
}

pub(crate) fn samples<T: Sample + Options>() -> Vec<Value> {
    let samples = T::samples().into_iter();
    samples
        .map(|sample| serde_json::from_str(Json::from(&sample).as_str()).unwrap())
        .collect()
}

/// An object of Stripe.js that is passed to a call, and Stripe's name for its type.
pub(crate) trait Official {
    fn name() -> String;
}

impl Official for Elements {
    fn name() -> String {
        "StripeElements".into()
    }
}

impl<K: Kind> Official for Element<K> {
    fn name() -> String {
        official_element(K::TYPE)
    }
}

/// `cardNumber` is `StripeCardNumberElement`.
fn official_element(kind: &str) -> String {
    if kind == "paymentForm" {
        return "StripeCheckoutForm".into();
    }
    let (first, rest) = kind.split_at(1);
    format!("Stripe{}{rest}Element", first.to_uppercase())
}

type RoundTrip = fn(&Value) -> Option<Value>;
type Prune = fn(&mut Value);

/// How a payload of Stripe's is read, under the name by which `payloads.json` has samples of it.
#[derive(Clone, Debug)]
pub(crate) struct BoundPayload {
    name: String,
    round_trip: RoundTrip,
    prune: Prune,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct BoundCall {
    /// `stripe`, `elements`, or another object that has the method.
    object: &'static str,
    name: &'static str,
    /// Whether the answer is read as data.
    reads: bool,
    /// The member of the answer that is read.
    member: Option<&'static str>,
    /// By argument, then by sample.
    arguments: Vec<Vec<Sent>>,
    #[serde(skip)]
    payload: BoundPayload,
}

impl BoundCall {
    pub(crate) fn new<R: Reply>(object: &'static str, name: &'static str) -> Self {
        Self {
            object,
            name,
            reads: R::IS_DATA,
            member: R::MEMBER,
            arguments: Vec::new(),
            payload: BoundPayload {
                name: format!("{object}.{name}"),
                round_trip: R::round_trip,
                prune: R::prune,
            },
        }
    }

    pub(crate) fn argument(&mut self, sent: Vec<Sent>) {
        self.arguments.push(sent);
    }

    pub(crate) fn object(&mut self, members: Vec<(&'static str, Vec<Sent>)>) {
        let len = members.iter().map(|(_, sent)| sent.len()).max();
        let sample = |index: usize| {
            let members = members.iter();
            Sent::Object(
                members
                    .map(|(name, sent)| (*name, sent[index % sent.len()].clone()))
                    .collect(),
            )
        };
        self.arguments
            .push((0..len.unwrap_or(1)).map(sample).collect());
    }

    /// A call that does not answer, or not with data.
    pub(crate) fn plain<T: Sample + Options>(object: &'static str, name: &'static str) -> Self {
        let mut call = Self::new::<()>(object, name);
        call.argument(sent::<T>());
        call
    }
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct BoundElement {
    /// `cardNumber`
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// `StripeCardNumberElement`
    official: String,
    options: Vec<Value>,
    pub(crate) update: Option<Vec<Value>>,
    /// Where milliseconds become dates.
    pub(crate) dates: Vec<&'static str>,
    pub(crate) methods: Vec<&'static str>,
    events: Vec<&'static str>,
    /// The events whose payload is read.
    read: Vec<&'static str>,
    #[serde(skip)]
    payloads: Vec<BoundPayload>,
}

impl BoundElement {
    pub(crate) fn new<O: Sample + Options>(kind: &'static str) -> Self {
        Self {
            kind,
            official: official_element(kind),
            options: samples::<O>(),
            update: None,
            dates: Vec::new(),
            methods: vec!["mount", "unmount", "destroy"],
            events: Vec::new(),
            read: Vec::new(),
            payloads: Vec::new(),
        }
    }

    pub(crate) fn update<U: Sample + Options>(&mut self) {
        self.methods.push("update");
        self.update = Some(samples::<U>());
    }

    /// An event that says all by happening, or that an element could not be loaded.
    pub(crate) fn plain_event(&mut self, event: &'static str) {
        self.events.push(event);
    }

    pub(crate) fn event<P: Read>(&mut self, event: &'static str) {
        self.events.push(event);
        self.read.push(event);
        self.payloads.push(BoundPayload {
            name: format!("{}.{event}", self.kind),
            round_trip: |payload| P::read(payload).map(|read| read.write()),
            prune: P::prune,
        });
    }
}

fn calls() -> Vec<BoundCall> {
    use crate::embedded_checkout::CREATE_EMBEDDED_CHECKOUT_PAGE;
    use crate::pricing::INITIALIZE_PRICING;
    use crate::stripe::{ELEMENTS, REGISTER_APP_INFO};
    let mut calls = vec![
        BoundCall::plain::<crate::ElementsOptions>("stripe", ELEMENTS),
        BoundCall::plain::<crate::IntentElementsOptions>("stripe", ELEMENTS),
        BoundCall::plain::<crate::AppInfo>("stripe", REGISTER_APP_INFO),
        BoundCall::plain::<crate::pricing::PricingOptions>("stripe", INITIALIZE_PRICING),
        BoundCall::plain::<crate::EmbeddedCheckoutOptions>("stripe", CREATE_EMBEDDED_CHECKOUT_PAGE),
    ];
    calls.extend(crate::bank_account::bound_calls());
    calls.extend(crate::checkout::bound());
    calls.extend(crate::confirm::bound_calls());
    calls.extend(crate::confirm_intent::bound_calls());
    calls.extend(crate::confirmation_token::bound_calls());
    calls.extend(crate::methods::bound_calls());
    calls.extend(crate::next_action::bound_calls());
    calls.extend(crate::payment_method::bound_calls());
    calls.extend(crate::pricing::bound_calls());
    calls.extend(crate::standalone_calls::bound_calls());
    calls.extend(crate::token::bound_calls());
    calls.extend(elements::bound_calls());
    calls.extend(elements::bound_element_calls());
    calls
}

#[test]
fn what_is_bound_is_written_and_what_stripe_sends_is_read() {
    let elements = elements::bound();
    let calls = calls();
    let Some(folder) = std::env::var_os("STRIPE_JS_PROOF").map(PathBuf::from) else {
        return;
    };
    let bindings = json!({
        "constructor": samples::<crate::StripeOptions>(),
        "groupMethods": [elements::CREATE, elements::GET_ELEMENT, crate::events::ON],
        "groupEvents": [elements::UPDATE_END],
        "sdkMethods": [crate::events::ON, crate::checkout::RUN_SERVER_UPDATE],
        "elements": elements,
        "calls": calls,
    });
    std::fs::write(folder.join("bindings.json"), bindings.to_string()).unwrap();

    let payloads = std::fs::read(folder.join("payloads.json")).unwrap();
    let payloads: BTreeMap<String, Vec<Value>> = serde_json::from_slice(&payloads).unwrap();
    let bound = elements.into_iter().flat_map(|element| element.payloads);
    let mut wrong = Vec::new();
    let read = calls.into_iter().filter(|call| call.reads);
    for bound in bound.chain(read.map(|call| call.payload)) {
        for sent in payloads.get(&bound.name).into_iter().flatten() {
            check(&bound, sent, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is read and written again has to be what was sent, but for what is deliberately left out.
fn check(bound: &BoundPayload, sent: &Value, wrong: &mut Vec<String>) {
    let mut expected = sent.clone();
    (bound.prune)(&mut expected);
    let read = (bound.round_trip)(sent).unwrap_or_default();
    let (read, expected) = (without_nulls(read), without_nulls(expected));
    if read != expected {
        wrong.push(format!("{}\n  sent {expected}\n  read {read}", bound.name));
    }
}

/// For Stripe and for us, null and absent are the same.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, member)| !member.is_null());
            let members: Map<_, _> = members
                .map(|(name, member)| (name, without_nulls(member)))
                .collect();
            Value::Object(members)
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        // JavaScript has one kind of numbers.
        Value::Number(number) => json!(number.as_f64()),
        other => other,
    }
}
