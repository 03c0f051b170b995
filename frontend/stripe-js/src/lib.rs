#![doc = include_str!("../README.md")]
#![deny(missing_docs, missing_debug_implementations)]

mod answer;
pub mod appearance;
mod confirmation_token;
pub mod elements;
mod error;
mod events;
mod extra;
mod intent;
mod js;
mod json;
mod loader;
mod next_action;
mod open_enum;
mod options;
pub mod payment_element;
mod publishable_key;
mod readable;
mod stripe;
mod text_map;

pub use answer::Answer;
pub use appearance::{Appearance, Theme};
pub use confirmation_token::{
    Address, AllowRedisplay, BillingDetails, ConfirmationToken, ConfirmationTokenParams,
    PaymentMethodData, Shipping,
};
pub use elements::{Elements, ElementsOptions, ElementsUpdate};
pub use error::{ErrorKind, StripeError};
pub use events::Subscription;
pub use extra::Extra;
pub use intent::{Intent, IntentStatus, PaymentIntent, SetupIntent};
pub use json::Json;
pub use loader::{LoadOptions, RELEASE_TRAIN, STRIPE_JS_URL};
pub use payment_element::{PaymentChange, PaymentElement, PaymentElementOptions};
pub use publishable_key::{NotPublishable, PublishableKey};
pub use stripe::Stripe;
pub use text_map::TextMap;
