//! How many payments a second one core carries, what each takes of its time and of memory, and whether it slows down as
//! they add up: `cargo run --release -p stripe-sandbox --example throughput -- 1000000`. Only the machine, without a
//! network. Time is the processor's own, which other programs disturb less than a clock; it is read as Linux tells it.

use std::fs;
use stripe_sandbox::{Request, Stripe};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const STEPS: u64 = 10;
const BODY: &str = "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa\
                    &return_url=https://shop.example/return&metadata[order]=7";

fn main() {
    let asked = std::env::args().nth(1).map(|text| text.parse());
    let payments: u64 = asked.unwrap_or(Ok(200_000)).expect("a number of payments");
    let step = (payments / STEPS).max(1);
    let mut stripe = Stripe::new(7);
    let mut request = Request {
        method: "POST".to_owned(),
        path: "/v1/payment_intents".to_owned(),
        authorization: Some("Bearer sk_test_speed".to_owned()),
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        body: BODY.into(),
        ..Request::default()
    };
    let empty = memory_kb();
    let mut started = processor_ms();
    for number in 1..=payments {
        request.idempotency_key = Some(format!("key-{number}"));
        let (response, _) = stripe.handle(1_795_132_800_000 + number, &request);
        assert_eq!(response.status, 200, "{}", response.body);
        if number % step == 0 {
            let now = processor_ms();
            let each_us = (now - started) * 1000.0 / step as f64;
            let rate = 1_000_000.0 / each_us;
            let memory = (memory_kb() - empty) / number as f64;
            println!(
                "{number} payments: {each_us:.1} µs each, {rate:.0} a second, {memory:.1} kB each"
            );
            started = now;
        }
    }
}

/// Time this process has run, in user space and in the kernel.
fn processor_ms() -> f64 {
    let text = fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let nanoseconds: f64 = text
        .split(' ')
        .next()
        .and_then(|text| text.parse().ok())
        .expect("nanoseconds");
    nanoseconds / 1_000_000.0
}

/// What this process holds in memory.
fn memory_kb() -> f64 {
    let text = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = text.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .expect("kilobytes")
}
