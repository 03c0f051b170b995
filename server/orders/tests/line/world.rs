//! One Stripe, one database, and a clock that tests move.

use std::cell::Cell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::http::{Request, header};
use checkout::{
    Address, Answer, Cart, CartId, CartLine, Currency, Details, Money, OrderKey, OrderLine,
    Quantity, Sku, TokenId,
};
use http_body_util::BodyExt;
use orders::{
    Ambient, Capture, Carts, DatabaseStore, Events, OrderStore, Orders, PayError, Payments, Placed,
};
use serde_json::{Value, json};
use stripe_rest::webhook::{Verified, sign, verify};
use stripe_rest::{Client, SecretKey, WebhookSecret};
use stripe_sandbox::{Options, Running, Sandbox};
use tempfile::TempDir;
use tower::ServiceExt;

thread_local! {
    static AHEAD_MS: Cell<i64> = const { Cell::new(0) };
}

/// The time, as far ahead as the test has moved it. Each test has its thread, and so its time.
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap() + AHEAD_MS.get()
}

pub fn pass_seconds(seconds: i64) {
    AHEAD_MS.set(AHEAD_MS.get() + seconds * 1000);
}

pub const CREATE: &str = "/v1/payment_intents";
pub const TOTAL_MINOR: i64 = 2_400;

pub fn total() -> Money {
    Money::new(TOTAL_MINOR, Currency::Usd).unwrap()
}

pub struct World {
    stripe: Running,
    folder: TempDir,
}

