//! A payment whose every question is answered by the bytes given: statuses, headers, half an object, nothing at all.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use checkout::{
    Address, Cart, CartId, CartLine, Currency, Details, Money, OrderKey, OrderLine, Payment,
    Quantity, ShopId, Sku, TokenId,
};
use orders::{Ambient, Capture, Carts, MemoryStore, Orders, Payments, Placed};
use serde_json::{Value, json};
use stripe_rest::{Client, Failure, Incoming, Outgoing, PaymentIntent, Transport};

const TOTAL_MINOR: i64 = 2_400;

thread_local! {
    /// Milliseconds since the runtime's clock began.
    static BEGAN: Cell<Option<tokio::time::Instant>> = const { Cell::new(None) };
}

fn now_ms() -> i64 {
    let began = BEGAN.get().map(|began| began.elapsed());
    began.map_or(0, |passed| passed.as_millis() as i64)
}

/// A Stripe that answers what it is told to.
#[derive(Clone)]
struct Scripted(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    left: Vec<u8>,
    shop: String,
    order: String,
    /// The idempotency key that each path and body was sent under.
    keys: HashMap<(String, String), String>,
    /// Keys of calls whose answer told what came of them.
    settled: Vec<String>,
    /// Intents said to have taken the whole total for this order.
    paid: Vec<String>,
}

impl Script {
    fn byte(&mut self) -> u8 {
        self.left.pop().unwrap_or(0)
    }

    fn object(&mut self) -> Value {
        let status = [
            "succeeded",
            "requires_payment_method",
            "requires_action",
            "processing",
            "requires_capture",
            "canceled",
            "requires_confirmation",
            "of_tomorrow",
        ][usize::from(self.byte() % 8)];
        let id = format!("pi_{}", self.byte() % 3);
        let odd = self.byte();
        let received = if status == "succeeded" {
            TOTAL_MINOR
        } else {
            0
        };
        let held = if status == "requires_capture" {
            TOTAL_MINOR
        } else {
            0
        };
        let shop = if odd == 1 {
            "shop_of_others"
        } else {
            &self.shop
        };
        let mut object = json!({
            "id": id, "object": "payment_intent", "status": status, "amount": TOTAL_MINOR,
            "amount_capturable": held, "amount_received": received, "currency": "usd", "livemode": false,
            "client_secret": format!("{id}_secret_x"), "created": 1, "latest_charge": null, "last_payment_error": null,
            "metadata": { "shop_id": shop, "order_key": self.order, "attempt": "1" },
        });
        match odd {
            2 => object["amount"] = json!(1),
            3 => object["currency"] = json!("eur"),
            4 => object["livemode"] = json!(true),
            5 => object["metadata"] = Value::Null,
            6 => object["status"] = Value::Null,
            7 => {
                object["last_payment_error"] =
                    json!({ "type": "card_error", "code": "card_declined" })
            }
            _ => {}
        }
        if status == "succeeded" && !matches!(odd, 1..=6) {
            self.paid.push(id);
        }
        object
    }

    fn answer(&mut self, request: Outgoing<'_>) -> Result<Incoming, Failure> {
        let how = self.byte();
        let status = match how % 12 {
            0 => return Err(Failure::Timeout),
            1 => return Err(Failure::Disconnected("cut".to_owned())),
            2 => return Err(Failure::NotConnected("no way".to_owned())),
            3 => 402,
            4 => 409,
            5 => 429,
            6 => 500,
            7 => 400 + u16::from(self.byte() % 100),
            8 => 100 + u16::from(self.byte()),
            _ => 200,
        };
        let token = request.path.starts_with("/v1/confirmation_tokens");
        let object = match (status, token) {
            (200, true) => {
                let used_on = match self.byte() % 3 {
                    0 => Value::Null,
                    number => json!(format!("pi_{number}")),
                };
                json!({ "id": "ctoken_1", "object": "confirmation_token", "payment_intent": used_on,
                    "livemode": false, "created": 1 })
            }
            (200, false) => self.object(),
            _ => {
                let mut error =
                    json!({ "type": "card_error", "code": "card_declined", "message": "No." });
                if self.byte() < 128 {
                    error["payment_intent"] = self.object();
                }
                json!({ "error": error })
            }
        };
        let mut body = object.to_string().into_bytes();
        let cut = self.byte();
        if cut > 240 {
            body.truncate(usize::from(cut));
        }
        Ok(Incoming {
            status,
            should_retry: [None, None, Some(true), Some(false)][usize::from(self.byte() % 4)],
            replayed: self.byte() % 4 == 1,
            retry_after_ms: (how > 200).then_some(u64::from(how) * 100),
            request_id: None,
            body,
        })
    }
}

