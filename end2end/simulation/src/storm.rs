//! One run: orders, shoppers, a merchant, crashes, a storm, and the calm after which everything must be right.

use checkout::{
    Address, Cart, CartId, CartLine, Currency, Details, Money, Operation, Order, OrderKey,
    OrderLine, Quantity, ShopId, Sku,
};
use orders::{Capture, Carts, Orders, Placed};
use serde_json::json;
use stripe_sandbox::Dispatch;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::books::Books;
use crate::mutation::Mutation;
use crate::network::Network;
use crate::shop::Shop;
use crate::{chance, check, shopper, violation};

/// How long a storm lasts.
const STORM_MS: u64 = 5 * 60 * 1000;

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Things that happened.
    pub steps: u64,
    /// Orders that were paid.
    pub payments: u64,
    /// Times the server died.
    pub crashes: u64,
    /// Broken invariants.
    pub violations: Vec<String>,
    /// All that happened, in order.
    pub trace: Vec<String>,
}

/// Runs a seed, with a deliberate mistake if one is given.
#[must_use]
pub fn run(seed: u64, mutation: Option<Mutation>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(storm(seed, mutation)),
        Err(error) => Outcome {
            violations: vec![format!("no runtime: {error}")],
            ..Outcome::default()
        },
    }
}

async fn storm(seed: u64, mutation: Option<Mutation>) -> Outcome {
    chance::begin(seed);
    violation::take();
    let (network, deliveries) = Network::new(seed, mutation);
    network.control("assumptions", &assumptions());
    let capture = if chance::percent(30) {
        Capture::Manual
    } else {
        Capture::Automatic
    };
    let books = Books::new(ShopId::from_random([5; 16]), mutation, network.clone());
    let shop = Shop::new(network.clone(), books, capture);
    let mut crowd = JoinSet::new();
    crowd.spawn(post(shop.clone(), deliveries));
    crowd.spawn(tick(network.clone()));
    shop.start().await;

    let others = neighbours(&network);
    let mut keys = Vec::new();
    for number in 0..chance::within(1..=3) {
        keys.extend(order(&shop, number as u8).await);
    }
    network.set_rough(chance::pick(&[0, 3, 10, 30]));
    let mut people = JoinSet::new();
    for key in &keys {
        for _ in 0..chance::pick(&[1, 1, 1, 2]) {
            people.spawn(shopper::tab(shop.clone(), key.clone()));
        }
        if chance::percent(60) {
            people.spawn(merchant(shop.clone(), key.clone()));
        }
        if chance::percent(20) {
            people.spawn(dashboard(network.clone(), key.clone()));
        }
    }
    if chance::percent(20) {
        people.spawn(outage(network.clone()));
    }
    let crashes = weather(&shop).await;

    // The calm: the network is whole, the server is up, and whoever is still there goes on.
    network.set_rough(0);
    network.cut(false);
    if !shop.is_up() {
        shop.start().await;
    }
    chance::trace(|| "the calm begins".to_owned());
    let patience = tokio::time::Duration::from_secs(30 * 60);
    drop(
        tokio::time::timeout(patience, async {
            while people.join_next().await.is_some() {}
        })
        .await,
    );
    people.shutdown().await;
    shop.rest();
    for minutes in [1, 1, 3, 3, 11, 11, 30, 60, 300, 24 * 60, 60, 60] {
        chance::pass_ms(minutes * 60_000).await;
        network.tick();
        shop.round().await;
    }
    if capture == Capture::Manual && chance::percent(30) {
        // Long enough for a bank to let go of what is held.
        for minutes in [8 * 24 * 60, 60, 60] {
            chance::pass_ms(minutes * 60_000).await;
            network.tick();
            shop.round().await;
        }
    }
    if network.has_lost_an_event() {
        // What only an event would have told is found by comparing.
        let (from, until) = (chance::START_S, chance::now_ms() / 1000 + 1);
        if let Err(error) = shop.line().reconcile(from, until).await {
            violation::note(format!("reconciliation: {error}"));
        }
        // It may have found money that must go back.
        for _ in 0..2 {
            chance::pass_ms(60_000).await;
            shop.round().await;
        }
    }
    let payments = check::all(&shop, &keys, &others).await;
    crowd.shutdown().await;
    let (trace, steps) = chance::story();
    Outcome {
        steps,
        payments,
        crashes,
        violations: violation::take(),
        trace,
    }
}

