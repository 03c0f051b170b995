//! What a component finds around it: one context for everything, and where a failure goes.

use std::sync::Arc;

use leptos::prelude::*;
use stripe_js::StripeError;

use crate::group::ElementsHandle;
use crate::provider::StripeHandle;
use crate::reactive::untracked;

type Handler = Arc<dyn Fn(StripeError) + Send + Sync>;

/// What a provider and a group give to all that is inside.
#[derive(Clone)]
pub(crate) struct Around {
    pub(crate) stripe: Option<StripeHandle>,
    pub(crate) elements: Option<ElementsHandle>,
    pub(crate) report: Report,
}

impl Around {
    pub(crate) fn find() -> Self {
        use_context().unwrap_or(Self {
            stripe: None,
            elements: None,
            report: Report(None),
        })
    }
}

/// Where a failure to load goes: to the nearest component that wants to hear of it, otherwise to the console.
#[derive(Clone)]
pub(crate) struct Report(Option<Handler>);

impl Report {
    pub(crate) fn new(handler: impl Fn(StripeError) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(handler)))
    }

    pub(crate) fn failed(&self, error: StripeError) {
        match &self.0 {
            Some(handler) => {
                let mut error = Some(error);
                untracked(&mut || {
                    if let Some(error) = error.take() {
                        handler(error);
                    }
                });
            }
            None => leptos::logging::warn!("leptos-stripe: {error}"),
        }
    }
}
