//! GET: one object by its id, or a list.

use super::{Asked, unrecognized};
use crate::stripe::call::Call;
use crate::stripe::delivery::{Delivery, DeliveryStatus};
use crate::stripe::error::{Error, Result};
use crate::stripe::event::Event;
use crate::stripe::expand;
use crate::stripe::json::Value;
use crate::stripe::list::Page;
use crate::stripe::params::Params;

impl Call<'_> {
    pub(super) fn read(
        &mut self,
        segments: &[&str],
        params: Params,
        asked: &Asked<'_>,
    ) -> Result<Value> {
        match segments {
            ["balance_transactions"] => self.list_balance_transactions(params),
            ["charges"] => self.list_charges(params),
            [
                kind @ ("charges" | "customers" | "invoices" | "payment_intents" | "prices"
                | "products" | "subscriptions"),
                "search",
            ] => self.search(kind, params),
            ["checkout", "sessions"] => self.list_checkout_sessions(params),
            ["checkout", "sessions", id] => Ok(self.checkout_session(id)?.json(self.world)),
            ["checkout", "sessions", id, "line_items"] => self.list_session_line_items(id, params),
            ["coupons"] => self.list_coupons(params),
            ["coupons", id] => Ok(self.coupon(id)?.json(self.now)),
            ["customers"] => self.list_customers(params),
            ["customers", id, "payment_methods"] => {
                self.list_payment_methods(Some((*id).to_owned()), params)
            }
            ["customers", customer, "payment_methods", id] => {
                self.check_customer(Some(customer), "customer")
                    .map_err(|error| error.status(404))?;
                let method = self.world.payment_methods.get(id);
                method
                    .filter(|method| method.customer.as_deref() == Some(*customer))
                    .map(|method| method.json(&self.world.account))
                    .ok_or_else(|| Error::missing("PaymentMethod", id))
            }
            ["customers", id] => self.retrieve_customer(id),
            ["disputes"] => self.list_disputes(params),
            ["events"] => self.list_events(params),
            ["invoice_payments"] => self.list_invoice_payments(params),
            ["invoiceitems"] => self.list_invoice_items(params),
            ["invoiceitems", id] => Ok(self.invoice_item(id)?.json()),
            ["invoices"] => self.list_invoices(params),
            ["invoices", id] => self.invoice_json(id),
            ["invoices", id, "lines"] => self.list_invoice_lines(id, params),
            ["payment_intents"] => self.list_payment_intents(params),
            ["payment_intents", id, "amount_details_line_items"] => {
                self.list_order_lines(id, params)
            }
            ["payment_intents" | "setup_intents", id] => self.retrieve(segments[0], id),
            ["payment_methods"] => self.list_payment_methods(None, params),
            ["radar", "early_fraud_warnings"] => self.list_early_fraud_warnings(params),
            ["radar", "early_fraud_warnings", id] => {
                self.retrieve("radar.early_fraud_warnings", id)
            }
            ["prices"] => self.list_prices(params),
            ["products"] => self.list_products(params),
            ["products", id] => {
                let product = self.world.products.get(id);
                let product = product.filter(|product| !product.deleted);
                let product = product.ok_or_else(|| Error::missing("product", id))?;
                Ok(product.json())
            }
            ["promotion_codes"] => self.list_promotion_codes(params),
            ["refunds"] => self.list_refunds(params),
            ["setup_attempts"] => self.list_setup_attempts(params),
            ["setup_intents"] => self.list_setup_intents(params),
            ["shipping_rates"] => self.list_shipping_rates(params),
            ["shipping_rates", id] => {
                let rate = self.shipping_rate(id, "id");
                Ok(rate.map_err(|error| error.status(404))?.json())
            }
            ["tax", "calculations", id] => Ok(self.calculation(id)?.json()),
            ["tax", "calculations", id, "line_items"] => self.list_calculation_items(id, params),
            ["tax", "transactions", id] => Ok(self.tax_transaction(id)?.json()),
            ["tax", "transactions", id, "line_items"] => {
                self.list_tax_transaction_items(id, params)
            }
            ["tokens", id] => {
                let token = self.world.tokens.get(id);
                let token = token.ok_or_else(|| Error::missing("token", id))?;
                Ok(token.json(&self.world.account))
            }
            ["subscription_items"] => self.list_subscription_items(params),
            ["subscription_items", id] => self.retrieve_subscription_item(id),
            ["subscriptions"] => self.list_subscriptions(params),
            ["subscriptions", id] => self.subscription_json(id),
            ["webhook_endpoints"] => self.list_webhook_endpoints(params),
            ["webhook_endpoints", id] => Ok(self.webhook_endpoint(id)?.json()),
            [
                kind @ ("balance_transactions"
                | "charges"
                | "confirmation_tokens"
                | "disputes"
                | "events"
                | "invoice_payments"
                | "mandates"
                | "payment_methods"
                | "prices"
                | "promotion_codes"
                | "refunds"),
                id,
            ] => self.retrieve(kind, id),
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
            .ok_or_else(|| match kind {
                "payment_intent" | "setup_intent" => Error::missing_intent(kind, id),
                _ => Error::missing(name, id),
            })
    }

    fn list_payment_intents(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let customer = params.text("customer")?;
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
        params.only_one_of(&["type", "types"])?;
        let page = Page::read(&mut params)?;
        let mut kinds = params.list("types")?.unwrap_or_default();
        kinds.extend(params.text("type")?);
        let delivered = params.boolean("delivery_success")?;
        let is_delivered = |event: &Event| {
            let deliveries = self.world.deliveries.of(&event.id);
            let is_done = |it: &Delivery| it.status == DeliveryStatus::Delivered;
            deliveries.iter().all(is_done)
        };
        page.of(
            &self.world.events.all(),
            "/v1/events",
            |event| {
                let is_wanted = |kind: &String| matches_kind(kind, &event.kind);
                (kinds.is_empty() || kinds.iter().any(is_wanted))
                    && delivered.is_none_or(|delivered| is_delivered(event) == delivered)
            },
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
