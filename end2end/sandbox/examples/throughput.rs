//! How many payments a second one core carries, and whether it slows down as they add up: `cargo run --release -p
//! stripe-sandbox --example throughput`. Only the machine, without a network.

use std::time::Instant;
use stripe_sandbox::{Request, Stripe};

const PAYMENTS: u64 = 200_000;
const STEP: u64 = 50_000;
const BODY: &str = "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa\
                    &return_url=https://shop.example/return&metadata[order]=7";

fn main() {
    let mut stripe = Stripe::new(7);
    let mut request = Request {
        method: "POST".to_owned(),
        path: "/v1/payment_intents".to_owned(),
        authorization: Some("Bearer sk_test_speed".to_owned()),
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        body: BODY.into(),
        ..Request::default()
    };
    let mut started = Instant::now();
    for number in 1..=PAYMENTS {
        request.idempotency_key = Some(format!("key-{number}"));
        let (response, _) = stripe.handle(1_795_132_800_000 + number, &request);
        assert_eq!(response.status, 200, "{}", response.body);
        if number % STEP == 0 {
            let rate = STEP as f64 / started.elapsed().as_secs_f64();
            println!("{number} payments: {rate:.0} a second");
            started = Instant::now();
        }
    }
}
