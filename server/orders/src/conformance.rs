//! What every store of orders must do, as a suite that each runs: [`suite!`](crate::conformance_suite) makes a test of
//! every function here. With feature `conformance`.

use std::future::Future;

use checkout::intent::Baseline;
use checkout::ledger::{Refund, RefundStatus};
use checkout::{
    Address, Attempt, Begin, Cart, CartId, CartLine, Currency, Details, IntentId, LiveIntent,
    Money, News, Order, OrderKey, OrderLine, Payment, Progress, Quantity, Sku, TokenId,
};
use stripe_rest::WebhookSecret;
use stripe_rest::webhook::{Verified, sign, verify};
use tokio::task::JoinSet;

use crate::calls::{CallKind, NewCall};
use crate::store::{Change, CommitError, OrderStore, Placed, Wanted};

const NOW: i64 = 1_767_225_600_000;
const CALLERS: u8 = 16;

/// Makes a test of every function of the suite, each with a store that `$fresh`, an async function, makes,
/// and with whatever that store needs until the test ends.
#[macro_export]
macro_rules! conformance_suite {
    ($fresh:path) => {
        $crate::conformance_suite!($fresh:
            a_cart_is_what_was_written_last,
            a_refused_change_leaves_the_cart_as_it_was,
            a_cart_has_one_unfinished_order_whoever_asks,
            a_refused_price_makes_no_order,
            an_order_under_way_is_not_repriced,
            an_order_is_read_as_it_was_written,
            a_change_to_a_version_that_is_gone_is_not_written,
            of_many_writers_one_wins,
            a_token_belongs_to_one_attempt,
            an_attempts_calls_come_in_order_and_one_at_a_time,
            an_operation_is_stored_once_under_its_name,
            what_is_claimed_has_one_owner_for_a_while,
            an_event_is_received_once_and_worked_once,
            a_message_is_written_with_its_news_and_delivered,
            a_paid_orders_cart_keeps_what_was_added_meanwhile,
            an_order_that_reopens_leaves_its_cart_to_the_next,
            lists_are_in_pages_newest_first,
            an_alarm_is_raised_once,
        );
    };
    ($fresh:path: $($name:ident),* $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $name() {
            let (store, _needed) = $fresh().await;
            $crate::conformance::$name(store).await;
        }
    )*};
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::Usd).expect("an amount of the suite")
}

fn line(sku: &str, minor: i64) -> OrderLine {
    OrderLine {
        sku: Sku::parse(sku).expect("a name of the suite"),
        name: sku.to_owned(),
        quantity: Quantity::ONE,
        unit_price: usd(minor),
        price: usd(minor),
    }
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

fn intent(text: &str) -> IntentId {
    IntentId::parse(text).expect("an id of the suite")
}

fn token(text: &str) -> TokenId {
    TokenId::parse(text).expect("a token of the suite")
}

fn call(id: &str, number: Option<u32>, operation: Option<&str>, of: &str) -> NewCall {
    NewCall {
        id: id.to_owned(),
        number,
        operation: operation.map(str::to_owned),
        kind: CallKind::Refund,
        intent: Some(intent(of)),
        path: "/v1/refunds".to_owned(),
        body: "amount=5".to_owned(),
    }
}

async fn fill<S: OrderStore>(store: &S, cart: &CartId, skus: &[&str]) {
    let lines = skus
        .iter()
        .map(|sku| CartLine {
            sku: Sku::parse(sku).expect("a name of the suite"),
            quantity: Quantity::ONE,
        })
        .collect();
    store
        .change_cart(cart, Currency::Usd, |held| {
            held.cart = Cart::from_lines(Currency::Usd, lines);
            Ok::<(), ()>(())
        })
        .await
        .expect("a cart")
        .expect("a change");
}

/// An order of one bell for `minor`, with details.
async fn order<S: OrderStore>(store: &S, cart: u8, minor: i64) -> Order {
    let cart = CartId::from_random([cart; 16]);
    fill(store, &cart, &["bell"]).await;
    let placed = store
        .place(&cart, NOW, move |_| {
            Ok::<_, ()>((vec![line("bell", minor)], usd(minor)))
        })
        .await
        .expect("a place");
    let Ok(Placed::Open(key)) = placed else {
        panic!("{placed:?}")
    };
    assert!(store.set_details(&key, &details()).await.expect("details"));
    read(store, &key).await
}

async fn read<S: OrderStore>(store: &S, key: &OrderKey) -> Order {
    store.order(key).await.expect("books").expect("an order")
}

async fn begin<S: OrderStore>(store: &S, order: &Order, name: &str) -> Result<(), CommitError> {
    let begun = order.begin_attempt(order.next_number, &token(name), order.total);
    let Begin::Start(started, _) = begun else {
        panic!("{begun:?}")
    };
    let change = Change {
        calls: vec![call(
            &format!("call_{name}"),
            Some(order.next_number),
            None,
            "pi_1",
        )],
        send_until_ms: Some(NOW + 1),
        ..Change::of(*started)
    };
    store.commit(&change, NOW).await
}

fn paid(order: Order) -> Change {
    Change {
        news: Some(News::Settled { abandoned: None }),
        ..Change::of(Order {
            payment: Payment::Paid,
            captured_minor: order.total.amount_minor(),
            attempt: None,
            ..order
        })
    }
}

fn event(id: &str) -> Verified {
    let body = format!(
        r#"{{"id":"{id}","type":"charge.dispute.created","created":1,"livemode":false,
            "data":{{"object":{{"object":"dispute","id":"du_1","payment_intent":"pi_1"}}}}}}"#
    );
    let secret = WebhookSecret::parse("whsec_suite").expect("a secret of the suite");
    let header = sign(body.as_bytes(), &secret, 1);
    verify(body.as_bytes(), &header, &[secret], 1).expect("what was just signed")
}

