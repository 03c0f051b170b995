//! The Tax ID Element: a business's name and its number with the tax office.

use super::address::Ask;
use super::element::element;
use super::tax_id_type::TaxIdType;
use crate::calls::{calls, reply};
use crate::extra::Extra;
use crate::names::{closed_enum, open_enum};
use crate::options::options;
use crate::payload::payload;

element! {
    /// The Tax ID Element. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/tax_id_element>.
    TaxId = "taxId", TaxIdElement(TaxIdElementOptions) {
        update(TaxIdElementOptions),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart],
        /// What the shopper filled in changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change>.
        on on_change = "change"(TaxIdChange),
    }
}

calls! {
    impl TaxIdElement("taxId") {
        /// What is filled in, also where it is not complete.
        ///
        /// See <https://docs.stripe.com/js/custom_checkout/tax_id_element>.
        fn get_value = "getValue"() -> TaxIdChange;
    }
}

reply! { TaxIdChange; }

options! {
    /// The options of the Tax ID Element; all of them can change.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdElementOptions {
        /// Whether the element is shown.
        visibility: Ask,
        /// Which fields are shown.
        fields: TaxIdFields,
        /// What has to be filled in.
        validation: TaxIdValidation,
        /// What is looked up.
        verification: TaxIdVerification,
        /// What is known already.
        default_values: TaxIdDefaults,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// Which fields the Tax ID Element shows.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdFields {
        /// The business's name.
        business_name: Ask,
    }
}

options! {
    /// What has to be filled in.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdValidation {
        /// The business's name.
        business_name: Required,
        /// The number.
        tax_id: Required,
    }
}

options! {
    /// Whether a field has to be filled in.
    pub struct Required {
        /// Whether it has to.
        required: Ask,
    }
}

options! {
    /// What is looked up.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdVerification {
        /// The number.
        tax_id: Verification,
    }
}

options! {
    /// Whether a number is looked up.
    pub struct Verification {
        /// When.
        mode: VerificationMode,
    }
}

closed_enum! {
    /// When a number is looked up.
    pub enum VerificationMode {
        /// Where its country has a register.
        IfSupported = "if_supported",
        /// Never.
        Never = "never",
    }
}

options! {
    /// What is known of a tax ID already.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdDefaults {
        /// The business's name.
        business_name: String,
        /// What kind of number.
        tax_id_type: TaxIdType,
        /// The number.
        tax_id: String,
    }
}

payload! {
    /// What a Tax ID Element holds.
    pub struct TaxIdChange {
        /// Nothing is filled in.
        empty: bool = "empty",
        /// Everything is filled in.
        complete: bool = "complete",
        /// The element is shown.
        visible: bool = "visible",
        /// What is filled in.
        value: TaxIdFilled = "value",
        /// What was looked up.
        verification: Option<TaxIdVerified> = "verification",
    }
}

payload! {
    /// What is filled into a Tax ID Element.
    pub struct TaxIdFilled {
        /// The business's name.
        business_name: String = "businessName",
        /// The number.
        tax_id: String = "taxId",
        /// What kind of number the element asked for.
        tax_id_type: TaxIdType = "taxIdType",
        /// The same, as Stripe's API calls it: `eu_vat` for every country of the Union.
        external_tax_id_type: String = "externalTaxIdType",
    }
}

payload! {
    /// What was looked up.
    pub struct TaxIdVerified {
        /// The number.
        tax_id: Option<Verified> = "taxId",
    }
}

payload! {
    /// How looking a number up ended.
    pub struct Verified {
        /// Where it stands.
        status: VerificationStatus = "status",
    }
}

open_enum! {
    /// Where looking a number up stands.
    pub enum VerificationStatus {
        /// Not known yet.
        Pending = "pending",
        /// It is in the register.
        Verified = "verified",
        /// It is not.
        Unverified = "unverified",
        /// The register does not answer.
        Unavailable = "unavailable",
    }
}
