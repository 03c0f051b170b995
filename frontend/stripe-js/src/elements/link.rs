//! The elements that ask who pays: for Link, Stripe's own wallet, and for contact details.

use super::element::element;
use crate::extra::Extra;
use crate::options::options;
use crate::payload::payload;

element! {
    /// The Link Authentication Element: an e-mail address, and Link for those who have it.
    ///
    /// See <https://docs.stripe.com/js/element/link_authentication_element>.
    LinkAuthentication = "linkAuthentication",
    LinkAuthenticationElement(LinkAuthenticationElementOptions) {
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=linkAuthenticationElement>.
        on on_change = "change"(EmailChange),
    }
}

element! {
    /// The Link sign-up element. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/payments/link>.
    LinkSignup = "linkSignup", LinkSignupElement(LinkSignupElementOptions) {
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart],
    }
}

element! {
    /// The Contact Details Element: an e-mail address. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/create_contact_details_element>.
    ContactDetails = "contactDetails", ContactDetailsElement(ContactDetailsElementOptions) {
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart],
        /// What the shopper typed changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change>.
        on on_change = "change"(EmailChange),
    }
}

options! {
    /// The options of the Link Authentication Element.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_link_authentication_element>.
    #[serde(rename_all = "camelCase")]
    pub struct LinkAuthenticationElementOptions {
        /// What is known already.
        default_values: EmailDefault,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// The options of the Contact Details Element.
    #[serde(rename_all = "camelCase")]
    pub struct ContactDetailsElementOptions {
        /// What is known already.
        default_values: EmailDefault,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// An e-mail address to begin with.
    pub struct EmailDefault {
        required {
            /// E-mail address.
            email: String,
        }
    }
}

options! {
    /// The options of the Link sign-up element.
    #[serde(rename_all = "camelCase")]
    pub struct LinkSignupElementOptions {
        /// What is known already.
        default_values: LinkSignupDefaults,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// Who may sign up.
    pub struct LinkSignupDefaults {
        /// E-mail address.
        email: String,
        /// Full name.
        name: String,
        /// Phone number.
        phone: String,
    }
}

payload! {
    /// What changed in an element that asks for an e-mail address.
    pub struct EmailChange {
        /// Nothing is typed.
        empty: bool = "empty",
        /// It is an address.
        complete: bool = "complete",
        /// What is typed.
        value: EmailTyped = "value",
    }
}

payload! {
    /// What is typed into an element that asks for an e-mail address.
    pub struct EmailTyped {
        /// E-mail address.
        email: String = "email",
    }
}
