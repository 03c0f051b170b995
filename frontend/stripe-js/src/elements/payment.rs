//! The Payment Element: every payment method in one form.

#[path = "payment_fields.rs"]
mod fields;
#[path = "payment_layout.rs"]
mod layout;
#[path = "payment_options.rs"]
mod options;

use super::apple_pay::APPLE_PAY_DATES;
use super::element::element;
use crate::names::open_enum;
use crate::payload::{Named, payload};

pub use fields::{
    AddressFields, BillingFields, EachAddressField, EachBillingField, Fields, MethodFields, Show,
    ShowAlways,
};
pub use layout::{Layout, LayoutType, LayoutUpdate, LogoPosition, Radios};
pub use options::{
    Business, CardDefaults, DefaultValues, PaymentElementOptions, PaymentElementUpdate, Terms,
    TermsShown, WalletOptions, Wallets,
};

element! {
    /// The Payment Element: a form for every payment method that fits.
    ///
    /// See <https://docs.stripe.com/js/element/payment_element>.
    Payment = "payment", PaymentElement(PaymentElementOptions, dates APPLE_PAY_DATES) {
        update(PaymentElementUpdate, dates APPLE_PAY_DATES),
        methods [focus, blur, clear, collapse],
        events [ready, focus, blur, escape, loaderror, loaderstart],
        /// What the shopper filled in changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=paymentElement>.
        on on_change = "change"(PaymentChange),
        /// What is known about the card in the form changed.
        ///
        /// See <https://docs.stripe.com/js/element/events>.
        on on_card_details_change = "carddetailschange"(CardDetailsChange),
        /// A saved payment method was updated, or could not be.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_savedpaymentmethodupdate>.
        on on_saved_payment_method_update = "savedpaymentmethodupdate"(SavedPaymentMethodChange),
        /// A saved payment method was removed, or could not be.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_savedpaymentmethodremove>.
        on on_saved_payment_method_remove = "savedpaymentmethodremove"(SavedPaymentMethodChange),
        /// The payment methods on offer changed.
        ///
        /// See <https://docs.stripe.com/js/element/events>.
        on on_available_payment_methods_change =
            "availablepaymentmethodschange"(AvailablePaymentMethods),
    }
}

payload! {
    /// What changed in the Payment Element.
    ///
    /// See <https://docs.stripe.com/js/element/events/on_change?type=paymentElement>.
    pub struct PaymentChange {
        /// Nothing is filled in.
        empty: bool = "empty",
        /// Everything is well formed, so far as can be told. No reason to move the focus: the shopper may still be typing.
        complete: bool = "complete",
        /// No payment method is open.
        collapsed: bool = "collapsed",
        /// What was chosen.
        value: PaymentValue = "value",
    }
}

payload! {
    /// The shopper's choice in a Payment Element.
    pub struct PaymentValue {
        /// The chosen payment method's type, such as `card`.
        kind: String = "type",
        /// Whether the shopper wants it kept.
        save_payment_method: Option<bool> = "savePaymentMethod",
        /// Where it is billed to, as far as the form asks.
        billing_details: Option<ChosenBilling> = "billingDetails",
        /// The chosen saved payment method.
        payment_method: Option<SavedPaymentMethod> = "payment_method",
    }
}

payload! {
    /// Where the chosen payment method is billed to.
    pub struct ChosenBilling {
        /// As far as the form asks.
        address: ChosenAddress = "address",
    }
}

payload! {
    /// The part of a billing address that the form asks for.
    pub struct ChosenAddress {
        /// Two letters, ISO 3166-1, upper case.
        country: Option<String> = "country",
        /// ZIP or postal code.
        postal_code: Option<String> = "postalCode",
    }
}

payload! {
    /// A payment method that was kept earlier.
    pub struct SavedPaymentMethod {
        /// `pm_…`
        id: String = "id",
        /// Its type, such as `card`.
        kind: String = "type",
        /// Who it belongs to.
        billing_details: SavedBilling = "billing_details",
    }
}

payload! {
    /// Who a saved payment method belongs to.
    pub struct SavedBilling {
        /// Full name.
        name: Option<String> = "name",
        /// E-mail address.
        email: Option<String> = "email",
        /// Phone number.
        phone: Option<String> = "phone",
        /// Billing address.
        address: PostalAddress = "address",
    }
}

payload! {
    /// A postal address, as Stripe.js tells it.
    pub struct PostalAddress {
        /// Street and number, P.O. box or company.
        line1: Option<String> = "line1",
        /// Flat, suite, unit or building.
        line2: Option<String> = "line2",
        /// City, district, suburb, town or village.
        city: Option<String> = "city",
        /// State, county, province or region.
        state: Option<String> = "state",
        /// ZIP or postal code.
        postal_code: Option<String> = "postal_code",
        /// Two letters, ISO 3166-1, upper case.
        country: Option<String> = "country",
    }
}

payload! {
    /// What became known about the card.
    pub struct CardDetailsChange {
        /// It is being looked up.
        loading: bool = "loading",
        /// What is known.
        details: Option<CardDetails> = "details",
    }
}

payload! {
    /// What is known about a card before it is charged.
    pub struct CardDetails {
        /// The brands it carries.
        brands: Option<Vec<CardBrand>> = "brands",
        /// How it is funded.
        funding: Option<CardFunding> = "funding",
    }
}

open_enum! {
    /// A card's brand. See <https://docs.stripe.com/payments/cards>.
    pub enum CardBrand {
        /// American Express.
        Amex = "amex",
        /// Diners Club.
        Diners = "diners",
        /// Discover.
        Discover = "discover",
        /// eftpos Australia.
        EftposAu = "eftpos_au",
        /// JCB.
        Jcb = "jcb",
        /// Mastercard.
        Mastercard = "mastercard",
        /// UnionPay.
        Unionpay = "unionpay",
        /// Visa.
        Visa = "visa",
        /// Not known yet.
        Unknown = "unknown",
    }
}

open_enum! {
    /// How a card is funded.
    pub enum CardFunding {
        /// By credit.
        Credit = "credit",
        /// From an account.
        Debit = "debit",
        /// In advance.
        Prepaid = "prepaid",
        /// Not known.
        Unknown = "unknown",
    }
}

payload! {
    /// How the change of a saved payment method went.
    pub struct SavedPaymentMethodChange {
        /// Whether it was made.
        success: bool = "success",
        /// Stripe's words, if not.
        error: Option<String> = "error",
        /// The payment method.
        payment_method: SavedPaymentMethod = "payment_method",
    }
}

payload! {
    /// Which payment methods are on offer.
    pub struct AvailablePaymentMethods {
        /// By name; nothing while it is not known.
        payment_methods: Option<Named<Availability>> = "paymentMethods",
    }
}

payload! {
    /// Whether a payment method is on offer.
    pub struct Availability {
        /// Whether it is.
        available: bool = "available",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::payload::Read;

    #[test]
    fn a_change_is_read_tolerantly() {
        let read = |event: serde_json::Value| PaymentChange::read(&event).unwrap_or_default();
        let change = read(json!({
            "empty": true,
            "complete": "yes",
            "value": { "type": "afterpay_clearpay", "payment_method": null },
            "weather": "fine",
        }));
        assert_eq!(
            (change.empty, change.complete, change.collapsed),
            (true, false, false)
        );
        assert_eq!(change.value.kind, "afterpay_clearpay");
        assert_eq!(change.value.payment_method, None);
        assert_eq!(read(json!({ "value": 7 })), PaymentChange::default());
        assert_eq!(read(json!(null)), PaymentChange::default());
    }
}
