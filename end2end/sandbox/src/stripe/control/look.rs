//! What the look inside reads of a world: whether anything changed, pages of lists, newest first, and one object with
//! all that belongs to it. None of it is logged, or grows with what the world holds.

use crate::stripe::call::Call;
use crate::stripe::delivery::DeliveryStatus;
use crate::stripe::error::{Error, Result};
use crate::stripe::event::Event;
use crate::stripe::json::{Value, json};
use crate::stripe::list::Page;
use crate::stripe::params::Params;
use crate::stripe::request_log::LoggedRequest;
use crate::stripe::{expand, form, money};

/// How many events are looked through, from the oldest that can be meant and from the newest of all.
const LOOKED_THROUGH: usize = 5_000;

impl Call<'_> {
    pub(super) fn look(&self, path: &str, query: &str) -> Result<Value> {
        let params = form::nested(&form::pairs(query))?;
        let segments: Vec<&str> = path.split('/').skip(2).collect();
        match segments.as_slice() {
            ["changes"] => Ok(self.changes()),
            ["payments"] => self.look_at_payments(params),
            ["payments", id] => self.look_at_payment(id),
            ["events"] => self.look_at_events(params),
            ["events", id] => self.look_at_event(id),
            ["deliveries"] => self.look_at_deliveries(params),
            ["requests"] => self.look_at_requests(params),
            ["requests", id] => self.look_at_request(id),
            _ => Err(Error::invalid(format!("No such control: GET {path}.")).status(404)),
        }
    }

    fn changes(&self) -> Value {
        let world = &*self.world;
        json!({
            "changes": world.changes,
            "now": self.now,
            "frozen": world.frozen_at_ms.is_some(),
            "payments": world.payment_intents.all().len(),
            "events": world.events.all().len(),
            "deliveries": world.deliveries.all().len(),
            "requests": world.requests.len(),
        })
    }

    fn look_at_payments(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let rows = self.world.payment_intents.all();
        let url = "/_control/payments";
        page.of(&rows, url, |_| true, |intent| self.payment(&intent.id))
    }

    /// A payment in a line: its intent, with what its charge, method and customer add.
    fn payment(&self, id: &str) -> Value {
        let object = |id: &Value| {
            let object = id
                .as_str()
                .map(|id| expand::object(self.world, self.now, id));
            object.flatten().unwrap_or_default()
        };
        let intent = object(&json!(id));
        let charge = object(&intent["latest_charge"]);
        let customer = object(&intent["customer"]);
        let failure = &intent["last_payment_error"];
        let mut method = object(&intent["payment_method"]);
        if method.is_null() {
            method = failure["payment_method"].clone();
        }
        let emails = [
            &intent["receipt_email"],
            &customer["email"],
            &method["billing_details"]["email"],
        ];
        let mut emails = emails.into_iter();
        let currency = intent["currency"].as_str().unwrap_or_default();
        json!({
            "id": id,
            "amount": intent["amount"],
            "amount_received": intent["amount_received"],
            "amount_refunded": charge["amount_refunded"],
            "currency": currency,
            "decimals": money::decimals(currency),
            "status": intent["status"],
            "created": intent["created"],
            "customer": intent["customer"],
            "customer_name": customer["name"],
            "email": emails.find(|email| email.as_str().is_some()),
            "description": intent["description"],
            "disputed": charge["disputed"],
            "method": method["type"].as_str().map(|kind| json!({
                "type": kind, "brand": method[kind]["brand"], "last4": method[kind]["last4"],
            })),
            "failure": failure["message"].as_str().map(|message| json!({
                "code": failure["code"], "decline_code": failure["decline_code"], "message": message,
            })),
        })
    }

    fn look_at_payment(&self, id: &str) -> Result<Value> {
        let world = &*self.world;
        let intent = world.payment_intents.get(id);
        let intent = intent.ok_or_else(|| Error::missing("payment_intent", id))?;
        let events = self.events_from(intent.created, |event| event.mentions(id));
        let requests = world.requests.newest_first().filter(|request| {
            let made = |event: &&Event| event.request_id.as_deref() == Some(&request.id);
            request.path.contains(id) || events.iter().any(made)
        });
        let charges = world.charges.of(id);
        let refunds = world.refunds.of(id);
        let disputes = world.disputes.of(id);
        Ok(json!({
            "payment": self.payment(id),
            "intent": intent.json(world),
            "charges": charges.iter().rev().map(|it| it.json(world)).collect::<Vec<_>>(),
            "refunds": refunds.iter().rev().map(|it| it.json()).collect::<Vec<_>>(),
            "disputes": disputes.iter().rev().map(|it| it.json(world, self.now)).collect::<Vec<_>>(),
            "events": events.iter().rev().map(|it| self.event_line(it)).collect::<Vec<_>>(),
            "requests": requests.collect::<Vec<_>>(),
        }))
    }

    fn look_at_events(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let rows = self.world.events.all();
        let url = "/_control/events";
        page.of(&rows, url, |_| true, |event| self.event_line(event))
    }

    fn event_line(&self, event: &Event) -> Value {
        let object = &event.json()["data"]["object"];
        let deliveries = self.world.deliveries.of(&event.id);
        let count = |wanted| deliveries.iter().filter(|it| it.status == wanted).count();
        json!({
            "id": event.id,
            "type": event.kind,
            "created": event.created,
            "object": object["id"],
            "request": event.request_id,
            "delivered": count(DeliveryStatus::Delivered),
            "pending": count(DeliveryStatus::Pending),
            "failed": count(DeliveryStatus::Failed) + count(DeliveryStatus::Lost),
        })
    }

    fn look_at_event(&self, id: &str) -> Result<Value> {
        let event = self.world.events.get(id);
        let event = event.ok_or_else(|| Error::missing("event", id))?;
        let json = event.json();
        let object = &json["data"]["object"];
        let payment = [&object["payment_intent"], &object["id"]]
            .into_iter()
            .find(|id| id.as_str().is_some_and(|id| id.starts_with("pi_")));
        let deliveries = self.world.deliveries.of(id);
        Ok(json!({
            "payment": payment,
            "deliveries": deliveries.iter().rev().collect::<Vec<_>>(),
            "receivers": self.receivers(&event.kind).len(),
            "event": json,
        }))
    }

    fn look_at_deliveries(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let rows = self.world.deliveries.all();
        let url = "/_control/deliveries";
        page.of(&rows, url, |_| true, |delivery| json!(delivery))
    }

    fn look_at_requests(&self, mut params: Params) -> Result<Value> {
        let limit = params.integer("limit")?.unwrap_or(10).clamp(1, 100) as usize;
        let after = params.text("starting_after")?;
        let mut older = self.world.requests.newest_first();
        if let Some(id) = &after {
            older.find(|request| request.id == *id);
        }
        let mut data: Vec<&LoggedRequest> = older.take(limit + 1).collect();
        let has_more = data.len() > limit;
        data.truncate(limit);
        let url = "/_control/requests";
        Ok(json!({ "object": "list", "data": data, "has_more": has_more, "url": url }))
    }

    fn look_at_request(&self, id: &str) -> Result<Value> {
        let request = self.world.requests.get(id);
        let request = request.ok_or_else(|| Error::missing("request", id))?;
        let events = self.events_from(request.created, |event| {
            event.request_id.as_deref() == Some(id)
        });
        let params = &request.exchange.params;
        Ok(json!({
            "request": request,
            "params": params.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect::<Vec<_>>(),
            "answer": request.exchange.answer,
            "replayed": request.exchange.replayed,
            "events": events.iter().map(|event| self.event_line(event)).collect::<Vec<_>>(),
        }))
    }

    /// The wanted among the events since then. Where there are very many, those in the middle are left out.
    fn events_from(&self, created: i64, wanted: impl Fn(&Event) -> bool) -> Vec<&Event> {
        let events = self.world.events.all();
        let (first, end) = (events.since(created), events.len());
        let middle = first.saturating_add(LOOKED_THROUGH)..end.saturating_sub(LOOKED_THROUGH);
        let near = (first..end).filter(|place| !middle.contains(place));
        let events = near.map(|place| events.at(place));
        events.filter(|event| wanted(event)).collect()
    }
}
