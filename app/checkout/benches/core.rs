//! What the core costs: one step of a payment each.

use std::hint::black_box;

use checkout::flow::{Event, Page, step};
use checkout::intent::Baseline;
use checkout::{
    Address, Begin, Currency, Details, IntentId, IntentSnapshot, IntentStatus, Money, Order,
    OrderKey, OrderLine, Quantity, ShopId, Sku, TokenId, apply,
};
use criterion::{Criterion, criterion_group, criterion_main};

fn total() -> Money {
    Money::new(2_400, Currency::Usd).expect("an amount")
}

fn order() -> Order {
    let line = OrderLine {
        sku: Sku::parse("bell").expect("a name"),
        name: "Service Bell".to_owned(),
        quantity: Quantity::ONE,
        unit_price: total(),
        price: total(),
    };
    let address = Address {
        line1: "12 St James's Square".to_owned(),
        line2: None,
        city: "London".to_owned(),
        state: None,
        postal_code: "SW1Y 4JH".to_owned(),
        country: "GB".to_owned(),
    };
    Order {
        details: Some(Details {
            email: "ada@example.com".to_owned(),
            name: "Ada Lovelace".to_owned(),
            address,
        }),
        ..Order::new(OrderKey::from_random([2; 16]), vec![line], total())
    }
}

fn core(criterion: &mut Criterion) {
    let order = order();
    let token = TokenId::parse("ctoken_1").expect("a token");
    criterion.bench_function("begin an attempt", |bench| {
        bench.iter(|| black_box(&order).begin_attempt(1, &token, total()));
    });
    let Begin::Start(started, _) = order.begin_attempt(1, &token, total()) else {
        panic!("no start");
    };
    let shop = ShopId::from_random([1; 16]);
    let succeeded = IntentSnapshot {
        id: IntentId::parse("pi_3Pxyz").expect("an id"),
        status: IntentStatus::Succeeded,
        amount_minor: 2_400,
        capturable_minor: 0,
        received_minor: 2_400,
        currency: "usd".to_owned(),
        livemode: false,
        shop: Some(shop.as_str().to_owned()),
        order: Some(order.key.as_str().to_owned()),
        attempt: Some(1),
        baseline: Baseline::default(),
    };
    criterion.bench_function("apply a success", |bench| {
        bench.iter(|| apply(black_box(&started), &succeeded, &shop, false));
    });
    let paid = apply(&started, &succeeded, &shop, false).order;
    criterion.bench_function("apply it again", |bench| {
        bench.iter(|| apply(black_box(&paid), &succeeded, &shop, false));
    });
    let page = Page::new(1, false, None);
    criterion.bench_function("a step of the page", |bench| {
        bench.iter(|| step(black_box(&page), Event::FormReady));
    });
}

criterion_group!(benches, core);
criterion_main!(benches);
