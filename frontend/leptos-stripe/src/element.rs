//! What all elements have in common as components: a placeholder, in which the element is mounted as soon as its group is
//! there, and destroyed with the component. What one of them adds, the macro `component!` declares.

use std::fmt;

use leptos::html::{Div, div};
use leptos::prelude::*;
use stripe_js::elements::{Element, Kind};
use stripe_js::{Json, StripeError, Subscription};

use crate::changes::Fixed;
use crate::context::{Around, Report};
use crate::group::use_elements;
use crate::options::{Follows, Options};
use crate::reactive::{effect, untracked};

/// A kind of element as a component.
pub(crate) trait Shows: Kind + Sized {
    /// What its update does not take.
    const FIXED: Fixed;

    /// Shows a change of its options, told as JSON.
    fn update(_element: &Element<Self>, _change: String) -> Result<(), StripeError> {
        Ok(())
    }

    /// Hears that it could not be loaded, where Stripe.js tells.
    fn listen(_element: &Element<Self>, _report: Report) -> Option<Subscription> {
        None
    }
}

type Listener<K> = Box<dyn Fn(&Element<K>) -> Subscription>;

/// What a component was given.
pub(crate) struct ElementProps<K: Shows> {
    pub(crate) options: Options<Live<K>>,
    pub(crate) listeners: Vec<Listener<K>>,
    pub(crate) on_load_error: Option<Report>,
}

impl<K: Shows> Default for ElementProps<K> {
    fn default() -> Self {
        Self {
            options: Options::default(),
            listeners: Vec::new(),
            on_load_error: None,
        }
    }
}

impl<K: Shows> fmt::Debug for ElementProps<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ElementProps(…)")
    }
}

/// An element on the page: who listens goes first, then the element.
struct Mounted<K> {
    _listening: Vec<Subscription>,
    element: Element<K>,
}

impl<K: Shows> Mounted<K> {
    fn new(
        group: &stripe_js::Elements,
        place: &leptos::web_sys::Element,
        options: &str,
        listeners: &[Listener<K>],
        report: &Report,
    ) -> Result<Self, StripeError> {
        let element = group.create::<K>(Json::from_text(options))?;
        let mut listening: Vec<_> = listeners.iter().map(|listen| listen(&element)).collect();
        listening.extend(K::listen(&element, report.clone()));
        element.mount(place)?;
        Ok(Self {
            _listening: listening,
            element,
        })
    }
}

/// An element whose options can change.
pub(crate) struct Live<K> {
    mounted: StoredValue<Mounted<K>, LocalStorage>,
    report: Report,
}

impl<K: Shows> Follows for Live<K> {
    const NAME: &'static str = K::TYPE;
    const FIXED: Fixed = K::FIXED;

    fn update(&self, change: String) {
        let updated = self
            .mounted
            .try_with_value(|mounted| K::update(&mounted.element, change));
        if let Some(Err(error)) = updated {
            self.report.failed(error);
        }
    }
}

/// The component: a `div`, the same on a server and in a browser.
pub(crate) fn element<K: Shows>(props: ElementProps<K>) -> impl IntoView {
    let ElementProps {
        options,
        listeners,
        on_load_error,
    } = props;
    let place = NodeRef::<Div>::new();
    let elements = use_elements();
    let report = on_load_error.unwrap_or_else(|| Around::find().report);
    effect(Box::new(move || {
        let (Some(group), Some(place)) = (elements.get(), place.get()) else {
            return;
        };
        let text = options.read();
        let mut mounted = None;
        untracked(&mut || {
            mounted = Some(Mounted::new(&group, &place, &text, &listeners, &report));
        });
        match mounted {
            // It is this run's: dropped when the next one begins, or when the component goes.
            Some(Ok(mounted)) => {
                let mounted = StoredValue::new_local(mounted);
                let report = report.clone();
                options.follow(text, Live { mounted, report });
            }
            Some(Err(error)) => report.failed(error),
            None => {}
        }
    }));
    div().node_ref(place)
}
