//! `customer_details` of a calculation: where the customer is, and why no tax might be owed.

use super::{Place, Taxability};
use crate::stripe::call::Call;
use crate::stripe::error::Result;
use crate::stripe::json::{Value, json};
use crate::stripe::params::{self, Params};
use serde::{Deserialize, Serialize};

/// Tax IDs whose holders account for the tax themselves.
const BUSINESS_IDS: &[&str] = &[
    "eu_vat", "gb_vat", "ch_vat", "no_vat", "au_abn", "nz_gst", "sg_gst",
];

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CustomerDetails {
    pub address: Value,
    pub address_source: Option<String>,
    pub ip_address: Option<String>,
    /// Type and value.
    pub tax_ids: Vec<(String, String)>,
    pub taxability_override: Taxability,
    pub place: Place,
    /// What the customer's own `tax_exempt` says.
    pub of_customer: Taxability,
}

impl CustomerDetails {
    pub(crate) fn json(&self) -> Value {
        let tax_ids = self.tax_ids.iter();
        let tax_ids: Vec<Value> = tax_ids
            .map(|(kind, value)| json!({ "type": kind, "value": value }))
            .collect();
        json!({
            "address": self.address,
            "address_source": self.address_source,
            "ip_address": self.ip_address,
            "tax_ids": tax_ids,
            "taxability_override": self.taxability_override,
        })
    }

    pub(crate) fn taxability(&self) -> Taxability {
        let is_business = self
            .tax_ids
            .iter()
            .any(|(kind, _)| BUSINESS_IDS.contains(&kind.as_str()));
        match (self.taxability_override, self.of_customer) {
            (Taxability::None, Taxability::None) if is_business => Taxability::ReverseCharge,
            (Taxability::None, own) => own,
            (given, _) => given,
        }
    }
}

impl Call<'_> {
    /// Reads `customer_details`; what it leaves out is the customer's.
    pub(super) fn read_customer_details(
        &self,
        params: &mut Params,
        customer: Option<&str>,
    ) -> Result<CustomerDetails> {
        let mut given = match params.map("customer_details")? {
            Some(given) => given,
            None if customer.is_none() => return Err(params.missing("customer_details")),
            None => Params::default(),
        };
        let customer = customer.and_then(|id| self.world.customers.get(id));
        let address = given.map("address")?;
        let source = given.one_of("address_source", &["billing", "shipping"])?;
        let (address, source) = match (address, customer) {
            (Some(address), _) => (params::address(Some(address))?, source),
            (None, Some(customer)) => match (&customer.shipping, &customer.address) {
                (Some(shipping), _) => (shipping["address"].clone(), Some("shipping".to_owned())),
                (None, Some(address)) => (address.clone(), Some("billing".to_owned())),
                (None, None) => (Value::Null, None),
            },
            (None, None) => (Value::Null, None),
        };
        let tax_ids = match given.map("tax_ids")? {
            None => Vec::new(),
            Some(mut ids) => ids
                .items()?
                .into_iter()
                .map(|mut id| {
                    let read = (id.required_text("type")?, id.required_text("value")?);
                    Ok(read)
                })
                .collect::<Result<_>>()?,
        };
        let details = CustomerDetails {
            ip_address: given.text("ip_address")?,
            taxability_override: given
                .choice("taxability_override", Taxability::NAMES)?
                .unwrap_or_default(),
            place: Place::located(&address, "customer_details[address]")?,
            address,
            address_source: source,
            tax_ids,
            of_customer: Taxability::of_customer(
                customer.and_then(|customer| customer.tax_exempt.as_deref()),
            ),
        };
        Ok(details)
    }
}
