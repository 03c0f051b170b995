//! Which fields the Payment Element shows.

use serde::Serialize;

use crate::names::closed_enum;
use crate::options::options;
#[cfg(test)]
use crate::sample::Sample;

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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
}
