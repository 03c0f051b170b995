//! A group of Elements for a part of the page.

use std::fmt;
use std::marker::PhantomData;

use leptos::children::TypedChildren;
use leptos::component::Props;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos::task::spawn_local;
use stripe_js::{ElementsOptions, IntentElementsOptions, Json, StripeError};

use crate::changes::Fixed;
use crate::options::{IntoOptions, Options, Shown};
use crate::provider::{close, use_stripe};
use crate::report::{OnLoadError, Report};

/// What `elements.update` does not take.
pub(crate) const FIXED: &[&str] = &[
    "adaptivePricing",
    "clientSecret",
    "customerOptions",
    "externalPaymentMethodTypes",
    "loader",
    "paymentMethodCreation",
    "paymentMethodOptions",
    "syncAddressCheckbox",
];

/// Opens a group of Elements for everything inside, as soon as the [`StripeProvider`](crate::StripeProvider) around it
/// has Stripe.js. Its props are the methods of [`ElementsBuilder`].
///
/// See <https://docs.stripe.com/js/elements_object>.
#[allow(non_snake_case)]
pub fn Elements<C: IntoView + 'static>(props: ElementsProps<C>) -> impl IntoView {
    let ElementsBuilder {
        options,
        handle,
        on_load_error,
        ..
    } = props.props;
    let owner = Owner::new();
    let children = owner.with(|| {
        let stripe = use_stripe();
        let elements = handle.unwrap_or_default();
        on_cleanup(move || close(elements.opened));
        let report = Report::to(on_load_error);
        report.provide();
        provide_context(elements);
        Effect::new(move |_| {
            let Some(stripe) = stripe.get() else {
                return close(elements.opened);
            };
            let text = options.read();
            // The two kinds of options differ for who writes them, not for Stripe.js.
            let group = match stripe.elements(Json::<ElementsOptions>::from_text(text.clone())) {
                Ok(group) => group,
                Err(error) => return report.failed(error),
            };
            elements.opened.set(Some(group.clone()));
            options.follow(|| {
                let report = report.clone();
                Shown {
                    name: "Elements",
                    options: text,
                    fixed: Fixed::These(FIXED),
                    update: Box::new(move |change| {
                        let updated = group.update(Json::from_text(change));
                        let report = report.clone();
                        spawn_local(async move {
                            if let Err(error) = updated.await {
                                report.failed(error);
                            }
                        });
                    }),
                }
            });
        });
        props.children.into_inner()()
    });
    OwnedView::new_with_owner(children, owner)
}

/// The options of a group: of one [without an intent](ElementsOptions), or of one [with it](IntentElementsOptions).
pub trait GroupOptions {}

impl GroupOptions for ElementsOptions {}
impl GroupOptions for IntentElementsOptions {}

/// What [`Elements`] was given.
pub struct ElementsProps<C> {
    props: ElementsBuilder<C>,
    children: TypedChildren<C>,
}

/// The props of [`Elements`].
pub struct ElementsBuilder<C> {
    options: Options,
    handle: Option<ElementsHandle>,
    on_load_error: Option<OnLoadError>,
    children: PhantomData<fn() -> C>,
}

impl<C> ElementsBuilder<C> {
    /// What the form is for and how it looks: [`ElementsOptions`], or [`IntentElementsOptions`] for an intent that the
    /// server made before. A change of what `elements.update` takes is shown; another is reported on the console, and a
    /// group that is keyed on it is made anew.
    #[must_use]
    pub fn options<M>(mut self, options: impl IntoOptions<M, Of: GroupOptions>) -> Self {
        self.options = options.into_options();
        self
    }

    /// A handle of the component that has the group, which [`use_elements`] does not reach. Optional.
    #[must_use]
    pub fn handle(mut self, handle: ElementsHandle) -> Self {
        self.handle = Some(handle);
        self
    }

    /// Hears that the group could not be opened or updated, and also that something inside failed whose own component
    /// hears of nothing. Optional: otherwise the provider hears it.
    #[must_use]
    pub fn on_load_error(mut self, handler: impl Fn(StripeError) + Send + Sync + 'static) -> Self {
        self.on_load_error = Some(OnLoadError::new(handler));
        self
    }

    /// What is inside.
    #[must_use]
    pub fn children(self, children: TypedChildren<C>) -> ElementsProps<C> {
        ElementsProps {
            props: self,
            children,
        }
    }
}

impl<C> ElementsProps<C> {
    /// The props, complete.
    #[must_use]
    pub fn build(self) -> Self {
        self
    }
}

impl<C> Props for ElementsProps<C> {
    type Builder = ElementsBuilder<C>;

    fn builder() -> Self::Builder {
        ElementsBuilder {
            options: Options::default(),
            handle: None,
            on_load_error: None,
            children: PhantomData,
        }
    }
}

impl<C> fmt::Debug for ElementsProps<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.props.fmt(out)
    }
}

impl<C> fmt::Debug for ElementsBuilder<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ElementsProps(…)")
    }
}

/// A group of Elements as an [`Elements`] has it: not yet, or there. Copies are handles.
///
/// Components inside get it by [`use_elements`]. The one that has the group makes a [`new`](Self::new) one, and hands it
/// over as [`handle`](ElementsBuilder::handle).
#[derive(Clone, Copy, Debug)]
pub struct ElementsHandle {
    opened: RwSignal<Option<stripe_js::Elements>>,
}

impl Default for ElementsHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl ElementsHandle {
    /// A handle for one group.
    #[must_use]
    pub fn new() -> Self {
        Self {
            opened: RwSignal::new(None),
        }
    }

    /// The group, once it is there. Tracked: who asks in an effect or a view is asked again when it changes.
    ///
    /// [`stripe_js::Elements::get`] finds an element in it: `elements.get::<Payment>()`.
    pub fn get(&self) -> Option<stripe_js::Elements> {
        self.opened.get()
    }

    /// The same for an event handler, which is not asked again.
    pub fn get_untracked(&self) -> Option<stripe_js::Elements> {
        self.opened.get_untracked()
    }
}

/// The group of Elements that the [`Elements`] around this component has opened.
///
/// Outside of one it never comes, and a debug build says so on the console.
pub fn use_elements() -> ElementsHandle {
    use_context().unwrap_or_else(|| {
        leptos::logging::debug_warn!("leptos-stripe: there is no Elements around this component");
        ElementsHandle::new()
    })
}
