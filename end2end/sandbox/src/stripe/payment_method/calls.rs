//! The calls on PaymentMethods: create, update, attach, detach.

use super::{ALLOW_REDISPLAY, Method, PaymentMethod, PaymentMethodData};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::instrument::Instrument;
use crate::stripe::json::{Value, json};
use crate::stripe::params::{self, Params};

impl Call<'_> {
    pub(crate) fn create_payment_method(&mut self, params: Params) -> Result<Value> {
        if let Some(field) = ["customer", "payment_method"]
            .iter()
            .find(|it| params.has(it))
        {
            return Err(Error::invalid(
                "PaymentMethods are cloned to connected accounts only, and this account has none.",
            )
            .param(*field));
        }
        let data = PaymentMethodData::read(params, self.world, self.now)?;
        let id = self.keep_payment_method(Method::Data(Box::new(data)))?;
        Ok(self.method(&id)?.json(&self.world.account))
    }

    pub(crate) fn update_payment_method(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut method = self.method(id)?.clone();
        let before = method.json(&self.world.account);
        if let Some(allow) = params.one_of("allow_redisplay", ALLOW_REDISPLAY)? {
            method.data.allow_redisplay = Some(allow);
        }
        if let Some(details) = params.map("billing_details")? {
            params::merge_billing_details(&mut method.data.billing_details, details)?;
        }
        method.data.metadata = params.metadata(&method.data.metadata)?;
        if let Some(mut changes) = params.map("card")? {
            let Instrument::Card(card) = &mut method.data.instrument else {
                return Err(Error::invalid("This PaymentMethod is not a card.").param("card"));
            };
            card.update(&mut changes, self.now)?;
        }
        if method.customer.is_none() {
            return Err(Error::invalid(
                "You must save this PaymentMethod to a customer before you can update it.",
            ));
        }
        let after = method.json(&self.world.account);
        self.world.payment_methods.put(method);
        self.emit_updated("payment_method.updated", &before, after.clone());
        Ok(after)
    }

    pub(crate) fn attach_payment_method(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let customer = params.required_text("customer")?;
        self.check_customer(Some(&customer), "customer")?;
        self.check_attachable(id)?;
        let id = self.keep_payment_method(Method::Saved(id.to_owned()))?;
        self.attach(&id, &customer, false);
        Ok(self.method(&id)?.json(&self.world.account))
    }

    /// Whether a payment method may be saved to a customer: the issuer has a say.
    pub(crate) fn check_attachable(&self, id: &str) -> Result<()> {
        let data = self.usable_data(&Method::Saved(id.to_owned()), None);
        let data = data.map_err(|error| match self.world.payment_methods.get(id) {
            Some(PaymentMethod {
                customer: Some(_), ..
            }) => Error::invalid(
                "The payment method you provided has already been attached to a customer.",
            ),
            None => error.status(404),
            _ => error,
        })?;
        if !data.instrument.is_reusable() {
            return Err(Error::invalid(format!(
                "Payment methods of type `{}` cannot be saved to customers.",
                data.instrument.type_name()
            )));
        }
        match data
            .card()
            .and_then(|card| card.test_card().setup_decline())
        {
            None => Ok(()),
            Some(decline) => Err(Error::declined(decline)),
        }
    }

    /// Saves a payment method to a customer, and notes whether it is authenticated for off-session payments.
    pub(crate) fn attach(&mut self, id: &str, customer: &str, off_session: bool) {
        let Some(mut method) = self.world.payment_methods.get(id).cloned() else {
            return;
        };
        let is_new = method.customer.is_none();
        method.set_up_off_session |= off_session;
        method.customer = Some(customer.to_owned());
        let json = method.json(&self.world.account);
        self.world.payment_methods.put(method);
        if is_new {
            self.emit("payment_method.attached", json, None);
        }
    }

    pub(crate) fn detach_payment_method(&mut self, id: &str) -> Result<Value> {
        let mut method = self.method(id)?.clone();
        let Some(customer) = method.customer.take() else {
            return Err(Error::invalid(
                "The payment method you provided is not attached to a customer so detachment is impossible.",
            ));
        };
        method.used_up = true;
        let json = method.json(&self.world.account);
        self.world.payment_methods.put(method);
        self.end_mandates(id);
        self.forget_default_method(&customer, id);
        let previous = json!({ "customer": customer });
        self.emit("payment_method.detached", json.clone(), Some(previous));
        Ok(json)
    }

    fn method(&self, id: &str) -> Result<&PaymentMethod> {
        let method = self.world.payment_methods.get(id);
        method.ok_or_else(|| Error::missing("PaymentMethod", id))
    }

    /// The parameter `payment_method` of a list names a type: `card`.
    pub(crate) fn list_payment_methods(
        &self,
        customer: Option<String>,
        mut params: Params,
    ) -> Result<Value> {
        let page = crate::stripe::list::Page::read(&mut params)?;
        let url = match &customer {
            Some(id) => format!("/v1/customers/{id}/payment_methods"),
            None => "/v1/payment_methods".to_owned(),
        };
        let in_path = customer.is_some();
        let customer = customer.or(params.text("customer")?);
        let kind = params.text("type")?;
        let allow = params.one_of("allow_redisplay", ALLOW_REDISPLAY)?;
        match self.check_customer(customer.as_deref(), "customer") {
            Err(error) if in_path => return Err(error.status(404)),
            other => other?,
        }
        let rows = match &customer {
            Some(customer) => self.world.payment_methods.of(customer),
            // Without a customer there is nothing to list: methods that belong to nobody are not shown.
            None => self.world.payment_methods.of(""),
        };
        page.of(
            &rows,
            &url,
            |method| {
                kind.as_ref()
                    .is_none_or(|kind| kind == method.data.instrument.type_name())
                    && allow.as_ref().is_none_or(|allow| {
                        method
                            .data
                            .allow_redisplay
                            .as_deref()
                            .unwrap_or("unspecified")
                            == allow
                    })
            },
            |method| method.json(&self.world.account),
        )
    }
}
