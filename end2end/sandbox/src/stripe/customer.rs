//! Customers (docs.stripe.com/api/customers): who owns saved payment methods.

mod invoice_settings;

use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::params::{self, Change, Metadata, Params};
use super::payment_intent::email;
use super::payment_method::Method;
use super::subscription::{Status, Subscription};
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Value, json};
use invoice_settings::InvoiceSettings;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Customer {
    pub id: String,
    pub created: i64,
    pub deleted: bool,
    pub address: Option<Value>,
    pub balance: i64,
    pub business_name: Option<String>,
    pub default_payment_method: Option<String>,
    pub description: Option<String>,
    pub email: Option<String>,
    pub individual_name: Option<String>,
    pub invoice_prefix: String,
    #[serde(default)]
    pub invoice_settings: InvoiceSettings,
    pub metadata: Metadata,
    pub name: Option<String>,
    pub next_invoice_sequence: i64,
    pub phone: Option<String>,
    pub preferred_locales: Vec<String>,
    pub shipping: Option<Value>,
    pub tax_exempt: Option<String>,
}

impl Row for Customer {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        self.email.as_deref().into_iter().collect()
    }
}

impl Customer {
    pub(crate) fn json(&self) -> Value {
        if self.deleted {
            return json!({ "id": self.id, "object": "customer", "deleted": true });
        }
        let mut json = json!({
            "id": self.id,
            "object": "customer",
            "address": self.address,
            "balance": self.balance,
            "created": self.created,
            "currency": null,
            "customer_account": null,
            "default_source": null,
            "delinquent": false,
            "description": self.description,
            "discount": null,
            "email": self.email,
            "invoice_prefix": self.invoice_prefix,
            "invoice_settings": self.invoice_settings.json(self.default_payment_method.as_deref()),
            "livemode": false,
            "metadata": self.metadata,
            "name": self.name,
            "next_invoice_sequence": self.next_invoice_sequence,
            "phone": self.phone,
            "preferred_locales": self.preferred_locales,
            "shipping": self.shipping,
            "tax_exempt": self.tax_exempt.as_deref().unwrap_or("none"),
            "test_clock": null,
        });
        for (name, value) in [
            ("business_name", &self.business_name),
            ("individual_name", &self.individual_name),
        ] {
            if let Some(value) = value {
                json[name] = json!(value);
            }
        }
        json
    }

    /// What is shown only where `expand[]` asks for it. There are neither sources nor tax IDs.
    pub(crate) fn included(&self, world: &World, field: &str) -> Option<Value> {
        let url = format!("/v1/customers/{}/{field}", self.id);
        let nothing = json!({ "object": "list", "data": [], "has_more": false, "url": url });
        match field {
            "subscriptions" => {
                let rows = world.subscriptions.of(&self.id);
                let runs = |it: &Subscription| it.status != Status::Canceled;
                let page = Page::first().of(&rows, &url, runs, |it| it.json(world));
                page.ok()
            }
            "sources" | "tax_ids" => Some(nothing),
            _ => None,
        }
    }
}

