//! Every element that the sandbox has: it comes up, takes what its methods say, tells of what is typed, and goes.

use stripe_js::elements::{
    Address, AddressElementOptions, Card, CardCvc, CardExpiry, CardNumber, ContactDetails,
    CurrencySelector, ExpressCheckout, Iban, IbanElementOptions, LinkAuthentication,
    MessagingCurrency, PaymentMethodMessaging, PaymentMethodMessagingElementOptions, TaxId,
    TaxIdElementOptions,
};
use stripe_js::payment_element::PaymentElementUpdate;
use stripe_js::{
    Elements, ElementsOptions, ErrorKind, IntentElementsOptions, Payment, PaymentElementOptions,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{console, count, enter, fill, first, place, stripe};

/// A group that was told of a payment.
async fn paying() -> Elements {
    let options = ElementsOptions {
        allowed_payment_method_types: Some(vec!["card".into()]),
        ..ElementsOptions::payment(1_999, "eur")
    };
    stripe().await.elements(&options).unwrap()
}

/// A group that was told of none.
async fn plain() -> Elements {
    let options = IntentElementsOptions::default();
    stripe().await.elements_for_intent(&options).unwrap()
}

/// Mounts it, waits until it is ready, has it do what it can, and lets it go.
macro_rules! lives {
    ($( $name:ident: $Kind:ident in $group:ident, $options:expr, [$($method:ident),*]; )+) => { $(
        #[wasm_bindgen_test]
        async fn $name() {
            let group = $group().await;
            let element = group.create::<$Kind>($options).unwrap();
            element.mount(&place("here")).unwrap();
            first(|mut tell| element.on_ready(move || tell(()))).await;
            $( element.$method().unwrap(); )*
            assert_eq!(count("#here iframe"), 1);
            assert!(group.get::<$Kind>().unwrap().is_some());
            drop(element);
            assert_eq!(count("#here iframe"), 0);
            assert!(group.get::<$Kind>().unwrap().is_none());
            assert!(console("stripe-js").await.is_empty());
        }
    )+ };
}

lives! {
    address: Address in paying, &AddressElementOptions::shipping(), [focus, blur, clear];
    card: Card in plain, &Default::default(), [focus, blur, clear];
    card_cvc: CardCvc in plain, &Default::default(), [focus, blur, clear];
    card_expiry: CardExpiry in plain, &Default::default(), [focus, blur, clear];
    card_number: CardNumber in plain, &Default::default(), [focus, blur, clear];
    contact_details: ContactDetails in paying, &Default::default(), [focus, blur, clear];
    currency_selector: CurrencySelector in paying, &Default::default(), [focus, blur, clear];
    iban: Iban in plain, &sepa(), [focus, blur, clear];
    link_authentication: LinkAuthentication in paying, &Default::default(), [focus, blur, clear];
    payment: Payment in paying, &Default::default(), [focus, blur, clear, collapse];
    payment_method_messaging: PaymentMethodMessaging in plain, &messaging(), [];
    tax_id: TaxId in paying, &TaxIdElementOptions::default(), [focus, blur, clear];
}

fn sepa() -> IbanElementOptions {
    IbanElementOptions {
        supported_countries: Some(vec!["SEPA".into()]),
        ..Default::default()
    }
}

fn messaging() -> PaymentMethodMessagingElementOptions {
    PaymentMethodMessagingElementOptions {
        amount_minor: 9_900,
        currency: MessagingCurrency::Usd,
        ..Default::default()
    }
}

#[wasm_bindgen_test]
async fn express_checkout_tells_of_its_wallets() {
    let group = paying().await;
    let element = group
        .create::<ExpressCheckout>(&Default::default())
        .unwrap();
    element.mount(&place("here")).unwrap();
    let ready = first(|tell| element.on_ready(tell)).await;
    let wallets = ready.available_payment_methods.unwrap();
    assert_eq!(wallets.get("googlePay"), Some(&true));
    drop(element);
    assert_eq!(count("#here iframe"), 0);
}

#[wasm_bindgen_test]
async fn an_element_that_the_page_has_not_is_refused() {
    let group = stripe()
        .await
        .elements_for_intent(&IntentElementsOptions::default())
        .unwrap();
    let error = group.create::<Payment>(&PaymentElementOptions::default());
    assert_eq!(error.unwrap_err().kind(), &ErrorKind::Integration);
}

#[wasm_bindgen_test]
async fn what_is_typed_is_told() {
    let group = paying().await;
    let payment = group.create::<Payment>(&Default::default()).unwrap();
    payment.mount(&place("here")).unwrap();
    first(|mut tell| payment.on_ready(move || tell(()))).await;
    let complete = first(|mut tell| {
        payment.on_change(move |change| {
            if change.complete {
                tell(change);
            }
        })
    });
    fill("#here", "4242424242424242").await;
    let change = complete.await;
    assert!(!change.empty);
    assert_eq!(change.value.kind, "card");
}

#[wasm_bindgen_test]
async fn what_is_typed_into_a_card_is_told_with_its_brand_and_mistakes() {
    let group = plain().await;
    let card = group.create::<Card>(&Default::default()).unwrap();
    card.mount(&place("here")).unwrap();
    first(|mut tell| card.on_ready(move || tell(()))).await;
    let mistaken = first(|mut tell| {
        card.on_change(move |change| {
            if change.error.is_some() {
                tell(change);
            }
        })
    });
    enter("#here", "cardnumber", "4242424242424241").await;
    let change = mistaken.await;
    assert_eq!(change.brand.as_str(), "visa");
    assert_eq!(change.error.unwrap().code, "invalid_number");
    assert!(!change.complete);
}

#[wasm_bindgen_test]
async fn the_values_of_forms_can_be_asked_for() {
    let group = paying().await;
    let address = group
        .create::<Address>(&AddressElementOptions::billing())
        .unwrap();
    address.mount(&place("here")).unwrap();
    first(|mut tell| address.on_ready(move || tell(()))).await;
    enter("#here", "name", "Ada Lovelace").await;
    let value = address.get_value(&Default::default()).await.unwrap();
    assert_eq!(
        (value.complete, value.value.name.as_str()),
        (false, "Ada Lovelace")
    );

    let tax_id = group
        .create::<TaxId>(&TaxIdElementOptions::default())
        .unwrap();
    tax_id.mount(&place("there")).unwrap();
    first(|mut tell| tax_id.on_ready(move || tell(()))).await;
    assert!(tax_id.get_value().await.unwrap().empty);
}

#[wasm_bindgen_test]
async fn an_update_is_shown_and_a_wrong_one_refused() {
    let group = paying().await;
    let payment = group.create::<Payment>(&Default::default()).unwrap();
    payment.mount(&place("here")).unwrap();
    first(|mut tell| payment.on_ready(move || tell(()))).await;
    payment.update(&PaymentElementUpdate::default()).unwrap();
    let wrong = stripe_js::Json::from_text(r#"{"layout":"upside-down"}"#);
    assert_eq!(
        payment.update(wrong).unwrap_err().kind(),
        &ErrorKind::Integration
    );
}
