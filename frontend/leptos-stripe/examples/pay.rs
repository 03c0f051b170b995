//! A whole page that pays, rendered in the browser. Its server answers `/pay`, where it prices the order and confirms a
//! PaymentIntent with the token, and `/order`, where it tells how the payment ended.

use std::error::Error;

use gloo_net::http::Request;
use leptos::{ev::SubmitEvent, mount::mount_to_body, prelude::*, task::spawn_local};
use leptos_stripe::stripe_js::{self, ConfirmationTokenParams, ElementsOptions, Stripe};
use leptos_stripe::{Elements, ElementsHandle, PaymentElement, StripeHandle, StripeProvider};

fn main() {
    mount_to_body(Checkout);
}

/// The form, its button, and words for how it went.
#[component]
pub fn Checkout() -> impl IntoView {
    let (stripe, elements) = (StripeHandle::new(), ElementsHandle::new());
    let (ready, words) = (RwSignal::new(false), RwSignal::new(String::new()));
    let submit = move |click: SubmitEvent| {
        click.prevent_default();
        if let (Some(stripe), Some(elements)) = (stripe.get_untracked(), elements.get_untracked()) {
            let paying = pay(stripe, elements);
            spawn_local(async move {
                words.set(paying.await.unwrap_or_else(|error| error.to_string()));
            });
        }
    };
    view! {
        <form on:submit=submit>
            <StripeProvider publishable_key="pk_test_example" handle=stripe>
                <Elements options=ElementsOptions::payment(1_999, "usd") handle=elements>
                    <PaymentElement attr:id="payment-element" on_ready=move || ready.set(true) />
                </Elements>
            </StripeProvider>
            <button disabled=move || !ready.get()>"Pay $19.99"</button>
            <p role="status">{words}</p>
        </form>
    }
}

fn pay(
    stripe: Stripe,
    form: stripe_js::Elements,
) -> impl Future<Output = Result<String, Box<dyn Error>>> {
    // Within the click, before anything is awaited: a wallet opens its sheet only then.
    let submitted = form.submit();
    async move {
        submitted.await?;
        let return_url = Some("https://shop.example/order".into());
        let params = ConfirmationTokenParams {
            return_url,
            ..Default::default()
        };
        let token = stripe.create_confirmation_token(&form, &params).await?;
        let answer = Request::post("/pay").body(token.id)?.send().await?;
        // The bank has a question, and this is the client secret.
        if answer.status() == 202 {
            stripe.handle_next_action(&answer.text().await?).await?;
        }
        Ok(Request::get("/order").send().await?.text().await?)
    }
}
