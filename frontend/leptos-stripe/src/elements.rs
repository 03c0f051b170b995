//! The elements: one component each, with its options and events as props. What they mean is [`stripe_js`]'s to say.

use stripe_js::elements::{
    Address, AddressChange, AddressElementOptions, AuBankAccount, AuBankAccountChange,
    AuBankAccountElementOptions, AvailableWallets, Card, CardChange, CardCvc, CardElementOptions,
    CardExpiry, CardNumber, CardNumberChange, CardNumberElementOptions, CardPartOptions,
    ChangeReply, ClickReply, ConfirmReply, ContactDetails, ContactDetailsElementOptions,
    CurrencySelector, EmailChange, ExpressCheckout, ExpressCheckoutElementOptions, ExpressClick,
    ExpressConfirm, ExpressReady, FieldChange, Iban, IbanChange, IbanElementOptions,
    IssuingAddToWalletButton, IssuingAddToWalletButtonOptions, IssuingCardCopyButton,
    IssuingCardCopyButtonOptions, IssuingCardCvcDisplay, IssuingCardExpiryDisplay,
    IssuingCardNumberDisplay, IssuingCardPinDisplay, IssuingDisplayOptions, LinkAuthentication,
    LinkAuthenticationElementOptions, LinkSignup, LinkSignupElementOptions, Payment,
    PaymentMethodMessaging, PaymentMethodMessagingElementOptions, PlainElementOptions,
    ShippingAddressChange, ShippingRateChange, TaxId, TaxIdChange, TaxIdElementOptions, Terms,
};
use stripe_js::payment_element::{
    AvailablePaymentMethods, CardDetailsChange, PaymentChange, PaymentElementOptions,
    SavedPaymentMethodChange,
};

use crate::component::component;

component! {
    /// The Payment Element: a form for every payment method that fits.
    ///
    /// See <https://docs.stripe.com/js/element/payment_element>.
    PaymentElement(Payment), PaymentElementProps(PaymentElementOptions) {
        update ["wallets"],
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_loader_start],
        /// What the shopper filled in changed.
        on_change(change: PaymentChange),
        /// What is known about the card in the form changed.
        on_card_details_change(change: CardDetailsChange),
        /// A saved payment method was updated, or could not be.
        on_saved_payment_method_update(change: SavedPaymentMethodChange),
        /// A saved payment method was removed, or could not be.
        on_saved_payment_method_remove(change: SavedPaymentMethodChange),
        /// The payment methods on offer changed.
        on_available_payment_methods_change(available: AvailablePaymentMethods),
    }
}

component! {
    /// The Express Checkout Element: wallets, each with a button and a sheet of its own.
    ///
    /// See <https://docs.stripe.com/elements/express-checkout-element>.
    ExpressCheckoutElement(ExpressCheckout),
    ExpressCheckoutElementProps(ExpressCheckoutElementOptions) {
        update [
            "applePay", "business", "buttonTheme", "buttonType", "lineItems", "paymentMethods", "shippingRates",
        ],
        failure(on_load_error),
        events [on_focus, on_blur, on_escape, on_cancel],
        /// The buttons are there, or it is known that there are none.
        on_ready(ready: ExpressReady),
        /// A button was clicked: say within a second what the sheet shows.
        on_click(click: ExpressClick, reply: ClickReply),
        /// The shopper agreed in the wallet: now pay.
        on_confirm(confirm: ExpressConfirm, reply: ConfirmReply),
        /// The shopper chose where the parcel goes.
        on_shipping_address_change(change: ShippingAddressChange, reply: ChangeReply),
        /// The shopper chose how it is sent.
        on_shipping_rate_change(change: ShippingRateChange, reply: ChangeReply),
        /// The wallets on offer changed.
        on_available_payment_methods_change(available: AvailableWallets),
    }
}

component! {
    /// The Address Element: a name and an address, for shipping or billing.
    ///
    /// See <https://docs.stripe.com/js/element/address_element>.
    AddressElement(Address), AddressElementProps(AddressElementOptions) {
        update [],
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_loader_start],
        /// What the shopper typed changed.
        on_change(change: AddressChange),
    }
}

component! {
    /// The Link Authentication Element: an e-mail address, and Link for those who have it.
    ///
    /// See <https://docs.stripe.com/js/element/link_authentication_element>.
    LinkAuthenticationElement(LinkAuthentication),
    LinkAuthenticationElementProps(LinkAuthenticationElementOptions) {
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_loader_start],
        /// What the shopper typed changed.
        on_change(change: EmailChange),
    }
}

component! {
    /// The Link sign-up element. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/payments/link>.
    LinkSignupElement(LinkSignup), LinkSignupElementProps(LinkSignupElementOptions) {
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_loader_start],
    }
}

component! {
    /// The Contact Details Element: an e-mail address. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/create_contact_details_element>.
    ContactDetailsElement(ContactDetails),
    ContactDetailsElementProps(ContactDetailsElementOptions) {
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_loader_start],
        /// What the shopper typed changed.
        on_change(change: EmailChange),
    }
}

component! {
    /// What the shopper could pay later, told beside a price.
    ///
    /// See <https://docs.stripe.com/elements/payment-method-messaging>.
    PaymentMethodMessagingElement(PaymentMethodMessaging),
    PaymentMethodMessagingElementProps(PaymentMethodMessagingElementOptions) {
        update [],
        events [on_ready],
    }
}

component! {
    /// The Currency Selector Element: the shopper's own currency, or the shop's.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/currency_selector_element>.
    CurrencySelectorElement(CurrencySelector),
    CurrencySelectorElementProps(PlainElementOptions) {
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape],
    }
}

