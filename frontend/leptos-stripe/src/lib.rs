#![doc = include_str!("../README.md")]
#![deny(missing_docs, missing_debug_implementations)]

mod changes;
mod component;
mod context;
mod element;
pub mod elements;
mod group;
mod options;
#[cfg(test)]
mod proof;
mod provider;
mod reactive;

pub use elements::*;
pub use group::{
    Elements, ElementsBuilder, ElementsHandle, ElementsProps, GroupOptions, use_elements,
};
pub use options::{Closure, Constant, IntoKey, IntoOptions, Options, Reactive, Written};
pub use provider::{
    StripeHandle, StripeProvider, StripeProviderBuilder, StripeProviderProps, use_stripe,
};
pub use stripe_js;
