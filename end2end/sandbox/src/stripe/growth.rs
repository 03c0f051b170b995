//! A world of any size is as quick as a small one: no call looks at more rows because there are more. (Searching is
//! the exception, as the docs say.)

use super::table::looks;
use super::{Request, Stripe};
use serde_json::Value;

/// Friday, 20 November 2026.
const START_MS: u64 = 1_795_132_800_000;

struct World {
    stripe: Stripe,
    now_ms: u64,
}

impl World {
    fn call(&mut self, method: &str, target: &str, form: &str) -> Value {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            authorization: Some("Bearer sk_test_w".to_owned()),
            content_type: Some("application/x-www-form-urlencoded".to_owned()),
            body: form.as_bytes().to_vec(),
            ..Request::default()
        };
        self.now_ms += 10;
        let (response, _) = self.stripe.handle(self.now_ms, &request);
        assert!(
            response.status == 200,
            "{method} {target} {form}: {}",
            response.body
        );
        serde_json::from_str(&response.body).expect("answers are JSON")
    }

    fn make(&mut self, path: &str, form: &str) -> String {
        let made = self.call("POST", path, form);
        made["id"].as_str().expect("it has an id").to_owned()
    }
}

/// Payments by many customers, with all that belongs to them. The latest of each kind of object.
struct Latest {
    customer: String,
    method: String,
    intent: String,
    held: String,
    product: String,
    price: String,
    coupon: String,
    subscription: String,
    monthly: String,
    event: String,
}

fn grown(size: usize) -> (World, Latest) {
    let mut world = World {
        stripe: Stripe::new(7),
        now_ms: START_MS,
    };
    let hook = "url=http://shop.test/hook&enabled_events[]=*";
    world.make("/v1/webhook_endpoints", hook);
    let mut latest = None;
    for number in 0..size {
        let customer = world.make("/v1/customers", "name=Jenny");
        let attached = format!("customer={customer}");
        let method = world.make("/v1/payment_methods/pm_card_visa/attach", &attached);
        let pay = format!(
            "amount=1999&currency=usd&confirm=true&customer={customer}&payment_method={method}&return_url=https://x.test"
        );
        let intent = world.make("/v1/payment_intents", &pay);
        world.make("/v1/refunds", &format!("payment_intent={intent}&amount=1"));
        let held = world.make(
            "/v1/payment_intents",
            &format!("{pay}&capture_method=manual"),
        );
        let product = world.make("/v1/products", "name=Book");
        let price =
            format!("currency=usd&unit_amount=1999&product={product}&lookup_key=book{number}");
        let price = world.make("/v1/prices", &price);
        let coupon = world.make("/v1/coupons", "percent_off=10&duration=once");
        let code = format!("promotion[type]=coupon&promotion[coupon]={coupon}&code=BOOK{number}");
        world.make("/v1/promotion_codes", &code);
        let monthly =
            format!("currency=usd&unit_amount=700&product={product}&recurring[interval]=month");
        let monthly = world.make("/v1/prices", &monthly);
        let subscribe = format!(
            "customer={customer}&items[0][price]={monthly}&default_payment_method={method}"
        );
        let subscription = world.make("/v1/subscriptions", &subscribe);
        let events = world.call("GET", "/v1/events?limit=1", "");
        let event = events["data"][0]["id"]
            .as_str()
            .expect("an event")
            .to_owned();
        latest = Some(Latest {
            customer,
            method,
            intent,
            held,
            product,
            price,
            coupon,
            subscription,
            monthly,
            event,
        });
    }
    (world, latest.expect("a world of some size"))
}

/// Rows looked at by each of many calls.
fn looks_in_a_world_of(size: usize) -> Vec<(String, usize)> {
    let (mut world, latest) = grown(size);
    let Latest {
        customer,
        method,
        intent,
        held,
        product,
        price,
        coupon,
        subscription,
        monthly,
        event,
    } = latest;
    let pay = format!(
        "amount=1999&currency=usd&confirm=true&customer={customer}&payment_method={method}&return_url=https://x.test"
    );
    let calls = format!(
        "
        POST /v1/customers name=Jenny
        POST /v1/payment_intents {pay}
        GET /v1/payment_intents/{intent}?expand[]=latest_charge.balance_transaction
        POST /v1/payment_intents/{held}/capture
        POST /v1/payment_intents/{intent} metadata[a]=b
        POST /v1/refunds payment_intent={intent}&amount=1
        GET /v1/refunds?payment_intent={intent}
        GET /v1/charges?payment_intent={intent}
        GET /v1/payment_intents?customer={customer}
        GET /v1/customers/{customer}/payment_methods
        GET /v1/payment_intents?limit=3
        GET /v1/payment_intents?limit=3&starting_after={intent}
        GET /v1/payment_intents?limit=3&ending_before={intent}
        GET /v1/events?limit=3
        POST /v1/events/{event}/retry
        GET /v1/balance_transactions?limit=3
        POST /v1/products name=Pen
        POST /v1/prices currency=usd&unit_amount=5&product={product}&lookup_key=pen
        GET /v1/prices?product={product}
        GET /v1/prices?lookup_keys[]=pen
        POST /v1/prices/{price} lookup_key=other
        POST /v1/coupons percent_off=5&duration=once
        POST /v1/promotion_codes promotion[type]=coupon&promotion[coupon]={coupon}&code=NEW
        GET /v1/promotion_codes?code=NEW
        GET /v1/subscriptions?customer={customer}
        GET /v1/subscription_items?subscription={subscription}
        POST /v1/subscriptions/{subscription} metadata[a]=b
        POST /v1/subscriptions customer={customer}&items[0][price]={monthly}&default_payment_method={method}
        DELETE /v1/subscriptions/{subscription}
        GET /v1/invoices?customer={customer}
        GET /v1/invoices?subscription={subscription}
        POST /v1/invoiceitems customer={customer}&amount=100&currency=usd
        GET /v1/invoiceitems?customer={customer}
        POST /v1/invoices customer={customer}
        POST /v1/payment_methods/{method}/detach
        DELETE /v1/customers/{customer}
        "
    );
    let calls = calls.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut looked = Vec::new();
    for line in calls {
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (method, target, form) = (word(), word(), word());
        looks::take();
        world.call(method, target, form);
        looked.push((line.to_owned(), looks::take()));
    }
    looked
}

#[test]
fn no_call_looks_at_more_rows_in_a_bigger_world() {
    let small = looks_in_a_world_of(10);
    let big = looks_in_a_world_of(80);
    for ((name, few), (_, many)) in small.iter().zip(&big) {
        assert!(*few > 0, "{name} looks at something");
        assert!(
            many <= few,
            "{name}: {few} rows of a small world, {many} of a big one"
        );
    }
}
