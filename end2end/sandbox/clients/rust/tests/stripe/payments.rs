//! A payment from its creation to its refund.

use stripe::{IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_core::{
    PaymentIntentCaptureMethod, PaymentIntentStatus,
    payment_intent::{
        CancelPaymentIntent, CapturePaymentIntent, ConfirmPaymentIntent, CreatePaymentIntent,
        RetrievePaymentIntent, UpdatePaymentIntent,
    },
    refund::CreateRefund,
};
use stripe_payment::confirmation_token::{CreateConfirmationToken, RetrieveConfirmationToken};
use stripe_types::Currency;

use crate::world::{RETURN_URL, World};

#[tokio::test]
async fn a_confirmation_token_pays_once() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let token = CreateConfirmationToken::new()
        .payment_method("pm_card_visa")
        .return_url(RETURN_URL)
        .send(client)
        .await?;
    let payment = CreatePaymentIntent::new(1999, Currency::USD)
        .confirm(true)
        .confirmation_token(token.id.as_str());
    let key = IdempotencyKey::new("order 7").expect("a key");
    let pay = || {
        let strategy = RequestStrategy::Idempotent(key.clone());
        payment.customize().request_strategy(strategy).send(client)
    };
    let intent = pay().await?;
    assert_eq!(intent.status, PaymentIntentStatus::Succeeded);
    assert_eq!(intent.amount_received, 1999);
    assert_eq!(pay().await?.id, intent.id);
    let used = RetrieveConfirmationToken::new(token.id)
        .send(client)
        .await?;
    assert_eq!(used.payment_intent.as_deref(), Some(intent.id.as_str()));
    Ok(())
}

#[tokio::test]
async fn a_payment_is_changed_held_captured_in_part_and_refunded() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let created = CreatePaymentIntent::new(5000, Currency::EUR)
        .capture_method(PaymentIntentCaptureMethod::Manual)
        .send(client)
        .await?;
    assert_eq!(created.status, PaymentIntentStatus::RequiresPaymentMethod);
    let updated = UpdatePaymentIntent::new(created.id.clone())
        .amount(6000)
        .description("Three mugs")
        .send(client)
        .await?;
    assert_eq!(
        (updated.amount, updated.description.as_deref()),
        (6000, Some("Three mugs"))
    );
    let held = ConfirmPaymentIntent::new(created.id.clone())
        .payment_method("pm_card_visa")
        .return_url(RETURN_URL)
        .send(client)
        .await?;
    assert_eq!(held.status, PaymentIntentStatus::RequiresCapture);
    assert_eq!(held.amount_capturable, 6000);
    let captured = CapturePaymentIntent::new(created.id.clone())
        .amount_to_capture(4000)
        .send(client)
        .await?;
    assert_eq!(captured.status, PaymentIntentStatus::Succeeded);
    assert_eq!(captured.amount_received, 4000);
    let refund = CreateRefund::new()
        .payment_intent(created.id.as_str())
        .amount(1000)
        .send(client)
        .await?;
    assert_eq!(
        (refund.amount, refund.status.as_deref()),
        (1000, Some("succeeded"))
    );
    let expanded = RetrievePaymentIntent::new(created.id)
        .expand(["latest_charge".to_owned()])
        .send(client)
        .await?;
    let charge = expanded
        .latest_charge
        .as_ref()
        .and_then(|charge| charge.as_object());
    let charge = charge.expect("the charge, expanded");
    assert_eq!(
        (charge.amount_captured, charge.amount_refunded),
        (4000, 1000)
    );
    Ok(())
}

#[tokio::test]
async fn a_payment_is_called_off() -> Result<(), StripeError> {
    let world = World::start();
    let intent = CreatePaymentIntent::new(1999, Currency::USD)
        .send(&world.client)
        .await?;
    let canceled = CancelPaymentIntent::new(intent.id)
        .send(&world.client)
        .await?;
    assert_eq!(canceled.status, PaymentIntentStatus::Canceled);
    assert!(canceled.canceled_at.is_some());
    Ok(())
}