/// Does the same from many sides at once; what each got.
async fn from_all_sides<S, F, T>(store: &S, act: impl Fn(S, u8) -> F) -> Vec<T>
where
    S: OrderStore,
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        callers.spawn(act(store.clone(), caller));
    }
    callers.join_all().await
}

/// See the name.
pub async fn a_cart_is_what_was_written_last<S: OrderStore>(store: S) {
    let cart = CartId::from_random([1; 16]);
    assert_eq!(store.cart(&cart).await.expect("books"), None);
    fill(&store, &cart, &["bell"]).await;
    fill(&store, &cart, &["bell", "till"]).await;
    let held = store.cart(&cart).await.expect("books").expect("a cart");
    assert_eq!((held.cart.lines().len(), held.order), (2, None));
}

/// See the name.
pub async fn a_refused_change_leaves_the_cart_as_it_was<S: OrderStore>(store: S) {
    let cart = CartId::from_random([1; 16]);
    fill(&store, &cart, &["bell"]).await;
    let before = store.cart(&cart).await.expect("books");
    let refused = store.change_cart(&cart, Currency::Usd, |held| {
        held.order = Some(OrderKey::from_random([9; 16]));
        Err("no")
    });
    assert_eq!(refused.await.expect("books"), Err("no"));
    assert_eq!(store.cart(&cart).await.expect("books"), before);
}

/// See the name.
pub async fn a_cart_has_one_unfinished_order_whoever_asks<S: OrderStore>(store: S) {
    let cart = CartId::from_random([1; 16]);
    let place = |store: S| async move {
        let priced = |_: &Cart| Ok::<_, ()>((vec![line("bell", 500)], usd(500)));
        store
            .place(&CartId::from_random([1; 16]), NOW, priced)
            .await
            .expect("books")
            .expect("a price")
    };
    assert_eq!(place(store.clone()).await, Placed::NoCart);
    fill(&store, &cart, &["bell"]).await;
    let placed = from_all_sides(&store, |store, _| place(store)).await;
    assert!(placed.iter().all(|it| *it == placed[0]), "{placed:?}");
    assert!(matches!(placed[0], Placed::Open(_)));
}

/// See the name.
pub async fn a_refused_price_makes_no_order<S: OrderStore>(store: S) {
    let cart = CartId::from_random([1; 16]);
    fill(&store, &cart, &["bell"]).await;
    let refused = store.place(&cart, NOW, |_| Err("too little")).await;
    assert_eq!(refused.expect("books"), Err("too little"));
    let held = store.cart(&cart).await.expect("books").expect("a cart");
    assert_eq!(held.order, None);
}

