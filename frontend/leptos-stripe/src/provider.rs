//! The Stripe object for a part of the page: loaded once, shared by all that is inside.

use std::fmt;
use std::marker::PhantomData;

use leptos::children::TypedChildren;
use leptos::component::Props;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos::task::spawn_local;
use stripe_js::{Json, LoadOptions, PublishableKey, Stripe, StripeError, StripeOptions};

use crate::report::{OnLoadError, Report};

/// Loads Stripe.js in the browser, and opens it for everything inside. Its props are the methods of
/// [`StripeProviderBuilder`].
///
/// On a server it renders what is inside. Several providers on a page load the script once.
#[allow(non_snake_case)]
pub fn StripeProvider<C: IntoView + 'static>(props: StripeProviderProps<C>) -> impl IntoView {
    let StripeProviderBuilder {
        publishable_key,
        load,
        options,
        handle,
        on_load_error,
        ..
    } = props.props;
    let owner = Owner::new();
    let children = owner.with(|| {
        let stripe = handle.unwrap_or_default();
        on_cleanup(move || {
            stripe.next_turn();
            stripe.close();
        });
        let report = Report::to(on_load_error);
        report.provide();
        provide_context(stripe);
        Effect::new(move |_| {
            stripe.again.track();
            let turn = stripe.next_turn();
            stripe.close();
            let Some(key) = publishable_key.get() else {
                return;
            };
            let loading = PublishableKey::parse(&key)
                .map(|key| Stripe::load_with(&key, &load, options.clone()));
            let report = report.clone();
            spawn_local(async move {
                let loaded = match loading {
                    Ok(loading) => loading.await,
                    Err(error) => Err(error.into()),
                };
                // Whoever asked may be gone by now, or have asked again.
                if turn.is_none() || stripe.turn.try_get_value() != turn {
                    return;
                }
                match loaded {
                    Ok(opened) => stripe.opened.set(Some(opened)),
                    Err(error) => report.failed(error),
                }
            });
        });
        props.children.into_inner()()
    });
    OwnedView::new_with_owner(children, owner)
}

/// What [`StripeProvider`] was given.
pub struct StripeProviderProps<C> {
    props: StripeProviderBuilder<C>,
    children: TypedChildren<C>,
}

/// The props of [`StripeProvider`].
pub struct StripeProviderBuilder<C> {
    publishable_key: Signal<Option<String>>,
    load: LoadOptions,
    options: Json<StripeOptions>,
    handle: Option<StripeHandle>,
    on_load_error: Option<OnLoadError>,
    children: PhantomData<fn() -> C>,
}

impl<C> StripeProviderBuilder<C> {
    /// The publishable key: text, or a signal or closure of an `Option` of it. While that is `None`, nothing is loaded yet;
    /// another key opens Stripe.js anew, with all that is inside.
    #[must_use]
    pub fn publishable_key<M>(
        mut self,
        key: impl IntoReactiveValue<Signal<Option<String>>, M>,
    ) -> Self {
        self.publishable_key = key.into_reactive_value();
        self
    }

    /// How the script is loaded. Optional.
    #[must_use]
    pub fn load(mut self, load: LoadOptions) -> Self {
        self.load = load;
        self
    }

    /// How Stripe.js is opened, beside the key: a connected account, a language. Optional.
    #[must_use]
    pub fn options(mut self, options: impl Into<Json<StripeOptions>>) -> Self {
        self.options = options.into();
        self
    }

    /// A handle of the component that has the provider, which [`use_stripe`] does not reach. Optional.
    #[must_use]
    pub fn handle(mut self, handle: StripeHandle) -> Self {
        self.handle = Some(handle);
        self
    }

    /// Hears that Stripe.js could not be loaded or opened, and also that something inside failed whose own component hears
    /// of nothing. [`StripeHandle::load_again`] tries again. Optional: otherwise the console has it.
    #[must_use]
    pub fn on_load_error(mut self, handler: impl Fn(StripeError) + Send + Sync + 'static) -> Self {
        self.on_load_error = Some(OnLoadError::new(handler));
        self
    }

    /// What is inside.
    #[must_use]
    pub fn children(self, children: TypedChildren<C>) -> StripeProviderProps<C> {
        StripeProviderProps {
            props: self,
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
            publishable_key: Signal::stored(None),
            load: LoadOptions::default(),
            options: Json::from_text("{}"),
            handle: None,
            on_load_error: None,
            children: PhantomData,
        }
    }
}

impl<C> fmt::Debug for StripeProviderProps<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.props.fmt(out)
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
    opened: RwSignal<Option<Stripe>>,
    again: Trigger,
    turn: StoredValue<u32>,
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
            opened: RwSignal::new(None),
            again: Trigger::new(),
            turn: StoredValue::new(0),
        }
    }

    /// The Stripe object, once it is there. Tracked: who asks in an effect or a view is asked again when it changes.
    pub fn get(&self) -> Option<Stripe> {
        self.opened.get()
    }

    /// The same for an event handler, which is not asked again.
    pub fn get_untracked(&self) -> Option<Stripe> {
        self.opened.get_untracked()
    }

    /// Loads Stripe.js anew, unless the page has it, and makes everything inside anew: groups, and elements with nothing
    /// filled in.
    pub fn load_again(&self) {
        self.again.notify();
    }

    /// Whoever loads for an earlier turn comes too late.
    fn next_turn(self) -> Option<u32> {
        let turn = self.turn.try_get_value()?.wrapping_add(1);
        self.turn.set_value(turn);
        Some(turn)
    }

    /// What was made with it goes before another comes.
    fn close(self) {
        close(self.opened);
    }
}

/// Takes away what a handle shows. The handle may be gone already.
pub(crate) fn close<T: Send + Sync + 'static>(opened: RwSignal<Option<T>>) {
    if opened.try_with_untracked(Option::is_some) == Some(true) {
        opened.set(None);
    }
}

/// Stripe.js, as the [`StripeProvider`] around this component has it.
///
/// Outside of a provider it never comes, and a debug build says so on the console.
pub fn use_stripe() -> StripeHandle {
    use_context().unwrap_or_else(|| {
        leptos::logging::debug_warn!(
            "leptos-stripe: there is no StripeProvider around this component"
        );
        StripeHandle::new()
    })
}
