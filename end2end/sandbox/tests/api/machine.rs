//! The machine with a hand-moved clock, and the calls the tests make on it.

use serde_json::{Value, json};
use stripe_sandbox::{Effect, Request, Stripe};

/// Friday, 20 November 2026.
pub const START_MS: u64 = 1_795_132_800_000;

/// The fields of a form.
pub type Fields<'a> = &'a [(&'a str, &'a str)];

/// The payer has signed.
pub const AGREED: (&str, &str) = ("mandate_data[customer_acceptance][type]", "offline");

pub struct Machine {
    pub stripe: Stripe,
    pub now_ms: u64,
    /// What the latest call left to be done.
    pub effects: Vec<Effect>,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub text: String,
    pub body: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| *known == name);
        header.map(|(_, value)| value.as_str())
    }

    pub fn id(&self) -> String {
        text(&self.body["id"])
    }

    /// A field of the error.
    pub fn error(&self, field: &str) -> Value {
        self.body["error"][field].clone()
    }

    pub fn ok(self) -> Answer {
        assert_eq!(self.status, 200, "{}", self.text);
        self
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&").into_bytes()
}

impl Machine {
    pub fn new() -> Machine {
        Machine {
            stripe: Stripe::new(7),
            now_ms: START_MS,
            effects: Vec::new(),
        }
    }

    pub fn send(&mut self, request: &Request) -> Answer {
        let (response, effects) = self.stripe.handle(self.now_ms, request);
        let happened = |effect: &Effect| matches!(effect, Effect::Happened { .. });
        self.effects = effects;
        self.effects.retain(|effect| !happened(effect));
        Answer {
            status: response.status,
            headers: response.headers,
            body: serde_json::from_str(&response.body).expect("answers are JSON"),
            text: response.body,
        }
    }

    pub fn request(key: &str, method: &str, target: &str, body: Vec<u8>) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            authorization: Some(format!("Bearer {key}")),
            content_type: Some("application/x-www-form-urlencoded".to_owned()),
            origin: "http://sandbox.test".to_owned(),
            body,
            ..Request::default()
        }
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(&Machine::request("sk_test_w", "POST", path, form(fields)))
    }

    pub fn post_with_key(&mut self, key: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut request = Machine::request("sk_test_w", "POST", path, form(fields));
        request.idempotency_key = Some(key.to_owned());
        self.send(&request)
    }

    pub fn get(&mut self, target: &str) -> Answer {
        self.send(&Machine::request("sk_test_w", "GET", target, Vec::new()))
    }

    pub fn delete(&mut self, path: &str) -> Answer {
        self.send(&Machine::request("sk_test_w", "DELETE", path, Vec::new()))
    }

    pub fn customer(&mut self) -> String {
        let fields = [("email", "jenny@example.com"), ("name", "Jenny")];
        self.post("/v1/customers", &fields).ok().id()
    }

    /// Pays 19.99 USD with a named or saved payment method, with further fields.
    pub fn pay_by(&mut self, method: &str, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("amount", "1999"),
            ("currency", "usd"),
            ("confirm", "true"),
            ("payment_method", method),
            ("return_url", "https://shop.test/return?order=7"),
        ];
        if method.starts_with("pm_usBankAccount") {
            fields.push(AGREED);
        }
        fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        fields.extend_from_slice(more);
        self.post("/v1/payment_intents", &fields)
    }

    /// As Stripe.js calls, with the publishable key.
    pub fn browser(&mut self, method: &str, target: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(&Machine::request("pk_test_w", method, target, form(fields)))
    }

    pub fn control(&mut self, control: &str, body: Value) -> Answer {
        let body = body.to_string().into_bytes();
        self.send(&Machine::request(
            "sk_test_w",
            "POST",
            &format!("/_control/{control}"),
            body,
        ))
    }

    pub fn state(&mut self) -> Value {
        self.get("/_control/state").ok().body
    }

    /// What the bank's page reports.
    pub fn bank(&mut self, source: &str, answer: &str) -> Answer {
        let path = format!("/3d_secure_2_test/{source}/{answer}");
        let mut request = Machine::request("", "POST", &path, Vec::new());
        request.authorization = None;
        self.send(&request)
    }

    /// A token for a card, as the page makes it for 19.99 USD.
    pub fn token(&mut self, number: &str) -> String {
        let payment = [
            ("client_context[mode]", "payment"),
            ("client_context[amount]", "1999"),
            ("client_context[currency]", "usd"),
        ];
        self.token_with(number, &payment)
    }

    /// A token for a card, as a page makes it whose Elements have these options.
    pub fn token_with(&mut self, number: &str, more: &[(&str, &str)]) -> String {
        let cvc = if number.starts_with('3') && number.len() == 15 {
            "1234"
        } else {
            "123"
        };
        let mut fields = vec![
            ("payment_method_data[type]", "card"),
            ("payment_method_data[card][number]", number),
            ("payment_method_data[card][exp_month]", "12"),
            ("payment_method_data[card][exp_year]", "2034"),
            ("payment_method_data[card][cvc]", cvc),
        ];
        fields.extend_from_slice(more);
        self.browser("POST", "/v1/confirmation_tokens", &fields)
            .ok()
            .id()
    }

    /// Creates and confirms an intent in one call, with further fields.
    pub fn pay_with(&mut self, token: &str, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("amount", "1999"),
            ("currency", "usd"),
            ("confirm", "true"),
            ("confirmation_token", token),
            ("return_url", "https://shop.test/return"),
        ];
        fields.extend_from_slice(more);
        self.post("/v1/payment_intents", &fields)
    }

    pub fn pay(&mut self, number: &str) -> Answer {
        let token = self.token(number);
        self.pay_with(&token, &[])
    }

    pub fn confirm(&mut self, intent: &str, token: &str) -> Answer {
        let fields = [
            ("confirmation_token", token),
            ("return_url", "https://shop.test/return"),
        ];
        self.post(&format!("/v1/payment_intents/{intent}/confirm"), &fields)
    }

    pub fn intent(&mut self, id: &str) -> Value {
        self.get(&format!("/v1/payment_intents/{id}?expand[]=latest_charge"))
            .ok()
            .body
    }

    /// Types of all events so far, oldest first.
    pub fn events(&mut self) -> Vec<String> {
        let state = self.state();
        let events = state["events"].as_array().cloned().unwrap_or_default();
        events.iter().map(|event| text(&event["type"])).collect()
    }

    pub fn advance(&mut self, seconds: i64) {
        self.control("clock", json!({ "advance_seconds": seconds }))
            .ok();
    }
}
