//! The options of the Payment Element.

use serde::Serialize;

use crate::confirmation_token::BillingDetails;
use crate::extra::Extra;
use crate::options::options;

options! {
    /// The options of the Payment Element.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_payment_element>.
    #[serde(rename_all = "camelCase")]
    pub struct PaymentElementOptions {
        /// How payment methods are laid out.
        layout: Layout,
        /// What is known about the shopper already.
        default_values: DefaultValues,
        /// Which fields are shown.
        fields: Fields,
        /// Whose terms are shown.
        terms: Terms,
        /// Which wallets are offered.
        wallets: Wallets,
        /// The business named in the element.
        business: Business,
        /// The order of payment methods; Stripe's own by default.
        payment_method_order: Vec<String>,
        /// Whether nothing can be changed.
        read_only: bool,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

/// How payment methods are laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layout {
    /// Side by side, or below each other.
    #[serde(rename = "type")]
    pub kind: LayoutType,
    /// Whether no payment method is open at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_collapsed: Option<bool>,
    /// Whether an accordion shows radio buttons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radios: Option<Radios>,
    /// Whether the items of an accordion stand apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spaced_accordion_items: Option<bool>,
    /// How many items an accordion shows before "more".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_accordion_items_count: Option<u32>,
    /// Where an accordion shows a payment method's logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method_logo_position: Option<LogoPosition>,
}

impl Layout {
    /// Payment methods side by side.
    pub fn tabs() -> Self {
        Self::of(LayoutType::Tabs)
    }

    /// Payment methods below each other.
    pub fn accordion() -> Self {
        Self::of(LayoutType::Accordion)
    }

    /// Stripe decides.
    pub fn auto() -> Self {
        Self::of(LayoutType::Auto)
    }

    fn of(kind: LayoutType) -> Self {
        Self {
            kind,
            default_collapsed: None,
            radios: None,
            spaced_accordion_items: None,
            visible_accordion_items_count: None,
            payment_method_logo_position: None,
        }
    }
}

/// Side by side, or below each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LayoutType {
    /// Side by side.
    Tabs,
    /// Below each other.
    Accordion,
    /// Stripe decides.
    Auto,
}

/// Whether an accordion shows radio buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Radios {
    /// Stripe decides.
    Auto,
    /// Never.
    Never,
    /// Always.
    Always,
    /// When there is a choice.
    IfMultiple,
}

/// Where an accordion shows a payment method's logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogoPosition {
    /// Before the name.
    Start,
    /// After it.
    End,
}

options! {
    /// What is known about the shopper already.
    #[serde(rename_all = "camelCase")]
    pub struct DefaultValues {
        /// Who pays.
        billing_details: BillingDetails,
        /// About the card.
        card: CardDefaults,
    }
}

options! {
    /// What is known about the card already.
    pub struct CardDefaults {
        /// Networks to prefer on a co-branded card, such as `cartes_bancaires`.
        network: Vec<String>,
    }
}

options! {
    /// Which fields the Payment Element shows. What it hides has to be given when the token is made.
    #[serde(rename_all = "camelCase")]
    pub struct Fields {
        /// The fields about the payer.
        billing_details: BillingFields,
    }
}

/// Which fields about the payer are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum BillingFields {
    /// All alike.
    All(Show),
    /// Field by field.
    Each(EachBillingField),
}

options! {
    /// Which fields about the payer are shown, one by one.
    #[derive(PartialEq, Eq)]
    pub struct EachBillingField {
        /// Full name.
        name: Show,
        /// E-mail address.
        email: Show,
        /// Phone number.
        phone: Show,
        /// Address.
        address: AddressFields,
    }
}

/// Which fields of the address are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AddressFields {
    /// All alike.
    All(Show),
    /// Those that the payment method cannot do without.
    #[serde(serialize_with = "if_required")]
    IfRequired,
    /// Field by field.
    Each(EachAddressField),
}

fn if_required<S: serde::Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("if_required")
}

options! {
    /// Which fields of the address are shown, one by one.
    #[derive(PartialEq, Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct EachAddressField {
        /// Country.
        country: Show,
        /// ZIP or postal code.
        postal_code: Show,
        /// State, county, province or region.
        state: Show,
        /// City.
        city: Show,
        /// Street and number.
        line1: Show,
        /// Flat, suite, unit or building.
        line2: Show,
    }
}

/// Whether something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Show {
    /// Where Stripe finds it useful.
    Auto,
    /// Never.
    Never,
}

options! {
    /// Whose terms are shown.
    #[serde(rename_all = "camelCase")]
    pub struct Terms {
        /// Apple Pay's.
        apple_pay: TermsShown,
        /// AU BECS direct debit's.
        au_becs_debit: TermsShown,
        /// Bancontact's.
        bancontact: TermsShown,
        /// A card's.
        card: TermsShown,
        /// Cash App's.
        cashapp: TermsShown,
        /// Google Pay's.
        google_pay: TermsShown,
        /// iDEAL's.
        ideal: TermsShown,
        /// Klarna's.
        klarna: TermsShown,
        /// PayPal's.
        paypal: TermsShown,
        /// SEPA direct debit's.
        sepa_debit: TermsShown,
        /// Sofort's.
        sofort: TermsShown,
        /// A US bank account's.
        us_bank_account: TermsShown,
    }
}

/// When terms are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TermsShown {
    /// Where the law or the network asks for it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