/// See the name.
pub async fn an_order_under_way_is_not_repriced<S: OrderStore>(store: S) {
    let order = order(&store, 1, 500).await;
    let cart = CartId::from_random([1; 16]);
    let place = || {
        store.place(&cart, NOW, |_| {
            Ok::<_, ()>((vec![line("bell", 700)], usd(700)))
        })
    };
    assert_eq!(
        place().await.expect("books"),
        Ok(Placed::Open(order.key.clone()))
    );
    let repriced = read(&store, &order.key).await;
    assert_eq!(
        (repriced.total, repriced.lines),
        (usd(700), vec![line("bell", 700)])
    );

    let repriced = read(&store, &order.key).await;
    begin(&store, &repriced, "ctoken_1").await.expect("a start");
    assert_eq!(
        place().await.expect("books"),
        Ok(Placed::UnderWay(order.key.clone()))
    );
    assert!(
        !store
            .set_details(&order.key, &details())
            .await
            .expect("books")
    );
}

/// See the name.
pub async fn an_order_is_read_as_it_was_written<S: OrderStore>(store: S) {
    let mut wanted = order(&store, 1, 500).await;
    wanted.payment = Payment::Open {
        notice: Some("No.".to_owned()),
    };
    wanted.intent = Some(LiveIntent {
        id: intent("pi_1"),
        amount_minor: None,
        baseline: Baseline {
            latest_charge: Some("ch_1".to_owned()),
            last_error: None,
        },
    });
    wanted.next_number = 7;
    wanted.captured_minor = 400;
    wanted.ending = true;
    wanted.quarantine = Some("look".to_owned());
    wanted.ledger.refunds.push(Refund {
        id: "re_1".to_owned(),
        intent: intent("pi_1"),
        amount_minor: 100,
        status: RefundStatus::Pending,
    });
    store
        .commit(&Change::of(wanted.clone()), NOW)
        .await
        .expect("a commit");
    wanted.version += 1;
    assert_eq!(read(&store, &wanted.key).await, wanted);
    assert_eq!(
        store.order_of_intent(&intent("pi_1")).await.expect("books"),
        Some(wanted.key.clone())
    );

    // It moves on to another intent, and the first is left behind.
    let left = Order {
        intent: Some(LiveIntent {
            id: intent("pi_2"),
            amount_minor: Some(500),
            baseline: Baseline::default(),
        }),
        left: vec![intent("pi_1")],
        ..wanted
    };
    store
        .commit(&Change::of(left.clone()), NOW)
        .await
        .expect("a commit");
    let read = read(&store, &left.key).await;
    assert_eq!((&read.intent, &read.left), (&left.intent, &left.left));
    for id in ["pi_1", "pi_2"] {
        let owner = store.order_of_intent(&intent(id)).await.expect("books");
        assert_eq!(owner.as_ref(), Some(&left.key), "{id}");
    }
    assert_eq!(
        store.order_of_intent(&intent("pi_3")).await.expect("books"),
        None
    );
}

/// See the name.
pub async fn a_change_to_a_version_that_is_gone_is_not_written<S: OrderStore>(store: S) {
    let first = order(&store, 1, 500).await;
    store
        .commit(&Change::of(first.clone()), NOW)
        .await
        .expect("a commit");
    let late = Change {
        calls: vec![call("call_late", None, Some("late"), "pi_1")],
        event_done: None,
        ..paid(first.clone())
    };
    assert!(matches!(
        store.commit(&late, NOW).await,
        Err(CommitError::Conflict)
    ));
    let order = read(&store, &first.key).await;
    assert_eq!(order.payment, Payment::OPEN);
    assert_eq!(store.operation("late").await.expect("books"), None);
    assert!(
        store
            .claim_messages(NOW, NOW, 9)
            .await
            .expect("books")
            .is_empty()
    );
}

/// See the name.
pub async fn of_many_writers_one_wins<S: OrderStore>(store: S) {
    let order = order(&store, 1, 500).await;
    let won = from_all_sides(&store, |store, caller| {
        let order = order.clone();
        async move {
            match begin(&store, &order, &format!("ctoken_{caller}")).await {
                Ok(()) => true,
                Err(CommitError::Conflict) => false,
                Err(error) => panic!("{error}"),
            }
        }
    })
    .await;
    assert_eq!(won.iter().filter(|won| **won).count(), 1);
    assert_eq!(read(&store, &order.key).await.next_number, 2);
}

