//! Paying: each call that moves money or prepares it, with what a shopper typed into the sandbox's frames.

use serde_json::{Value, json};
use stripe_js::confirm::{ConfirmOptions, ConfirmPaymentWith, ConfirmSetupWith};
use stripe_js::elements::{
    Card, CardCvc, CardElement, Iban, IbanElementOptions, PaymentMethodCreation,
};
use stripe_js::methods::{NewMethod, SepaDebit};
use stripe_js::token::IbanTokenData;
use stripe_js::{
    BillingDetails, ConfirmPaymentParams, ConfirmSetupParams, CreatePaymentMethod, Elements,
    ElementsOptions, ErrorKind, Given, Intent, IntentElementsOptions, IntentStatus, Payment,
    PaymentElement, PaymentMethodParams, Stripe,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{ask, enter, fill, first, lose, place, server, stripe, text};

const PAYS: &str = "4242424242424242";
const ASKS: &str = "4000002760003184";
const DECLINED: &str = "4000000000000002";

/// A form with a Payment Element into which a card is typed.
struct Form {
    stripe: Stripe,
    elements: Elements,
    _payment: PaymentElement,
}

async fn form(options: ElementsOptions, number: &str) -> Form {
    let stripe = stripe().await;
    let options = ElementsOptions {
        allowed_payment_method_types: Some(vec!["card".into()]),
        ..options
    };
    let elements = stripe.elements(&options).unwrap();
    let payment = show(&elements, number).await;
    Form {
        stripe,
        elements,
        _payment: payment,
    }
}

async fn show(elements: &Elements, number: &str) -> PaymentElement {
    let payment = elements.create::<Payment>(&Default::default()).unwrap();
    payment.mount(&place("here")).unwrap();
    first(|mut tell| payment.on_ready(move || tell(()))).await;
    fill("#here", number).await;
    payment
}

async fn card(stripe: &Stripe, number: &str) -> CardElement {
    let group = stripe
        .elements_for_intent(&IntentElementsOptions::default())
        .unwrap();
    let card = group.create::<Card>(&Default::default()).unwrap();
    card.mount(&place("card")).unwrap();
    first(|mut tell| card.on_ready(move || tell(()))).await;
    enter("#card", "cardnumber", number).await;
    enter("#card", "exp-date", "12 / 40").await;
    enter("#card", "cvc", "123").await;
    enter("#card", "postal", "10001").await;
    card
}

fn payment() -> ElementsOptions {
    ElementsOptions::payment(1_999, "usd")
}

/// The client secret of a new intent of the server's.
async fn payment_intent(more: Value) -> String {
    intent(
        "/v1/payment_intents",
        json!({ "amount": 1_999, "currency": "usd" }),
        more,
    )
    .await
}

async fn setup_intent() -> String {
    intent("/v1/setup_intents", json!({}), json!({})).await
}

async fn intent(path: &str, params: Value, more: Value) -> String {
    let params = with(params, more);
    text(&server("POST", path, params).await["client_secret"])
}

fn back() -> ConfirmPaymentParams {
    ConfirmPaymentParams {
        return_url: Some("https://shop.example/back".into()),
        ..Default::default()
    }
}

fn with(mut params: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        params[name] = value.clone();
    }
    params
}

/// The server pays this much with the token; what it is answered.
async fn pay(token: &str, amount_minor: i64) -> Value {
    let params = json!({
        "amount": amount_minor, "currency": "usd", "confirm": true, "confirmation_token": token,
        "allowed_payment_method_types": ["card"], "return_url": "https://shop.example/back",
    });
    server("POST", "/v1/payment_intents", params).await
}

#[wasm_bindgen_test]
async fn a_token_that_the_server_pays_with() {
    let form = form(payment(), PAYS).await;
    let submitted = form.elements.submit().await.unwrap();
    assert_eq!(submitted.selected_payment_method.as_deref(), Some("card"));
    let token = form
        .stripe
        .create_confirmation_token(&form.elements, &Default::default());
    let token = token.await.unwrap();
    let card = token.payment_method_preview.read().card.unwrap();
    assert_eq!((card.last4.as_str(), card.exp_year), ("4242", 2040));
    assert_eq!(pay(&token.id, 1_999).await["status"], "succeeded");
}

