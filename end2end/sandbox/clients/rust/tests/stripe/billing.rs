//! Subscriptions and their invoices, and every event of theirs.

use stripe::{Client, StripeError};
use stripe_billing::{
    InvoiceStatus, SubscriptionStatus,
    invoice::{CreateInvoice, FinalizeInvoiceInvoice, ListInvoice, PayInvoice},
    invoice_item::CreateInvoiceItem,
    subscription::{
        CancelSubscription, CreateSubscription, CreateSubscriptionItems, RetrieveSubscription,
    },
};
use stripe_core::customer::{CreateCustomer, UpdateCustomer, UpdateCustomerInvoiceSettings};
use stripe_payment::payment_method::AttachPaymentMethod;
use stripe_product::{
    price::{CreatePrice, CreatePriceRecurring, CreatePriceRecurringInterval},
    product::CreateProduct,
};
use stripe_types::Currency;

use crate::{
    webhooks::{SECRET, Shop},
    world::World,
};

const DAY_S: u32 = 24 * 60 * 60;

/// A customer with this card.
async fn customer(client: &Client, card: &str) -> Result<String, StripeError> {
    let customer = CreateCustomer::new().send(client).await?;
    let card = AttachPaymentMethod::new(card)
        .customer(customer.id.as_str())
        .send(client)
        .await?;
    let mut settings = UpdateCustomerInvoiceSettings::new();
    settings.default_payment_method = Some(card.id.to_string());
    UpdateCustomer::new(customer.id.clone())
        .invoice_settings(settings)
        .send(client)
        .await?;
    Ok(customer.id.to_string())
}

#[tokio::test]
async fn a_subscription_is_paid_renewed_and_canceled() -> Result<(), StripeError> {
    let shop = Shop::open().await;
    let world = World::start_with(&["--webhook", &shop.url(), "--webhook-secret", SECRET]);
    let client = &world.client;
    let customer = customer(client, "pm_card_visa").await?;
    let product = CreateProduct::new("Tea").send(client).await?;
    let price = CreatePrice::new(Currency::USD)
        .product(product.id.as_str())
        .recurring(CreatePriceRecurring::new(
            CreatePriceRecurringInterval::Month,
        ))
        .unit_amount(1000)
        .send(client)
        .await?;
    let mut item = CreateSubscriptionItems::new();
    item.price = Some(price.id.to_string());
    let made = CreateSubscription::new()
        .customer(&customer)
        .items([item])
        .expand(["latest_invoice".to_owned()])
        .send(client)
        .await?;
    assert_eq!(made.status, SubscriptionStatus::Active);
    let invoice = made
        .latest_invoice
        .and_then(|invoice| invoice.into_object());
    let status = invoice.and_then(|invoice| invoice.status);
    assert_eq!(status, Some(InvoiceStatus::Paid));
    world.advance(32 * DAY_S);
    let invoices = ListInvoice::new()
        .customer(&customer)
        .send(client)
        .await?
        .data;
    let paid: Vec<_> = invoices.iter().map(|invoice| invoice.amount_paid).collect();
    assert_eq!(paid, [1000, 1000]);
    CancelSubscription::new(made.id.clone())
        .send(client)
        .await?;
    let canceled = RetrieveSubscription::new(made.id).send(client).await?;
    assert_eq!(canceled.status, SubscriptionStatus::Canceled);
    // Each is read, whatever it is, until the last.
    while shop.event().await.type_.as_str() != "customer.subscription.deleted" {}
    Ok(())
}

#[tokio::test]
async fn an_invoice_is_finalized_and_paid() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let customer = customer(client, "pm_card_visa").await?;
    let draft = CreateInvoice::new()
        .customer(&customer)
        .currency(Currency::USD)
        .send(client)
        .await?;
    assert_eq!(draft.status, Some(InvoiceStatus::Draft));
    let id = draft.id.expect("a draft that is kept has an id");
    CreateInvoiceItem::new()
        .customer(&customer)
        .invoice(id.as_str())
        .amount(1500)
        .currency(Currency::USD)
        .send(client)
        .await?;
    let open = FinalizeInvoiceInvoice::new(id.clone()).send(client).await?;
    assert_eq!(
        (open.status, open.amount_due),
        (Some(InvoiceStatus::Open), 1500)
    );
    let paid = PayInvoice::new(id).send(client).await?;
    assert_eq!(paid.status, Some(InvoiceStatus::Paid));
    Ok(())
}
