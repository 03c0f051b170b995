//! The reactive system, one door for each thing: what is generic there is compiled anew for every closure and every type,
//! and a page pays for each. It knows nothing of Stripe.js but what a handle can hold.

use leptos::prelude::*;
use stripe_js::Stripe;

/// Runs now, once the page is there, and whenever something changes that it read; in a browser alone.
pub(crate) fn effect(run: Box<dyn Fn()>) {
    Effect::new(move |_: Option<()>| run());
}

/// Runs with that owner.
pub(crate) fn within(owner: &Owner, run: &mut dyn FnMut()) {
    owner.with(run);
}

/// Runs without listening to what it reads.
pub(crate) fn untracked(run: &mut dyn FnMut()) {
    untrack(run);
}

/// What a handle holds. One type for both, and so one kind of signal.
#[derive(Clone, Debug)]
pub(crate) enum Opened {
    Stripe(Stripe),
    Elements(stripe_js::Elements),
}

/// A place for what is not there yet. Copies are handles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot(RwSignal<Option<Opened>>);

impl Slot {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub(crate) fn get(self) -> Option<Opened> {
        self.0.get()
    }

    pub(crate) fn get_untracked(self) -> Option<Opened> {
        self.0.get_untracked()
    }

    pub(crate) fn fill(self, opened: Opened) {
        self.0.try_set(Some(opened));
    }

    /// The slot itself may be gone already.
    pub(crate) fn close(self) {
        if self.0.try_with_untracked(Option::is_some) == Some(true) {
            self.0.try_set(None);
        }
    }

    /// Listens, whatever it holds.
    pub(crate) fn track(self) {
        self.0.track();
    }

    /// Tells who listens, though nothing changed.
    pub(crate) fn notify(self) {
        self.0.notify();
    }
}
