//! Every object the client can decode, in every state it gets into.

use futures_util::TryStreamExt;
use stripe::{Client, StripeError};
use stripe_core::{
    ChargeStatus, DisputeStatus, PaymentIntentStatus as Payment, SetupIntentStatus as Setup,
    balance_transaction::ListBalanceTransaction,
    charge::ListCharge,
    customer_session::{
        CreateCustomerSession, CreateCustomerSessionComponents,
        CreateCustomerSessionComponentsPaymentElement,
    },
    dispute::{ListDispute, UpdateDispute, UpdateDisputeEvidence},
    payment_intent::{
        CancelPaymentIntent, CreatePaymentIntent, CreatePaymentIntentMandateData,
        CreatePaymentIntentMandateDataCustomerAcceptance as Acceptance,
        CreatePaymentIntentMandateDataCustomerAcceptanceType as AcceptanceType, ListPaymentIntent,
    },
    refund::{CreateRefund, ListRefund},
    setup_intent::{
        CancelSetupIntent, CreateSetupIntent, CreateSetupIntentMandateData,
        CreateSetupIntentMandateDataCustomerAcceptance as SetupAcceptance,
        CreateSetupIntentMandateDataCustomerAcceptanceType as SetupAcceptanceType, ListSetupIntent,
    },
};
use stripe_fraud::radar_early_fraud_warning::ListRadarEarlyFraudWarning;
use stripe_types::Currency;

use crate::world::{RETURN_URL, World};

async fn pay(client: &Client, method: &str) -> Result<stripe_core::PaymentIntent, StripeError> {
    CreatePaymentIntent::new(1999, Currency::USD)
        .confirm(true)
        .mandate_data(CreatePaymentIntentMandateData::new(Acceptance::new(
            AcceptanceType::Offline,
        )))
        .payment_method(method)
        .return_url(RETURN_URL)
        .send(client)
        .await
}

#[tokio::test]
async fn payments_and_their_charges() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let canceled = CreatePaymentIntent::new(1999, Currency::USD)
        .send(client)
        .await?;
    CancelPaymentIntent::new(canceled.id).send(client).await?;
    for method in [
        "pm_card_visa",
        "pm_card_threeDSecure2Required",
        "pm_usBankAccount_processing",
    ] {
        pay(client, method).await?;
    }
    pay(client, "pm_card_visa_chargeDeclined")
        .await
        .expect_err("a decline");
    CreatePaymentIntent::new(1999, Currency::USD)
        .capture_method(stripe_core::PaymentIntentCaptureMethod::Manual)
        .confirm(true)
        .payment_method("pm_card_visa")
        .return_url(RETURN_URL)
        .send(client)
        .await?;
    world.advance(60);
    let expand = [
        "data.latest_charge.balance_transaction",
        "data.payment_method",
        "data.customer",
    ];
    let intents: Vec<_> = ListPaymentIntent::new()
        .expand(expand.map(str::to_owned))
        .paginate()
        .stream(client)
        .try_collect()
        .await?;
    let statuses: Vec<_> = intents.into_iter().map(|intent| intent.status).collect();
    let expected = [
        Payment::RequiresCapture,
        Payment::RequiresPaymentMethod,
        Payment::Processing,
        Payment::RequiresAction,
        Payment::Succeeded,
        Payment::Canceled,
    ];
    assert_eq!(statuses, expected);
    let charges = ListCharge::new().send(client).await?.data;
    let statuses: Vec<_> = charges
        .iter()
        .map(|charge| (charge.status.clone(), charge.captured))
        .collect();
    let expected = [
        (ChargeStatus::Succeeded, false),
        (ChargeStatus::Failed, false),
        (ChargeStatus::Pending, false),
        (ChargeStatus::Succeeded, true),
    ];
    assert_eq!(statuses, expected);
    Ok(())
}