impl World {
    pub async fn new() -> World {
        World {
            stripe: Sandbox::start(Options::default()).await.unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn database_url(&self) -> String {
        format!("sqlite://{}/till.db", self.folder.path().display())
    }

    /// A line over this world's books: a second one is the same shop after a restart.
    pub async fn open(&self) -> Payments {
        self.open_taking(Capture::Automatic).await
    }

    /// The same, of a shop that takes its money so.
    pub async fn open_taking(&self, capture: Capture) -> Payments {
        self.open_at(&self.database_url(), capture).await
    }

    /// The same over other books.
    pub async fn open_at(&self, database: &str, capture: Capture) -> Payments {
        let store = DatabaseStore::open(database).await.unwrap();
        store.take_over().await.unwrap();
        let stripe =
            Client::new(SecretKey::parse("sk_test_w").unwrap(), self.stripe.url()).unwrap();
        Payments::new(
            store,
            stripe,
            "http://127.0.0.1:3000".to_owned(),
            capture,
            false,
            Ambient {
                now_ms,
                random: || 0,
            },
        )
    }

    async fn ask_stripe(
        &self,
        method: &str,
        path: &str,
        content_type: &str,
        body: String,
    ) -> Value {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, "Bearer sk_test_w")
            .header(header::CONTENT_TYPE, content_type)
            .body(Body::from(body))
            .unwrap();
        let answer = self
            .stripe
            .sandbox()
            .router()
            .oneshot(request)
            .await
            .unwrap();
        let (status, bytes) = (
            answer.status(),
            answer.into_body().collect().await.unwrap().to_bytes(),
        );
        assert!(
            status.is_success(),
            "{path}: {}",
            String::from_utf8_lossy(&bytes)
        );
        serde_json::from_slice(&bytes).unwrap()
    }

    /// The next `times` posts there fail like that.
    pub async fn fault(&self, path: &str, times: u32, fault: Value) {
        self.plan(json!({ "method": "POST", "path": path, "times": times, "fault": fault }))
            .await;
    }

    /// Any fault, as Stripe's double takes it.
    pub async fn plan(&self, fault: Value) {
        let plan = fault.to_string();
        self.ask_stripe("POST", "/_control/faults", "application/json", plan)
            .await;
    }

    /// Stripe forgets everything, its faults too.
    pub async fn forget(&self) {
        self.ask_stripe("POST", "/_control/reset", "application/json", String::new())
            .await;
    }

    pub async fn post(&self, path: &str, form: &str) -> Value {
        self.ask_stripe(
            "POST",
            path,
            "application/x-www-form-urlencoded",
            form.to_owned(),
        )
        .await
    }

    pub async fn all(&self, what: &str) -> Vec<Value> {
        let state = self
            .ask_stripe("GET", "/_control/state", "", String::new())
            .await;
        state[what].as_array().unwrap().clone()
    }

    pub async fn charges(&self) -> usize {
        self.all("charges")
            .await
            .iter()
            .filter(|charge| charge["status"] == "succeeded")
            .count()
    }

    /// How often Stripe was asked to create an intent.
    pub async fn creates(&self) -> usize {
        let requests = self.all("requests").await.into_iter();
        requests
            .filter(|request| request["method"] == "POST" && request["path"] == CREATE)
            .count()
    }

    /// Moves Stripe's clock.
    pub async fn let_pass(&self, seconds: u64) {
        self.ask_stripe(
            "POST",
            "/_control/clock",
            "application/json",
            json!({ "advance_seconds": seconds }).to_string(),
        )
        .await;
    }

    /// Moves Stripe's clock, and hands the shop every event there ever was.
    pub async fn deliver_after(&self, payments: &Payments, seconds: u64) {
        self.let_pass(seconds).await;
        for event in self.all("events").await {
            payments
                .store()
                .receive(&verified(&event), now_ms())
                .await
                .unwrap();
        }
        payments.work_events().await.unwrap();
    }

    /// `pm_card_visa`, …
    pub async fn token(&self, card: &str) -> TokenId {
        let token = self
            .post(
                "/v1/test_helpers/confirmation_tokens",
                &format!("payment_method={card}"),
            )
            .await;
        TokenId::parse(token["id"].as_str().unwrap()).unwrap()
    }
}

pub fn sku() -> Sku {
    Sku::parse("service-bell").unwrap()
}

pub fn details() -> Details {
    Details {
        email: "ada@example.com".to_owned(),
        name: "Ada Lovelace".to_owned(),
        address: Address {
            line1: "12 St James's Square".to_owned(),
            line2: None,
            city: "London".to_owned(),
            state: None,
            postal_code: "SW1Y 4JH".to_owned(),
            country: "GB".to_owned(),
        },
    }
}

pub fn lines() -> (Vec<OrderLine>, Money) {
    let line = OrderLine {
        sku: sku(),
        name: "Service Bell".to_owned(),
        quantity: Quantity::ONE,
        unit_price: total(),
        price: total(),
    };
    (vec![line], total())
}

pub async fn fill(store: &DatabaseStore, id: &CartId) {
    let line = CartLine {
        sku: sku(),
        quantity: Quantity::ONE,
    };
    let filled = store.change_cart(id, Currency::Usd, |held| {
        held.cart = Cart::from_lines(Currency::Usd, vec![line]);
        Ok::<(), ()>(())
    });
    filled.await.unwrap().unwrap();
}

/// An order of a bell with everything it needs.
pub async fn order(payments: &Payments) -> OrderKey {
    order_of(payments, 1).await
}

/// The same, from a cart of that number.
pub async fn order_of(payments: &Payments, cart: u8) -> OrderKey {
    let (store, cart) = (payments.store(), CartId::from_random([cart; 16]));
    fill(store, &cart).await;
    let Placed::Open(key) = store
        .place(&cart, now_ms(), |_| Ok::<_, ()>(lines()))
        .await
        .unwrap()
        .unwrap()
    else {
        panic!("no order");
    };
    assert!(store.set_details(&key, &details()).await.unwrap());
    key
}

/// A confirm in a task of its own: the test may move the clock meanwhile.
pub fn confirm(
    payments: &Payments,
    key: &OrderKey,
    number: u32,
    token: &TokenId,
) -> tokio::task::JoinHandle<Result<Answer, PayError>> {
    let (payments, key, token) = (payments.clone(), key.clone(), token.clone());
    tokio::spawn(async move { payments.confirm(&key, number, &token, total()).await })
}

/// Waits until something is so.
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    for _ in 0..1_500 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to: {what}");
}

/// An event as Stripe signs it.
pub fn verified(event: &Value) -> Verified {
    let (body, secret) = (event.to_string(), WebhookSecret::parse("whsec_x").unwrap());
    let now_s = now_ms() / 1000;
    let signature = sign(body.as_bytes(), &secret, now_s);
    verify(body.as_bytes(), &signature, &[secret], now_s).unwrap()
}
