//! Every call, every method and every event, against a Stripe.js that answers as it is told: rightly, with an error, by
//! rejecting, by throwing, and with what nobody expects. The fake is `end2end/browser/fake.ts`.

use std::any::Any;
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use serde_json::{Value, json};
use stripe_js::checkout::{CheckoutElementsSdk, CheckoutFormSdk, PaymentForm};
use stripe_js::elements::*;
use stripe_js::methods::{Alipay, CreatePaymentMethod};
use stripe_js::pricing::Pricing;
use stripe_js::{Elements, ErrorKind, Payment, Stripe, StripeError, Subscription};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{World, ask, place};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = fake)]
    fn recorded() -> String;
    #[wasm_bindgen(js_namespace = fake)]
    fn odd() -> u32;
    #[wasm_bindgen(js_namespace = fake)]
    fn answers(how: &str, value: JsValue);
    #[wasm_bindgen(js_namespace = fake)]
    fn raise(odd: u32) -> u32;
}

async fn fake() -> Stripe {
    ask("fake", json!([])).await;
    World::find().await.load().await.unwrap()
}

type Outcome = Result<(), StripeError>;
type Call<'a> = (
    &'static str,
    Box<dyn Fn() -> Pin<Box<dyn Future<Output = Outcome>>> + 'a>,
);
type Method<'a> = (&'static str, Box<dyn Fn() -> Outcome + 'a>);

/// Calls, each to be made again and again.
macro_rules! calls {
    ($( $on:ident: $( $method:ident($($argument:expr),*) ),+; )+) => { vec![$($( (
        concat!(stringify!($on), ".", stringify!($method)),
        Box::new(|| {
            let answer = $on.$method($($argument),*);
            Box::pin(async move { answer.await.map(drop) })
        })
    ) ),+),+] };
}

/// The same for methods that answer at once.
macro_rules! methods {
    ($( $on:ident: $( $method:ident($($argument:expr),*) ),+; )+) => { vec![$($( (
        concat!(stringify!($on), ".", stringify!($method)),
        Box::new(|| $on.$method($($argument),*).map(drop))
    ) ),+),+] };
}

macro_rules! d {
    () => {
        &Default::default()
    };
}

