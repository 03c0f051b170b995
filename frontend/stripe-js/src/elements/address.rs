//! The Address Element: where goods go, or where a payment method is billed to.

use serde::Serialize;

use super::element::element;
use crate::calls::{calls, reply};
use crate::extra::Extra;
use crate::names::{closed_enum, open_enum};
use crate::options::options;
use crate::payload::payload;
#[cfg(test)]
use crate::sample::Sample;
use crate::secret::Secret;

element! {
    /// The Address Element, for shipping or billing.
    ///
    /// See <https://docs.stripe.com/js/element/address_element>.
    Address = "address", AddressElement(AddressElementOptions) {
        update(AddressElementUpdate),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart],
        /// What the shopper filled in changed. Compute tax and shipping anew when it is complete.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change?type=addressElement>.
        on on_change = "change"(AddressChange),
    }
}

calls! {
    impl AddressElement("address") {
        /// What is filled in, also where it is not complete.
        ///
        /// See <https://docs.stripe.com/js/elements_object/get_value_address_element>.
        fn get_value = "getValue"(options: given(GetAddress)) -> AddressValue;
    }
}

reply! { AddressValue; }

impl AddressElementOptions {
    /// Where the goods go.
    pub fn shipping() -> Self {
        Self {
            mode: AddressMode::Shipping,
            ..Self::default()
        }
    }

    /// Where the payment method is billed to.
    pub fn billing() -> Self {
        Self {
            mode: AddressMode::Billing,
            ..Self::default()
        }
    }
}

