//! Reading an object of Stripe's, field by field: a handful of reads is far smaller in wasm than a derived parser.
//!
//! Two things can be read: a JavaScript value in the browser, and JSON in the native tests. A field that is absent, or
//! not of the kind asked for, is `None`: what Stripe adds or changes never fails a read.

use crate::unread::Kept;

pub trait Readable: Sized {
    /// A member of this object; `None` where it is absent or null.
    fn member(&self, name: &str) -> Option<Self>;
    /// This value itself, if it is text.
    fn as_text(&self) -> Option<String>;
    fn as_flag(&self) -> Option<bool>;
    fn as_number(&self) -> Option<f64>;
    fn is_object(&self) -> bool;
    /// What an array holds; nothing if this is none.
    fn items(&self) -> Vec<Self>;
    /// What an object holds, by name; nothing if this is none.
    fn entries(&self) -> Vec<(String, Self)>;
    /// This value, to be read later.
    fn keep(&self) -> Kept;

    fn text(&self, name: &str) -> Option<String> {
        self.member(name)?.as_text()
    }

    fn object(&self, name: &str) -> Option<Self> {
        self.member(name).filter(Self::is_object)
    }
}

#[cfg(test)]
impl Readable for serde_json::Value {
    fn member(&self, name: &str) -> Option<Self> {
        self.get(name).filter(|member| !member.is_null()).cloned()
    }

    fn as_text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn as_flag(&self) -> Option<bool> {
        self.as_bool()
    }

    fn as_number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn is_object(&self) -> bool {
        serde_json::Value::is_object(self)
    }

    fn items(&self) -> Vec<Self> {
        self.as_array().cloned().unwrap_or_default()
    }

    fn entries(&self) -> Vec<(String, Self)> {
        let members = self.as_object().into_iter().flatten();
        members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    fn keep(&self) -> Kept {
        Kept::Json(self.clone())
    }
}
