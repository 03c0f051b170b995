//! Refusals, as the client reads them.

use stripe::{ApiErrors, ApiErrorsCode, ApiErrorsType, StripeError};
use stripe_core::{
    PaymentIntentStatus,
    charge::RetrieveCharge,
    payment_intent::{CreatePaymentIntent, CreatePaymentIntentOffSession},
};
use stripe_types::Currency;

use crate::world::{RETURN_URL, World};

fn refused<T: std::fmt::Debug>(answer: Result<T, StripeError>) -> (ApiErrors, u16) {
    match answer {
        Err(StripeError::Stripe(error, status)) => (*error, status),
        other => panic!("not refused by Stripe: {other:?}"),
    }
}

#[tokio::test]
async fn a_decline_carries_its_payment() {
    let world = World::start();
    let answer = CreatePaymentIntent::new(1999, Currency::USD)
        .confirm(true)
        .payment_method("pm_card_visa_chargeDeclinedInsufficientFunds")
        .return_url(RETURN_URL)
        .send(&world.client)
        .await;
    let (error, status) = refused(answer);
    assert_eq!((status, error.type_), (402, ApiErrorsType::CardError));
    assert_eq!(error.code, Some(ApiErrorsCode::CardDeclined));
    assert_eq!(error.decline_code.as_deref(), Some("insufficient_funds"));
    let intent = error.payment_intent.expect("the payment");
    assert_eq!(intent.status, PaymentIntentStatus::RequiresPaymentMethod);
    let last = intent.last_payment_error.expect("its error");
    assert_eq!(last.charge, error.charge);
    assert!(last.payment_method.is_some());
}

#[tokio::test]
async fn a_bank_that_wants_to_see_the_shopper_says_so() {
    let world = World::start();
    let answer = CreatePaymentIntent::new(1999, Currency::USD)
        .confirm(true)
        .off_session(CreatePaymentIntentOffSession::Bool(true))
        .payment_method("pm_card_authenticationRequired")
        .send(&world.client)
        .await;
    let (error, status) = refused(answer);
    assert_eq!(
        (status, error.code),
        (402, Some(ApiErrorsCode::AuthenticationRequired))
    );
}

#[tokio::test]
async fn what_is_wrong_has_a_name() {
    let world = World::start();
    let too_little = CreatePaymentIntent::new(1, Currency::USD)
        .send(&world.client)
        .await;
    let (error, status) = refused(too_little);
    assert_eq!(
        (status, error.code),
        (400, Some(ApiErrorsCode::AmountTooSmall))
    );
    assert_eq!(error.param.as_deref(), Some("amount"));
    let (error, status) = refused(RetrieveCharge::new("ch_none").send(&world.client).await);
    assert_eq!(
        (status, error.code),
        (404, Some(ApiErrorsCode::ResourceMissing))
    );
    assert_eq!(error.type_, ApiErrorsType::InvalidRequestError);
}