#[wasm_bindgen_test]
async fn every_call_is_answered() {
    let stripe = fake().await;
    let here = &place("here");
    let elements = &stripe.elements(d!()).unwrap();
    let card = &elements.create::<Card>(d!()).unwrap();
    let iban = &elements.create::<Iban>(d!()).unwrap();
    let cvc = &elements.create::<CardCvc>(d!()).unwrap();
    let address = &elements.create::<Address>(d!()).unwrap();
    let tax_id = &elements.create::<TaxId>(d!()).unwrap();
    let payment = &elements.create::<Payment>(d!()).unwrap();
    let (sdk, forms) = (
        stripe.init_checkout_elements_sdk(d!()).unwrap(),
        stripe.init_checkout_form_sdk(d!()).unwrap(),
    );
    let form = &forms.create_form(d!()).unwrap();
    let actions = sdk.load_actions().await.unwrap();
    let pricing = stripe.initialize_pricing(d!()).await.unwrap();
    let page = stripe.create_embedded_checkout_page(d!()).await.unwrap();
    let alipay = CreatePaymentMethod::<Alipay>::default();
    let update = || async { Ok(()) };

    let calls: Vec<Call> = calls! {
        elements: submit(), update(d!()), fetch_updates();
        address: get_value(d!());
        tax_id: get_value();
        form: get_value(), set_view(1);
        sdk: load_actions();
        forms: load_actions();
        pricing: available_currencies(), selected_currency(), select_currency("eur"), resolve_price("price_1"),
            create_pricing_token();
        actions: apply_promotion_code("x"), remove_promotion_code(), update_shipping_address(d!()),
            update_billing_address(d!()), update_phone_number("1"), update_email("a@b.example"), update_individual_name("A"),
            update_business_name("A"), update_line_item_quantity(d!()), update_tax_id_info(d!()), update_shipping_option("x"),
            add_optional_line_item("x"), remove_optional_line_item("x"), validate_elements(), confirm(d!()),
            run_server_update(update());
        stripe: initialize_pricing(d!()), create_embedded_checkout_page(d!()), create_radar_session(), verify_identity("s"),
            create_ephemeral_key_nonce(d!()), create_confirmation_token(elements, d!()), create_payment_method(&alipay),
            create_payment_method_from_elements(elements, d!()), create_payment_method_from_element(card, d!()),
            create_card_token(card, d!()), create_iban_token(iban, d!()), create_cvc_update_token(cvc), create_pii_token(d!()),
            create_bank_account_token(d!()), create_account_token(d!()), create_person_token(d!()),
            handle_next_action("s"), handle_hashed_next_action("s"), handle_card_action("s"),
            retrieve_payment_intent("s"), retrieve_setup_intent("s"),
            confirm_payment(elements, d!()), confirm_deferred_payment(elements, "s", d!()),
            confirm_payment_without_elements("s", d!()), confirm_payment_and_leave(elements, d!()),
            confirm_setup(elements, d!()), confirm_deferred_setup(elements, "s", d!()),
            confirm_setup_without_elements("s", d!()), confirm_setup_and_leave(elements, d!()),
            collect_bank_account_for_payment(d!()), collect_bank_account_for_setup(d!()),
            collect_financial_connections_accounts(d!()), collect_bank_account_token(d!()),
            verify_microdeposits_for_payment("s", d!()), verify_microdeposits_for_setup("s", d!());
        stripe: confirm_card_payment("s", d!(), d!()), confirm_acss_debit_payment("s", d!(), d!()),
            confirm_us_bank_account_payment("s", d!()), confirm_alipay_payment("s", d!(), d!()),
            confirm_au_becs_debit_payment("s", d!()), confirm_bancontact_payment("s", d!(), d!()),
            confirm_billie_payment("s", d!(), d!()), confirm_blik_payment("s", d!(), d!()),
            confirm_boleto_payment("s", d!(), d!()), confirm_cashapp_payment("s", d!(), d!()),
            confirm_customer_balance_payment("s", d!(), d!()), confirm_eps_payment("s", d!(), d!()),
            confirm_fpx_payment("s", d!(), d!()), confirm_giropay_payment("s", d!(), d!()),
            confirm_grab_pay_payment("s", d!(), d!()), confirm_ideal_payment("s", d!(), d!()),
            confirm_klarna_payment("s", d!(), d!()), confirm_konbini_payment("s", d!(), d!()),
            confirm_mobilepay_payment("s", d!(), d!()), confirm_multibanco_payment("s", d!(), d!()),
            confirm_oxxo_payment("s", d!(), d!()), confirm_p24_payment("s", d!(), d!()),
            confirm_pay_by_bank_payment("s", d!(), d!()), confirm_pay_now_payment("s", d!(), d!()),
            confirm_pay_pal_payment("s", d!()), confirm_pix_payment("s", d!(), d!()),
            confirm_prompt_pay_payment("s", d!(), d!()), confirm_sepa_debit_payment("s", d!()),
            confirm_sofort_payment("s", d!(), d!()), confirm_twint_payment("s", d!(), d!()),
            confirm_wechat_pay_payment("s", d!(), d!()), confirm_affirm_payment("s", d!(), d!()),
            confirm_afterpay_clearpay_payment("s", d!(), d!()), confirm_card_setup("s", d!(), d!()),
            confirm_acss_debit_setup("s", d!(), d!()), confirm_us_bank_account_setup("s", d!()),
            confirm_au_becs_debit_setup("s", d!()), confirm_bacs_debit_setup("s", d!()), confirm_bancontact_setup("s", d!()),
            confirm_blik_setup("s", d!(), d!()), confirm_cashapp_setup("s", d!(), d!()), confirm_ideal_setup("s", d!()),
            confirm_amazon_pay_setup("s", d!()), confirm_pay_pal_setup("s", d!()), confirm_sepa_debit_setup("s", d!()),
            confirm_sofort_setup("s", d!(), d!());
    };
    let methods: Vec<Method> = methods! {
        stripe: register_app_info(d!());
        payment: mount(here), unmount(), update(d!()), focus(), blur(), clear(), collapse();
        page: mount(here), unmount();
        actions: session();
        sdk: change_appearance(d!()), load_fonts(&vec![]), create_payment(d!()), create_billing_address(d!()),
            create_shipping_address(d!()), create_express_checkout(d!()), create_currency_selector(), create_tax_id(d!()),
            create_contact_details(), create_terms(), create_link_signup(d!()), get_payment(), get_billing_address(),
            get_shipping_address(), get_express_checkout(), get_currency_selector(), get_tax_id(), get_contact_details(),
            get_terms(), get_link_signup();
        forms: change_appearance(d!()), load_fonts(&vec![]), create_form(d!()), get_form(), create_currency_selector(),
            get_currency_selector();
    };

    for (name, call) in &calls {
        call()
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
    for (name, method) in &methods {
        method().unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
    assert!(elements.get::<Card>().unwrap().is_some());
    hear(elements, &sdk, &forms, &pricing);
    let called: Value = serde_json::from_str(&recorded()).unwrap();
    let missing = ask("unrecorded", json!([called])).await;
    assert_eq!(
        missing,
        json!([]),
        "what Stripe's types have and nothing here called"
    );

    let refusal = r#"{ "type": "card_error", "code": "card_declined", "message": "No." }"#;
    for (how, answer) in [
        ("resolve", format!(r#"{{ "error": {refusal} }}"#)),
        ("reject", refusal.to_owned()),
        ("throw", refusal.to_owned()),
    ] {
        answers(how, answer.into());
        for (name, call) in &calls {
            let error = call()
                .await
                .err()
                .unwrap_or_else(|| panic!("{name}: no error when asked to {how}"));
            let read = (error.kind(), error.code(), error.message());
            assert_eq!(
                read,
                (&ErrorKind::Card, Some("card_declined"), Some("No.")),
                "{name}: {how}"
            );
        }
        if how == "throw" {
            for (name, method) in &methods {
                assert!(method().is_err(), "{name}");
            }
            assert!(stripe.elements(d!()).is_err() && elements.get::<Card>().is_err());
            assert!(elements.create::<Card>(d!()).is_err());
        }
    }
    // Whatever else it is, it is an answer or an error.
    for index in 0..odd() {
        for how in ["resolve", "reject", "throw"] {
            answers(how, index.into());
            for (name, call) in &calls {
                let outcome = call().await;
                assert!(
                    outcome.is_err() || how == "resolve",
                    "{name}: {how} {index}"
                );
            }
            for (_, method) in &methods {
                let _ = method();
            }
        }
    }
}

/// Has elements of every kind do what they can, and listens to all their events, which carry what nobody expects.
fn hear(group: &Elements, sdk: &CheckoutElementsSdk, forms: &CheckoutFormSdk, pricing: &Pricing) {
    let heard = Rc::new(Cell::new(0));
    let (mut elements, mut listening) = (Vec::<Box<dyn Any>>::new(), Vec::<Subscription>::new());
    macro_rules! hear {
        ($( $Kind:ident [$($method:ident $(($options:expr))?),*]: $( $on:ident($($carried:ident),*) ),*; )+) => { $(
            let element = group.create::<$Kind>(d!()).unwrap();
            let here = place("here");
            element.mount(&here).unwrap();
            element.unmount().unwrap();
            $( element.$method($($options)?).unwrap(); )*
            $( listening.push(hear!(@on element $on($($carried),*))); )*
            elements.push(Box::new(element));
        )+ };
        (@on $of:ident $on:ident($($carried:ident),*)) => {{
            let heard = Rc::clone(&heard);
            $of.$on(move |$($carried),*| {
                $( drop($carried); )*
                heard.set(heard.get() + 1);
            })
        }};
    }
    hear! {
        Address [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e),
            on_loader_start(), on_change(e);
        AuBankAccount [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_change(e);
        Card [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e),
            on_networks_change(), on_change(e);
        CardNumber [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e),
            on_networks_change(),
            on_change(e);
        CardExpiry [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_change(e);
        CardCvc [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_change(e);
        ContactDetails [focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e),
            on_loader_start(),
            on_change(e);
        CurrencySelector [focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e);
        ExpressCheckout [update(d!()), focus, blur, clear]: on_focus(), on_blur(), on_escape(), on_load_error(e),
            on_cancel(), on_ready(e),
            on_available_payment_methods_change(e);
        Iban [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_change(e);
        IssuingAddToWalletButton [update(d!()), focus, blur, clear]: on_click(), on_success();
        IssuingCardCopyButton [update(d!()), focus, blur, clear]: on_click();
        IssuingCardCvcDisplay [update(d!()), focus, blur, clear]: ;
        IssuingCardExpiryDisplay [update(d!()), focus, blur, clear]: ;
        IssuingCardNumberDisplay [update(d!()), focus, blur, clear]: on_ready();
        IssuingCardPinDisplay [update(d!()), focus, blur, clear]: ;
        LinkAuthentication [focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e),
            on_loader_start(),
            on_change(e);
        LinkSignup [focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e), on_loader_start();
        Payment [update(d!()), focus, blur, clear, collapse]: on_ready(), on_focus(), on_blur(), on_escape(),
            on_load_error(e), on_loader_start(),
            on_change(e), on_card_details_change(e), on_saved_payment_method_update(e),
            on_saved_payment_method_remove(e), on_available_payment_methods_change(e);
        PaymentForm [focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e), on_loader_start(),
            on_cancel(), on_change(e), on_confirm(e, reply);
        PaymentMethodMessaging [update(d!())]: on_ready();
        TaxId [update(d!()), focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e),
            on_loader_start(), on_change(e);
        Terms [focus, blur, clear]: on_ready(), on_focus(), on_blur(), on_escape(), on_load_error(e), on_loader_start();
    }
    listening.extend([
        hear!(@on group on_update_end()),
        hear!(@on sdk on_change(e)),
        hear!(@on forms on_change(e)),
        hear!(@on pricing on_change()),
    ]);
    let wallets = group.create::<ExpressCheckout>(d!()).unwrap();
    macro_rules! reply {
        ($( $on:ident: |$reply:ident| $body:expr; )+) => { $( {
            let heard = Rc::clone(&heard);
            listening.push(wallets.$on(move |_, $reply| {
                let _: Outcome = $body;
                heard.set(heard.get() + 1);
            }));
        } )+ };
    }
    reply! {
        on_click: |reply| reply.resolve(d!());
        on_click: |reply| reply.reject();
        on_confirm: |reply| reply.payment_failed(d!());
        on_shipping_address_change: |reply| reply.resolve(d!());
        on_shipping_address_change: |reply| reply.reject();
        on_shipping_rate_change: |reply| reply.resolve(d!());
        on_shipping_rate_change: |reply| reply.reject();
    }
    for index in 0..odd() {
        heard.set(0);
        assert_eq!(
            raise(index),
            0,
            "what the odd event {index} made a handler throw"
        );
        assert_eq!(heard.get(), listening.len());
    }
    drop(listening);
    heard.set(0);
    raise(0);
    assert_eq!(heard.get(), 0);
}

#[wasm_bindgen_test]
async fn a_handler_that_panics_is_not_called_again_and_stops_nobody_else() {
    let stripe = fake().await;
    let elements = stripe.elements(d!()).unwrap();
    let heard = Rc::new(Cell::new(0));
    let counter = Rc::clone(&heard);
    let panics = elements.on_update_end(|| panic!("the page's own mistake"));
    let hears = elements.on_update_end(move || counter.set(counter.get() + 1));
    assert_eq!((raise(0), heard.get()), (1, 1));
    assert_eq!((raise(0), heard.get()), (0, 2));
    drop(panics);
    assert_eq!((raise(0), heard.get()), (0, 3));
    drop(hears);
    assert_eq!((raise(0), heard.get()), (0, 3));
    stripe.create_radar_session().await.unwrap();
}
