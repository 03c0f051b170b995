//! Prices in the shopper's own currency, before there is a Checkout Session. A beta: Stripe has to open it for an account.

use wasm_bindgen::JsValue;

use crate::answer::Answer;
use crate::calls::{Reply, calls, reply};
use crate::error::StripeError;
use crate::events::Subscription;
use crate::given::Given;
use crate::js;
use crate::options::options;
use crate::payload::payload;
use crate::stripe::Stripe;

options! {
    /// Which prices are shown, and for whom.
    #[serde(rename_all = "camelCase")]
    pub struct PricingOptions {
        required {
            /// The policy's id.
            pricing_policy: String,
        }
        /// The shopper's currency, if Stripe is not to find it out.
        detected_currency_override: String,
    }
}

/// Prices in the shopper's own currency. Clones are handles to the same object.
///
/// See <https://docs.stripe.com/js>.
#[derive(Clone, Debug)]
pub struct Pricing {
    handle: JsValue,
}

impl Stripe {
    /// Opens prices in the shopper's own currency.
    ///
    /// See <https://docs.stripe.com/js>.
    ///
    /// # Errors
    /// Whatever Stripe answers.
    pub fn initialize_pricing(&self, options: impl Into<Given<PricingOptions>>) -> Answer<Pricing> {
        let called = js::plain(&options.into())
            .and_then(|options| js::call(self.as_ref(), INITIALIZE_PRICING, &[options]));
        Answer::new(called, Pricing::reply)
    }
}

pub(crate) const INITIALIZE_PRICING: &str = "initializePricing";

impl Pricing {
    /// Another currency was chosen.
    ///
    /// See <https://docs.stripe.com/js>.
    pub fn on_change(&self, mut handler: impl FnMut() + 'static) -> Subscription {
        Subscription::new(&self.handle, "change", Box::new(move |_| handler()))
    }
}

impl AsRef<JsValue> for Pricing {
    fn as_ref(&self) -> &JsValue {
        &self.handle
    }
}

impl Reply for Pricing {
    fn reply(answer: &JsValue) -> Result<Self, StripeError> {
        js::handle(answer).map(|handle| Self { handle })
    }
}

calls! {
    impl Pricing("pricing") {
        /// The currencies to choose from.
        ///
        /// See <https://docs.stripe.com/js>.
        fn available_currencies = "getAvailableCurrencies"() -> Vec<Currency>;

        /// The chosen currency.
        ///
        /// See <https://docs.stripe.com/js>.
        fn selected_currency = "getSelectedCurrency"() -> Currency;

        /// Chooses a currency.
        ///
        /// See <https://docs.stripe.com/js>.
        fn select_currency = "setSelectedCurrency"(currency: text) -> ();

        /// What a price is in the chosen currency.
        ///
        /// See <https://docs.stripe.com/js>.
        fn resolve_price = "resolvePrice"(price: text) -> ResolvedPrice;

        /// Makes the token by which your server charges what was shown.
        ///
        /// See <https://docs.stripe.com/js>.
        fn create_pricing_token = "createPricingToken"() -> PricingToken;
    }
}

reply! {
    Vec<Currency>;
    Currency;
    ResolvedPrice;
    PricingToken;
}

payload! {
    /// A currency.
    pub struct Currency {
        /// Three letters, lower case.
        currency: String = "currency",
    }
}

payload! {
    /// A price in the chosen currency.
    pub struct ResolvedPrice {
        /// Three letters, lower case.
        currency: String = "currency",
        /// What one costs.
        unit_amount: Option<PriceAmount> = "unitAmount",
        /// The same, where the smallest unit is too large for it.
        unit_amount_decimal: Option<PriceAmount> = "unitAmountDecimal",
        /// How many of the smallest unit make one of the currency.
        minor_units_amount_divisor: i64 = "minorUnitsAmountDivisor",
    }
}

payload! {
    /// An amount, in numbers and in words.
    pub struct PriceAmount {
        /// In the currency's smallest unit.
        amount_minor: f64 = "minorUnitsAmount",
        /// As the shopper reads it.
        words: String = "amount",
    }
}

payload! {
    /// What your server charges by.
    pub struct PricingToken {
        /// Its id.
        id: String = "id",
    }
}
