//! The options of the Payment Element.

use super::super::apple_pay::ApplePay;
use super::fields::{Fields, Show};
use super::layout::{Layout, LayoutUpdate};
use crate::confirmation_token::BillingDetails;
use crate::extra::Extra;
use crate::names::{CardNetwork, closed_enum};
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
        /// What a wallet has to ask for.
        wallet_options: WalletOptions,
        /// What Apple Pay is told of later payments.
        apple_pay: ApplePay,
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

options! {
    /// A change of a Payment Element's options.
    ///
    /// `wallets` is missing, it cannot change; nor can a layout's `default_collapsed` and logo position.
    /// See <https://docs.stripe.com/js/elements_object/update_payment_element>.
    #[serde(rename_all = "camelCase")]
    pub struct PaymentElementUpdate {
        /// How payment methods are laid out.
        layout: LayoutUpdate,
        /// What is known about the shopper already.
        default_values: DefaultValues,
        /// Which fields are shown.
        fields: Fields,
        /// Whose terms are shown.
        terms: Terms,
        /// What a wallet has to ask for.
        wallet_options: WalletOptions,
        /// What Apple Pay is told of later payments.
        apple_pay: ApplePay,
        /// The business named in the element.
        business: Business,
        /// The order of payment methods.
        payment_method_order: Vec<String>,
        /// Whether nothing can be changed.
        read_only: bool,
        ../// Options that these types do not know.
        extra: Extra,
    }
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
        /// Networks to prefer on a co-branded card.
        network: Vec<CardNetwork>,
    }
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

closed_enum! {
    /// When terms are shown.
    pub enum TermsShown {
        /// Where the law or the network asks for it.
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
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

options! {
    /// What a wallet has to ask its owner for.
    #[serde(rename_all = "camelCase")]
    pub struct WalletOptions {
        /// An e-mail address.
        email_required: bool,
        /// A phone number.
        phone_number_required: bool,
    }
}

options! {
    /// The business named in the element.
    #[derive(PartialEq, Eq)]
    pub struct Business {
        required {
            /// Its name.
            name: String,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::confirmation_token::Address;
    use crate::elements::payment::{
        AddressFields, BillingFields, EachAddressField, EachBillingField, LogoPosition, Radios,
        ShowAlways,
    };

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
                        network: Some(vec![CardNetwork::CartesBancaires]),
                    }),
                }),
                fields: Some(Fields {
                    billing_details: Some(BillingFields::Each(EachBillingField {
                        name: Some(ShowAlways::Always),
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
                    of_method: [("klarna", BillingFields::All(Show::Never))].into(),
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
                wallet_options: Some(WalletOptions {
                    email_required: Some(true),
                    phone_number_required: Some(false),
                }),
                apple_pay: None,
                business: Some(Business {
                    name: "Till".into(),
                }),
                payment_method_order: Some(vec!["card".into(), "ideal".into()]),
                read_only: Some(true),
                extra: Extra::default().with("paymentMethodWeather", json!({ "fine": true })),
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
                        "name": "always",
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
                    "klarna": { "billingDetails": "never" },
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
                "walletOptions": { "emailRequired": true, "phoneNumberRequired": false },
                "paymentMethodWeather": { "fine": true },
            }),
        );
    }
}
