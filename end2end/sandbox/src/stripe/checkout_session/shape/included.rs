//! What a session shows of itself only where `expand[]` asks for it: its lines, and what its sums are made of.

use crate::stripe::checkout_session::CheckoutSession;
use crate::stripe::error::Result;
use crate::stripe::json::{Value, json};
use crate::stripe::list::Page;
use crate::stripe::table::{Row, Table};
use crate::stripe::tax::{Rate, Tax};
use crate::stripe::world::World;

impl CheckoutSession {
    /// The lines, as a list of their own.
    pub(crate) fn list_line_items(&self, world: &World, page: &Page) -> Result<Value> {
        struct Line(String, Value);
        impl Row for Line {
            fn id(&self) -> &str {
                &self.0
            }
        }
        let totals = self.totals(world);
        let mut lines = Table::default();
        // Lists are newest first, and lines in their own order.
        for (item, amounts) in self.line_items.iter().zip(&totals.lines).rev() {
            lines.put(Line(
                item.id.clone(),
                item.json(world, self.currency(), amounts),
            ));
        }
        let url = format!("/v1/checkout/sessions/{}/line_items", self.id);
        page.of(&lines.all(), &url, |_| true, |line| line.1.clone())
    }

    /// What is shown only where `expand[]` asks for it.
    pub(crate) fn included(&self, world: &World, field: &str) -> Option<Value> {
        match field {
            "line_items" => self.list_line_items(world, &Page::first()).ok(),
            _ => None,
        }
    }

    /// Likewise, of one of its lines.
    pub(crate) fn included_in_line(&self, world: &World, line: &str, field: &str) -> Option<Value> {
        let totals = self.totals(world);
        let at = self.line_items.iter().position(|item| item.id == line)?;
        let amounts = totals.lines.get(at)?;
        match field {
            "discounts" => Some(json!(self.discount_parts(amounts.discount))),
            "taxes" => {
                let taxes = amounts.taxes.iter();
                Some(json!(
                    taxes
                        .map(|tax| tax_json(tax, self.created))
                        .collect::<Vec<_>>()
                ))
            }
            _ => None,
        }
    }

    /// The parts of the sums.
    pub(crate) fn breakdown(&self, world: &World) -> Value {
        let totals = self.totals(world);
        let shipping = totals.shipping.iter();
        let taxes = totals.lines.iter().chain(shipping).flat_map(|it| &it.taxes);
        json!({
            "discounts": self.discount_parts(totals.discount()),
            "taxes": taxes.map(|tax| tax_json(tax, self.created)).collect::<Vec<_>>(),
        })
    }

    fn discount_parts(&self, amount: i64) -> Vec<Value> {
        let discounts = self.discounts.iter();
        discounts
            .map(|discount| {
                json!({
                    "amount": amount,
                    "discount": {
                        "id": format!("di_1{}", self.id.get(10..33).unwrap_or_default()),
                        "object": "discount",
                        "checkout_session": self.id,
                        "customer": self.customer,
                        "customer_account": null,
                        "end": null,
                        "invoice": null,
                        "invoice_item": null,
                        "promotion_code": discount.promotion_code,
                        "source": { "coupon": discount.coupon, "type": "coupon" },
                        "start": self.created,
                        "subscription": null,
                        "subscription_item": null,
                    },
                })
            })
            .collect()
    }
}

fn tax_json(tax: &Tax, created: i64) -> Value {
    json!({
        "amount": tax.amount,
        "rate": tax.rate.map(|rate| rate_json(rate, created)),
        "taxability_reason": tax.reason,
        "taxable_amount": tax.taxable_amount,
    })
}

/// Stripe makes a TaxRate for each rate it uses.
fn rate_json(rate: &Rate, created: i64) -> Value {
    json!({
        "id": format!("txr_1{}{}{}", rate.country, rate.state.unwrap_or_default(), rate.kind.replace('_', "")),
        "object": "tax_rate",
        "active": false,
        "country": rate.country,
        "created": created,
        "description": null,
        "display_name": rate.display_name(),
        "effective_percentage": rate.percentage(),
        "flat_amount": null,
        "inclusive": false,
        "jurisdiction": rate.state.unwrap_or(rate.country),
        "jurisdiction_level": if rate.state.is_some() { "state" } else { "country" },
        "livemode": false,
        "metadata": {},
        "percentage": rate.percentage(),
        "rate_type": "percentage",
        "state": rate.state,
        "tax_type": rate.kind,
    })
}
