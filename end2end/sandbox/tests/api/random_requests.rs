//! Nothing a caller can send makes the machine panic, or answer anything but JSON with a status.

use crate::machine::Machine;

/// A generator of the test's own, so that a failure repeats.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const PATHS: &[&str] = &[
    "/v1/payment_intents",
    "/v1/payment_intents/ID",
    "/v1/payment_intents/ID/confirm",
    "/v1/payment_intents/ID/capture",
    "/v1/payment_intents/ID/cancel",
    "/v1/payment_intents/ID/source_cancel",
    "/v1/confirmation_tokens",
    "/v1/confirmation_tokens/ID",
    "/v1/test_helpers/confirmation_tokens",
    "/v1/charges",
    "/v1/charges/ID",
    "/v1/payment_methods/ID",
    "/v1/payment_methods",
    "/v1/payment_methods/ID/attach",
    "/v1/payment_methods/ID/detach",
    "/v1/setup_intents",
    "/v1/setup_intents/ID",
    "/v1/setup_intents/ID/confirm",
    "/v1/setup_intents/ID/cancel",
    "/v1/customers",
    "/v1/customers/ID",
    "/v1/customers/ID/payment_methods",
    "/v1/customer_sessions",
    "/v1/payment_intents/search",
    "/v1/products",
    "/v1/products/ID",
    "/v1/prices",
    "/v1/prices/ID",
    "/v1/coupons",
    "/v1/coupons/ID",
    "/v1/promotion_codes",
    "/v1/disputes",
    "/v1/events/ID/retry",
    "/v1/disputes/ID",
    "/v1/disputes/ID/close",
    "/v1/radar/early_fraud_warnings",
    "/v1/webhook_endpoints",
    "/v1/webhook_endpoints/ID",
    "/_control/outcomes",
    "/_control/assumptions",
    "/v1/balance_transactions",
    "/v1/balance_transactions/ID",
    "/test_payment/ideal/ID/authorize",
    "/test_payment/ideal/ID/fail",
    "/v1/refunds",
    "/v1/refunds/ID",
    "/v1/events",
    "/v1/events/ID",
    "/v1/3ds2/authenticate",
    "/v1",
    "/v1//",
    "/3d_secure_2_test/ID/complete",
    "/3d_secure_2_test/ID/fail",
    "/_control/state",
    "/_control/faults",
    "/_control/webhooks",
    "/_control/clock",
    "/_control/reset",
    "",
];

const NAMES: &[&str] = &[
    "amount",
    "currency",
    "confirm",
    "confirmation_token",
    "payment_method",
    "name",
    "query",
    "product",
    "unit_amount",
    "percent_off",
    "promotion[type]",
    "promotion[coupon]",
    "enabled_events[]",
    "url",
    "customer",
    "evidence[uncategorized_text]",
    "setup_future_usage",
    "payment_method_data[type]",
    "payment_method_data[card][number]",
    "payment_method_data[card][exp_month]",
    "payment_method_data[card][exp_year]",
    "payment_method_data[card][cvc]",
    "payment_method_data",
    "client_context[amount]",
    "return_url",
    "off_session",
    "capture_method",
    "amount_to_capture",
    "metadata",
    "metadata[a]",
    "metadata[a][b]",
    "shipping[name]",
    "shipping[address][line1]",
    "shipping",
    "expand[]",
    "expand[0][1]",
    "limit",
    "created",
    "created[gte]",
    "starting_after",
    "source",
    "client_secret",
    "payment_intent",
    "charge",
    "reason",
    "a[b[c]]",
    "[]",
    "%",
    "%F0%9F%92%B3",
];

/// Calls that get somewhere, for the rest to spoil or not.
const STARTS: &[(&str, &str)] = &[
    ("/v1/payment_intents", "amount=1999&currency=usd"),
    (
        "/v1/payment_intents",
        "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa&return_url=https://x.test",
    ),
    (
        "/v1/payment_intents/ID/confirm",
        "confirmation_token=ID&return_url=https://x.test",
    ),
    (
        "/v1/payment_intents/ID/confirm",
        "payment_method=pm_card_threeDSecure2Required&return_url=https://x.test",
    ),
    (
        "/v1/test_helpers/confirmation_tokens",
        "payment_method=pm_card_visa",
    ),
    ("/v1/refunds", "payment_intent=ID"),
    ("/v1/3ds2/authenticate", "source=ID"),
];

const VALUES: &[&str] = &[
    "",
    "1",
    "-1",
    "1999",
    "9223372036854775807",
    "-9223372036854775808",
    "usd",
    "USD",
    "true",
    "false",
    "card",
    "pm_card_visa",
    "pm_card_threeDSecure2Required",
    "pm_card_visa_chargeDeclined",
    "4242424242424242",
    "12",
    "2034",
    "123",
    "https://x.test",
    "manual",
    "latest_charge",
    "data.latest_charge",
    "ID",
    "%00",
    "%F0%9F%92%B3",
    "%ff",
    "a b",
];

#[test]
fn no_request_makes_the_machine_panic() {
    let mut machine = Machine::new();
    let mut dice = Dice(0x5EED_0001);
    let mut ids = vec!["x".to_owned()];
    for _ in 0..20_000 {
        let id = ids[dice.roll(ids.len())].clone();
        let (path, start) = match dice.roll(2) {
            0 => STARTS[dice.roll(STARTS.len())],
            _ => (dice.pick(PATHS), ""),
        };
        let path = path.replace("ID", &id);
        let mut pairs = vec![start.replace("ID", &id)];
        for _ in 0..dice.roll(9).saturating_sub(4) {
            let value = dice.pick(VALUES).replace("ID", &id);
            pairs.push(format!("{}={value}", dice.pick(NAMES)));
        }
        let mut body = pairs.join("&").into_bytes();
        if dice.roll(10) == 0 {
            body = (0..dice.roll(40)).map(|_| dice.roll(256) as u8).collect();
        }
        let key = dice.pick(&["sk_test_w", "sk_test_w", "pk_test_w", "sk_test_v", "junk"]);
        let method = dice.pick(&["POST", "POST", "GET", "DELETE"]);
        let mut request = Machine::request(key, method, &path, body);
        if method == "GET" {
            request.query = pairs.join("&");
            request.body.clear();
        }
        if dice.roll(4) == 0 {
            request.idempotency_key = Some(dice.pick(&["", "a", "b", "c"]).to_owned());
        }
        machine.now_ms += dice.roll(5000) as u64;
        let answer = machine.send(&request);
        assert!((200..600).contains(&answer.status), "{request:?}");
        let found = ["/id", "/next_action/use_stripe_sdk/three_d_secure_2_source"];
        for id in found
            .iter()
            .filter_map(|place| answer.body.pointer(place)?.as_str())
        {
            ids.push(id.to_owned());
        }
        // The newest are the liveliest.
        ids.drain(..ids.len().saturating_sub(60));
    }
    assert!(ids.len() == 60, "the requests reached something");
}
