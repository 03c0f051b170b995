//! The Card Element, and the same in three parts. Older than the Payment Element: cards only, and no ConfirmationToken.

use super::element::{Kind, element};
use super::payment::CardBrand;
use super::style::{Classes, IconStyle, Style};
use crate::extra::Extra;
use crate::names::CardNetwork;
use crate::options::options;
use crate::payload::payload;

element! {
    /// The Card Element: number, date, code and postal code in one line.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=card>.
    Card = "card", CardElement(CardElementOptions) {
        update(CardElementUpdate),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, networkschange, loaderror],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=cardElement>.
        on on_change = "change"(CardChange),
    }
}

element! {
    /// The card's number alone.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=cardNumber>.
    CardNumber = "cardNumber", CardNumberElement(CardNumberElementOptions) {
        update(CardNumberElementUpdate),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, networkschange, loaderror],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=cardNumberElement>.
        on on_change = "change"(CardNumberChange),
    }
}

element! {
    /// The card's expiry date alone.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=cardExpiry>.
    CardExpiry = "cardExpiry", CardExpiryElement(CardPartOptions) {
        update(CardPartOptions),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=cardExpiryElement>.
        on on_change = "change"(FieldChange),
    }
}

element! {
    /// The card's security code alone, also to ask for it again with a saved card.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=cardCvc>.
    CardCvc = "cardCvc", CardCvcElement(CardPartOptions) {
        update(CardPartOptions),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=cardCvcElement>.
        on on_change = "change"(FieldChange),
    }
}

/// The kinds that stand for a card in a call: [`Card`] and [`CardNumber`].
pub trait TakesCard: Kind {}

impl TakesCard for Card {}
impl TakesCard for CardNumber {}

/// The kind that stands for a security code: [`CardCvc`].
pub trait TakesCvc: Kind {}

impl TakesCvc for CardCvc {}

options! {
    /// The options of the Card Element.
    #[serde(rename_all = "camelCase")]
    pub struct CardElementOptions {
        /// Classes by state.
        classes: Classes,
        /// Looks by state.
        style: Style,
        /// What is known already.
        value: CardValue,
        /// Whether no postal code is asked for.
        hide_postal_code: bool,
        /// How the icon is drawn.
        icon_style: IconStyle,
        /// Whether there is no icon.
        hide_icon: bool,
        /// Whether nothing can be typed.
        disabled: bool,
        /// Whether Link is not offered.
        disable_link: bool,
        /// Networks to prefer on a co-branded card.
        preferred_network: Vec<CardNetwork>,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// A change of a Card Element's options.
    #[serde(rename_all = "camelCase")]
    pub struct CardElementUpdate {
        /// Classes by state.
        classes: Classes,
        /// Looks by state.
        style: Style,
        /// What is known already.
        value: CardValue,
        /// Whether no postal code is asked for.
        hide_postal_code: bool,
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
    /// What is known about the card already.
    #[serde(rename_all = "camelCase")]
    pub struct CardValue {
        /// ZIP or postal code.
        postal_code: String,
    }
}

options! {
    /// The options of the element for a card's number.
    #[serde(rename_all = "camelCase")]
    pub struct CardNumberElementOptions {
        /// Classes by state.
        classes: Classes,
        /// Looks by state.
        style: Style,
        /// What an empty field shows.
        placeholder: String,
        /// Whether nothing can be typed.
        disabled: bool,
        /// Whether the brand's icon is shown.
        show_icon: bool,
        /// How it is drawn.
        icon_style: IconStyle,
        /// Whether Link is not offered.
        disable_link: bool,
        /// Networks to prefer on a co-branded card.
        preferred_network: Vec<CardNetwork>,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// A change of options of the element for a card's number.
    #[serde(rename_all = "camelCase")]
    pub struct CardNumberElementUpdate {
        /// Classes by state.
        classes: Classes,
        /// Looks by state.
        style: Style,
        /// What an empty field shows.
        placeholder: String,
        /// Whether nothing can be typed.
        disabled: bool,
        /// Whether the brand's icon is shown.
        show_icon: bool,
        /// How it is drawn.
        icon_style: IconStyle,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// The options of the elements for a card's date and code; all of them can change.
    pub struct CardPartOptions {
        /// Classes by state.
        classes: Classes,
        /// Looks by state.
        style: Style,
        /// What an empty field shows.
        placeholder: String,
        /// Whether nothing can be typed.
        disabled: bool,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

payload! {
    /// What changed in a Card Element.
    pub struct CardChange {
        /// Nothing is typed.
        empty: bool = "empty",
        /// Everything is well formed.
        complete: bool = "complete",
        /// What is wrong with it.
        error: Option<FieldError> = "error",
        /// What may be known of it.
        value: CardPostal = "value",
        /// The card's brand.
        brand: CardBrand = "brand",
    }
}

payload! {
    /// What a page may know of a typed card.
    pub struct CardPostal {
        /// ZIP or postal code.
        postal_code: String = "postalCode",
    }
}

payload! {
    /// What changed in the element for a card's number.
    pub struct CardNumberChange {
        /// Nothing is typed.
        empty: bool = "empty",
        /// Everything is well formed.
        complete: bool = "complete",
        /// What is wrong with it.
        error: Option<FieldError> = "error",
        /// The card's brand.
        brand: CardBrand = "brand",
    }
}

payload! {
    /// What changed in an element of one field.
    pub struct FieldChange {
        /// Nothing is typed.
        empty: bool = "empty",
        /// Everything is well formed.
        complete: bool = "complete",
        /// What is wrong with it.
        error: Option<FieldError> = "error",
    }
}

payload! {
    /// What is wrong with a field.
    pub struct FieldError without { "type": "It is always validation_error.", } {
        /// Such as `incomplete_number`.
        code: String = "code",
        /// In words for the shopper.
        message: String = "message",
    }
}
