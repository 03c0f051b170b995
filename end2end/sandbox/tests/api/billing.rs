//! A shop that sells tea by subscription: what the tests of subscriptions and invoices share.

use crate::machine::{Answer, Machine, text};
use serde_json::Value;

pub struct Shop {
    pub machine: Machine,
    pub customer: String,
    pub product: String,
    /// Ten dollars a month.
    pub price: String,
    /// The latest subscription made.
    pub id: String,
}

impl Shop {
    /// With a customer whose default method is this card.
    pub fn new(card: &str) -> Shop {
        let mut shop = Shop::without_default(card);
        shop.change_card(card);
        shop
    }

    /// With a customer who has the card, and no default.
    pub fn without_default(card: &str) -> Shop {
        let mut machine = Machine::new();
        let customer = machine.customer();
        let product = machine.post("/v1/products", &[("name", "Tea")]).ok().id();
        let fields = [
            ("product", product.as_str()),
            ("currency", "usd"),
            ("unit_amount", "1000"),
            ("recurring[interval]", "month"),
        ];
        let price = machine.post("/v1/prices", &fields).ok().id();
        let attach = format!("/v1/payment_methods/{card}/attach");
        machine.post(&attach, &[("customer", &customer)]).ok();
        Shop {
            machine,
            customer,
            product,
            price,
            id: String::new(),
        }
    }

    pub fn price(&mut self, fields: &[(&str, &str)]) -> String {
        let product = self.product.clone();
        let mut all = vec![("product", product.as_str()), ("currency", "usd")];
        all.extend_from_slice(fields);
        self.machine.post("/v1/prices", &all).ok().id()
    }

    /// Another card becomes the customer's default.
    pub fn change_card(&mut self, card: &str) {
        let attach = format!("/v1/payment_methods/{card}/attach");
        let method = self
            .machine
            .post(&attach, &[("customer", &self.customer)])
            .ok()
            .id();
        let path = format!("/v1/customers/{}", self.customer);
        let field = "invoice_settings[default_payment_method]";
        self.machine.post(&path, &[(field, &method)]).ok();
    }

    /// To the monthly price, with further fields.
    pub fn subscribe(&mut self, more: &[(&str, &str)]) -> Answer {
        let (customer, price) = (self.customer.clone(), self.price.clone());
        let mut fields = vec![
            ("customer", customer.as_str()),
            ("items[0][price]", price.as_str()),
        ];
        fields.extend_from_slice(more);
        let answer = self.machine.post("/v1/subscriptions", &fields);
        if answer.status == 200 {
            self.id = answer.id();
        }
        answer
    }

    pub fn update(&mut self, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/v1/subscriptions/{}", self.id);
        self.machine.post(&path, fields)
    }

    pub fn subscription(&mut self) -> Value {
        self.machine
            .get(&format!("/v1/subscriptions/{}", self.id))
            .ok()
            .body
    }

    pub fn status(&mut self) -> String {
        text(&self.subscription()["status"])
    }

    pub fn item(&mut self) -> Value {
        self.subscription()["items"]["data"][0].clone()
    }

    pub fn period_end(&mut self) -> i64 {
        self.item()["current_period_end"]
            .as_i64()
            .unwrap_or_default()
    }

    pub fn latest_invoice(&mut self) -> Value {
        let target = format!(
            "/v1/subscriptions/{}?expand[]=latest_invoice.payments",
            self.id
        );
        self.machine.get(&target).ok().body["latest_invoice"].clone()
    }

    pub fn latest_intent(&mut self) -> Value {
        let payment = self.latest_invoice()["payments"]["data"][0]["payment"].clone();
        self.machine.intent(&text(&payment["payment_intent"]))
    }

    /// The page confirms an intent.
    pub fn confirm(&mut self, intent: &str, card: &str) -> Answer {
        let fields = [
            ("payment_method", card),
            ("return_url", "https://shop.test/return"),
        ];
        self.machine
            .post(&format!("/v1/payment_intents/{intent}/confirm"), &fields)
    }
}

pub fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

pub fn types(events: &Value) -> Vec<String> {
    list(events)
        .iter()
        .map(|event| text(&event["type"]))
        .collect()
}
