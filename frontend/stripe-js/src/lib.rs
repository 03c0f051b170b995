#![doc = include_str!("../README.md")]
#![deny(missing_docs, missing_debug_implementations)]

mod answer;
mod appearance;
mod confirmation_token;
mod elements;
mod error;
mod events;
mod extra;
mod fields;
mod intent;
mod js;
mod json;
mod loader;
mod next_action;
mod open_enum;
mod options;
mod payment_element;
mod publishable_key;
mod stripe;

pub use answer::Answer;
pub use appearance::{Appearance, Declarations, InputStyle, LabelStyle, Rules, Theme};
pub use confirmation_token::{
    Address, AllowRedisplay, BillingDetails, ConfirmationToken, ConfirmationTokenParams,
    PaymentMethodData, Shipping,
};
pub use elements::options::{
    CaptureMethod, ElementsOptions, ElementsUpdate, Font, FontStyle, LoaderUi, Mode, ModeName,
    SetupFutureUsage,
};
pub use elements::{Elements, Submitted};
pub use error::{ErrorKind, StripeError};
pub use events::{PaymentChange, Subscription};
pub use extra::Extra;
pub use intent::{Intent, IntentStatus, PaymentIntent, SetupIntent};
pub use json::Json;
pub use loader::{LoadOptions, RELEASE_TRAIN, STRIPE_JS_URL};
pub use payment_element::PaymentElement;
pub use payment_element::options::{
    AddressFields, BillingFields, Business, CardDefaults, DefaultValues, EachAddressField,
    EachBillingField, Fields, Layout, LayoutType, LogoPosition, PaymentElementOptions, Radios,
    Show, Terms, TermsShown, Wallets,
};
pub use publishable_key::{NotPublishable, PublishableKey};
pub use stripe::Stripe;
