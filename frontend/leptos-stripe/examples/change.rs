//! A page on which everything changes: what is paid, in which language, how the form is shown, whether it is shown, and
//! whether Stripe.js came.

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos_stripe::stripe_js::elements::LoaderUi;
use leptos_stripe::stripe_js::{ElementsOptions, PaymentElementOptions, StripeError};
use leptos_stripe::{Elements, ElementsHandle, PaymentElement, StripeHandle, StripeProvider};

fn main() {
    mount_to_body(Shop);
}

#[component]
fn Shop() -> impl IntoView {
    let amount_minor = RwSignal::new(1_999);
    let (german, skeleton, read_only) = (
        RwSignal::new(false),
        RwSignal::new(false),
        RwSignal::new(false),
    );
    let (stay, open) = (RwSignal::new(true), RwSignal::new(true));
    let (stripe, elements) = (StripeHandle::new(), ElementsHandle::new());
    let words = RwSignal::new(String::new());
    // What the group's update takes is shown at once; `loader` is what it does not take, and the console says so.
    let group = move || ElementsOptions {
        locale: Some(if german.get() { "de" } else { "en" }.to_owned()),
        loader: skeleton.get().then_some(LoaderUi::Always),
        ..ElementsOptions::payment(amount_minor.get(), "usd")
    };
    let element = move || PaymentElementOptions {
        read_only: Some(read_only.get()),
        ..Default::default()
    };
    let again = move |_| {
        words.set(String::new());
        stripe.load_again();
    };
    view! {
        <button on:click=move |_| amount_minor.update(|it| *it += 500)>"Add tea"</button>
        <button on:click=move |_| german.update(|it| *it = !*it)>"Deutsch"</button>
        <button on:click=move |_| skeleton.set(true)>"Skeleton"</button>
        <button on:click=move |_| read_only.update(|it| *it = !*it)>"Lock"</button>
        <button on:click=move |_| open.update(|it| *it = !*it)>"Show or hide"</button>
        <button on:click=move |_| stay.update(|it| *it = !*it)>"Leave or come"</button>
        <button on:click=again>"Again"</button>
        <button disabled=move || stripe.get().is_none() || elements.get().is_none()>"Pay"</button>
        <Show when=move || stay.get()>
            <StripeProvider
                publishable_key="pk_test_example"
                handle=stripe
                on_load_error=move |error: StripeError| words.set(format!("It did not load: {error}"))
            >
                <Show when=move || open.get()>
                    <Elements options=group handle=elements>
                        <PaymentElement
                            attr:id="payment-element"
                            options=element
                            on_change=move |change| words.set(format!("Complete: {}", change.complete))
                        />
                    </Elements>
                </Show>
            </StripeProvider>
        </Show>
        <p role="status">{words}</p>
    }
}
