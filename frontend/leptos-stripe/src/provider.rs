//! The Stripe object for a part of the page: loaded once, shared by all that is inside.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::children::TypedChildren;
use leptos::component::Props;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos::task::spawn_local;
use stripe_js::{Json, LoadOptions, PublishableKey, Stripe, StripeError, StripeOptions};

use crate::context::{Around, Report};
use crate::options::{IntoKey, Key};
use crate::reactive::{Opened, Slot, effect, within};

/// Loads Stripe.js in the browser, and opens it for everything inside. Its props are the methods of
/// [`StripeProviderBuilder`].
///
/// On a server it renders what is inside. Several providers on a page load the script once.
#[allow(non_snake_case)]
pub fn StripeProvider<C: IntoView + 'static>(props: StripeProviderProps<C>) -> impl IntoView {
    let StripeProviderProps { given, children } = props;
    let owner = Owner::new();
    let mut given = Some(given);
    within(&owner, &mut || {
        if let Some(given) = given.take() {
            open(given);
        }
    });
    let children = owner.with(children.into_inner());
    OwnedView::new_with_owner(children, owner)
}

/// Opens Stripe.js for the present owner, and whatever it owns.
fn open(given: Given) {
    let stripe = given.handle.unwrap_or_default();
    let around = Around::find();
    let report = given.on_load_error.unwrap_or(around.report);
    provide_context(Around {
        stripe: Some(stripe),
        elements: None,
        report: report.clone(),
    });
    // Loads are counted: one that is no longer wanted, or whose provider is gone, comes too late.
    let turns = Arc::new(AtomicU32::new(0));
    let last = Arc::clone(&turns);
    on_cleanup(move || {
        last.fetch_add(1, Ordering::Relaxed);
        stripe.slot.close();
    });
    let Given {
        publishable_key,
        load,
        options,
        ..
    } = given;
    effect(Box::new(move || {
        stripe.again.track();
        let turn = turns.fetch_add(1, Ordering::Relaxed) + 1;
        // What was made with it goes before another comes.
        stripe.slot.close();
        let Some(key) = publishable_key.read() else {
            return;
        };
        let loading =
            PublishableKey::parse(&key).map(|key| Stripe::load_with(&key, &load, options.clone()));
        let (report, turns) = (report.clone(), Arc::clone(&turns));
        spawn_local(async move {
            let loaded = match loading {
                Ok(loading) => loading.await,
                Err(error) => Err(error.into()),
            };
            if turns.load(Ordering::Relaxed) != turn {
                return;
            }
            match loaded {
                Ok(opened) => stripe.slot.fill(Opened::Stripe(opened)),
                Err(error) => report.failed(error),
            }
        });
    }));
}

/// What [`StripeProvider`] was given.
pub struct StripeProviderProps<C> {
    given: Given,
    children: TypedChildren<C>,
}

/// The props of [`StripeProvider`].
pub struct StripeProviderBuilder<C> {
    given: Given,
    children: PhantomData<fn() -> C>,
}

/// All but the children, and so the same for all of them.
struct Given {
    publishable_key: Key,
    load: LoadOptions,
    options: Json<StripeOptions>,
    handle: Option<StripeHandle>,
    on_load_error: Option<Report>,
}

impl<C> StripeProviderBuilder<C> {
    /// The publishable key: text, or a signal or closure of an `Option` of it. While that is `None`, nothing is loaded yet;
    /// another key opens Stripe.js anew, with all that is inside.
    #[must_use]
    pub fn publishable_key<M>(mut self, key: impl IntoKey<M>) -> Self {
        self.given.publishable_key = key.into_key();
        self
    }

    /// How the script is loaded. Optional.
    #[must_use]
    pub fn load(mut self, load: LoadOptions) -> Self {
        self.given.load = load;
        self
    }

    /// How Stripe.js is opened, beside the key: a connected account, a language. Optional.
    #[must_use]
    pub fn options(mut self, options: impl Into<Json<StripeOptions>>) -> Self {
        self.given.options = options.into();
        self
    }

    /// A handle of the component that has the provider, which [`use_stripe`] does not reach. Optional.
    #[must_use]
    pub fn handle(mut self, handle: StripeHandle) -> Self {
        self.given.handle = Some(handle);
        self
    }

    /// Hears that Stripe.js could not be loaded or opened, and also that something inside failed whose own component hears
    /// of nothing. [`StripeHandle::load_again`] tries again. Optional: otherwise the console has it.
    #[must_use]
    pub fn on_load_error(mut self, handler: impl Fn(StripeError) + Send + Sync + 'static) -> Self {
        self.given.on_load_error = Some(Report::new(handler));
        self
    }

    /// What is inside.
    #[must_use]
    pub fn children(self, children: TypedChildren<C>) -> StripeProviderProps<C> {
        StripeProviderProps {
            given: self.given,
            children,
        }
    }
}

impl<C> StripeProviderProps<C> {
    /// The props, complete.
    #[must_use]
    pub fn build(self) -> Self {
        self
    }
}

impl<C> Props for StripeProviderProps<C> {
    type Builder = StripeProviderBuilder<C>;

    fn builder() -> Self::Builder {
        StripeProviderBuilder {
            given: Given {
                publishable_key: Key::none(),
                load: LoadOptions::default(),
                options: Json::from_text("{}"),
                handle: None,
                on_load_error: None,
            },
            children: PhantomData,
        }
    }
}

impl<C> fmt::Debug for StripeProviderProps<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StripeProviderProps(…)")
    }
}

impl<C> fmt::Debug for StripeProviderBuilder<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StripeProviderProps(…)")
    }
}

/// Stripe.js as a [`StripeProvider`] has it: not yet, or ready. Copies are handles.
///
/// Components inside get it by [`use_stripe`]. The one that has the provider makes a [`new`](Self::new) one, and hands it
/// over as [`handle`](StripeProviderBuilder::handle).
#[derive(Clone, Copy, Debug)]
pub struct StripeHandle {
    slot: Slot,
    /// Holds nothing; told when Stripe.js is asked for again.
    again: Slot,
}

impl Default for StripeHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl StripeHandle {
    /// A handle for one provider.
    #[must_use]
    pub fn new() -> Self {
        Self {
            slot: Slot::new(),
            again: Slot::new(),
        }
    }

    /// The Stripe object, once it is there. Tracked: who asks in an effect or a view is asked again when it changes.
    pub fn get(&self) -> Option<Stripe> {
        of(self.slot.get())
    }

    /// The same for an event handler, which is not asked again.
    pub fn get_untracked(&self) -> Option<Stripe> {
        of(self.slot.get_untracked())
    }

    /// Loads Stripe.js anew, unless the page has it, and makes everything inside anew: groups, and elements with nothing
    /// filled in.
    pub fn load_again(&self) {
        self.again.notify();
    }
}

fn of(opened: Option<Opened>) -> Option<Stripe> {
    match opened {
        Some(Opened::Stripe(stripe)) => Some(stripe),
        _ => None,
    }
}

/// Stripe.js, as the [`StripeProvider`] around this component has it.
///
/// Outside of a provider it never comes, and a debug build says so on the console.
pub fn use_stripe() -> StripeHandle {
    Around::find().stripe.unwrap_or_else(|| {
        leptos::logging::debug_warn!(
            "leptos-stripe: there is no StripeProvider around this component"
        );
        StripeHandle::new()
    })
}