#[wasm_bindgen_test]
async fn a_form_that_is_not_complete_is_not_submitted() {
    let form = form(payment(), "4242").await;
    let error = form.elements.submit().await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Validation);
    assert!(error.message().is_some());
}

#[wasm_bindgen_test]
async fn without_submit_there_is_no_token() {
    let form = form(payment(), PAYS).await;
    let token = form
        .stripe
        .create_confirmation_token(&form.elements, &Default::default());
    assert_eq!(token.await.unwrap_err().kind(), &ErrorKind::Integration);
}

#[wasm_bindgen_test]
async fn a_token_that_the_network_loses() {
    let form = form(payment(), PAYS).await;
    form.elements.submit().await.unwrap();
    lose("**/v1/confirmation_tokens", 1).await;
    let token = || {
        form.stripe
            .create_confirmation_token(&form.elements, &Default::default())
    };
    assert_eq!(token().await.unwrap_err().kind(), &ErrorKind::Network);
    token().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_token_that_stripe_fails_to_make() {
    let form = form(payment(), PAYS).await;
    form.elements.submit().await.unwrap();
    for (fault, kind) in [
        (json!({ "kind": "status", "status": 500 }), ErrorKind::Api),
        (json!({ "kind": "rate_limit" }), ErrorKind::InvalidRequest),
        (json!({ "kind": "malformed" }), ErrorKind::Network),
    ] {
        let call = json!({ "method": "POST", "path": "/v1/confirmation_tokens", "times": 1, "fault": fault });
        ask("fail", json!([call])).await;
        let token = form
            .stripe
            .create_confirmation_token(&form.elements, &Default::default());
        assert_eq!(token.await.unwrap_err().kind(), &kind, "{fault}");
    }
}

/// The server's intent, asking for what the bank wants to know.
async fn challenged() -> (Form, String) {
    let form = form(payment(), ASKS).await;
    form.elements.submit().await.unwrap();
    let token = form
        .stripe
        .create_confirmation_token(&form.elements, &Default::default());
    let intent = pay(&token.await.unwrap().id, 1_999).await;
    assert_eq!(intent["status"], "requires_action");
    (form, text(&intent["client_secret"]))
}

#[wasm_bindgen_test]
async fn the_banks_question_is_answered() {
    let (form, secret) = challenged().await;
    let answer = form.stripe.handle_next_action(&secret);
    ask("challenge", json!(["Complete"])).await;
    let intent = answer.await.unwrap();
    assert!(matches!(intent, Intent::Payment(_)));
    assert_eq!(intent.status(), &IntentStatus::Succeeded);
    // There is nothing more to ask.
    let again = form.stripe.handle_next_action(&secret).await;
    assert_eq!(again.unwrap_err().kind(), &ErrorKind::Integration);
}

#[wasm_bindgen_test]
async fn the_banks_question_is_failed() {
    let (form, secret) = challenged().await;
    let answer = form.stripe.handle_next_action(&secret);
    ask("challenge", json!(["Fail"])).await;
    let error = answer.await.unwrap_err();
    assert_eq!(error.code(), Some("payment_intent_authentication_failure"));
    let status = error.intent().unwrap().status();
    assert_eq!(status, &IntentStatus::RequiresPaymentMethod);
}

#[wasm_bindgen_test]
async fn a_group_with_an_intent_pays_in_the_page() {
    let secret = payment_intent(json!({})).await;
    let stripe = stripe().await;
    let options = IntentElementsOptions {
        client_secret: Some(secret.as_str().into()),
        ..Default::default()
    };
    let elements = stripe.elements_for_intent(&options).unwrap();
    elements.fetch_updates().await.unwrap();
    let _payment = show(&elements, PAYS).await;
    let intent = stripe.confirm_payment(&elements, &back()).await.unwrap();
    assert_eq!(
        (intent.status, intent.amount_minor),
        (IntentStatus::Succeeded, 1_999)
    );
    let intent = stripe.retrieve_payment_intent(&secret).await.unwrap();
    assert_eq!(intent.status, IntentStatus::Succeeded);
}

#[wasm_bindgen_test]
async fn a_group_without_one_pays_an_intent_that_came_later() {
    let form = form(payment(), DECLINED).await;
    let secret = payment_intent(json!({ "allowed_payment_method_types": ["card"] })).await;
    form.elements.submit().await.unwrap();
    let pay = || {
        form.stripe
            .confirm_deferred_payment(&form.elements, &secret, &back())
    };
    let error = pay().await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Card);
    assert_eq!(
        (error.code(), error.decline_code()),
        (Some("card_declined"), Some("generic_decline"))
    );
    assert_eq!(
        error.intent().unwrap().status(),
        &IntentStatus::RequiresPaymentMethod
    );
    fill("#here", PAYS).await;
    form.elements.submit().await.unwrap();
    assert_eq!(pay().await.unwrap().status, IntentStatus::Succeeded);
}

