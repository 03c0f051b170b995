//! Elements without options of their own: terms and the choice of a currency.

use super::element::element;
use crate::extra::Extra;
use crate::options::options;

element! {
    /// The Terms Element: what the shopper agrees to. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/js/element>.
    Terms = "terms", TermsElement(PlainElementOptions) {
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart],
    }
}

element! {
    /// The Currency Selector Element: the shopper's own currency, or the shop's.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/currency_selector_element>.
    CurrencySelector = "currencySelector", CurrencySelectorElement(PlainElementOptions) {
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror],
    }
}

options! {
    /// The options of an element that has none.
    pub struct PlainElementOptions {
        ../// Options that these types do not know.
        extra: Extra,
    }
}