/// See the name.
pub async fn a_token_belongs_to_one_attempt<S: OrderStore>(store: S) {
    let (one, two) = (order(&store, 1, 500).await, order(&store, 2, 500).await);
    begin(&store, &one, "ctoken_1").await.expect("a start");
    let again = begin(&store, &two, "ctoken_1").await;
    assert!(matches!(again, Err(CommitError::TokenUsed)), "{again:?}");
    assert_eq!(read(&store, &two.key).await, two);
}

/// See the name.
pub async fn an_attempts_calls_come_in_order_and_one_at_a_time<S: OrderStore>(store: S) {
    let order = order(&store, 1, 500).await;
    let Begin::Start(started, _) = order.begin_attempt(1, &token("ctoken_1"), order.total) else {
        panic!()
    };
    let change = Change {
        calls: vec![
            call("call_1", Some(1), None, "pi_1"),
            call("call_2", Some(1), None, "pi_1"),
        ],
        send_until_ms: Some(NOW + 5),
        ..Change::of(*started)
    };
    store.commit(&change, NOW).await.expect("a start");
    for expected in [Some("call_1"), Some("call_2"), None] {
        let open = store
            .open_attempt(&order.key, 1)
            .await
            .expect("books")
            .expect("open");
        assert_eq!(
            open.next_call.as_ref().map(|call| call.id.as_str()),
            expected
        );
        assert_eq!((open.send_until_ms, open.unused_since_ms), (NOW + 5, None));
        if let Some(id) = expected {
            store.note_call(id, Some("done"), NOW).await.expect("books");
        }
    }
    for at_ms in [NOW + 1, NOW + 2] {
        store
            .note_unused(&order.key, 1, at_ms)
            .await
            .expect("books");
        let open = store
            .open_attempt(&order.key, 1)
            .await
            .expect("books")
            .expect("open");
        assert_eq!(open.unused_since_ms, Some(NOW + 1));
    }
    let unknown = read(&store, &order.key).await.attempt_unknown();
    store
        .commit(&Change::of(unknown), NOW)
        .await
        .expect("a commit");
    let order = read(&store, &order.key).await;
    assert!(matches!(
        order.attempt,
        Some(Attempt {
            progress: Progress::Unknown,
            ..
        })
    ));
    store
        .commit(&Change::of(order.attempt_not_sent("No.")), NOW)
        .await
        .expect("a commit");
    assert_eq!(
        store.open_attempt(&order.key, 1).await.expect("books"),
        None
    );
}

/// See the name.
pub async fn an_operation_is_stored_once_under_its_name<S: OrderStore>(store: S) {
    let order = order(&store, 1, 500).await;
    let stored = from_all_sides(&store, |store, caller| {
        let key = order.key.clone();
        async move {
            let call = call(&format!("call_{caller}"), None, Some("back"), "pi_1");
            store
                .store_operation(&key, &call, NOW)
                .await
                .expect("books")
        }
    })
    .await;
    assert!(stored.iter().all(|it| *it == stored[0]), "{stored:?}");
    assert_eq!(
        store.open_operations(&order.key).await.expect("books"),
        stored[..1]
    );
    let id = &stored[0].call.id;
    store.note_call(id, Some("done"), NOW).await.expect("books");
    assert!(
        store
            .open_operations(&order.key)
            .await
            .expect("books")
            .is_empty()
    );
    let done = store
        .operation("back")
        .await
        .expect("books")
        .expect("stored");
    assert_eq!((done.outcome.as_deref(), &done.call.id), (Some("done"), id));
}

