//! GET: one object by its id, or a list.

use super::{Asked, unrecognized};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::expand;
use crate::stripe::list::Page;
use crate::stripe::params::Params;
use serde_json::Value;

impl Call<'_> {
    pub(super) fn read(
        &mut self,
        segments: &[&str],
        mut params: Params,
        asked: &Asked<'_>,
    ) -> Result<Value> {
        match segments {
            ["balance_transactions"] => self.list_balance_transactions(params),
            ["charges"] => self.list_charges(params),
            [
                kind @ ("charges" | "customers" | "payment_intents" | "prices" | "products"),
                "search",
            ] => self.search(kind, params),
            ["coupons"] => self.list_coupons(params),
            ["coupons", id] => {
                params.finish()?;
                Ok(self.coupon(id)?.json(self.now))
            }
            ["customers"] => self.list_customers(params),
            ["customers", id, "payment_methods"] => {
                self.list_payment_methods(Some((*id).to_owned()), params)
            }
            ["customers", customer, "payment_methods", id] => {
                params.finish()?;
                self.check_customer(Some(customer), "customer")
                    .map_err(|error| error.status(404))?;
                let method = self.world.payment_methods.get(id);
                method
                    .filter(|method| method.customer.as_deref() == Some(*customer))
                    .map(|method| method.json(&self.world.account))
                    .ok_or_else(|| Error::missing("PaymentMethod", id))
            }
            ["customers", id] => {
                params.finish()?;
                self.retrieve_customer(id)
            }
            ["disputes"] => self.list_disputes(params),
            ["events"] => self.list_events(params),
            ["payment_intents"] => self.list_payment_intents(params),
            ["payment_intents" | "setup_intents", id] => {
                params.without_effect(&["client_secret"]);
                params.finish()?;
                self.retrieve(segments[0], id)
            }
            ["payment_methods"] => self.list_payment_methods(None, params),
            ["radar", "early_fraud_warnings"] => self.list_early_fraud_warnings(params),
            ["radar", "early_fraud_warnings", id] => {
                params.finish()?;
                self.retrieve("radar.early_fraud_warnings", id)
            }
            ["prices"] => self.list_prices(params),
            ["products"] => self.list_products(params),
            ["products", id] => {
                params.finish()?;
                let product = self.world.products.get(id);
                let product = product.ok_or_else(|| Error::missing("product", id))?;
                Ok(product.json())
            }
            ["promotion_codes"] => self.list_promotion_codes(params),
            ["refunds"] => self.list_refunds(params),
            ["setup_intents"] => self.list_setup_intents(params),
            ["webhook_endpoints"] => self.list_webhook_endpoints(params),
            ["webhook_endpoints", id] => {
                params.finish()?;
                Ok(self.webhook_endpoint(id)?.json())
            }
            [
                kind @ ("balance_transactions"
                | "charges"
                | "confirmation_tokens"
                | "disputes"
                | "events"
                | "payment_methods"
                | "prices"
                | "promotion_codes"
                | "refunds"),
                id,
            ] => {
                params.finish()?;
                self.retrieve(kind, id)
            }
            _ => Err(unrecognized(asked)),
        }
    }

    /// The object with this id, if it is one of this kind.
    fn retrieve(&self, kind: &str, id: &str) -> Result<Value> {
        let kind = kind.trim_end_matches('s');
        let found = expand::object(self.world, self.now, id);
        let name = if kind == "payment_method" {
            "PaymentMethod"
        } else {
            kind
        };
        found
            .filter(|object| object["object"] == kind)
            .ok_or_else(|| Error::missing(name, id))
    }

    fn list_payment_intents(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let customer = params.text("customer")?;
        params.not_modelled(&["customer_account"])?;
        params.finish()?;
        let rows = self.world.payment_intents.of_first(&[&customer]);
        page.of(
            &rows,
            "/v1/payment_intents",
            |_| true,
            |intent| intent.json(self.world),
        )
    }

    fn list_charges(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let intent = params.text("payment_intent")?;
        let customer = params.text("customer")?;
        let group = params.text("transfer_group")?;
        params.finish()?;
        let rows = self.world.charges.of_first(&[&intent, &customer]);
        page.of(
            &rows,
            "/v1/charges",
            |charge| {
                (customer.is_none() || charge.customer == customer)
                    && (group.is_none() || charge.transfer_group == group)
            },
            |charge| charge.json(self.world),
        )
    }

    fn list_refunds(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let charge = params.text("charge")?;
        let intent = params.text("payment_intent")?;
        params.finish()?;
        let rows = self.world.refunds.of_first(&[&charge, &intent]);
        page.of(
            &rows,
            "/v1/refunds",
            |refund| {
                intent
                    .as_ref()
                    .is_none_or(|id| refund.payment_intent == *id)
            },
            |refund| refund.json(),
        )
    }

    fn list_events(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let mut kinds = params.list("types")?.unwrap_or_default();
        kinds.extend(params.text("type")?);
        params.without_effect(&["delivery_success"]);
        params.finish()?;
        page.of(
            &self.world.events.all(),
            "/v1/events",
            |event| kinds.is_empty() || kinds.iter().any(|kind| matches_kind(kind, &event.kind)),
            |event| event.json(),
        )
    }
}

/// `charge.*` stands for all of a kind.
pub(crate) fn matches_kind(wanted: &str, kind: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(start) => kind.starts_with(start),
        None => wanted == kind,
    }
}
