//! No secret and no shopper in the log, of any program part, at any level: every test of this binary is watched.

use orders::OrderStore;
use std::io;
use std::sync::{Mutex, Once, PoisonError};

use serde_json::json;

use crate::world::{ASKS_THE_BANK, Browser, NO_FUNDS, VISA, World, bell, confirmation};

/// What must never be logged: keys, webhook secrets, client secrets, card numbers, and who ordered.
const HUSH: [&str; 10] = [
    "sk_test_w",
    "whsec_",
    "_secret_",
    "4242424242424242",
    "4000000000009995",
    "4000000000003220",
    "ada@example.com",
    "ada%40example.com",
    "Lovelace",
    "Square",
];

static WATCH: Once = Once::new();
static SEEN: Mutex<Seen> = Mutex::new(Seen {
    lines: 0,
    settled: 0,
    leaks: Vec::new(),
});

struct Seen {
    lines: usize,
    settled: usize,
    leaks: Vec<String>,
}

fn is_leak(line: &str) -> bool {
    HUSH.iter().any(|hush| line.contains(hush))
}

/// Reads what is logged instead of writing it.
struct Reader;

impl io::Write for Reader {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        seen.lines += 1;
        seen.settled += usize::from(text.contains("settled"));
        if is_leak(&text) {
            seen.leaks.push(text.into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Watches the log of the whole process from here on.
pub fn watch() {
    WATCH.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| Reader)
            .init();
    });
}

#[test]
fn the_watch_knows_a_leak_when_it_reads_one() {
    for hush in HUSH {
        assert!(
            is_leak(&format!("order=3f7k error=\"{hush}\" no answer")),
            "{hush}"
        );
    }
    assert!(!is_leak("order=3f7k attempt=1 call=create asked Stripe"));
}

#[tokio::test]
async fn no_secret_and_no_shopper_gets_into_the_log() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (mut browser, key) = Browser::orders_a_bell(&shop).await;
    browser
        .post(
            &format!("/checkout/{key}"),
            "email=ada%40example.com&name=Ada+Lovelace",
        )
        .await;
    world
        .fault(
            "/v1/payment_intents",
            1,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    for (number, card) in [(1, NO_FUNDS), (2, ASKS_THE_BANK), (3, VISA)] {
        let token = world.token(card, &bell()).await;
        shop.confirm(&key, number, &token, &bell()).await;
        shop.confirm(&key, number, &token, &bell()).await;
        shop.outcome(&key, number).await;
    }
    shop.order_says(&key, "Paid").await;
    for event in world.all("events").await {
        shop.deliver(&event).await;
        shop.webhook(&event.to_string(), Some("t=1,v1=00")).await;
    }
    shop.clerk().await;
    shop.call(
        "confirm_order",
        &confirmation(&key, 1, "ada@example.com", &bell()),
    )
    .await;

    // What fails inside must not tell either.
    let (_, broken) = Browser::orders_a_bell(&shop).await;
    shop.parts.payments.store().close().await;
    assert_eq!(shop.get(&format!("/orders/{broken}")).await.status, 500);
    let page = shop
        .call(
            "confirm_order",
            &confirmation(&broken, 1, "ctoken_1", &bell()),
        )
        .await;
    assert_eq!(
        (page.status.as_u16(), page.json()),
        (503, json!("Unavailable"))
    );

    let seen = SEEN.lock().unwrap();
    assert!(
        seen.lines > 100 && seen.settled > 0,
        "the watch sleeps: {} lines",
        seen.lines
    );
    assert_eq!(seen.leaks, Vec::<String>::new());
}
