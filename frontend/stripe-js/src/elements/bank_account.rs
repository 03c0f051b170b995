//! The elements for a bank account: IBAN and Australian.

use super::card::FieldError;
use super::element::{Kind, element};
use super::style::{Classes, IconStyle, Style};
use crate::extra::Extra;
use crate::options::options;
use crate::payload::payload;

element! {
    /// The IBAN Element.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=iban>.
    Iban = "iban", IbanElement(IbanElementOptions) {
        update(IbanElementOptions),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=ibanElement>.
        on on_change = "change"(IbanChange),
    }
}

element! {
    /// The element for an Australian bank account. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/payments/au-becs-debit>.
    AuBankAccount = "auBankAccount", AuBankAccountElement(AuBankAccountElementOptions) {
        update(AuBankAccountElementOptions),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change>.
        on on_change = "change"(AuBankAccountChange),
    }
}

/// The kind that stands for an IBAN: [`Iban`].
pub trait TakesIban: Kind {}

impl TakesIban for Iban {}

/// The kind that stands for an Australian bank account: [`AuBankAccount`].
pub trait TakesBankAccount: Kind {}

impl TakesBankAccount for AuBankAccount {}

options! {
    /// The options of the IBAN Element; all of them can change.
    #[serde(rename_all = "camelCase")]
    pub struct IbanElementOptions {
        /// Classes by state.
        classes: Classes,
        /// Looks by state.
        style: Style,
        /// Which countries' accounts are taken: `SEPA`.
        supported_countries: Vec<String>,
        /// The country whose form an empty field shows.
        placeholder_country: String,
        /// How the icon is drawn.
        icon_style: IconStyle,
        /// Whether there is no icon.
        hide_icon: bool,
        /// Whether nothing can be typed.
        disabled: bool,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// The options of the element for an Australian bank account; all of them can change.
    #[serde(rename_all = "camelCase")]
    pub struct AuBankAccountElementOptions {
        /// Classes by state.
        classes: Classes,
        /// Looks by state.
        style: Style,
        /// How the icon is drawn.
        icon_style: IconStyle,
        /// Whether there is no icon.
        hide_icon: bool,
        /// Whether nothing can be typed.
        disabled: bool,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

payload! {
    /// What changed in an IBAN Element.
    pub struct IbanChange {
        /// Nothing is typed.
        empty: bool = "empty",
        /// Everything is well formed.
        complete: bool = "complete",
        /// What is wrong with it.
        error: Option<FieldError> = "error",
        /// The account's country, two letters.
        country: String = "country",
        /// The bank's name.
        bank_name: String = "bankName",
    }
}

payload! {
    /// What changed in an element for an Australian bank account.
    pub struct AuBankAccountChange {
        /// Nothing is typed.
        empty: bool = "empty",
        /// Everything is well formed.
        complete: bool = "complete",
        /// What is wrong with it.
        error: Option<FieldError> = "error",
        /// The bank's name.
        bank_name: Option<String> = "bankName",
        /// The branch's name.
        branch_name: Option<String> = "branchName",
    }
}
