//! Lists and searches, walked page by page.

use futures_util::TryStreamExt;
use stripe::StripeError;
use stripe_core::payment_intent::{CreatePaymentIntent, ListPaymentIntent, SearchPaymentIntent};
use stripe_types::Currency;

use crate::world::World;

#[tokio::test]
async fn all_pages_are_walked_newest_first() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    for amount in [100, 200, 300, 400, 500] {
        CreatePaymentIntent::new(amount, Currency::USD)
            .send(client)
            .await?;
    }
    let listed = ListPaymentIntent::new().limit(2).paginate().stream(client);
    let listed: Vec<_> = listed.try_collect().await?;
    let amounts: Vec<_> = listed.iter().map(|intent| intent.amount).collect();
    assert_eq!(amounts, [500, 400, 300, 200, 100]);
    let found = SearchPaymentIntent::new("amount>200")
        .limit(1)
        .paginate()
        .stream(client);
    let found: Vec<_> = found.try_collect().await?;
    let amounts: Vec<_> = found.iter().map(|intent| intent.amount).collect();
    assert_eq!(amounts, [500, 400, 300]);
    Ok(())
}
