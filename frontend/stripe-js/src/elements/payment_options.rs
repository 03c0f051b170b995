//! The options of the Payment Element.

use serde::Serialize;

use super::super::apple_pay::ApplePay;
use crate::confirmation_token::BillingDetails;
use crate::extra::Extra;
use crate::names::{CardNetwork, closed_enum};
use crate::options::options;
#[cfg(test)]
use crate::sample::Sample;

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
    /// How payment methods are laid out. Begin with [`tabs`](Self::tabs), [`accordion`](Self::accordion) or
    /// [`auto`](Self::auto).
    #[derive(PartialEq, Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Layout {
        required {
            /// Side by side, or below each other.
            #[serde(rename = "type")]
            kind: LayoutType,
        }
        /// Whether no payment method is open at first.
        default_collapsed: bool,
        /// Whether an accordion shows radio buttons.
        radios: Radios,
        /// Whether the items of an accordion stand apart.
        spaced_accordion_items: bool,
        /// How many items an accordion shows before "more".
        visible_accordion_items_count: u32,
        /// Where an accordion shows a payment method's logo.
        payment_method_logo_position: LogoPosition,
    }
}

options! {
    /// What of a layout can change. Begin with [`Layout`]'s kind.
    #[derive(PartialEq, Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LayoutUpdate {
        required {
            /// Side by side, or below each other.
            #[serde(rename = "type")]
            kind: LayoutType,
        }
        /// Whether an accordion shows radio buttons.
        radios: Radios,
        /// Whether the items of an accordion stand apart.
        spaced_accordion_items: bool,
        /// How many items an accordion shows before "more".
        visible_accordion_items_count: u32,
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

/// Stripe decides.
impl Default for LayoutType {
    fn default() -> Self {
        Self::Auto
    }
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
            ..Self::default()
        }
    }
}

closed_enum! {
    /// Side by side, or below each other.
    pub enum LayoutType {
        /// Side by side.
        Tabs = "tabs",
        /// Below each other.
        Accordion = "accordion",
        /// Stripe decides.
        Auto = "auto",
    }
}

closed_enum! {
    /// Whether an accordion shows radio buttons.
    pub enum Radios {
        /// Stripe decides.
        Auto = "auto",
        /// Never.
        Never = "never",
        /// Always.
        Always = "always",
        /// When there is a choice.
        IfMultiple = "if_multiple",
    }
}

closed_enum! {
    /// Where an accordion shows a payment method's logo.
    pub enum LogoPosition {
        /// Before the name.
        Start = "start",
        /// After it.
        End = "end",
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
    /// Which fields the Payment Element shows. What it hides has to be given when the token is made.
    #[serde(rename_all = "camelCase")]
    pub struct Fields {
        /// The fields about the payer.
        billing_details: BillingFields,
        ../// The same for one payment method alone, by its type.
        of_method: MethodFields,
    }
}

/// Which fields are shown with one payment method, by its type such as `klarna`.
///
/// ```
/// use stripe_js::payment_element::{BillingFields, Fields, MethodFields, Show};
///
/// let fields = Fields {
///     of_method: MethodFields::from([("klarna", BillingFields::All(Show::Never))]),
///     ..Default::default()
/// };
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MethodFields(Vec<(String, BillingFields)>);

impl<N: Into<String>, const LEN: usize> From<[(N, BillingFields); LEN]> for MethodFields {
    fn from(fields: [(N, BillingFields); LEN]) -> Self {
        let fields = fields.into_iter();
        Self(fields.map(|(name, fields)| (name.into(), fields)).collect())
    }
}

impl Serialize for MethodFields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Of<'a> {
            billing_details: &'a BillingFields,
        }
        serializer.collect_map(self.0.iter().map(|(name, fields)| {
            let billing_details = fields;
            (name, Of { billing_details })
        }))
    }
}

#[cfg(test)]
impl Sample for MethodFields {
    fn samples() -> Vec<Self> {
        BillingFields::samples()
            .into_iter()
            .map(|fields| [("klarna", fields.clone()), ("card", fields)].into())
            .collect()
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

#[cfg(test)]
impl Sample for BillingFields {
    fn samples() -> Vec<Self> {
        let all = Show::samples().into_iter().map(Self::All);
        all.chain(EachBillingField::samples().into_iter().map(Self::Each))
            .collect()
    }
}

options! {
    /// Which fields about the payer are shown, one by one.
    #[derive(PartialEq, Eq)]
    pub struct EachBillingField {
        /// Full name.
        name: ShowAlways,
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

#[cfg(test)]
impl Sample for AddressFields {
    fn samples() -> Vec<Self> {
        let all = Show::samples().into_iter().map(Self::All);
        let each = EachAddressField::samples().into_iter().map(Self::Each);
        all.chain([Self::IfRequired]).chain(each).collect()
    }
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

closed_enum! {
    /// Whether something is shown.
    pub enum Show {
        /// Where Stripe finds it useful.
        Auto = "auto",
        /// Never.
        Never = "never",
    }
}

closed_enum! {
    /// Whether something is shown, with the choice to insist.
    pub enum ShowAlways {
        /// Where Stripe finds it useful.
        Auto = "auto",
        /// Never.
        Never = "never",
        /// Always.
        Always = "always",
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

    #[test]
    fn fields_can_be_answered_alike() {
        let address = |address| Fields {
            billing_details: Some(BillingFields::Each(EachBillingField {
                address: Some(address),
                ..Default::default()
            })),
            ..Default::default()
        };
        for (fields, expected) in [
            (
                Fields {
                    billing_details: Some(BillingFields::All(Show::Never)),
                    ..Default::default()
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
