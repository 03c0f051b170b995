//! The payment form: turns clicks and answers into the flow's events, and runs its commands.
//!
//! What to do when is [`checkout::flow`]'s to say. This file knows Stripe.js, the server functions and the words on
//! the page; it sees no card, and sends no price but the one it showed.

// The island macro's wrapper struct has no place for a comment.
#![allow(missing_docs)]

mod words;

use std::time::Duration;

use checkout::flow::{Command, Event, Page, Phase, step};
use checkout::{Money, OrderKey, TokenId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_stripe::stripe_js::{
    ConfirmationTokenParams, ElementsOptions, Json, LoadOptions, PaymentElementOptions,
};
use leptos_stripe::{Elements, ElementsHandle, PaymentElement, StripeHandle, StripeProvider};
use serde::{Deserialize, Serialize};

use crate::api::{confirm_order, order_outcome};
use crate::ports::{Confirm, Question};

/// What the form needs to know. It arrives with the page: the WebAssembly holds no configuration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PaymentSetup {
    /// The order to pay.
    pub key: OrderKey,
    /// The number of the next attempt.
    pub number: u32,
    /// What the Pay button says.
    pub total: Money,
    /// A bank's question from an earlier visit is open.
    pub question_open: bool,
    /// Why the last attempt failed, in a shopper's words.
    pub notice: Option<String>,
    /// What Stripe.js is opened with.
    pub publishable_key: String,
    /// Where Stripe.js is loaded from.
    pub js_url: String,
    /// What Elements are opened with on a light page.
    pub light: Json<ElementsOptions>,
    /// What Elements are opened with on a dark page.
    pub dark: Json<ElementsOptions>,
    /// The Payment Element's options.
    pub element: Json<PaymentElementOptions>,
    /// What goes into every token.
    pub token: Json<ConfirmationTokenParams>,
}

/// How long the form may take until the shopper is told.
const FORM_WITHIN: Duration = Duration::from_secs(30);
/// How long a bank's question may be open until the shopper is told where the answer will be.
const ACTION_WITHIN: Duration = Duration::from_secs(60);

/// The island's state: what the page is, and Stripe's part of it. Copies are handles.
#[derive(Clone, Copy)]
struct Island {
    page: RwSignal<Page>,
    setup: StoredValue<PaymentSetup>,
    stripe: StripeHandle,
    elements: ElementsHandle,
}

/// Pays an order: the Payment Element, a button, and words for whatever happens.
#[island]
pub fn PaymentForm(
    /// What the form needs to know.
    setup: PaymentSetup,
) -> impl IntoView {
    let island = Island {
        page: RwSignal::new(Page::new(
            setup.number,
            setup.question_open,
            setup.notice.clone(),
        )),
        setup: StoredValue::new(setup.clone()),
        stripe: StripeHandle::new(),
        elements: ElementsHandle::new(),
    };
    // Effects run in the browser alone: there the form loads by itself.
    Effect::new(move |_| island.later(FORM_WITHIN, Event::FormTakesLong));
    reload_when_shown_again();

    let PaymentSetup { key, total, .. } = setup;
    let load = LoadOptions {
        url: setup.js_url,
        ..LoadOptions::default()
    };
    let group = if prefers_dark() {
        setup.dark
    } else {
        setup.light
    };
    let phase = move || island.page.read().phase.clone();
    let alert = move || words::alert(&phase());
    let order_page = key.order_page();
    let this_page = key.checkout_page();
    view! {
        <section class="payment" aria-labelledby="payment-heading">
            <h2 id="payment-heading">"Payment"</h2>
            <form class="payment-form" on:submit=move |click| {
                click.prevent_default();
                island.on(Event::Pay);
            }>
                <div class="payment-question" hidden=move || !island.page.read().can_continue()>
                    <p>"Your bank has not heard from you yet about an earlier try. Continue there, or pay another way below."</p>
                    <button class="button button-quiet" type="button" on:click=move |_| island.on(Event::Continue)>
                        "Continue with your bank"
                    </button>
                </div>
                <StripeProvider
                    publishable_key=setup.publishable_key
                    load
                    handle=island.stripe
                    on_load_error=move |error| {
                        leptos::logging::warn!("{error}");
                        island.on(Event::FormFailed);
                    }
                >
                    <Elements options=group handle=island.elements>
                        <PaymentElement
                            attr:id="payment-element"
                            attr:class="payment-element"
                            class:is-loading=move || matches!(phase(), Phase::Loading { .. })
                            options=setup.element
                            on_ready=move || island.on(Event::FormReady)
                        />
                    </Elements>
                </StripeProvider>
                <p class="payment-message" role="alert" hidden=move || alert().is_empty()>{alert}</p>
                <button
                    class="button button-quiet"
                    type="button"
                    hidden=move || phase() != Phase::Unavailable
                    on:click=move |_| island.on(Event::Retry)
                >
                    "Load the form again"
                </button>
                <a class="button button-quiet" href=this_page hidden=move || !matches!(phase(), Phase::Refused { .. })>
                    "Look at the order again"
                </a>
                <button
                    class="button button-pay"
                    type="submit"
                    disabled=move || matches!(phase(), Phase::Loading { .. } | Phase::Unavailable)
                    // While something is under way the button keeps its focus, and does nothing.
                    aria-disabled=move || if island.page.read().can_pay() { "false" } else { "true" }
                    aria-busy=move || if island.page.read().is_busy() { "true" } else { "false" }
                >
                    {format!("Pay {total}")}
                </button>
                <div class="payment-status" role="status">
                    <span class="spinner" aria-hidden="true" hidden=move || !island.page.read().is_busy()></span>
                    <span>{move || words::status(&phase())}</span>
                    <span hidden=move || !island.page.read().is_late()>
                        "This takes longer than it should. You need not wait: "
                        <a href=order_page>"your order’s page"</a>
                        " will show how it ended. Please do not pay a second time."
                    </span>
                </div>
            </form>
        </section>
    }
}