/// Each open question about Stripe, answered one way or the other.
fn assumptions() -> serde_json::Value {
    json!({
        "token_lifetime_seconds": chance::pick(&[900, 43_200]),
        "most_confirmations": chance::pick(&[2, 10]),
        "confirm_in_requires_action": chance::pick(&["refused", "restarts"]),
        "token_disagrees": chance::pick(&["without_code", "with_code"]),
        "replayed_header": chance::percent(50),
    })
}

/// Crashes and restarts, for as long as the storm lasts.
async fn weather(shop: &Shop) -> u64 {
    let mut crashes = 0;
    let mut left_ms = STORM_MS;
    for _ in 0..chance::pick(&[0, 0, 1, 2, 4]) {
        let until_ms = chance::within(1..=left_ms / 2);
        left_ms -= until_ms;
        chance::pass_ms(until_ms).await;
        crashes += u64::from(shop.crash());
        // At once, a while later, or after hours.
        let down_ms = match chance::within(0..=9) {
            0..5 => chance::within(0..=100),
            5..9 => chance::within(1_000..=90_000),
            _ => chance::within(3_600_000..=90_000_000),
        };
        chance::pass_ms(down_ms).await;
        shop.start().await;
    }
    chance::pass_ms(left_ms).await;
    crashes
}

/// For minutes nothing gets through.
async fn outage(network: Network) {
    chance::pass_ms(chance::within(0..=60_000)).await;
    network.cut(true);
    chance::pass_ms(chance::within(30_000..=400_000)).await;
    network.cut(false);
}

/// Carries events to the shop: late, twice, in another order, or not at all.
async fn post(shop: Shop, mut deliveries: mpsc::UnboundedReceiver<Dispatch>) {
    let mut under_way = JoinSet::new();
    while let Some(dispatch) = deliveries.recv().await {
        let shop = shop.clone();
        under_way.spawn(async move {
            chance::pass_ms(dispatch.after_ms + chance::within(10..=500)).await;
            let network = shop.network.clone();
            if network.goes_wrong() {
                match chance::within(0..=2) {
                    // Lost, and Stripe believes that it was taken.
                    0 => {
                        network.lose_event();
                        return network.delivered(&dispatch, Some(200));
                    }
                    1 => chance::pass_ms(chance::within(1_000..=600_000)).await,
                    _ => {
                        shop.take_in(&dispatch).await;
                    }
                }
            }
            let answer = shop.take_in(&dispatch).await;
            network.delivered(&dispatch, answer);
        });
        while under_way.try_join_next().is_some() {}
    }
}

/// Stripe's own clock: seldom looked at once the storm should be over and only a server is down for hours.
async fn tick(network: Network) {
    let started_ms = chance::real_ms();
    loop {
        let stormy = chance::real_ms() - started_ms < 2 * STORM_MS;
        chance::pass_ms(if stormy { 2_000 } else { 300_000 }).await;
        network.tick();
    }
}

/// Another shop on the same Stripe account: payments that nobody here may touch.
fn neighbours(network: &Network) -> Vec<String> {
    (0..chance::within(0..=2))
        .filter_map(|number| {
            let token = network.word(
                "POST",
                "/v1/test_helpers/confirmation_tokens",
                "payment_method=pm_card_visa",
            );
            let mark = if number == 0 { "" } else { "&metadata[shop_id]=shop_of_others" };
            let form = format!(
                "amount=2400&currency=usd&confirm=true&confirmation_token={}&return_url=https%3A%2F%2Fother.test{mark}",
                token["id"].as_str()?
            );
            let made = network.word("POST", "/v1/payment_intents", &form);
            made["id"].as_str().map(str::to_owned)
        })
        .collect()
}

/// An order that is ready to be paid.
async fn order(shop: &Shop, number: u8) -> Option<OrderKey> {
    let cart = CartId::from_random([number; 16]);
    let sku = Sku::parse("bell").ok()?;
    let total = Money::new(2_400 + i64::from(number), Currency::Usd).ok()?;
    let books = shop.books.at_once();
    let picked = CartLine {
        sku: sku.clone(),
        quantity: Quantity::ONE,
    };
    books
        .change_cart(&cart, Currency::Usd, |held| {
            held.cart = Cart::from_lines(Currency::Usd, vec![picked]);
            Ok::<(), ()>(())
        })
        .await
        .ok()?
        .ok()?;
    let line = OrderLine {
        sku,
        name: "Service Bell".to_owned(),
        quantity: Quantity::ONE,
        unit_price: total,
        price: total,
    };
    let placed = books
        .place(&cart, chance::now_ms(), move |_| {
            Ok::<_, ()>((vec![line], total))
        })
        .await
        .ok()?
        .ok()?;
    let Placed::Open(key) = placed else {
        return None;
    };
    books.set_details(&key, &details()).await.ok()?;
    Some(key)
}