#[wasm_bindgen_test]
async fn a_payment_needs_no_form_where_the_method_is_known() {
    let secret = payment_intent(json!({})).await;
    let params = ConfirmPaymentParams {
        payment_method: Some("pm_card_visa".into()),
        ..back()
    };
    let stripe = stripe().await;
    let paid = stripe
        .confirm_payment_without_elements(&secret, &params)
        .await;
    assert_eq!(paid.unwrap().status, IntentStatus::Succeeded);
}

#[wasm_bindgen_test]
async fn a_card_is_kept_for_later() {
    let form = form(ElementsOptions::setup(), PAYS).await;
    let secret = setup_intent().await;
    form.elements.submit().await.unwrap();
    let params = ConfirmSetupParams {
        return_url: Some("https://shop.example/back".into()),
        ..Default::default()
    };
    let intent = form
        .stripe
        .confirm_deferred_setup(&form.elements, &secret, &params);
    assert_eq!(intent.await.unwrap().status, IntentStatus::Succeeded);
    let intent = form.stripe.retrieve_setup_intent(&secret).await.unwrap();
    assert_eq!(intent.status, IntentStatus::Succeeded);
}

#[wasm_bindgen_test]
async fn another_secret_finds_nothing() {
    let stripe = stripe().await;
    let intent = stripe.retrieve_payment_intent("pi_1_secret_2").await;
    assert_eq!(intent.unwrap_err().kind(), &ErrorKind::InvalidRequest);
}

#[wasm_bindgen_test]
async fn a_card_element_pays() {
    let stripe = stripe().await;
    let card = card(&stripe, PAYS).await;
    let secret = payment_intent(json!({})).await;
    let data = Given::from(&ConfirmPaymentWith::default()).with_card(&card);
    let paid = stripe
        .confirm_card_payment(&secret, data, &ConfirmOptions::default())
        .await;
    assert_eq!(paid.unwrap().status, IntentStatus::Succeeded);

    let secret = setup_intent().await;
    let data = Given::from(&ConfirmSetupWith::default()).with_card(&card);
    let kept = stripe
        .confirm_card_setup(&secret, data, &ConfirmOptions::default())
        .await;
    assert_eq!(kept.unwrap().status, IntentStatus::Succeeded);
}

#[wasm_bindgen_test]
async fn a_card_whose_payment_the_server_finishes() {
    let stripe = stripe().await;
    let card = card(&stripe, ASKS).await;
    let method =
        stripe.create_payment_method(Given::from(&CreatePaymentMethod::default()).with_card(&card));
    let method = method.await.unwrap();
    assert_eq!(method.card.unwrap().last4, "3184");
    let secret = payment_intent(json!({
        "confirm": true, "confirmation_method": "manual", "payment_method": method.id,
        "allowed_payment_method_types": ["card"],
    }))
    .await;
    let answer = stripe.handle_card_action(&secret);
    ask("challenge", json!(["Complete"])).await;
    assert_eq!(
        answer.await.unwrap().status,
        IntentStatus::RequiresConfirmation
    );
}