/// See the name.
pub async fn what_is_claimed_has_one_owner_for_a_while<S: OrderStore>(store: S) {
    for caller in 0..4 {
        let order = order(&store, caller + 1, 500).await;
        begin(&store, &order, &format!("ctoken_{caller}"))
            .await
            .expect("a start");
        let call = call(
            &format!("op_{caller}"),
            None,
            Some(&format!("op_{caller}")),
            "pi_1",
        );
        store
            .store_operation(&order.key, &call, NOW)
            .await
            .expect("books");
        assert!(
            store
                .receive(&event(&format!("evt_{caller}")), NOW)
                .await
                .expect("books")
        );
    }
    // Everybody is fresh.
    assert!(
        store
            .claim_attempts(NOW - 1, NOW, 9)
            .await
            .expect("books")
            .is_empty()
    );
    assert!(
        store
            .claim_operations(NOW - 1, NOW, 9)
            .await
            .expect("books")
            .is_empty()
    );
    for later in [NOW + 100, NOW + 200] {
        let claimed = from_all_sides(&store, |store, _| async move {
            (
                store
                    .claim_attempts(later - 50, later, 3)
                    .await
                    .expect("books")
                    .len(),
                store
                    .claim_operations(later - 50, later, 3)
                    .await
                    .expect("books")
                    .len(),
                store
                    .claim_events(later, later + 50, 3)
                    .await
                    .expect("books")
                    .len(),
            )
        })
        .await;
        let sum =
            |pick: fn(&(usize, usize, usize)) -> usize| claimed.iter().map(pick).sum::<usize>();
        assert_eq!(
            (sum(|it| it.0), sum(|it| it.1), sum(|it| it.2)),
            (4, 4, 4),
            "at {later}"
        );
    }
}

/// See the name.
pub async fn an_event_is_received_once_and_worked_once<S: OrderStore>(store: S) {
    let received = from_all_sides(&store, |store, _| async move {
        store.receive(&event("evt_1"), NOW).await.expect("books")
    })
    .await;
    assert_eq!(received.iter().filter(|new| **new).count(), 1);
    let claimed = store.claim_events(NOW, NOW + 100, 9).await.expect("books");
    let [one] = claimed.as_slice() else {
        panic!("{claimed:?}")
    };
    assert_eq!(
        (one.intent.as_ref(), one.object.as_deref()),
        (Some(&intent("pi_1")), Some("du_1"))
    );
    store.event_later("evt_1", NOW + 50).await.expect("books");
    assert!(
        store
            .claim_events(NOW + 49, NOW + 100, 9)
            .await
            .expect("books")
            .is_empty()
    );
    let again = store
        .claim_events(NOW + 50, NOW + 100, 9)
        .await
        .expect("books");
    assert_eq!(
        again.iter().map(|event| event.tries).collect::<Vec<_>>(),
        [1]
    );

    let order = order(&store, 1, 500).await;
    let change = Change {
        event_done: Some("evt_1".to_owned()),
        ..Change::of(order)
    };
    store.commit(&change, NOW).await.expect("a commit");
    assert!(
        store
            .claim_events(NOW + 999, NOW + 999, 9)
            .await
            .expect("books")
            .is_empty()
    );
    assert!(!store.receive(&event("evt_1"), NOW).await.expect("books"));
}

/// See the name.
pub async fn a_message_is_written_with_its_news_and_delivered<S: OrderStore>(store: S) {
    let order = order(&store, 1, 500).await;
    store
        .commit(&paid(order.clone()), NOW)
        .await
        .expect("a commit");
    let told = store
        .claim_messages(NOW, NOW + 100, 9)
        .await
        .expect("books");
    let [message] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(
        (&message.key, message.kind.as_str(), message.tries),
        (&order.key, "order_paid", 0)
    );
    assert!(
        store
            .claim_messages(NOW + 99, NOW + 200, 9)
            .await
            .expect("books")
            .is_empty()
    );
    store
        .message_later(message.id, NOW + 300)
        .await
        .expect("books");
    assert!(
        store
            .claim_messages(NOW + 299, NOW + 400, 9)
            .await
            .expect("books")
            .is_empty()
    );
    let again = store
        .claim_messages(NOW + 300, NOW + 400, 9)
        .await
        .expect("books");
    assert_eq!(again[0].tries, 1);
    store.delivered(message.id, NOW + 301).await.expect("books");
    assert!(
        store
            .claim_messages(NOW + 999, NOW + 999, 9)
            .await
            .expect("books")
            .is_empty()
    );
}