component! {
    /// The Tax ID Element: the number of a business that buys.
    ///
    /// See <https://docs.stripe.com/js/element>.
    TaxIdElement(TaxId), TaxIdElementProps(TaxIdElementOptions) {
        update [],
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_loader_start],
        /// What the shopper typed changed.
        on_change(change: TaxIdChange),
    }
}

component! {
    /// The Terms Element: what the shopper agrees to. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/js/element>.
    TermsElement(Terms), TermsElementProps(PlainElementOptions) {
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_loader_start],
    }
}

component! {
    /// The Card Element: number, date, code and postal code in one line. Older than the Payment Element.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=card>.
    CardElement(Card), CardElementProps(CardElementOptions) {
        update ["disableLink", "preferredNetwork"],
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_networks_change],
        /// What the shopper typed changed.
        on_change(change: CardChange),
    }
}

component! {
    /// A card's number alone.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=cardNumber>.
    CardNumberElement(CardNumber), CardNumberElementProps(CardNumberElementOptions) {
        update ["disableLink", "preferredNetwork"],
        failure(on_load_error),
        events [on_ready, on_focus, on_blur, on_escape, on_networks_change],
        /// What the shopper typed changed.
        on_change(change: CardNumberChange),
    }
}

component! {
    /// A card's expiry date alone.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=cardExpiry>.
    CardExpiryElement(CardExpiry), CardExpiryElementProps(CardPartOptions) {
        update [],
        events [on_ready, on_focus, on_blur, on_escape],
        /// What the shopper typed changed.
        on_change(change: FieldChange),
    }
}

component! {
    /// A card's security code alone.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=cardCvc>.
    CardCvcElement(CardCvc), CardCvcElementProps(CardPartOptions) {
        update [],
        events [on_ready, on_focus, on_blur, on_escape],
        /// What the shopper typed changed.
        on_change(change: FieldChange),
    }
}

component! {
    /// The IBAN Element: a European bank account.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=iban>.
    IbanElement(Iban), IbanElementProps(IbanElementOptions) {
        update [],
        events [on_ready, on_focus, on_blur, on_escape],
        /// What the shopper typed changed.
        on_change(change: IbanChange),
    }
}

component! {
    /// The AU Bank Account Element: an Australian bank account.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=auBankAccount>.
    AuBankAccountElement(AuBankAccount),
    AuBankAccountElementProps(AuBankAccountElementOptions) {
        update [],
        events [on_ready, on_focus, on_blur, on_escape],
        /// What the shopper typed changed.
        on_change(change: AuBankAccountChange),
    }
}

component! {
    /// The number of a card that you issued.
    ///
    /// See <https://docs.stripe.com/issuing/elements>.
    IssuingCardNumberDisplayElement(IssuingCardNumberDisplay),
    IssuingCardNumberDisplayElementProps(IssuingDisplayOptions) {
        update [],
        events [on_ready],
    }
}

component! {
    /// The security code of a card that you issued.
    ///
    /// See <https://docs.stripe.com/issuing/elements>.
    IssuingCardCvcDisplayElement(IssuingCardCvcDisplay),
    IssuingCardCvcDisplayElementProps(IssuingDisplayOptions) {
        update [],
        events [],
    }
}

component! {
    /// The expiry date of a card that you issued.
    ///
    /// See <https://docs.stripe.com/issuing/elements>.
    IssuingCardExpiryDisplayElement(IssuingCardExpiryDisplay),
    IssuingCardExpiryDisplayElementProps(IssuingDisplayOptions) {
        update [],
        events [],
    }
}

component! {
    /// The PIN of a card that you issued.
    ///
    /// See <https://docs.stripe.com/issuing/elements>.
    IssuingCardPinDisplayElement(IssuingCardPinDisplay),
    IssuingCardPinDisplayElementProps(IssuingDisplayOptions) {
        update [],
        events [],
    }
}

component! {
    /// A button that copies a detail of a card that you issued.
    ///
    /// See <https://docs.stripe.com/issuing/elements>.
    IssuingCardCopyButtonElement(IssuingCardCopyButton),
    IssuingCardCopyButtonElementProps(IssuingCardCopyButtonOptions) {
        update [],
        events [on_click],
    }
}

component! {
    /// A button that puts a card that you issued into the phone's wallet.
    ///
    /// See <https://docs.stripe.com/issuing/elements>.
    IssuingAddToWalletButtonElement(IssuingAddToWalletButton),
    IssuingAddToWalletButtonElementProps(IssuingAddToWalletButtonOptions) {
        update [],
        events [on_click, on_success],
    }
}

/// Every component.
#[cfg(test)]
pub(crate) fn declared() -> Vec<crate::proof::Declared> {
    vec![
        PaymentElementProps::declared(),
        ExpressCheckoutElementProps::declared(),
        AddressElementProps::declared(),
        LinkAuthenticationElementProps::declared(),
        LinkSignupElementProps::declared(),
        ContactDetailsElementProps::declared(),
        PaymentMethodMessagingElementProps::declared(),
        CurrencySelectorElementProps::declared(),
        TaxIdElementProps::declared(),
        TermsElementProps::declared(),
        CardElementProps::declared(),
        CardNumberElementProps::declared(),
        CardExpiryElementProps::declared(),
        CardCvcElementProps::declared(),
        IbanElementProps::declared(),
        AuBankAccountElementProps::declared(),
        IssuingCardNumberDisplayElementProps::declared(),
        IssuingCardCvcDisplayElementProps::declared(),
        IssuingCardExpiryDisplayElementProps::declared(),
        IssuingCardPinDisplayElementProps::declared(),
        IssuingCardCopyButtonElementProps::declared(),
        IssuingAddToWalletButtonElementProps::declared(),
    ]
}
