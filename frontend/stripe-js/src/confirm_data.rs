//! What the calls that confirm with one type of payment method are told.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::elements::SetupFutureUsage;
use crate::json::Options;
use crate::methods::{Method, NewMethod};
use crate::names::closed_enum;
use crate::options::options;

/// What to pay with: a payment method that exists, or one to be made.
#[derive(Clone, Debug)]
pub enum Paying<M> {
    /// `pm_…`; not for a customer's balance.
    Saved(String),
    /// A new one.
    New(Box<NewMethod<M>>),
}

impl<M: Method> Serialize for Paying<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Saved(id) => serializer.serialize_str(id),
            Self::New(method) => method.serialize(serializer),
        }
    }
}

/// What confirms a PaymentIntent with one type of payment method; everything that is absent stays as the intent has it.
///
/// `O` is what the type has as `payment_method_options`, `U` what it can be used for again.
#[derive(Clone, Debug)]
pub struct ConfirmPaymentWith<M, O = (), U = SetupFutureUsage> {
    /// What to pay with; the intent's own if absent.
    pub payment_method: Option<Paying<M>>,
    /// What the type has to be told beside.
    pub payment_method_options: Option<O>,
    /// Where a redirect comes back to: an absolute address.
    pub return_url: Option<String>,
    /// Where the receipt goes.
    pub receipt_email: Option<String>,
    /// Whether the payment method is kept for the intent's customer.
    pub save_payment_method: Option<bool>,
    /// Whether the payment method will be used again.
    pub setup_future_usage: Option<U>,
    /// Where the goods go.
    pub shipping: Option<PaymentShipping>,
}

impl<M, O, U> Default for ConfirmPaymentWith<M, O, U> {
    fn default() -> Self {
        Self {
            payment_method: None,
            payment_method_options: None,
            return_url: None,
            receipt_email: None,
            save_payment_method: None,
            setup_future_usage: None,
            shipping: None,
        }
    }
}

impl<M: Method, O: Serialize, U: Serialize> Serialize for ConfirmPaymentWith<M, O, U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entry(&mut map, "payment_method", &self.payment_method)?;
        entry(
            &mut map,
            "payment_method_options",
            &self.payment_method_options,
        )?;
        entry(&mut map, "return_url", &self.return_url)?;
        entry(&mut map, "receipt_email", &self.receipt_email)?;
        entry(&mut map, "save_payment_method", &self.save_payment_method)?;
        entry(&mut map, "setup_future_usage", &self.setup_future_usage)?;
        entry(&mut map, "shipping", &self.shipping)?;
        map.end()
    }
}

impl<M: Method, O: Options, U: Options> Options for ConfirmPaymentWith<M, O, U> {}

/// What confirms a SetupIntent with one type of payment method.
#[derive(Clone, Debug)]
pub struct ConfirmSetupWith<M, O = ()> {
    /// What to set up; the intent's own if absent.
    pub payment_method: Option<Paying<M>>,
    /// What the type has to be told beside.
    pub payment_method_options: Option<O>,
    /// Where a redirect comes back to: an absolute address.
    pub return_url: Option<String>,
}

impl<M, O> Default for ConfirmSetupWith<M, O> {
    fn default() -> Self {
        Self {
            payment_method: None,
            payment_method_options: None,
            return_url: None,
        }
    }
}

impl<M: Method, O: Serialize> Serialize for ConfirmSetupWith<M, O> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entry(&mut map, "payment_method", &self.payment_method)?;
        entry(
            &mut map,
            "payment_method_options",
            &self.payment_method_options,
        )?;
        entry(&mut map, "return_url", &self.return_url)?;
        map.end()
    }
}

impl<M: Method, O: Options> Options for ConfirmSetupWith<M, O> {}

fn entry<S: SerializeMap>(
    map: &mut S,
    name: &str,
    value: &Option<impl Serialize>,
) -> Result<(), S::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

options! {
    /// How a confirmation goes on.
    #[serde(rename_all = "camelCase")]
    pub struct ConfirmOptions {
        /// Whether Stripe.js lets the shopper act: the default. If not, [`Stripe::handle_next_action`](crate::Stripe::handle_next_action)
        /// or a redirect of your own has to follow.
        handle_actions: bool,
    }
}

options! {
    /// How a confirmation with ACSS debit goes on.
    #[serde(rename_all = "camelCase")]
    pub struct AcssConfirmOptions {
        /// Whether you have shown the mandate yourself.
        skip_mandate: bool,
    }
}

/// That your page shows what comes next: for bank transfers, Stripe.js cannot.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoActions;

impl Serialize for NoActions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("handleActions", false)])
    }
}

impl Options for NoActions {}

impl Options for SetupFutureUsage {}

impl Options for OffSession {}

closed_enum! {
    /// That a payment method will be used again while its owner is away: all that its type can say.
    pub enum OffSession {
        /// It will.
        OffSession = "off_session",
    }
}

options! {
    /// Where the goods go, for a payment.
    pub struct PaymentShipping {
        required {
            /// The recipient's name.
            name: String,
            /// The recipient's address.
            address: PaymentAddress,
        }
        /// The recipient's phone number, extension included.
        phone: String,
        /// Who brings them.
        carrier: String,
        /// The number to follow them by.
        tracking_number: String,
    }
}

options! {
    /// Where the goods go: at least a street.
    pub struct PaymentAddress {
        required {
            /// Street and number, P.O. box or company.
            line1: String,
        }
        /// Flat, suite, unit or building.
        line2: String,
        /// City, district, suburb, town or village.
        city: String,
        /// State, county, province or region.
        state: String,
        /// ZIP or postal code.
        postal_code: String,
        /// Two letters, ISO 3166-1, upper case.
        country: String,
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::sample::Sample;

    impl<M: Method + Sample> Sample for Paying<M> {
        fn samples() -> Vec<Self> {
            let new = NewMethod::samples()
                .into_iter()
                .map(Box::new)
                .map(Self::New);
            // Stripe's types ask for a new one each time a customer's balance pays.
            let saved = (M::TYPE != "customer_balance").then(|| Self::Saved("pm_1".into()));
            new.chain(saved).collect()
        }
    }

    impl Sample for NoActions {
        fn samples() -> Vec<Self> {
            vec![Self]
        }
    }

    impl<M: Method + Sample, O: Sample, U: Sample> Sample for ConfirmPaymentWith<M, O, U> {
        fn samples() -> Vec<Self> {
            let lens = [
                Paying::<M>::samples().len(),
                O::samples().len(),
                U::samples().len(),
            ];
            let len = lens.into_iter().max().unwrap_or(1);
            (0..len)
                .map(|index| Self {
                    payment_method: Sample::sample(index),
                    payment_method_options: own(index),
                    return_url: Sample::sample(index),
                    receipt_email: Sample::sample(index),
                    save_payment_method: Sample::sample(index),
                    setup_future_usage: Sample::sample(index),
                    shipping: Sample::sample(index),
                })
                .collect()
        }
    }

    impl<M: Method + Sample, O: Sample> Sample for ConfirmSetupWith<M, O> {
        fn samples() -> Vec<Self> {
            let len = Paying::<M>::samples().len().max(O::samples().len());
            (0..len)
                .map(|index| Self {
                    payment_method: Sample::sample(index),
                    payment_method_options: own(index),
                    return_url: Sample::sample(index),
                })
                .collect()
        }
    }

    /// A type that has no options says nothing of them.
    fn own<O: Sample>(index: usize) -> Option<O> {
        (size_of::<O>() > 0).then(|| O::sample(index))
    }
}