impl Scripted {
    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Scripted {
    async fn send(&self, request: Outgoing<'_>) -> Result<Incoming, Failure> {
        let mut script = self.script();
        if let Some(posted) = request.posted {
            let call = (request.path.to_owned(), posted.body.to_owned());
            let key = posted.idempotency_key.to_owned();
            // A cancellation that Stripe failed with for good is another one under another key, and every attempt brings
            // its intent up to date anew: neither takes money.
            let updates = request
                .path
                .strip_prefix("/v1/payment_intents/")
                .is_some_and(|rest| !rest.contains('/'));
            if !updates && !request.path.ends_with("/cancel") {
                let before = script.keys.entry(call).or_insert_with(|| key.clone());
                assert_eq!(*before, key, "the same call under two keys");
            }
            assert!(
                !script.settled.contains(&key),
                "sent again after its answer"
            );
            let answer = script.answer(request);
            let told = |answer: &Incoming| {
                answer.status == 200
                    && serde_json::from_slice::<PaymentIntent>(&answer.body).is_ok()
            };
            if answer.as_ref().is_ok_and(told) {
                script.settled.push(key);
            }
            return answer;
        }
        script.answer(request)
    }
}

/// Confirms an order and keeps asking: no answer may make the line send a call under two keys, send what was answered,
/// call an order paid that Stripe never said was, or panic.
pub fn replay(data: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.expect("a runtime").block_on(async {
        BEGAN.set(Some(tokio::time::Instant::now()));
        let shop = ShopId::from_random([1; 16]);
        let stripe = Scripted(Arc::new(Mutex::new(Script {
            left: data.to_vec(),
            shop: shop.as_str().to_owned(),
            ..Script::default()
        })));
        let payments = Payments::new(
            MemoryStore::new(shop),
            Client::over(stripe.clone()).with_random(|| 7),
            "https://shop.test".to_owned(),
            Capture::Automatic,
            false,
            Ambient {
                now_ms,
                random: || 7,
            },
        );
        let key = order(payments.store()).await;
        key.as_str().clone_into(&mut stripe.script().order);
        let total = Money::new(TOTAL_MINOR, Currency::Usd).expect("an amount of this file");
        for number in 1..=3 {
            let token = TokenId::parse(&format!("ctoken_{number}")).expect("a token of this file");
            // Whatever is wrong with it, the next look tells.
            drop(payments.confirm(&key, number, &token, total).await);
            drop(payments.outcome(&key, number).await);
            drop(payments.work_attempts(0).await);
            drop(payments.work_operations(0).await);
            drop(payments.work_waiting(0).await);
        }
        let order = payments.store().order(&key).await;
        let order = order.expect("memory").expect("the order");
        if order.payment == Payment::Paid {
            let on = order.intent.expect("what it was paid with");
            let paid = &stripe.script().paid;
            assert!(
                paid.contains(&on.id.as_str().to_owned()),
                "{on:?} took nothing"
            );
            assert_eq!(order.captured_minor, TOTAL_MINOR);
        }
    });
}

async fn order(books: &MemoryStore) -> OrderKey {
    let cart = CartId::from_random([2; 16]);
    let sku = Sku::parse("bell").expect("a name of this file");
    let total = Money::new(TOTAL_MINOR, Currency::Usd).expect("an amount of this file");
    let line = CartLine {
        sku: sku.clone(),
        quantity: Quantity::ONE,
    };
    let filled = books.change_cart(&cart, Currency::Usd, |held| {
        held.cart = Cart::from_lines(Currency::Usd, vec![line]);
        Ok::<(), ()>(())
    });
    filled.await.expect("memory").expect("a change");
    let line = OrderLine {
        sku,
        name: "Bell".to_owned(),
        quantity: Quantity::ONE,
        unit_price: total,
        price: total,
    };
    let placed = books.place(&cart, 0, move |_| Ok::<_, ()>((vec![line], total)));
    let Ok(Ok(Placed::Open(key))) = placed.await else {
        panic!("no order");
    };
    let details = Details {
        email: "ada@example.com".to_owned(),
        name: "Ada".to_owned(),
        address: Address {
            line1: "12 St James's Square".to_owned(),
            line2: None,
            city: "London".to_owned(),
            state: None,
            postal_code: "SW1Y 4JH".to_owned(),
            country: "GB".to_owned(),
        },
    };
    books.set_details(&key, &details).await.expect("memory");
    key
}
