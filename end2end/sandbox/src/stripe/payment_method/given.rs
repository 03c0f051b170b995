//! How a request names a payment method: by token, by id, or by its data; and what stands against using it.

use super::{PaymentMethod, PaymentMethodData};
use crate::stripe::calendar::year_and_month;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::instrument::Instrument;
use crate::stripe::params::Params;

/// What a confirmation uses.
#[derive(Debug, Clone)]
pub(crate) enum Method {
    Token(String),
    Saved(String),
    Data(Box<PaymentMethodData>),
}

impl Call<'_> {
    /// The saved method that this names, by itself or in a token.
    pub(crate) fn saved_id<'a>(&'a self, method: &'a Method) -> Option<&'a str> {
        match method {
            Method::Saved(id) => Some(id),
            Method::Token(id) => {
                let token = self.world.confirmation_tokens.get(id)?;
                token.payment_method.as_deref()
            }
            Method::Data(_) => None,
        }
    }

    /// Reads `confirmation_token`, `payment_method` and `payment_method_data`, of which there may be one.
    pub(crate) fn read_method_or_token(&mut self, params: &mut Params) -> Result<Option<Method>> {
        let fields = [
            "confirmation_token",
            "payment_method",
            "payment_method_data",
        ];
        params.only_one_of(&fields)?;
        let token = params.text("confirmation_token")?.map(Method::Token);
        let method = self.read_method(params)?;
        Ok(token.or(method))
    }

    /// Reads `payment_method` and `payment_method_data`, of which there may be one.
    pub(crate) fn read_method(&mut self, params: &mut Params) -> Result<Option<Method>> {
        params.only_one_of(&["payment_method", "payment_method_data"])?;
        if let Some(data) = params.map("payment_method_data")? {
            let data = PaymentMethodData::read(data, self.world, self.now)?;
            return Ok(Some(Method::Data(Box::new(data))));
        }
        Ok(params.text("payment_method")?.map(Method::Saved))
    }

    /// What `pm_card_visa`, or an existing PaymentMethod, holds.
    pub(crate) fn payment_method_data(&self, id: &str, param: &str) -> Result<PaymentMethodData> {
        if let Some(instrument) = Instrument::named(id, year_and_month(self.now).0) {
            return PaymentMethodData::of(instrument);
        }
        match self.world.payment_methods.get(id) {
            Some(method) => Ok(method.data.clone()),
            None => Err(Error::missing_param("PaymentMethod", id, param)),
        }
    }

    /// The data behind a method, if an intent of this customer may use it.
    pub(crate) fn usable_data(
        &self,
        method: &Method,
        customer: Option<&str>,
    ) -> Result<PaymentMethodData> {
        match method {
            Method::Data(data) => Ok((**data).clone()),
            Method::Token(id) => match self.world.confirmation_tokens.get(id) {
                Some(token) => {
                    if let Some(kept) = &token.payment_method
                        && let Some(kept) = self.world.payment_methods.get(kept)
                    {
                        check_customer(kept, customer)?;
                    }
                    Ok(token.data.clone())
                }
                None => Err(Error::missing_param(
                    "confirmation_token",
                    id,
                    "confirmation_token",
                )),
            },
            Method::Saved(id) => {
                if let Some(kept) = self.world.payment_methods.get(id) {
                    check_customer(kept, customer)?;
                }
                self.payment_method_data(id, "payment_method")
            }
        }
    }

    /// The id of the payment method that this is, made now if it is none yet.
    pub(crate) fn keep_payment_method(&mut self, method: Method) -> Result<String> {
        if let Some(id) = self.saved_id(&method)
            && self.world.payment_methods.get(id).is_some()
        {
            return Ok(id.to_owned());
        }
        let data = match method {
            Method::Data(data) => *data,
            other => self.usable_data(&other, None)?,
        };
        if let Some(token) = data.instrument.token() {
            self.use_up_token(token);
        }
        let id = self.world.random.id("pm_1");
        self.world.payment_methods.put(PaymentMethod {
            id: id.clone(),
            created: self.now,
            data,
            customer: None,
            set_up_off_session: false,
            used_up: false,
        });
        Ok(id)
    }
}

fn check_customer(method: &PaymentMethod, customer: Option<&str>) -> Result<()> {
    let id = &method.id;
    match (method.customer.as_deref(), customer) {
        (None, _) if method.used_up => Err(Error::invalid(format!(
            "The PaymentMethod {id} was used before without being attached to a Customer, or was detached from one. It \
             may not be used again."
        ))
        .param("payment_method")),
        (Some(owner), None) => Err(Error::invalid(format!(
            "The payment method {id} belongs to the Customer {owner}. Please include the Customer in the `customer` \
             parameter."
        ))
        .param("payment_method")),
        (Some(owner), Some(customer)) if owner != customer => Err(Error::invalid(format!(
            "The customer does not have a payment method with the ID {id}. The payment method must be attached to the \
             customer."
        ))
        .code("resource_missing")
        .param("payment_method")),
        _ => Ok(()),
    }
}
