//! What single calls cost in the machine, without a network: `cargo bench -p stripe-sandbox`.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use stripe_sandbox::{Request, Stripe, Webhook};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const START_MS: u64 = 1_795_132_800_000;
const PAYMENT: &str = "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa\
                       &return_url=https://shop.example/return&metadata[order]=7";

/// A machine whose clock moves a millisecond with every call.
struct Machine {
    stripe: Stripe,
    calls: u64,
}

impl Machine {
    /// One that has seen so many payments.
    fn after(payments: usize) -> Machine {
        let mut machine = Machine {
            stripe: Stripe::new(7),
            calls: 0,
        };
        for _ in 0..payments {
            machine.pay();
        }
        machine
    }

    fn call(&mut self, method: &str, target: &str, body: &str) -> String {
        self.calls += 1;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            authorization: Some("Bearer sk_test_speed".to_owned()),
            content_type: Some("application/x-www-form-urlencoded".to_owned()),
            idempotency_key: (method == "POST").then(|| format!("key-{}", self.calls)),
            body: body.into(),
            ..Request::default()
        };
        let (response, _) = self.stripe.handle(START_MS + self.calls, &request);
        response.body
    }

    fn pay(&mut self) -> String {
        self.call("POST", "/v1/payment_intents", PAYMENT)
    }
}

/// The id of an answer's object.
fn id(body: &str) -> &str {
    let (_, rest) = body.split_once("\"id\": \"").expect("an id");
    rest.split('"').next().expect("an id")
}

fn calls(criterion: &mut Criterion) {
    let mut machine = Machine::after(10_000);
    let intent = format!("/v1/payment_intents/{}", id(&machine.pay()));
    let expanded = format!("{intent}?expand[]=latest_charge.balance_transaction");
    for (name, target) in [
        ("retrieve an intent", intent.as_str()),
        ("retrieve an intent, its charge expanded", &expanded),
        ("list 10 intents", "/v1/payment_intents?limit=10"),
        ("list 100 charges", "/v1/charges?limit=100"),
        ("list 100 events", "/v1/events?limit=100"),
    ] {
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| machine.call("GET", black_box(target), ""));
        });
    }
    let body = format!("{PAYMENT}&nonsense=1");
    criterion.bench_function("refuse an unknown parameter", |bencher| {
        bencher.iter(|| machine.call("POST", "/v1/payment_intents", black_box(&body)));
    });
    let webhook = Webhook {
        url: String::new(),
        secret: "whsec_speed".to_owned(),
    };
    let event = machine.call("GET", "/v1/events?limit=1", "");
    criterion.bench_function("sign an event", |bencher| {
        bencher.iter(|| webhook.signature(black_box(&event), 1_795_132_800));
    });
    // Last, because the world grows with it.
    criterion.bench_function("create and confirm an intent", |bencher| {
        bencher.iter(|| machine.pay());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_secs(1));
    targets = calls
}
criterion_main!(benches);
