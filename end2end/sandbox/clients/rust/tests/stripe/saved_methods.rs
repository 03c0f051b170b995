//! Cards kept for later.

use stripe::StripeError;
use stripe_core::{
    PaymentIntentStatus, SetupIntentStatus,
    customer::{CreateCustomer, DeleteCustomer, ListPaymentMethodsCustomer, UpdateCustomer},
    payment_intent::{CreatePaymentIntent, CreatePaymentIntentOffSession},
    setup_intent::CreateSetupIntent,
};
use stripe_payment::payment_method::{AttachPaymentMethod, DetachPaymentMethod};
use stripe_types::Currency;

use crate::world::{RETURN_URL, World};

#[tokio::test]
async fn a_card_that_was_set_up_pays_without_the_shopper() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let customer = CreateCustomer::new()
        .email("ada@shop.example")
        .send(client)
        .await?;
    let setup = CreateSetupIntent::new()
        .confirm(true)
        .customer(customer.id.as_str())
        .payment_method("pm_card_visa")
        .return_url(RETURN_URL)
        .send(client)
        .await?;
    assert_eq!(setup.status, SetupIntentStatus::Succeeded);
    let cards = ListPaymentMethodsCustomer::new(customer.id.clone())
        .send(client)
        .await?
        .data;
    let [card] = cards.as_slice() else {
        panic!("one card, not {cards:?}")
    };
    assert_eq!(
        setup.payment_method.map(|method| method.into_id()),
        Some(card.id.clone())
    );
    assert_eq!(
        card.card.as_ref().map(|card| card.last4.as_str()),
        Some("4242")
    );
    let payment = CreatePaymentIntent::new(1999, Currency::USD)
        .confirm(true)
        .customer(customer.id.as_str())
        .off_session(CreatePaymentIntentOffSession::Bool(true))
        .payment_method(card.id.as_str())
        .send(client)
        .await?;
    assert_eq!(payment.status, PaymentIntentStatus::Succeeded);
    Ok(())
}

#[tokio::test]
async fn a_customer_is_made_changed_and_deleted() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let customer = CreateCustomer::new().name("Ada").send(client).await?;
    let card = AttachPaymentMethod::new("pm_card_mastercard")
        .customer(customer.id.as_str())
        .send(client)
        .await?;
    assert_eq!(
        card.customer.map(|customer| customer.into_id()),
        Some(customer.id.clone())
    );
    let card = DetachPaymentMethod::new(card.id).send(client).await?;
    assert!(card.customer.is_none());
    let updated = UpdateCustomer::new(customer.id.clone())
        .name("Ada Lovelace")
        .send(client)
        .await?;
    assert_eq!(updated.name.as_deref(), Some("Ada Lovelace"));
    let deleted = DeleteCustomer::new(customer.id.clone())
        .send(client)
        .await?;
    assert_eq!(deleted.id, customer.id);
    Ok(())
}