/// See the name.
pub async fn a_paid_orders_cart_keeps_what_was_added_meanwhile<S: OrderStore>(store: S) {
    let order = order(&store, 1, 500).await;
    let cart = CartId::from_random([1; 16]);
    store
        .change_cart(&cart, Currency::Usd, |held| {
            let mut lines = held.cart.lines().to_vec();
            lines.push(CartLine {
                sku: Sku::parse("till").expect("a name of the suite"),
                quantity: Quantity::ONE,
            });
            held.cart = Cart::from_lines(Currency::Usd, lines);
            Ok::<(), ()>(())
        })
        .await
        .expect("books")
        .expect("a change");
    let order = read(&store, &order.key).await;
    store.commit(&paid(order), NOW).await.expect("a commit");
    let held = store.cart(&cart).await.expect("books").expect("a cart");
    let skus: Vec<_> = held
        .cart
        .lines()
        .iter()
        .map(|line| line.sku.as_str())
        .collect();
    assert_eq!((skus, held.order), (vec!["till"], None));
}

/// See the name.
pub async fn an_order_that_reopens_leaves_its_cart_to_the_next<S: OrderStore>(store: S) {
    let first = order(&store, 1, 500).await;
    let held = Change {
        news: Some(News::Settled { abandoned: None }),
        ..Change::of(Order {
            payment: Payment::Authorised,
            ..first.clone()
        })
    };
    store.commit(&held, NOW).await.expect("a commit");
    let next = order(&store, 1, 700).await;
    assert_ne!(next.key, first.key);
    let reopened = Order {
        payment: Payment::OPEN,
        ..read(&store, &first.key).await
    };
    let reopened = Change::of(reopened);
    store.commit(&reopened, NOW).await.expect("a commit");
    assert_eq!(read(&store, &first.key).await.payment, Payment::OPEN);
    let cart = CartId::from_random([1; 16]);
    let placed = store
        .place(&cart, NOW, move |_| Ok::<_, ()>((next.lines, next.total)))
        .await
        .expect("books")
        .expect("prices");
    assert_eq!(placed, Placed::Open(next.key));
}

/// See the name.
pub async fn lists_are_in_pages_newest_first<S: OrderStore>(store: S) {
    let mut keys = Vec::new();
    for cart in 1..=5 {
        keys.push(order(&store, cart, 500).await.key);
    }
    let second = read(&store, &keys[1]).await;
    store.commit(&paid(second), NOW).await.expect("a commit");
    keys.reverse();
    let mut wanted = Wanted {
        payment: None,
        from_ms: 0,
        until_ms: i64::MAX,
        before: None,
        limit: 2,
    };
    let mut found = Vec::new();
    loop {
        let page = store.orders(&wanted).await.expect("books");
        wanted.before = page.last().map(|row| row.place);
        if page.is_empty() {
            break;
        }
        found.extend(page.into_iter().map(|row| row.key));
    }
    assert_eq!(found, keys);
    let paid = store
        .orders(&Wanted {
            payment: Some("paid".to_owned()),
            before: None,
            ..wanted.clone()
        })
        .await
        .expect("books");
    assert_eq!(
        paid.iter().map(|row| &row.key).collect::<Vec<_>>(),
        [&keys[3]]
    );
    for (from_ms, until_ms, count) in [(NOW, NOW + 1, 5), (NOW + 1, i64::MAX, 0), (0, NOW, 0)] {
        let wanted = Wanted {
            from_ms,
            until_ms,
            before: None,
            limit: 9,
            ..wanted.clone()
        };
        assert_eq!(store.orders(&wanted).await.expect("books").len(), count);
    }
    let start = &keys[0].as_str()[..8];
    assert_eq!(
        store.orders_beginning(start).await.expect("books"),
        keys[..1]
    );
    assert_eq!(store.orders_beginning("").await.expect("books").len(), 2);
}

/// See the name.
pub async fn an_alarm_is_raised_once<S: OrderStore>(store: S) {
    let order = order(&store, 1, 500).await;
    for reason in ["one", "one", "two"] {
        store
            .raise_alarm(&order.key, reason, NOW)
            .await
            .expect("books");
    }
    let history = store.history(&order.key).await.expect("books");
    let alarms = history.iter().filter(|line| line.what == "alarm");
    let reasons: Vec<_> = alarms.filter_map(|line| line.detail.as_deref()).collect();
    assert_eq!(reasons, ["one", "two"]);
}