#[tokio::test]
async fn refunds_and_what_they_move() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    for method in [
        "pm_card_visa",
        "pm_card_pendingRefund",
        "pm_card_refundFail",
    ] {
        let intent = pay(client, method).await?;
        CreateRefund::new()
            .payment_intent(intent.id.as_str())
            .send(client)
            .await?;
    }
    let statuses = || async {
        let refunds = ListRefund::new().send(client).await?.data;
        let statuses = refunds.into_iter().filter_map(|refund| refund.status);
        Ok::<Vec<_>, StripeError>(statuses.collect())
    };
    assert_eq!(statuses().await?, ["succeeded", "pending", "succeeded"]);
    world.advance(60);
    assert_eq!(statuses().await?, ["failed", "succeeded", "succeeded"]);
    let moved = ListBalanceTransaction::new().send(client).await?.data;
    assert_eq!(
        moved.len(),
        7,
        "three charges, three refunds, and one that came back"
    );
    Ok(())
}

#[tokio::test]
async fn disputes_inquiries_and_warnings() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    for method in [
        "pm_card_createDispute",
        "pm_card_createDisputeInquiry",
        "pm_card_createIssuerFraudRecord",
    ] {
        pay(client, method).await?;
    }
    world.advance(60);
    let disputes = ListDispute::new().send(client).await?.data;
    let statuses: Vec<_> = disputes
        .iter()
        .map(|dispute| dispute.status.clone())
        .collect();
    assert_eq!(
        statuses,
        [
            DisputeStatus::WarningNeedsResponse,
            DisputeStatus::NeedsResponse
        ]
    );
    let mut evidence = UpdateDisputeEvidence::new();
    evidence.uncategorized_text = Some("winning_evidence".to_owned());
    let dispute = disputes.into_iter().last().expect("a dispute");
    UpdateDispute::new(dispute.id)
        .evidence(evidence)
        .submit(true)
        .send(client)
        .await?;
    world.advance(60);
    let disputes = ListDispute::new().send(client).await?.data;
    assert_eq!(
        disputes.last().map(|dispute| dispute.status.clone()),
        Some(DisputeStatus::Won)
    );
    assert_eq!(
        ListRadarEarlyFraudWarning::new()
            .send(client)
            .await?
            .data
            .len(),
        1
    );
    Ok(())
}

#[tokio::test]
async fn setups() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let set_up = |method: &str| {
        let params = CreateSetupIntent::new()
            .confirm(true)
            .mandate_data(CreateSetupIntentMandateData::new(SetupAcceptance::new(
                SetupAcceptanceType::Offline,
            )))
            .payment_method(method)
            .return_url(RETURN_URL);
        async move { params.send(client).await }
    };
    CreateSetupIntent::new().send(client).await?;
    for method in [
        "pm_card_visa",
        "pm_card_authenticationRequired",
        "pm_usBankAccount_success",
    ] {
        set_up(method).await?;
    }
    set_up("pm_card_visa_chargeDeclined")
        .await
        .expect_err("a decline");
    let abandoned = set_up("pm_card_authenticationRequired").await?;
    CancelSetupIntent::new(abandoned.id).send(client).await?;
    let setups = ListSetupIntent::new()
        .expand(["data.payment_method".to_owned()])
        .send(client)
        .await?;
    let statuses: Vec<_> = setups.data.into_iter().map(|setup| setup.status).collect();
    let expected = [
        Setup::Canceled,
        Setup::RequiresPaymentMethod,
        Setup::Succeeded,
        Setup::RequiresAction,
        Setup::Succeeded,
        Setup::RequiresPaymentMethod,
    ];
    assert_eq!(statuses, expected);
    Ok(())
}

#[tokio::test]
async fn customer_sessions() -> Result<(), StripeError> {
    let world = World::start();
    let client = &world.client;
    let customer = stripe_core::customer::CreateCustomer::new()
        .send(client)
        .await?;
    let mut components = CreateCustomerSessionComponents::new();
    components.payment_element = Some(CreateCustomerSessionComponentsPaymentElement::new(true));
    let session = CreateCustomerSession::new(components)
        .customer(customer.id.as_str())
        .send(client)
        .await?;
    assert!(session.expires_at > session.created);
    Ok(())
}