options! {
    /// Which wallets are offered.
    #[serde(rename_all = "camelCase")]
    pub struct Wallets {
        /// Apple Pay.
        apple_pay: Show,
        /// Google Pay.
        google_pay: Show,
        /// Link.
        link: Show,
    }
}

/// The business named in the element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Business {
    /// Its name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::confirmation_token::Address;

    fn check(options: &PaymentElementOptions, expected: Value) {
        assert_eq!(serde_json::to_value(options).unwrap(), expected);
    }

    #[test]
    fn what_is_absent_is_not_sent() {
        check(&PaymentElementOptions::default(), json!({}));
    }

    #[test]
    fn every_option_has_stripes_name() {
        check(
            &PaymentElementOptions {
                layout: Some(Layout {
                    default_collapsed: Some(false),
                    radios: Some(Radios::IfMultiple),
                    spaced_accordion_items: Some(true),
                    visible_accordion_items_count: Some(3),
                    payment_method_logo_position: Some(LogoPosition::End),
                    ..Layout::accordion()
                }),
                default_values: Some(DefaultValues {
                    billing_details: Some(BillingDetails {
                        email: Some("ada@example.com".into()),
                        address: Some(Address {
                            postal_code: Some("10117".into()),
                            ..Default::default()
                        }),
                        ..Default::default()
                    }),
                    card: Some(CardDefaults {
                        network: Some(vec!["cartes_bancaires".into()]),
                    }),
                }),
                fields: Some(Fields {
                    billing_details: Some(BillingFields::Each(EachBillingField {
                        name: Some(Show::Auto),
                        email: Some(Show::Never),
                        phone: Some(Show::Never),
                        address: Some(AddressFields::Each(EachAddressField {
                            country: Some(Show::Never),
                            postal_code: Some(Show::Never),
                            state: Some(Show::Auto),
                            city: Some(Show::Auto),
                            line1: Some(Show::Auto),
                            line2: Some(Show::Auto),
                        })),
                    })),
                }),
                terms: Some(Terms {
                    apple_pay: Some(TermsShown::Auto),
                    au_becs_debit: Some(TermsShown::Always),
                    bancontact: Some(TermsShown::Never),
                    card: Some(TermsShown::Never),
                    cashapp: Some(TermsShown::Never),
                    google_pay: Some(TermsShown::Never),
                    ideal: Some(TermsShown::Never),
                    klarna: Some(TermsShown::Never),
                    paypal: Some(TermsShown::Never),
                    sepa_debit: Some(TermsShown::Never),
                    sofort: Some(TermsShown::Never),
                    us_bank_account: Some(TermsShown::Never),
                }),
                wallets: Some(Wallets {
                    apple_pay: Some(Show::Auto),
                    google_pay: Some(Show::Never),
                    link: Some(Show::Never),
                }),
                business: Some(Business {
                    name: "Till".into(),
                }),
                payment_method_order: Some(vec!["card".into(), "ideal".into()]),
                read_only: Some(true),
                extra: Extra::default().with("walletOptions", json!({ "emailRequired": true })),
            },
            json!({
                "layout": {
                    "type": "accordion",
                    "defaultCollapsed": false,
                    "radios": "if_multiple",
                    "spacedAccordionItems": true,
                    "visibleAccordionItemsCount": 3,
                    "paymentMethodLogoPosition": "end",
                },
                "defaultValues": {
                    "billingDetails": {
                        "email": "ada@example.com",
                        "address": { "postal_code": "10117" },
                    },
                    "card": { "network": ["cartes_bancaires"] },
                },
                "fields": {
                    "billingDetails": {
                        "name": "auto",
                        "email": "never",
                        "phone": "never",
                        "address": {
                            "country": "never",
                            "postalCode": "never",
                            "state": "auto",
                            "city": "auto",
                            "line1": "auto",
                            "line2": "auto",
                        },
                    },
                },
                "terms": {
                    "applePay": "auto",
                    "auBecsDebit": "always",
                    "bancontact": "never",
                    "card": "never",
                    "cashapp": "never",
                    "googlePay": "never",
                    "ideal": "never",
                    "klarna": "never",
                    "paypal": "never",
                    "sepaDebit": "never",
                    "sofort": "never",
                    "usBankAccount": "never",
                },
                "wallets": { "applePay": "auto", "googlePay": "never", "link": "never" },
                "business": { "name": "Till" },
                "paymentMethodOrder": ["card", "ideal"],
                "readOnly": true,
                "walletOptions": { "emailRequired": true },
            }),
        );
    }

    #[test]
    fn fields_can_be_answered_alike() {
        let address = |address| Fields {
            billing_details: Some(BillingFields::Each(EachBillingField {
                address: Some(address),
                ..Default::default()
            })),
        };
        for (fields, expected) in [
            (
                Fields {
                    billing_details: Some(BillingFields::All(Show::Never)),
                },
                json!({ "billingDetails": "never" }),
            ),
            (
                address(AddressFields::IfRequired),
                json!({ "billingDetails": { "address": "if_required" } }),
            ),
            (
                address(AddressFields::All(Show::Auto)),
                json!({ "billingDetails": { "address": "auto" } }),
            ),
        ] {
            assert_eq!(serde_json::to_value(fields).unwrap(), expected);
        }
    }

    #[test]
    fn a_layout_can_be_a_name_alone() {
        for (layout, name) in [
            (Layout::tabs(), "tabs"),
            (Layout::accordion(), "accordion"),
            (Layout::auto(), "auto"),
        ] {
            assert_eq!(
                serde_json::to_value(layout).unwrap(),
                json!({ "type": name })
            );
        }
    }
}