options! {
    /// The options of the Address Element. Begin with [`shipping`](Self::shipping) or [`billing`](Self::billing).
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_address_element>.
    #[serde(rename_all = "camelCase")]
    pub struct AddressElementOptions {
        required {
            /// What the address is for.
            mode: AddressMode,
        }
        /// The only countries to offer: two letters, ISO 3166-1.
        allowed_countries: Vec<String>,
        /// How an address is completed while it is typed.
        autocomplete: Autocomplete,
        /// Whether a P.O. box is refused.
        block_po_box: bool,
        /// Addresses to choose from.
        contacts: Vec<Contact>,
        /// What is known already.
        default_values: AddressDefaults,
        /// Which fields are shown.
        fields: AddressElementFields,
        /// What has to be filled in.
        validation: AddressValidation,
        /// How fields are shown.
        display: AddressDisplay,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// A change of an Address Element's options.
    #[serde(rename_all = "camelCase")]
    pub struct AddressElementUpdate {
        /// What the address is for.
        mode: AddressMode,
        /// The only countries to offer: two letters, ISO 3166-1.
        allowed_countries: Vec<String>,
        /// How an address is completed while it is typed.
        autocomplete: Autocomplete,
        /// Whether a P.O. box is refused.
        block_po_box: bool,
        /// Addresses to choose from.
        contacts: Vec<Contact>,
        /// What is known already.
        default_values: AddressDefaults,
        /// Which fields are shown.
        fields: AddressElementFields,
        /// What has to be filled in.
        validation: AddressValidation,
        /// How fields are shown.
        display: AddressDisplay,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

open_enum! {
    /// What an address is for.
    pub enum AddressMode {
        /// Where the goods go.
        Shipping = "shipping",
        /// Where the payment method is billed to.
        Billing = "billing",
    }
}

/// How an address is completed while it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Autocomplete {
    /// Where Stripe has it.
    Automatic,
    /// Not at all.
    Disabled,
    /// With your own access to Google Maps.
    GoogleMapsApi {
        /// Your key.
        #[serde(rename = "apiKey")]
        api_key: Secret,
    },
}

#[cfg(test)]
impl Sample for Autocomplete {
    fn samples() -> Vec<Self> {
        let api_key = Secret::from("key");
        vec![
            Self::Automatic,
            Self::Disabled,
            Self::GoogleMapsApi { api_key },
        ]
    }
}

options! {
    /// An address to choose.
    pub struct Contact {
        required {
            /// Full name.
            name: String,
            /// The address.
            address: ContactAddress,
        }
        /// Phone number.
        phone: String,
    }
}

options! {
    /// The address of a contact.
    pub struct ContactAddress {
        required {
            /// Street and number, P.O. box or company.
            line1: String,
            /// City, district, suburb, town or village.
            city: String,
            /// State, county, province or region.
            state: String,
            /// ZIP or postal code.
            postal_code: String,
            /// Two letters, ISO 3166-1, upper case.
            country: String,
        }
        /// Flat, suite, unit or building.
        line2: String,
    }
}

options! {
    /// What is known of an address already.
    #[serde(rename_all = "camelCase")]
    pub struct AddressDefaults {
        /// Full name.
        name: String,
        /// First name, where names are shown in two.
        first_name: String,
        /// Last name, where names are shown in two.
        last_name: String,
        /// The address.
        address: DefaultAddress,
        /// Phone number.
        phone: String,
    }
}

options! {
    /// An address to begin with.
    pub struct DefaultAddress {
        required {
            /// Two letters, ISO 3166-1, upper case.
            country: String,
        }
        /// Street and number, P.O. box or company.
        line1: String,
        /// Flat, suite, unit or building.
        line2: String,
        /// City, district, suburb, town or village.
        city: String,
        /// State, county, province or region.
        state: String,
        /// ZIP or postal code.
        postal_code: String,
    }
}

options! {
    /// Which fields the Address Element shows.
    pub struct AddressElementFields {
        /// The phone number.
        phone: Ask,
        /// The name.
        name: AskName,
    }
}

closed_enum! {
    /// Whether something is asked for.
    pub enum Ask {
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
        /// Where Stripe finds it useful.
        Auto = "auto",
    }
}

closed_enum! {
    /// Whether the name is asked for.
    pub enum AskName {
        /// Never.
        Never = "never",
        /// As the element's mode needs it.
        Auto = "auto",
    }
}

/// Where Stripe finds it useful.
impl Default for Ask {
    fn default() -> Self {
        Self::Auto
    }
}

options! {
    /// What has to be filled in.
    pub struct AddressValidation {
        /// The phone number.
        phone: PhoneValidation,
    }
}

options! {
    /// Whether a phone number has to be filled in.
    pub struct PhoneValidation {
        required {
            /// Whether it has to.
            required: Ask,
        }
    }
}

options! {
    /// How fields are shown.
    pub struct AddressDisplay {
        /// The name.
        name: NameDisplay,
    }
}

closed_enum! {
    /// How a name is asked for.
    pub enum NameDisplay {
        /// In one field.
        Full = "full",
        /// In two fields.
        Split = "split",
        /// As an organisation's.
        Organization = "organization",
    }
}

options! {
    /// How [`AddressElement::get_value`] answers.
    pub struct GetAddress {
        /// In which script.
        format: AddressFormat,
    }
}

closed_enum! {
    /// The script of an address.
    pub enum AddressFormat {
        /// In Latin letters.
        Latin = "latin",
        /// As its country writes it.
        Localized = "localized",
    }
}

payload! {
    /// What changed in an Address Element.
    pub struct AddressChange {
        /// What the address is for.
        mode: AddressMode = "elementMode",
        /// Nothing is filled in.
        empty: bool = "empty",
        /// Everything is filled in.
        complete: bool = "complete",
        /// It is not one of the contacts.
        is_new_address: bool = "isNewAddress",
        /// What is filled in.
        value: AddressFilled = "value",
    }
}

payload! {
    /// What an Address Element holds.
    pub struct AddressValue {
        /// Everything is filled in.
        complete: bool = "complete",
        /// It is not one of the contacts.
        is_new_address: bool = "isNewAddress",
        /// What is filled in.
        value: AddressFilled = "value",
    }
}

payload! {
    /// What is filled into an Address Element.
    pub struct AddressFilled {
        /// Full name.
        name: String = "name",
        /// First name, where names are shown in two.
        first_name: Option<String> = "firstName",
        /// Last name, where names are shown in two.
        last_name: Option<String> = "lastName",
        /// The address.
        address: super::payment::PostalAddress = "address",
        /// Phone number.
        phone: Option<String> = "phone",
    }
}
