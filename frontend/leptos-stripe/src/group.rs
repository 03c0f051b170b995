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
use crate::context::{Around, Report};
use crate::options::{Follows, IntoOptions, Options};
use crate::provider::use_stripe;
use crate::reactive::{Opened, Slot, effect, within};

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
    let ElementsProps { given, children } = props;
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

/// Opens a group for the present owner, and whatever it owns.
fn open(given: Given) {
    let stripe = use_stripe();
    let elements = given.handle.unwrap_or_default();
    let around = Around::find();
    let report = given.on_load_error.unwrap_or(around.report);
    provide_context(Around {
        stripe: Some(stripe),
        elements: Some(elements),
        report: report.clone(),
    });
    on_cleanup(move || elements.0.close());
    let options = given.options;
    effect(Box::new(move || {
        let Some(stripe) = stripe.get() else {
            return elements.0.close();
        };
        let text = options.read();
        // The two kinds of options differ for who writes them, not for Stripe.js.
        match stripe.elements(Json::<ElementsOptions>::from_text(text.clone())) {
            Ok(group) => {
                elements.0.fill(Opened::Elements(group.clone()));
                let report = report.clone();
                options.follow(text, Group { group, report });
            }
            Err(error) => report.failed(error),
        }
    }));
}

/// A group that is there.
pub struct Group {
    group: stripe_js::Elements,
    report: Report,
}

impl Follows for Group {
    const NAME: &'static str = "Elements";
    const FIXED: Fixed = Fixed::These(FIXED);

    fn update(&self, change: String) {
        let updated = self.group.update(Json::from_text(change));
        let report = self.report.clone();
        spawn_local(async move {
            if let Err(error) = updated.await {
                report.failed(error);
            }
        });
    }
}

/// The options of a group: of one [without an intent](ElementsOptions), or of one [with it](IntentElementsOptions).
pub trait GroupOptions {}

impl GroupOptions for ElementsOptions {}
impl GroupOptions for IntentElementsOptions {}

/// What [`Elements`] was given.
pub struct ElementsProps<C> {
    given: Given,
    children: TypedChildren<C>,
}

/// The props of [`Elements`].
pub struct ElementsBuilder<C> {
    given: Given,
    children: PhantomData<fn() -> C>,
}

/// All but the children, and so the same for all of them.
struct Given {
    options: Options<Group>,
    handle: Option<ElementsHandle>,
    on_load_error: Option<Report>,
}

impl<C> ElementsBuilder<C> {
    /// What the form is for and how it looks: [`ElementsOptions`], or [`IntentElementsOptions`] for an intent that the
    /// server made before. A change of what `elements.update` takes is shown; another is reported on the console, and a
    /// group that is keyed on it is made anew.
    #[must_use]
    pub fn options<M>(mut self, options: impl IntoOptions<M, Of: GroupOptions>) -> Self {
        self.given.options = options.into_options();
        self
    }

    /// A handle of the component that has the group, which [`use_elements`] does not reach. Optional.
    #[must_use]
    pub fn handle(mut self, handle: ElementsHandle) -> Self {
        self.given.handle = Some(handle);
        self
    }

    /// Hears that the group could not be opened or updated, and also that something inside failed whose own component
    /// hears of nothing. Optional: otherwise the provider hears it.
    #[must_use]
    pub fn on_load_error(mut self, handler: impl Fn(StripeError) + Send + Sync + 'static) -> Self {
        self.given.on_load_error = Some(Report::new(handler));
        self
    }

    /// What is inside.
    #[must_use]
    pub fn children(self, children: TypedChildren<C>) -> ElementsProps<C> {
        ElementsProps {
            given: self.given,
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
            given: Given {
                options: Options::default(),
                handle: None,
                on_load_error: None,
            },
            children: PhantomData,
        }
    }
}

impl<C> fmt::Debug for ElementsProps<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ElementsProps(…)")
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
pub struct ElementsHandle(Slot);

impl Default for ElementsHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl ElementsHandle {
    /// A handle for one group.
    #[must_use]
    pub fn new() -> Self {
        Self(Slot::new())
    }

    /// The group, once it is there. Tracked: who asks in an effect or a view is asked again when it changes.
    ///
    /// [`stripe_js::Elements::get`] finds an element in it: `elements.get::<Payment>()`.
    pub fn get(&self) -> Option<stripe_js::Elements> {
        of(self.0.get())
    }

    /// The same for an event handler, which is not asked again.
    pub fn get_untracked(&self) -> Option<stripe_js::Elements> {
        of(self.0.get_untracked())
    }
}

fn of(opened: Option<Opened>) -> Option<stripe_js::Elements> {
    match opened {
        Some(Opened::Elements(group)) => Some(group),
        _ => None,
    }
}

/// The group of Elements that the [`Elements`] around this component has opened.
///
/// Outside of one it never comes, and a debug build says so on the console.
pub fn use_elements() -> ElementsHandle {
    Around::find().elements.unwrap_or_else(|| {
        leptos::logging::debug_warn!("leptos-stripe: there is no Elements around this component");
        ElementsHandle::new()
    })
}
