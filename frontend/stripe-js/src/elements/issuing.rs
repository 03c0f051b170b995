//! The elements that show an issued card to its holder: the number never touches the page.

use super::element::element;
use super::style::Style;
use crate::extra::Extra;
use crate::names::closed_enum;
use crate::options::options;
use crate::secret::Secret;

element! {
    /// Shows the number of an issued card.
    ///
    /// See <https://docs.stripe.com/js/issuing_elements/create?type=issuingCardNumberDisplay>.
    IssuingCardNumberDisplay = "issuingCardNumberDisplay",
    IssuingCardNumberDisplayElement(IssuingDisplayOptions) {
        update(IssuingDisplayOptions),
        methods [focus, blur, clear],
        events [ready],
    }
}

element! {
    /// Shows the security code of an issued card.
    ///
    /// See <https://docs.stripe.com/js/issuing_elements/create?type=issuingCardCvcDisplay>.
    IssuingCardCvcDisplay = "issuingCardCvcDisplay",
    IssuingCardCvcDisplayElement(IssuingDisplayOptions) {
        update(IssuingDisplayOptions),
        methods [focus, blur, clear],
        events [],
    }
}

element! {
    /// Shows the expiry date of an issued card.
    ///
    /// See <https://docs.stripe.com/js/issuing_elements/create?type=issuingCardExpiryDisplay>.
    IssuingCardExpiryDisplay = "issuingCardExpiryDisplay",
    IssuingCardExpiryDisplayElement(IssuingDisplayOptions) {
        update(IssuingDisplayOptions),
        methods [focus, blur, clear],
        events [],
    }
}

element! {
    /// Shows the PIN of an issued card.
    ///
    /// See <https://docs.stripe.com/js/issuing_elements/create?type=issuingCardPinDisplay>.
    IssuingCardPinDisplay = "issuingCardPinDisplay",
    IssuingCardPinDisplayElement(IssuingDisplayOptions) {
        update(IssuingDisplayOptions),
        methods [focus, blur, clear],
        events [],
    }
}

element! {
    /// Copies a part of an issued card.
    ///
    /// See <https://docs.stripe.com/js/issuing_elements/create?type=issuingCardCopyButton>.
    IssuingCardCopyButton = "issuingCardCopyButton",
    IssuingCardCopyButtonElement(IssuingCardCopyButtonOptions) {
        update(IssuingCardCopyButtonOptions),
        methods [focus, blur, clear],
        events [click],
    }
}

element! {
    /// Adds an issued card to the holder's wallet. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/issuing/elements>.
    IssuingAddToWalletButton = "issuingAddToWalletButton",
    IssuingAddToWalletButtonElement(IssuingAddToWalletButtonOptions) {
        update(IssuingAddToWalletButtonOptions),
        methods [focus, blur, clear],
        events [click, success],
    }
}

options! {
    /// What a display of an issued card needs. See [`Stripe::create_ephemeral_key_nonce`](crate::Stripe::create_ephemeral_key_nonce).
    #[serde(rename_all = "camelCase")]
    pub struct IssuingDisplayOptions {
        required {
            /// `ic_…`
            issuing_card: String,
        }
        /// The secret of the ephemeral key that your server made for the nonce.
        ephemeral_key_secret: Secret,
        /// The nonce.
        nonce: Secret,
        /// Looks by state.
        style: Style,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// What the copy button needs.
    #[serde(rename_all = "camelCase")]
    pub struct IssuingCardCopyButtonOptions {
        required {
            /// What it copies.
            to_copy: CardPart,
        }
        /// Looks by state.
        style: Style,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

closed_enum! {
    /// A part of an issued card.
    pub enum CardPart {
        /// The number.
        Number = "number",
        /// The expiry date.
        Expiry = "expiry",
        /// The security code.
        Cvc = "cvc",
        /// The PIN.
        Pin = "pin",
    }
}

/// The number.
impl Default for CardPart {
    fn default() -> Self {
        Self::Number
    }
}

options! {
    /// What the button that adds a card to a wallet needs.
    #[serde(rename_all = "camelCase")]
    pub struct IssuingAddToWalletButtonOptions {
        required {
            /// `ic_…`
            issuing_card: String,
            /// The secret of the ephemeral key that your server made for the nonce.
            ephemeral_key_secret: Secret,
            /// The nonce.
            nonce: Secret,
            /// Which wallet.
            wallet: IssuingWallet,
        }
        /// The button's height in pixels.
        #[serde(rename = "buttonHeight")]
        button_height_px: u32,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

closed_enum! {
    /// A wallet that takes issued cards.
    pub enum IssuingWallet {
        /// Apple's.
        Apple = "apple",
    }
}

/// Apple's.
impl Default for IssuingWallet {
    fn default() -> Self {
        Self::Apple
    }
}
