//! The books themselves: opening them, and one writer at a time.

use checkout::{CartId, Currency, OrderKey};
use orders::{Carts, Change, CommitError, DatabaseStore, OrderStore, Orders, Placed, StoreError};

use crate::world::{World, fill, lines, now_ms, order};

#[tokio::test]
async fn a_database_keeps_its_name_and_another_has_another() {
    let (one, two) = (World::new().await, World::new().await);
    let name = one.open().await.store().shop().clone();
    assert_eq!(one.open().await.store().shop(), &name);
    assert_ne!(two.open().await.store().shop(), &name);
}

#[tokio::test]
async fn what_is_no_database_of_ours_is_not_opened() {
    let world = World::new().await;
    let path = world.database_url().replace("sqlite://", "");
    std::fs::write(&path, "this is no database, however long one looks at it, and it is over a hundred bytes long too; see for yourself").unwrap();
    assert!(matches!(
        DatabaseStore::open(&world.database_url()).await,
        Err(StoreError::Database(_))
    ));
    assert!(matches!(
        DatabaseStore::open("mysql://localhost/till").await,
        Err(StoreError::Address)
    ));
    assert!(matches!(
        DatabaseStore::open("sqlite:///dev/null/till.db").await,
        Err(StoreError::Folder(_))
    ));
}

#[tokio::test]
async fn a_change_to_an_order_that_somebody_else_changed_is_not_written() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    let store = payments.store();
    let read = store.order(&key).await.unwrap().unwrap();
    store
        .commit(&Change::of(read.clone()), now_ms())
        .await
        .unwrap();
    let late = checkout::Order {
        next_number: 7,
        ..read
    };
    assert!(matches!(
        store.commit(&Change::of(late), now_ms()).await,
        Err(CommitError::Conflict)
    ));
    assert_eq!(store.order(&key).await.unwrap().unwrap().next_number, 1);
}

#[tokio::test]
async fn a_cart_has_one_unfinished_order_and_a_refused_price_makes_none() {
    let world = World::new().await;
    let payments = world.open().await;
    let (store, cart) = (payments.store(), CartId::from_random([2; 16]));
    let place = async || {
        store
            .place(&cart, now_ms(), |_| Ok::<_, ()>(lines()))
            .await
            .unwrap()
            .unwrap()
    };
    assert_eq!(place().await, Placed::NoCart);
    fill(store, &cart).await;
    assert_eq!(
        store
            .place(&cart, now_ms(), |_| Err("too little"))
            .await
            .unwrap(),
        Err("too little")
    );
    assert_eq!(store.cart(&cart).await.unwrap().unwrap().order, None);
    let first = place().await;
    assert_eq!(place().await, first);
    assert!(matches!(first, Placed::Open(_)));
}

#[tokio::test]
async fn a_refused_change_leaves_the_cart_as_it_was() {
    let world = World::new().await;
    let payments = world.open().await;
    let (store, cart) = (payments.store(), CartId::from_random([2; 16]));
    let refused = store.change_cart(&cart, Currency::Usd, |held| {
        held.order = Some(OrderKey::from_random([3; 16]));
        Err("no")
    });
    assert_eq!(refused.await.unwrap().unwrap_err(), "no");
    assert_eq!(store.cart(&cart).await.unwrap(), None);
}
