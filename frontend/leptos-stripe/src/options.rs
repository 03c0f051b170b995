//! Options on their way from a component to Stripe.js: as they are, as a server wrote them, or as they change.

use std::fmt;
use std::rc::Rc;

use leptos::prelude::*;
use stripe_js::Json;

use crate::changes::{self, Fixed};

/// What a component takes as its options, here for the options `T` of [`stripe_js`]:
///
/// - `T`: they stay;
/// - [`Json<T>`]: the same, written by a server, so that neither `T` nor the code that writes it is in the page's wasm;
/// - a closure that answers either, or a signal of either: whenever it changes, so does what is shown.
///
/// `M` only tells these apart.
pub trait IntoOptions<M> {
    /// The options of [`stripe_js`].
    type Of;

    #[doc(hidden)]
    fn into_options(self) -> Options;
}

/// Options of [`stripe_js`], typed or as [`Json`].
pub trait Written: 'static {
    /// The options they are.
    type Of;

    #[doc(hidden)]
    fn written(&self) -> String;
}

impl<T: 'static> Written for Json<T> {
    type Of = T;

    fn written(&self) -> String {
        self.as_str().to_owned()
    }
}

macro_rules! written {
    ($( $Options:ty, )+) => {
        $( impl Written for $Options {
            type Of = Self;

            fn written(&self) -> String {
                Json::from(self).written()
            }
        } )+
    };
}

written! {
    stripe_js::ElementsOptions,
    stripe_js::IntentElementsOptions,
    stripe_js::PaymentElementOptions,
    stripe_js::elements::AddressElementOptions,
    stripe_js::elements::AuBankAccountElementOptions,
    stripe_js::elements::CardElementOptions,
    stripe_js::elements::CardNumberElementOptions,
    stripe_js::elements::CardPartOptions,
    stripe_js::elements::ContactDetailsElementOptions,
    stripe_js::elements::ExpressCheckoutElementOptions,
    stripe_js::elements::IbanElementOptions,
    stripe_js::elements::IssuingAddToWalletButtonOptions,
    stripe_js::elements::IssuingCardCopyButtonOptions,
    stripe_js::elements::IssuingDisplayOptions,
    stripe_js::elements::LinkAuthenticationElementOptions,
    stripe_js::elements::LinkSignupElementOptions,
    stripe_js::elements::PaymentMethodMessagingElementOptions,
    stripe_js::elements::PlainElementOptions,
    stripe_js::elements::TaxIdElementOptions,
}

/// Tells apart what [`IntoOptions`] takes.
#[derive(Debug)]
pub enum Constant {}
/// Tells apart what [`IntoOptions`] takes.
#[derive(Debug)]
pub enum Closure {}
/// Tells apart what [`IntoOptions`] takes.
#[derive(Debug)]
pub enum Reactive {}

impl<W: Written> IntoOptions<Constant> for W {
    type Of = W::Of;

    fn into_options(self) -> Options {
        Options::constant(self.written())
    }
}

impl<F: Fn() -> W + 'static, W: Written> IntoOptions<Closure> for F {
    type Of = W::Of;

    fn into_options(self) -> Options {
        Options::changing(move || self().written())
    }
}

impl<S: Get<Value: Written> + 'static> IntoOptions<Reactive> for S {
    type Of = <S::Value as Written>::Of;

    fn into_options(self) -> Options {
        Options::changing(move || self.get().written())
    }
}

/// Options as JSON text, now and later.
#[doc(hidden)]
pub struct Options {
    text: Text,
    /// Only options that can change bring the code for it: a page that has none of them does not have the code either.
    follow: Option<fn(Text, Shown)>,
}

type Text = Rc<dyn Fn() -> String>;

/// What is shown, and how to show something else.
pub(crate) struct Shown {
    /// Its name, for the console.
    pub(crate) name: &'static str,
    /// The options it was made with, as JSON.
    pub(crate) options: String,
    /// What cannot change.
    pub(crate) fixed: Fixed,
    /// Shows a change, which is told as JSON.
    pub(crate) update: Box<dyn Fn(String)>,
}

impl Options {
    fn constant(text: String) -> Self {
        Self {
            text: Rc::new(move || text.clone()),
            follow: None,
        }
    }

    fn changing(text: impl Fn() -> String + 'static) -> Self {
        Self {
            text: Rc::new(text),
            follow: Some(follow),
        }
    }

    /// The options as they are, without listening for changes.
    pub(crate) fn read(&self) -> String {
        untrack(|| (self.text)())
    }

    /// Shows every change, as long as the present owner lives.
    pub(crate) fn follow(&self, shown: impl FnOnce() -> Shown) {
        if let Some(follow) = self.follow {
            follow(Rc::clone(&self.text), shown());
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::constant("{}".to_owned())
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Options(…)")
    }
}

fn follow(text: Text, shown: Shown) {
    let Shown {
        name,
        options,
        fixed,
        update,
    } = shown;
    Effect::new(move |before: Option<String>| {
        let after = text();
        let before = before.as_ref().unwrap_or(&options);
        match changes::between(before, &after, fixed) {
            Ok(changes) => {
                for option in changes.impossible {
                    leptos::logging::warn!(
                        "leptos-stripe: `{option}` of {name} cannot change once it is there, and stays as it was"
                    );
                }
                if let Some(change) = changes.update {
                    untrack(|| update(change));
                }
            }
            Err(error) => leptos::logging::warn!("leptos-stripe: the options of {name}: {error}"),
        }
        after
    });
}
