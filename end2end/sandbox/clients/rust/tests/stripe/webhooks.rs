//! Deliveries, read and trusted by the client.

use std::time::Duration;

use stripe::StripeError;
use stripe_core::{
    customer::{CreateCustomer, DeleteCustomer},
    event::ListEvent,
    payment_intent::CreatePaymentIntent,
    refund::CreateRefund,
};
use stripe_types::Currency;
use stripe_webhook::{Event, EventObject, Webhook, WebhookError};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    time::timeout,
};

use crate::world::{RETURN_URL, World};

pub const SECRET: &str = "whsec_rust";

/// A shop's receiver: each delivery's signature and body.
pub struct Shop(TcpListener);

impl Shop {
    pub async fn open() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.expect("a port"))
    }

    pub fn url(&self) -> String {
        format!(
            "http://{}/stripe/webhook",
            self.0.local_addr().expect("its address")
        )
    }

    async fn delivery(&self) -> std::io::Result<(String, String)> {
        let (mut stream, _) = timeout(Duration::from_secs(15), self.0.accept()).await??;
        let mut reader = BufReader::new(&mut stream);
        let (mut signature, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).await?;
            match line.trim_end().split_once(": ") {
                None if line.trim_end().is_empty() => break,
                Some((name, value)) if name.eq_ignore_ascii_case("stripe-signature") => {
                    signature = value.to_owned();
                }
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().expect("a length");
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).await?;
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .await?;
        Ok((signature, String::from_utf8(body).expect("text")))
    }

    pub async fn event(&self) -> Event {
        let (signature, body) = self.delivery().await.expect("a delivery");
        Webhook::construct_event(&body, &signature, SECRET)
            .unwrap_or_else(|error| panic!("{error}: {body}"))
    }
}

#[tokio::test]
async fn every_event_of_a_payment_is_read() -> Result<(), StripeError> {
    let shop = Shop::open().await;
    let world = World::start_with(&["--webhook", &shop.url(), "--webhook-secret", SECRET]);
    let client = &world.client;
    let customer = CreateCustomer::new().send(client).await?;
    let intent = CreatePaymentIntent::new(1999, Currency::USD)
        .confirm(true)
        .customer(customer.id.as_str())
        .payment_method("pm_card_visa")
        .return_url(RETURN_URL)
        .send(client)
        .await?;
    CreateRefund::new()
        .payment_intent(intent.id.as_str())
        .send(client)
        .await?;
    DeleteCustomer::new(customer.id).send(client).await?;
    let listed = ListEvent::new().send(client).await?.data;
    let mut paid = None;
    for _ in 0..listed.len() {
        if let EventObject::PaymentIntentSucceeded(object) = shop.event().await.data.object {
            paid = Some(object);
        }
    }
    assert_eq!(paid.map(|paid| paid.id), Some(intent.id));
    Ok(())
}

#[tokio::test]
async fn a_forged_delivery_is_refused() -> Result<(), StripeError> {
    let shop = Shop::open().await;
    let world = World::start_with(&["--webhook", &shop.url(), "--webhook-secret", SECRET]);
    CreateCustomer::new()
        .name("Ada")
        .send(&world.client)
        .await?;
    let (signature, body) = shop.delivery().await.expect("a delivery");
    let forged = body.replace("Ada", "Eve");
    let refusal = Webhook::construct_event(&forged, &signature, SECRET);
    assert!(
        matches!(refusal, Err(WebhookError::BadSignature)),
        "{refusal:?}"
    );
    Webhook::construct_event(&body, &signature, SECRET).expect("the true one is read");
    Ok(())
}