impl Call<'_> {
    pub(crate) fn create_customer(&mut self, mut params: Params) -> Result<Value> {
        let method = params.text("payment_method")?;
        let mut customer = Customer {
            created: self.now,
            next_invoice_sequence: 1,
            ..Customer::default()
        };
        self.read_customer(&mut customer, params)?;
        if let Some(method) = &method {
            self.check_attachable(method)?;
        }
        if let Some(default) = &customer.default_payment_method
            && method.as_ref() != Some(default)
        {
            return Err(self.not_the_customer_s(default));
        }
        customer.id = format!("cus_{}", self.world.random.letters(14));
        if customer.invoice_prefix.is_empty() {
            customer.invoice_prefix = self.world.random.letters(8).to_ascii_uppercase();
        }
        let id = customer.id.clone();
        let json = customer.json();
        self.world.customers.put(customer);
        self.emit("customer.created", json.clone(), None);
        if let Some(method) = method {
            let method = self.keep_payment_method(Method::Saved(method))?;
            self.attach(&method, &id, false);
        }
        Ok(json)
    }

    pub(crate) fn update_customer(&mut self, id: &str, params: Params) -> Result<Value> {
        let mut customer = self.customer(id)?.clone();
        let before = customer.json();
        self.read_customer(&mut customer, params)?;
        if let Some(default) = &customer.default_payment_method {
            let method = self.world.payment_methods.get(default);
            if method.is_none_or(|method| method.customer.as_deref() != Some(id)) {
                return Err(self.not_the_customer_s(default));
            }
        }
        let after = customer.json();
        self.world.customers.put(customer);
        self.emit_updated("customer.updated", &before, after.clone());
        Ok(after)
    }

    fn not_the_customer_s(&self, method: &str) -> Box<Error> {
        Error::missing_param(
            "PaymentMethod",
            method,
            "invoice_settings[default_payment_method]",
        )
    }

    fn read_customer(&self, customer: &mut Customer, mut params: Params) -> Result<()> {
        if params.has("source") {
            return Err(Error::invalid(
                "Customers keep PaymentMethods here, and no sources: attach one instead.",
            )
            .param("source"));
        }
        for (name, field) in [
            ("business_name", &mut customer.business_name),
            ("description", &mut customer.description),
            ("individual_name", &mut customer.individual_name),
            ("name", &mut customer.name),
            ("phone", &mut customer.phone),
        ] {
            params.change(name)?.apply(field);
        }
        let given = params.change("email")?;
        given
            .map(|text| email(text, "email"))?
            .apply(&mut customer.email);
        let address = params.change_map("address")?;
        address
            .map(|given| params::address(Some(given)))?
            .apply(&mut customer.address);
        let shipping = params.change_map("shipping")?;
        let shipping = shipping.map(|given| params::shipping(Some(given)))?;
        match shipping {
            Change::Keep => {}
            Change::Unset => customer.shipping = None,
            Change::Set(shipping) => customer.shipping = shipping,
        }
        if let Some(balance) = params.integer("balance")? {
            customer.balance = balance;
        }
        if let Some(prefix) = params.text("invoice_prefix")? {
            let fits = (3..=12).contains(&prefix.len())
                && prefix
                    .bytes()
                    .all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit());
            if !fits {
                return Err(Error::invalid(
                    "An invoice prefix has 3 to 12 uppercase letters or numbers.",
                )
                .param("invoice_prefix"));
            }
            customer.invoice_prefix = prefix;
        }
        if let Some(next) = params.integer_in("next_invoice_sequence", 1..=1_000_000_000)? {
            customer.next_invoice_sequence = next;
        }
        if let Some(locales) = params.list("preferred_locales")? {
            customer.preferred_locales = locales;
        }
        if params.is_text("tax_exempt", "") {
            customer.tax_exempt = None;
        } else if let Some(exempt) = params.one_of("tax_exempt", &["exempt", "none", "reverse"])? {
            customer.tax_exempt = Some(exempt);
        }
        if let Some(mut settings) = params.map("invoice_settings")? {
            settings
                .change("default_payment_method")?
                .apply(&mut customer.default_payment_method);
            customer.invoice_settings.read(&mut settings)?;
        }
        customer.metadata = params.metadata(&customer.metadata)?;
        Ok(())
    }

    /// Its payment methods are detached; the id stays known, as that of a deleted customer.
    pub(crate) fn delete_customer(&mut self, id: &str) -> Result<Value> {
        let mut customer = self.customer(id)?.clone();
        let json = customer.json();
        let methods = self.world.payment_methods.of(id);
        let methods: Vec<String> = methods.iter().map(|method| method.id.clone()).collect();
        for method in methods {
            self.detach_payment_method(&method)?;
        }
        let subscriptions = self.world.subscriptions.of(id);
        let subscriptions: Vec<String> = subscriptions
            .iter()
            .filter(|subscription| !subscription.status.has_ended())
            .map(|subscription| subscription.id.clone())
            .collect();
        for subscription in subscriptions {
            self.end_subscription(&subscription, "cancellation_requested");
        }
        customer.deleted = true;
        customer.email = None;
        let deleted = customer.json();
        self.world.customers.put(customer);
        self.emit("customer.deleted", json, None);
        Ok(deleted)
    }

    pub(crate) fn retrieve_customer(&self, id: &str) -> Result<Value> {
        let customer = self.world.customers.get(id);
        customer
            .map(Customer::json)
            .ok_or_else(|| Error::missing("customer", id))
    }

    pub(crate) fn list_customers(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let email = params.text("email")?;
        let rows = self.world.customers.of_first(&[&email]);
        page.of(
            &rows,
            "/v1/customers",
            |customer| !customer.deleted,
            Customer::json,
        )
    }

    /// A customer that is there, for a path.
    fn customer(&self, id: &str) -> Result<&Customer> {
        let customer = self.world.customers.get(id);
        customer
            .filter(|customer| !customer.deleted)
            .ok_or_else(|| Error::missing("customer", id))
    }

    /// Whether the customer named in a parameter is there.
    pub(crate) fn check_customer(&self, id: Option<&str>, param: &str) -> Result<()> {
        match id {
            Some(id) if self.customer(id).is_err() => {
                Err(Error::missing_param("customer", id, param))
            }
            _ => Ok(()),
        }
    }

    /// Reads the parameter `customer`, and refuses accounts in its place.
    pub(crate) fn read_customer_id(&self, params: &mut Params) -> Result<Option<String>> {
        let customer = params.text("customer")?;
        self.check_customer(customer.as_deref(), "customer")?;
        Ok(customer)
    }

    pub(crate) fn forget_default_method(&mut self, customer: &str, method: &str) {
        if let Some(customer) = self.world.customers.get_mut(customer)
            && customer.default_payment_method.as_deref() == Some(method)
        {
            customer.default_payment_method = None;
        }
    }
}
