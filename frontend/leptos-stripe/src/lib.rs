#![doc = include_str!("../README.md")]
#![deny(missing_docs, missing_debug_implementations)]

mod changes;
mod component;
mod element;
pub mod elements;
mod group;
mod options;
#[cfg(test)]
mod proof;
mod provider;
mod report;

pub use elements::*;
pub use group::*;
pub use options::{Closure, Constant, IntoOptions, Options, Reactive, Written};
pub use provider::*;
pub use stripe_js;
