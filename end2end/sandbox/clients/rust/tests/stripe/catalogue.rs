//! What is sold, and for less.

use stripe::StripeError;
use stripe_product::{
    coupon::{CreateCoupon, DeleteCoupon},
    price::{CreatePrice, ListPrice},
    product::{CreateProduct, RetrieveProduct},
    promotion_code::{
        CreatePromotionCode, CreatePromotionCodePromotion, CreatePromotionCodePromotionType,
    },
};
use stripe_types::Currency;

use crate::world::World;

#[tokio::test]
async fn products_have_prices_and_coupons_have_codes() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let product = CreateProduct::new("Mug").send(client).await?;
    let price = CreatePrice::new(Currency::EUR)
        .product(product.id.as_str())
        .unit_amount(1999)
        .send(client)
        .await?;
    assert_eq!(price.unit_amount, Some(1999));
    let listed = ListPrice::new()
        .product(product.id.as_str())
        .send(client)
        .await?;
    assert_eq!(listed.data.len(), 1);
    assert_eq!(
        RetrieveProduct::new(product.id).send(client).await?.name,
        "Mug"
    );
    let coupon = CreateCoupon::new().percent_off(10.0).send(client).await?;
    let mut promotion = CreatePromotionCodePromotion::new(CreatePromotionCodePromotionType::Coupon);
    promotion.coupon = Some(coupon.id.to_string());
    let code = CreatePromotionCode::new(promotion)
        .code("MUGS")
        .send(client)
        .await?;
    assert!(code.active);
    DeleteCoupon::new(coupon.id).send(client).await?;
    Ok(())
}
