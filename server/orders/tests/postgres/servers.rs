//! Several servers on one database, each with a store of its own: who begins, who claims, who makes the tables.

use std::collections::BTreeSet;

use checkout::{
    Begin, Cart, CartId, CartLine, Currency, Money, Order, OrderLine, Quantity, Sku, TokenId,
};
use orders::{
    Calls, Carts, Change, CommitError, OrderStore, Orders, Placed, PostgresStore, StoreError,
};
use tokio::task::JoinSet;

use crate::database::Database;

const NOW: i64 = 1_767_225_600_000;

async fn two_servers() -> ([PostgresStore; 2], Database) {
    let database = Database::new().await;
    ([database.open().await, database.open().await], database)
}

fn price() -> Money {
    Money::new(500, Currency::Usd).unwrap()
}

async fn order(store: &PostgresStore, cart: u8) -> Order {
    let cart = CartId::from_random([cart; 16]);
    let sku = Sku::parse("bell").unwrap();
    let line = CartLine {
        sku: sku.clone(),
        quantity: Quantity::ONE,
    };
    let filled = store.change_cart(&cart, Currency::Usd, |held| {
        held.cart = Cart::from_lines(Currency::Usd, vec![line]);
        Ok::<(), ()>(())
    });
    filled.await.unwrap().unwrap();
    let line = OrderLine {
        sku,
        name: "Bell".to_owned(),
        quantity: Quantity::ONE,
        unit_price: price(),
        price: price(),
    };
    let placed = store.place(&cart, NOW, |_| Ok::<_, ()>((vec![line], price())));
    let Ok(Placed::Open(key)) = placed.await.unwrap() else {
        panic!("no order")
    };
    let details = serde_json::json!({
        "email": "ada@example.com", "name": "Ada", "address": {
            "line1": "12 St James's Square", "line2": null, "city": "London", "state": null,
            "postal_code": "SW1Y 4JH", "country": "GB"
        }
    });
    let details = serde_json::from_value(details).unwrap();
    assert!(store.set_details(&key, &details).await.unwrap());
    store.order(&key).await.unwrap().unwrap()
}

async fn begin(store: &PostgresStore, order: &Order, token: &str) -> Result<(), CommitError> {
    let token = TokenId::parse(token).unwrap();
    let Begin::Start(started, _) = order.begin_attempt(order.next_number, &token, order.total)
    else {
        panic!("no start")
    };
    let change = Change {
        send_until_ms: Some(NOW + 1),
        ..Change::of(*started)
    };
    store.commit(&change, NOW).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_servers_that_begin_the_same_order_one_wins() {
    let (servers, _database) = two_servers().await;
    for cart in 0..16 {
        let order = order(&servers[0], cart).await;
        let tokens = [format!("ctoken_{cart}a"), format!("ctoken_{cart}b")];
        let (one, two) = tokio::join!(
            begin(&servers[0], &order, &tokens[0]),
            begin(&servers[1], &order, &tokens[1])
        );
        let outcomes = [one, two];
        let won = outcomes.iter().position(Result::is_ok).unwrap();
        assert!(
            matches!(outcomes[1 - won], Err(CommitError::Conflict)),
            "{outcomes:?}"
        );
        let read = servers[1 - won].order(&order.key).await.unwrap().unwrap();
        let attempt = read.attempt.unwrap();
        assert_eq!(
            (attempt.token.as_str(), attempt.number),
            (tokens[won].as_str(), 1)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_token_begins_one_order_whichever_server_is_asked() {
    let (servers, _database) = two_servers().await;
    let orders = [order(&servers[0], 1).await, order(&servers[0], 2).await];
    let (one, two) = tokio::join!(
        begin(&servers[0], &orders[0], "ctoken_1"),
        begin(&servers[1], &orders[1], "ctoken_1")
    );
    let outcomes = [one, two];
    let won = outcomes.iter().filter(|it| it.is_ok()).count();
    let refused = |it: &&Result<(), CommitError>| matches!(it, Err(CommitError::TokenUsed));
    assert_eq!(
        (won, outcomes.iter().filter(refused).count()),
        (1, 1),
        "{outcomes:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_one_server_claims_no_other_does() {
    const ORDERS: u8 = 40;
    let (servers, _database) = two_servers().await;
    for cart in 0..ORDERS {
        let order = order(&servers[0], cart).await;
        begin(&servers[0], &order, &format!("ctoken_{cart}"))
            .await
            .unwrap();
    }
    let mut clerks = JoinSet::new();
    for clerk in 0..8 {
        let store = servers[clerk % 2].clone();
        clerks.spawn(async move {
            let mut mine = Vec::new();
            // Somebody else's locked rows may be all there are at one moment: nothing claimed is not nothing left.
            for _ in 0..ORDERS {
                mine.extend(store.claim_attempts(NOW, NOW + 1, 3).await.unwrap());
            }
            mine
        });
    }
    let claimed: Vec<_> = clerks.join_all().await.into_iter().flatten().collect();
    let distinct: BTreeSet<_> = claimed.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!((claimed.len(), distinct.len()), (40, 40));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_starts_takes_nothing_from_one_at_work() {
    let (servers, _database) = two_servers().await;
    let order = order(&servers[0], 1).await;
    begin(&servers[0], &order, "ctoken_1").await.unwrap();
    servers[1].take_over().await.unwrap();
    let claimed = servers[1].claim_attempts(NOW - 1, NOW, 9).await.unwrap();
    assert_eq!(claimed, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_together_make_one_shop() {
    let database = Database::new().await;
    let (one, two, three) = tokio::join!(database.open(), database.open(), database.open());
    assert_eq!((one.shop(), two.shop()), (two.shop(), three.shop()));
    assert_eq!(database.open().await.shop(), one.shop());
    one.ping().await.unwrap();
}

#[tokio::test]
async fn books_of_a_newer_program_and_addresses_of_nothing_are_not_opened() {
    let database = Database::new().await;
    let known = database.open().await;
    known.close().await;
    database.run("UPDATE shop SET layout = 999").await;
    assert!(matches!(
        PostgresStore::open(&database.url()).await,
        Err(StoreError::Newer { found: 999, .. })
    ));
    for address in ["sqlite://till.db", "till", "postgres://["] {
        assert!(
            matches!(PostgresStore::open(address).await, Err(StoreError::Address)),
            "{address}"
        );
    }
}