#[wasm_bindgen_test]
async fn tokens_stand_for_what_was_typed() {
    let stripe = stripe().await;
    let card = card(&stripe, PAYS).await;
    let token = stripe
        .create_card_token(&card, &Default::default())
        .await
        .unwrap();
    assert_eq!(
        (token.kind.as_str(), token.card.unwrap().last4.as_str()),
        ("card", "4242")
    );

    let group = stripe
        .elements_for_intent(&IntentElementsOptions::default())
        .unwrap();
    let cvc = group.create::<CardCvc>(&Default::default()).unwrap();
    cvc.mount(&place("cvc")).unwrap();
    first(|mut tell| cvc.on_ready(move || tell(()))).await;
    enter("#cvc", "cvc", "123").await;
    let token = stripe.create_cvc_update_token(&cvc).await.unwrap();
    assert_eq!(token.kind, "cvc_update");
}

#[wasm_bindgen_test]
async fn an_iban_is_a_token_a_method_and_a_payment() {
    let stripe = stripe().await;
    let group = stripe
        .elements_for_intent(&IntentElementsOptions::default())
        .unwrap();
    let options = IbanElementOptions {
        supported_countries: Some(vec!["SEPA".into()]),
        ..Default::default()
    };
    let iban = group.create::<Iban>(&options).unwrap();
    iban.mount(&place("iban")).unwrap();
    first(|mut tell| iban.on_ready(move || tell(()))).await;
    enter("#iban", "iban", "DE89370400440532013000").await;

    let data = IbanTokenData {
        currency: "eur".into(),
        account_holder_name: "Ada Lovelace".into(),
        account_holder_type: "individual".into(),
    };
    let token = stripe.create_iban_token(&iban, &data).await.unwrap();
    assert_eq!(token.kind, "bank_account");

    let who = BillingDetails {
        name: Some("Ada Lovelace".into()),
        email: Some("ada@shop.example".into()),
        ..Default::default()
    };
    let data = CreatePaymentMethod(NewMethod::<SepaDebit> {
        billing_details: Some(who),
        ..Default::default()
    });
    let method = stripe
        .create_payment_method(Given::from(&data).with_iban(&iban))
        .await
        .unwrap();
    assert_eq!(method.kind, "sepa_debit");

    let secret = payment_intent(json!({ "currency": "eur" })).await;
    let data = ConfirmPaymentWith::<SepaDebit, (), _> {
        payment_method: Some(stripe_js::confirm::Paying::Saved(method.id)),
        ..Default::default()
    };
    let paid = stripe.confirm_sepa_debit_payment(&secret, &data).await;
    assert_eq!(paid.unwrap().status, IntentStatus::Processing);
}

#[wasm_bindgen_test]
async fn a_group_makes_a_payment_method_where_it_was_asked_to() {
    let options = ElementsOptions {
        payment_method_creation: Some(PaymentMethodCreation::Manual),
        ..payment()
    };
    let form = form(options, PAYS).await;
    form.elements.submit().await.unwrap();
    let params = PaymentMethodParams::default();
    let method = form
        .stripe
        .create_payment_method_from_elements(&form.elements, &params);
    assert_eq!(method.await.unwrap().kind, "card");
}

#[wasm_bindgen_test]
async fn a_group_that_is_updated_says_so_and_its_token_agrees() {
    let form = form(payment(), PAYS).await;
    let ended = first(|mut tell| form.elements.on_update_end(move || tell(())));
    let update = stripe_js::ElementsUpdate {
        amount_minor: Some(2_500),
        ..Default::default()
    };
    form.elements.update(&update).await.unwrap();
    ended.await;
    form.elements.submit().await.unwrap();
    let token = form
        .stripe
        .create_confirmation_token(&form.elements, &Default::default());
    let paid = pay(&token.await.unwrap().id, 2_500).await;
    assert_eq!(paid["status"], "succeeded");
}
