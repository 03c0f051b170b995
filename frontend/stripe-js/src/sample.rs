//! Samples of options for the tests: every field set, and every name of an enum in one of the samples. They are made by
//! the macros that make the structs, so none can be forgotten.

use crate::{Extra, Secret, TextMap};

pub(crate) trait Sample: Sized {
    /// At least one.
    fn samples() -> Vec<Self>;

    /// One of them, counted round and round.
    fn sample(index: usize) -> Self {
        let mut samples = Self::samples();
        let index = index % samples.len();
        samples.swap_remove(index)
    }
}

macro_rules! samples {
    ($( $Type:ty: [$($sample:expr),+], )+) => {
        $( impl Sample for $Type {
            fn samples() -> Vec<Self> {
                vec![$($sample),+]
            }
        } )+
    };
}

samples! {
    // `auto` is a text that Stripe also takes where it asks for a locale.
    String: ["auto".to_owned()],
    bool: [true, false],
    u32: [3],
    i64: [1_099],
    f64: [12.5],
    Secret: ["secret".into()],
    TextMap: [[("key", "value")].into()],
    Extra: [Extra::default()],
    (): [()],
}

impl<T: Sample> Sample for Option<T> {
    fn samples() -> Vec<Self> {
        T::samples().into_iter().map(Some).collect()
    }
}

/// One list of all there is.
impl<T: Sample> Sample for Vec<T> {
    fn samples() -> Vec<Self> {
        vec![T::samples()]
    }
}
