//! What a call to Stripe and a webhook cost on the way: writing, signing, checking, reading.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use stripe_rest::form::Form;
use stripe_rest::webhook::{sign, verify};
use stripe_rest::{Call, Client, Failure, Incoming, Outgoing, Transport, WebhookSecret};

const INTENT: &str = r#"{"id":"pi_3Pxyz","object":"payment_intent","amount":2400,"amount_capturable":0,
    "amount_received":2400,"currency":"usd","created":1795132800,"livemode":false,"status":"succeeded",
    "client_secret":"pi_3Pxyz_secret_x","latest_charge":"ch_3Pxyz","last_payment_error":null,
    "cancellation_reason":null,"payment_method":"pm_1","metadata":{"shop_id":"s","order_key":"k","attempt":"1"}}"#;

/// Stripe's answer, at once.
#[derive(Clone)]
struct AtOnce;

impl Transport for AtOnce {
    async fn send(&self, _: Outgoing<'_>) -> Result<Incoming, Failure> {
        Ok(Incoming {
            status: 200,
            body: INTENT.as_bytes().to_vec(),
            ..Incoming::default()
        })
    }
}

fn form() -> Form {
    let address = Form::new()
        .field("line1", "12 St James's Square")
        .field("city", "London")
        .field("postal_code", "SW1Y 4JH")
        .field("country", "GB");
    Form::new()
        .field("amount", 2_400)
        .field("currency", "usd")
        .field("confirm", true)
        .nested(
            "metadata",
            Form::new().field("shop_id", "s").field("order_key", "k"),
        )
        .field("confirmation_token", "ctoken_1")
        .nested(
            "shipping",
            Form::new().field("name", "Ada").nested("address", address),
        )
}

fn wire(criterion: &mut Criterion) {
    criterion.bench_function("write a call", |bench| bench.iter(|| form().encode()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    let client = Client::over(AtOnce);
    let call = Call {
        idempotency_key: "till_0".to_owned(),
        path: "/v1/payment_intents".to_owned(),
        body: form().encode(),
    };
    criterion.bench_function("send it and read the answer", |bench| {
        bench.iter(|| runtime.block_on(client.post(black_box(&call))));
    });
    let secret = WebhookSecret::parse("whsec_bench").expect("a secret");
    let event = format!(
        r#"{{"id":"evt_1","object":"event","type":"payment_intent.succeeded","created":1795132800,"livemode":false,
            "api_version":"2026-10-28.endive","data":{{"object":{INTENT}}}}}"#
    );
    let now_s = 1_795_132_800;
    let header = sign(event.as_bytes(), &secret, now_s);
    let secrets = [secret];
    criterion.bench_function("verify and read a webhook", |bench| {
        bench.iter(|| verify(black_box(event.as_bytes()), &header, &secrets, now_s));
    });
}

criterion_group!(benches, wire);
criterion_main!(benches);