impl Island {
    /// Lets the flow decide, then does what it says.
    fn on(self, event: Event) {
        let (page, command) = step(&self.page.get_untracked(), event);
        self.page.set(page);
        if let Some(command) = command {
            self.run(command);
        }
    }

    fn run(self, command: Command) {
        match command {
            Command::LoadForm => {
                self.later(FORM_WITHIN, Event::FormTakesLong);
                self.stripe.load_again();
            }
            Command::MakeToken => self.make_token(),
            Command::Confirm { number, token } => spawn_local(async move {
                let PaymentSetup { key, total, .. } = self.setup.get_value();
                let request = Confirm {
                    key,
                    number,
                    token,
                    total_shown: total,
                };
                self.on(confirm_order(request)
                    .await
                    .map_or(Event::AnswerLost, Event::Answered));
            }),
            Command::HandleAction(secret) => {
                self.later(ACTION_WITHIN, Event::ActionTakesLong);
                let stripe = self.stripe.get_untracked();
                spawn_local(async move {
                    if let Some(stripe) = stripe
                        && let Err(error) = stripe.handle_next_action(secret.expose()).await
                    {
                        leptos::logging::log!("{error}");
                    }
                    self.on(Event::ActionEnded);
                });
            }
            Command::Ask { number, after_ms } => {
                let ask = move || {
                    spawn_local(async move {
                        let question = Question {
                            key: self.setup.with_value(|setup| setup.key.clone()),
                            number,
                        };
                        self.on(order_outcome(question)
                            .await
                            .map_or(Event::AnswerLost, Event::Answered));
                    });
                };
                set_timeout(ask, Duration::from_millis(after_ms.into()));
            }
            Command::GoToOrder => {
                let address = self.setup.with_value(|setup| setup.key.order_page());
                // A browser that will not go there leaves the words and the link on the page.
                let _ = window().location().assign(&address);
            }
        }
    }

    /// Tells the flow of an event after a while; whether it still matters is the flow's to say.
    fn later(self, after: Duration, event: Event) {
        set_timeout(move || self.on(event), after);
    }

    /// Checks the form and makes a token. `submit` is called within the click, before anything is awaited: a
    /// wallet's sheet opens only then.
    fn make_token(self) {
        let (Some(stripe), Some(elements)) =
            (self.stripe.get_untracked(), self.elements.get_untracked())
        else {
            return self.on(Event::FormFailed);
        };
        let submitted = elements.submit();
        spawn_local(async move {
            let made = async {
                submitted.await?;
                stripe
                    .create_confirmation_token(
                        &elements,
                        self.setup.with_value(|setup| setup.token.clone()),
                    )
                    .await
            };
            self.on(match made.await {
                Ok(token) => TokenId::parse(&token.id)
                    .map_or_else(|_| words::token_failed(None), Event::TokenMade),
                Err(error) => words::token_failed(Some(&error)),
            });
        });
    }
}

/// A server does not know, and needs not.
fn prefers_dark() -> bool {
    if cfg!(not(target_arch = "wasm32")) {
        return false;
    }
    let query = window().match_media("(prefers-color-scheme: dark)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// A page that the browser kept and shows again by its back button tells of a payment long over.
fn reload_when_shown_again() {
    Effect::new(move |_| {
        let shown = window_event_listener(leptos::ev::pageshow, |event| {
            if event.persisted() {
                let _ = window().location().reload();
            }
        });
        on_cleanup(move || shown.remove());
    });
}
