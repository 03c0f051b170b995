#![doc = include_str!("../README.md")]
#![deny(missing_docs, missing_debug_implementations)]

mod answer;
pub mod appearance;
mod attachments;
pub mod bank_account;
mod calls;
pub mod checkout;
pub mod confirm;
mod confirm_intent;
mod confirmation_token;
pub mod elements;
mod embedded_checkout;
mod error;
mod events;
mod extra;
mod given;
mod intent;
mod js;
mod json;
mod loader;
pub mod methods;
mod names;
mod next_action;
mod options;
mod payload;
mod payment_method;
pub mod pricing;
#[cfg(test)]
mod proof;
mod publishable_key;
mod readable;
#[cfg(test)]
mod sample;
mod secret;
mod standalone_calls;
mod stripe;
mod text_map;
pub mod token;
mod unread;

pub use answer::Answer;
pub use appearance::{Appearance, Theme};
pub use attachments::ContentPlace;
pub use confirm_intent::{
    ConfirmPaymentParams, ConfirmSetupParams, LeavingPaymentParams, LeavingSetupParams,
};
pub use confirmation_token::{
    Address, AllowRedisplay, BillingDetails, ConfirmationToken, ConfirmationTokenParams,
    PaymentMethodData, PaymentMethodPreview, Shipping,
};
pub use elements::payment as payment_element;
pub use elements::payment::{PaymentChange, PaymentElementOptions};
pub use elements::{
    Element, Elements, ElementsOptions, ElementsUpdate, IntentElementsOptions, Payment,
    PaymentElement,
};
pub use embedded_checkout::{EmbeddedCheckout, EmbeddedCheckoutOptions};
pub use error::{ErrorKind, StripeError};
pub use events::Subscription;
pub use extra::Extra;
pub use given::Given;
pub use intent::{Intent, IntentStatus, NextAction, PaymentIntent, SetupIntent};
pub use json::Json;
pub use loader::{LoadOptions, RELEASE_TRAIN, STRIPE_JS_URL};
pub use methods::{CreatePaymentMethod, NewMethod};
pub use names::CardNetwork;
pub use payload::Named;
pub use payment_method::{MethodBilling, PaidCard, PaymentMethod, PaymentMethodParams};
pub use publishable_key::{NotPublishable, PublishableKey};
pub use secret::Secret;
pub use standalone_calls::{EphemeralKeyNonceOptions, Nonce, RadarSession, VerificationSession};
pub use stripe::{AppInfo, Assistant, DeveloperTools, Stripe, StripeOptions};
pub use text_map::TextMap;
pub use token::Token;
pub use unread::Unread;
