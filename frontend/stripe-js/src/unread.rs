//! A part of an answer that is kept as it came, and read when somebody asks for it: a page that does not ask has no code
//! for it.

use std::fmt;
use std::marker::PhantomData;

use wasm_bindgen::JsValue;

use crate::payload::Read;
use crate::readable::Readable;

/// A part of an answer, as Stripe.js told it. [`read`](Self::read) makes a `T` of it: large parts that few pages need
/// stay out of the wasm of all others.
pub struct Unread<T> {
    kept: Kept,
    of: PhantomData<fn() -> T>,
}

/// A value of JavaScript; in the native tests, JSON.
#[derive(Clone)]
pub enum Kept {
    Js(JsValue),
    #[cfg(test)]
    Json(serde_json::Value),
}

/// Shows no content: nobody knows it.
impl fmt::Debug for Kept {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Kept(…)")
    }
}

impl<T: Read + Default> Unread<T> {
    /// Reads it. What is missing, or of another kind, is the default.
    pub fn read(&self) -> T {
        let read = match &self.kept {
            Kept::Js(value) => T::read(value),
            #[cfg(test)]
            Kept::Json(value) => T::read(value),
        };
        read.unwrap_or_default()
    }
}

impl<T: Read + Default> Read for Unread<T> {
    fn read<R: Readable>(value: &R) -> Option<Self> {
        Some(Self {
            kept: value.keep(),
            of: PhantomData,
        })
    }

    #[cfg(test)]
    fn write(&self) -> serde_json::Value {
        self.read().write()
    }

    #[cfg(test)]
    fn prune(value: &mut serde_json::Value) {
        T::prune(value);
    }
}

impl<T> Clone for Unread<T> {
    fn clone(&self) -> Self {
        Self {
            kept: self.kept.clone(),
            of: PhantomData,
        }
    }
}

impl<T> Default for Unread<T> {
    fn default() -> Self {
        Self {
            kept: Kept::Js(JsValue::UNDEFINED),
            of: PhantomData,
        }
    }
}

/// Equal if they read the same.
impl<T: Read + Default + PartialEq> PartialEq for Unread<T> {
    fn eq(&self, other: &Self) -> bool {
        self.read() == other.read()
    }
}

/// As it reads.
impl<T: Read + Default + fmt::Debug> fmt::Debug for Unread<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.read().fmt(out)
    }
}
