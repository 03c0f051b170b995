//! What a server renders: the placeholder alone, with the attributes that the page gave it; the same for a page that is
//! not hydrated, for one that is, and in an island.

// The island macro's wrapper struct has no place for a comment.
#![allow(missing_docs)]

use std::sync::Arc;

use hydration_context::{SharedContext, SsrSharedContext};
use leptos::prelude::*;
use leptos_stripe::stripe_js::{ElementsOptions, Json};
use leptos_stripe::{Elements, PaymentElement, StripeProvider, use_elements, use_stripe};

const PLACEHOLDER: &str = r#"<div id="payment-element" class="is-loading"></div>"#;

#[component]
fn Form(group: Json<ElementsOptions>) -> impl IntoView {
    let missing =
        || (use_stripe().get().is_none() && use_elements().get().is_none()).then_some("not yet");
    view! {
        <StripeProvider publishable_key="pk_test_1">
            <Elements options=group>
                <PaymentElement
                    attr:id="payment-element"
                    class:is-loading=|| true
                    on_change=|change| assert!(!change.complete)
                />
                <p>{missing}</p>
            </Elements>
        </StripeProvider>
    }
}

#[island]
fn Island(group: Json<ElementsOptions>) -> impl IntoView {
    view! { <Form group /> }
}

fn group() -> Json<ElementsOptions> {
    Json::from(&ElementsOptions::payment(1_999, "usd"))
}

fn rendered<V: IntoView>(
    context: Option<SsrSharedContext>,
    view: impl FnOnce() -> V + 'static,
) -> String {
    let context = context.map(|it| Arc::new(it) as Arc<dyn SharedContext + Send + Sync>);
    Owner::new_root(context).with(|| view().to_html())
}

#[test]
fn an_element_is_an_empty_div_however_the_page_comes_to_life() {
    let form = || view! { <Form group=group() /> };
    let still = rendered(None, form);
    let hydrated = rendered(Some(SsrSharedContext::new()), form);
    let island = rendered(
        Some(SsrSharedContext::new_islands()),
        || view! { <Island group=group() /> },
    );
    for html in [&still, &hydrated, &island] {
        assert_eq!(html.matches(PLACEHOLDER).count(), 1, "{html}");
        assert!(html.contains("not yet"), "{html}");
    }
    assert!(still.starts_with(PLACEHOLDER), "{still}");
    assert_eq!(hydrated, still);
    // The options travel with the island, unread.
    assert!(island.starts_with("<leptos-island"), "{island}");
    assert!(
        island.contains("1999") && !still.contains("1999"),
        "{island}"
    );
}
