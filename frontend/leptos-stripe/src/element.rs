//! What all elements have in common as components: a placeholder, in which the element is mounted as soon as its group is
//! there, and destroyed with the component. What one of them adds, the macro `component!` declares.

use std::fmt;

use leptos::html::{Div, div};
use leptos::prelude::*;
use stripe_js::elements::{Element, Kind};
use stripe_js::{Json, StripeError, Subscription};

use crate::changes::Fixed;
use crate::group::use_elements;
use crate::options::{Options, Shown};
use crate::report::{OnLoadError, Report};

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
pub(crate) struct ElementProps<K> {
    pub(crate) options: Options,
    pub(crate) listeners: Vec<Listener<K>>,
    pub(crate) on_load_error: Option<OnLoadError>,
}

impl<K> Default for ElementProps<K> {
    fn default() -> Self {
        Self {
            options: Options::default(),
            listeners: Vec::new(),
            on_load_error: None,
        }
    }
}

impl<K> fmt::Debug for ElementProps<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ElementProps(…)")
    }
}

/// An element on the page: who listens goes first, then the element.
struct Mounted<K> {
    _listening: Vec<Subscription>,
    element: Element<K>,
}

/// The component: a `div`, the same on a server and in a browser.
pub(crate) fn element<K: Shows>(props: ElementProps<K>) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let elements = use_elements();
    let report = Report::to(props.on_load_error);
    let (options, listeners) = (props.options, props.listeners);
    Effect::new(move |_| {
        let (Some(group), Some(place)) = (elements.get(), place.get()) else {
            return;
        };
        let text = options.read();
        let mounted = untrack(|| {
            let element = group.create::<K>(Json::from_text(text.clone()))?;
            let mut listening: Vec<_> = listeners.iter().map(|listen| listen(&element)).collect();
            listening.extend(K::listen(&element, report.clone()));
            element.mount(&place)?;
            Ok(Mounted {
                _listening: listening,
                element,
            })
        });
        let mounted = match mounted {
            // It is this run's: dropped when the next one begins, or when the component goes.
            Ok(mounted) => StoredValue::new_local(mounted),
            Err(error) => return report.failed(error),
        };
        options.follow(|| {
            let report = report.clone();
            Shown {
                name: K::TYPE,
                options: text,
                fixed: K::FIXED,
                update: Box::new(move |change| {
                    let updated =
                        mounted.try_with_value(|mounted| K::update(&mounted.element, change));
                    if let Some(Err(error)) = updated {
                        report.failed(error);
                    }
                }),
            }
        });
    });
    div().node_ref(place)
}
