//! Reading an object of Stripe's, field by field: a handful of reads is far smaller in wasm than a derived parser.
//!
//! Two things can be read: a JavaScript value in the browser, and JSON in the native tests. A field that is absent, or
//! not of the kind asked for, is `None`: what Stripe adds or changes never fails a read.

pub(crate) trait Readable: Sized {
    /// This value itself, if it is text.
    fn as_text(&self) -> Option<String>;
    fn text(&self, name: &str) -> Option<String>;
    fn flag(&self, name: &str) -> Option<bool>;
    fn integer(&self, name: &str) -> Option<i64>;
    fn object(&self, name: &str) -> Option<Self>;
}

#[cfg(test)]
impl Readable for serde_json::Value {
    fn as_text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_text()
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.get(name)?.as_bool()
    }

    fn integer(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    fn object(&self, name: &str) -> Option<Self> {
        self.get(name).filter(|value| value.is_object()).cloned()
    }
}
