//! What a payment costs beside Stripe: a confirmation, its two commits included, with a Stripe that answers at once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use checkout::{
    Address, Cart, CartId, CartLine, Currency, Details, Money, OrderKey, OrderLine, Outcome,
    Quantity, Sku, TokenId,
};
use criterion::{Criterion, criterion_group, criterion_main};
use orders::{Ambient, Capture, Carts, DatabaseStore, OrderStore, Orders, Payments, Placed};
use serde_json::json;
use stripe_rest::{Client, Failure, Incoming, Outgoing, Transport};

fn total() -> Money {
    Money::new(2_400, Currency::Usd).expect("an amount")
}

/// A name for the next thing that needs one.
fn next() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// As scattered as the keys that chance makes.
fn scattered(number: u64) -> [u8; 16] {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u128::from(number)
        .wrapping_mul(0x1_0000_0000_0000_0001)
        .to_be_bytes()
}

/// A Stripe on which every card pays.
#[derive(Clone)]
struct Paying;

impl Transport for Paying {
    async fn send(&self, request: Outgoing<'_>) -> Result<Incoming, Failure> {
        let form = request.posted.map_or("", |posted| posted.body);
        let value = |name: &str| {
            let at = form.find(name).map_or(form.len(), |at| at + name.len());
            let rest = form[at..]
                .trim_start_matches("%5D")
                .trim_start_matches([']', '=']);
            rest.split('&').next().unwrap_or_default()
        };
        let id = format!("pi_{}", hex(next()));
        let intent = json!({
            "id": id, "object": "payment_intent", "status": "succeeded", "amount": 2_400, "amount_received": 2_400,
            "amount_capturable": 0, "currency": "usd", "livemode": false, "client_secret": format!("{id}_secret_x"),
            "created": 1, "latest_charge": format!("ch_{id}"), "last_payment_error": null,
            "metadata": { "shop_id": value("shop_id"), "order_key": value("order_key"), "attempt": "1" },
        });
        Ok(Incoming {
            status: 200,
            body: intent.to_string().into_bytes(),
            ..Incoming::default()
        })
    }
}

fn hex(number: u64) -> String {
    format!("{:032x}", u128::from_be_bytes(scattered(number)))
}

async fn order(payments: &Payments<DatabaseStore, Paying>) -> OrderKey {
    let (store, cart) = (payments.store(), CartId::from_random(scattered(next())));
    let sku = Sku::parse("bell").expect("a name");
    let picked = CartLine {
        sku: sku.clone(),
        quantity: Quantity::ONE,
    };
    let line = OrderLine {
        sku,
        name: "Service Bell".to_owned(),
        quantity: Quantity::ONE,
        unit_price: total(),
        price: total(),
    };
    let details = Details {
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
    };
    let filled = store.change_cart(&cart, Currency::Usd, |held| {
        held.cart = Cart::from_lines(Currency::Usd, vec![picked]);
        Ok::<(), ()>(())
    });
    filled.await.expect("books").expect("a cart");
    let placed = store.place(&cart, 0, move |_| Ok::<_, ()>((vec![line], total())));
    let Ok(Placed::Open(key)) = placed.await.expect("books") else {
        panic!("no order");
    };
    assert!(store.set_details(&key, &details).await.expect("books"));
    key
}

/// So many confirmations, one after the other; orders are made before.
async fn confirm(payments: &Payments<DatabaseStore, Paying>, count: u64) -> Duration {
    let mut orders = Vec::new();
    for _ in 0..count {
        let token = TokenId::parse(&format!("ctoken_{}", hex(next()))).expect("an id");
        orders.push((order(payments).await, token));
    }
    let started = Instant::now();
    for (key, token) in &orders {
        let answer = payments.confirm(key, 1, token, total()).await;
        assert_eq!(answer.expect("an answer").outcome, Outcome::Paid);
    }
    started.elapsed()
}

fn books(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = format!("sqlite://{}/till.db", folder.path().display());
    // A PostgreSQL of one's own; `cargo xtask bench` gives one.
    let postgres = std::env::var("TILL_POSTGRES").ok();
    for (name, url) in [("sqlite", Some(sqlite)), ("postgres", postgres)] {
        let Some(url) = url else { continue };
        let store = runtime.block_on(DatabaseStore::open(&url)).expect("books");
        let payments = Payments::new(
            store,
            Client::over(Paying),
            "http://127.0.0.1".to_owned(),
            Capture::Automatic,
            false,
            Ambient {
                now_ms: || 0,
                random: || 0,
            },
        );
        criterion.bench_function(&format!("confirm, {name}"), |bencher| {
            bencher.iter_custom(|count| runtime.block_on(confirm(&payments, count)));
        });
        runtime.block_on(payments.store().close());
    }
}

criterion_group!(benches, books);
criterion_main!(benches);
