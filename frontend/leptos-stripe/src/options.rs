//! Options on their way from a component to Stripe.js: as they are, as a server wrote them, or as they change.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use leptos::prelude::*;
use stripe_js::Json;

use crate::changes::{self, Fixed};
use crate::reactive::{effect, untracked};

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
    fn into_options<T: Follows>(self) -> Options<T>;
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

    fn into_options<T: Follows>(self) -> Options<T> {
        Options::constant(self.written())
    }
}

impl<F: Fn() -> W + 'static, W: Written> IntoOptions<Closure> for F {
    type Of = W::Of;

    fn into_options<T: Follows>(self) -> Options<T> {
        Options::changing(move || self().written())
    }
}

impl<S: Get<Value: Written> + 'static> IntoOptions<Reactive> for S {
    type Of = <S::Value as Written>::Of;

    fn into_options<T: Follows>(self) -> Options<T> {
        Options::changing(move || self.get().written())
    }
}

/// What a provider takes as its key: text, or a closure or signal of an `Option` of it. `M` only tells these apart.
pub trait IntoKey<M> {
    #[doc(hidden)]
    fn into_key(self) -> Key;
}

impl IntoKey<Constant> for &str {
    fn into_key(self) -> Key {
        self.to_owned().into_key()
    }
}

impl IntoKey<Constant> for String {
    fn into_key(self) -> Key {
        Key(Box::new(move || Some(self.clone())))
    }
}

impl<F: Fn() -> Option<String> + 'static> IntoKey<Closure> for F {
    fn into_key(self) -> Key {
        Key(Box::new(self))
    }
}

impl<S: Get<Value = Option<String>> + 'static> IntoKey<Reactive> for S {
    fn into_key(self) -> Key {
        Key(Box::new(move || self.get()))
    }
}

/// A key, now and later.
#[doc(hidden)]
pub struct Key(Box<dyn Fn() -> Option<String>>);

impl Key {
    pub(crate) fn none() -> Self {
        Self(Box::new(|| None))
    }

    /// Tracked.
    pub(crate) fn read(&self) -> Option<String> {
        (self.0)()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(…)")
    }
}

/// Options as JSON text, now and later.
#[doc(hidden)]
pub struct Options<T> {
    text: Text,
    /// Only options that can change bring the code for it: a page that has none of them does not have the code either.
    follow: Option<fn(Text, String, T)>,
}

type Text = Rc<dyn Fn() -> String>;

/// Something on the page whose options can change.
#[doc(hidden)]
pub trait Follows: 'static {
    /// Its name, for the console.
    const NAME: &'static str;
    /// What cannot change.
    const FIXED: Fixed;

    /// Shows a change, which is told as JSON.
    fn update(&self, change: String);
}

impl<T: Follows> Options<T> {
    fn constant(text: String) -> Self {
        Self {
            text: Rc::new(move || text.clone()),
            follow: None,
        }
    }

    fn changing(text: impl Fn() -> String + 'static) -> Self {
        Self {
            text: Rc::new(text),
            follow: Some(|text, shown, target| {
                follow(
                    text,
                    shown,
                    T::NAME,
                    T::FIXED,
                    Box::new(move |change| target.update(change)),
                );
            }),
        }
    }

    /// The options as they are, without listening for changes.
    pub(crate) fn read(&self) -> String {
        let mut text = String::new();
        untracked(&mut || text = (self.text)());
        text
    }

    /// Shows every change of what is shown now, as long as the present owner lives.
    pub(crate) fn follow(&self, shown: String, target: T) {
        if let Some(follow) = self.follow {
            follow(Rc::clone(&self.text), shown, target);
        }
    }
}

impl<T: Follows> Default for Options<T> {
    fn default() -> Self {
        Self::constant("{}".to_owned())
    }
}

impl<T> fmt::Debug for Options<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Options(…)")
    }
}

fn follow(
    text: Text,
    shown: String,
    name: &'static str,
    fixed: Fixed,
    update: Box<dyn Fn(String)>,
) {
    let shown = RefCell::new(shown);
    effect(Box::new(move || {
        let after = text();
        let before = shown.replace(after.clone());
        match changes::between(&before, &after, fixed) {
            Ok(changes) => {
                for option in changes.impossible {
                    leptos::logging::warn!(
                        "leptos-stripe: `{option}` of {name} cannot change once it is there, and stays as it was"
                    );
                }
                if let Some(change) = changes.update {
                    untracked(&mut || update(change.clone()));
                }
            }
            Err(error) => leptos::logging::warn!("leptos-stripe: the options of {name}: {error}"),
        }
    }));
}
