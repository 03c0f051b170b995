//! Where a failure to load goes: to the nearest component that wants to hear of it, otherwise to the console.

use std::sync::Arc;

use leptos::prelude::*;
use stripe_js::StripeError;

type Handler = Arc<dyn Fn(StripeError) + Send + Sync>;

/// The handler around a component, as context.
#[derive(Clone)]
pub(crate) struct OnLoadError(Handler);

impl OnLoadError {
    pub(crate) fn new(handler: impl Fn(StripeError) + Send + Sync + 'static) -> Self {
        Self(Arc::new(handler))
    }
}

/// Reports failures of one component.
#[derive(Clone)]
pub(crate) struct Report(Option<OnLoadError>);

impl Report {
    /// To the component's own handler, or to the one around it.
    pub(crate) fn to(own: Option<OnLoadError>) -> Self {
        Self(own.or_else(use_context))
    }

    /// The same for what is inside of the component.
    pub(crate) fn provide(&self) {
        if let Some(handler) = self.0.clone() {
            provide_context(handler);
        }
    }

    pub(crate) fn failed(&self, error: StripeError) {
        match &self.0 {
            Some(OnLoadError(handler)) => untrack(|| handler(error)),
            None => leptos::logging::warn!("leptos-stripe: {error}"),
        }
    }
}
