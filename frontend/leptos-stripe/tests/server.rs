//! What a server renders: the placeholder alone, with the attributes that the page gave it.

use leptos::prelude::*;
use leptos_stripe::stripe_js::ElementsOptions;
use leptos_stripe::{Elements, PaymentElement, StripeProvider, use_elements, use_stripe};

#[test]
fn an_element_is_an_empty_div() {
    let owner = Owner::new();
    let html = owner.with(|| {
        let view = view! {
            <StripeProvider publishable_key="pk_test_1">
                <Elements options=ElementsOptions::payment(1_999, "usd")>
                    <PaymentElement
                        attr:id="payment-element"
                        on_change=|change| assert!(!change.complete)
                    />
                    {move || (use_stripe().get().is_none() && use_elements().get().is_none()).then_some("not yet")}
                </Elements>
            </StripeProvider>
        };
        view.to_html()
    });
    assert!(
        html.starts_with(r#"<div id="payment-element"></div>"#),
        "{html}"
    );
    assert!(html.contains("not yet"), "{html}");
}