fn details() -> Details {
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

/// Captures, refunds and cancels, sometimes twice, sometimes what makes no sense.
async fn merchant(shop: Shop, key: OrderKey) {
    for turn in 0..chance::within(1..=3) {
        chance::pass_ms(chance::within(1_000..=STORM_MS)).await;
        let Ok(Some(order)) = shop.books.at_once().order(&key).await else {
            return;
        };
        let operation = something(&order);
        let name = format!("op-{turn}-{}", key.reference());
        for _ in 0..chance::pick(&[1, 1, 2]) {
            let operated = shop.operate(&key, &name, operation).await;
            chance::trace(|| {
                let how = match &operated {
                    None => "nobody there".to_owned(),
                    Some(Ok(operated)) => format!("{operated:?}").chars().take(10).collect(),
                    Some(Err(error)) => error.to_string(),
                };
                format!("merchant: {operation:?} {name}: {how}")
            });
        }
    }
}

/// Somebody gives money back in Stripe's Dashboard, and tells nobody.
async fn dashboard(network: Network, key: OrderKey) {
    chance::pass_ms(chance::within(30_000..=2 * STORM_MS)).await;
    let state = network.state();
    let paid = state["payment_intents"].as_array().into_iter().flatten();
    let mut paid = paid.filter(|intent| {
        intent["metadata"]["order_key"] == key.as_str() && intent["status"] == "succeeded"
    });
    if let Some(id) = paid.next().and_then(|intent| intent["id"].as_str()) {
        chance::trace(|| format!("dashboard: refunds {id}"));
        network.word(
            "POST",
            "/v1/refunds",
            &format!("payment_intent={id}&amount=100"),
        );
    }
}

fn something(order: &Order) -> Operation {
    let amount_minor = chance::pick(&[order.total.amount_minor(), 1_000, 1]);
    chance::pick(&[
        Operation::Capture { amount_minor },
        Operation::Capture { amount_minor },
        Operation::Cancel,
        Operation::Refund { amount_minor },
    ])
}

/// A payment without a storm, for one thing at a time to go wrong in.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// A card that pays.
    Pays,
    /// A card that is declined, and then one that pays.
    DeclinedThenPays,
    /// A card whose bank asks, and is answered.
    Asks,
}

#[cfg(test)]
impl Script {
    pub const ALL: [Script; 3] = [Script::Pays, Script::DeclinedThenPays, Script::Asks];

    fn cards(self) -> &'static [&'static str] {
        match self {
            Script::Pays => &["4242424242424242"],
            Script::DeclinedThenPays => &["4000000000000002", "4242424242424242"],
            Script::Asks => &["4000000000003220"],
        }
    }
}

/// Plays a script; `begins` is called when the shopper does.
#[cfg(test)]
pub fn play(script: Script, begins: impl FnOnce()) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        chance::begin(0);
        violation::take();
        let (network, deliveries) = Network::new(0, None);
        let books = Books::new(ShopId::from_random([5; 16]), None, network.clone());
        let shop = Shop::new(network.clone(), books, Capture::Automatic);
        let mut crowd = JoinSet::new();
        crowd.spawn(post(shop.clone(), deliveries));
        crowd.spawn(tick(network.clone()));
        shop.start().await;
        let key = order(&shop, 0).await.unwrap();
        begins();
        let patience = tokio::time::Duration::from_secs(40 * 60);
        let played = shopper::play(&shop, &key, script.cards());
        if tokio::time::timeout(patience, played).await.is_err() {
            violation::note("the shopper waits for ever".to_owned());
        }
        shop.rest();
        for minutes in [1, 3, 11, 60] {
            chance::pass_ms(minutes * 60_000).await;
            network.tick();
            shop.round().await;
        }
        let payments = check::all(&shop, &[key], &[]).await;
        crowd.shutdown().await;
        let (trace, steps) = chance::story();
        Outcome {
            steps,
            payments,
            crashes: 0,
            violations: violation::take(),
            trace,
        }
    })
}
