//! A session as Stripe.js tells a page of it: in its own names, and with amounts as they are written for people.

use crate::stripe::checkout_session::totals::{Amounts, Totals};
use crate::stripe::checkout_session::{CheckoutSession, LineItem, Status};
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::shipping_rate::ShippingRate;
use crate::stripe::world::World;

impl CheckoutSession {
    pub(super) fn for_elements(&self, world: &World, problem: Option<String>) -> Value {
        let totals = self.totals(world);
        let collected = &self.collected;
        let all = || totals.lines.iter().chain(&totals.shipping);
        let lines = self.line_items.iter().zip(&totals.lines);
        let rates = self.shipping_options.iter();
        let rates = rates.filter_map(|id| world.shipping_rates.get(id));
        let chosen = self.shipping_rate.as_ref();
        let chosen = chosen.and_then(|id| world.shipping_rates.get(id));
        json!({
            "billingAddress": collected.address.as_ref().map(|address| json!({
                "name": collected.name, "address": address,
            })),
            "businessName": collected.business_name,
            "nameCollection": self.settings.shown.get("name_collection").map(|_| json!({
                "individualName": collected.individual_name, "businessName": collected.business_name,
            })),
            "canConfirm": self.status == Status::Open && self.is_missing(world).is_none(),
            "currency": self.currency(),
            "currencyOptions": null,
            "discountAmounts": self.discount_amounts(world, totals.discount()),
            "email": self.email(world),
            "id": self.id,
            "lastPaymentError": problem.map(|message| json!({ "message": message })),
            "lineItems": lines.map(|(item, amounts)| self.line_for_elements(world, item, amounts)).collect::<Vec<_>>(),
            "livemode": false,
            "minorUnitsAmountDivisor": 10_i64.pow(u32::from(money::decimals(self.currency()))),
            "phoneNumber": collected.phone,
            "recurring": null,
            "savedPaymentMethods": null,
            "shipping": chosen.map(|rate| json!({
                "shippingOption": self.shipping_option(rate),
                "taxAmounts": totals.shipping.as_ref().and_then(|it| self.tax_amounts([it])),
            })),
            "shippingAddress": collected.shipping,
            "shippingOptions": rates.map(|rate| self.shipping_option(rate)).collect::<Vec<_>>(),
            "status": self.status_for_elements(world),
            "surcharge": null,
            "tax": { "status": self.tax_status(&totals) },
            "taxAmounts": self.tax_amounts(all()),
            "taxIdInfo": collected.tax_id.as_ref().map(|(kind, value)| json!({
                "taxId": { "type": kind, "value": value },
                "businessName": collected.business_name.clone().unwrap_or_default(),
            })),
            "total": {
                "appliedBalance": self.amount(0),
                "balanceAppliedToNextInvoice": false,
                "discount": self.amount(totals.discount()),
                "shippingRate": self.amount(totals.shipping.as_ref().map_or(0, |it| it.subtotal)),
                "subtotal": self.amount(totals.subtotal()),
                "surcharge": self.amount(0),
                "taxExclusive": self.amount(all().map(Amounts::tax_on_top).sum()),
                "taxInclusive": self.amount(all().map(|it| it.tax() - it.tax_on_top()).sum()),
                "total": self.amount(totals.total()),
            },
            "optionalItems": null,
        })
    }

    fn amount(&self, minor: i64) -> Value {
        json!({ "minorUnitsAmount": minor, "amount": money::printed(minor, self.currency()) })
    }

    fn line_for_elements(&self, world: &World, item: &LineItem, amounts: &Amounts) -> Value {
        let price = world.prices.get(&item.price);
        let product = price.and_then(|price| world.products.get(&price.product));
        let unit = price.and_then(|price| price.amounts(self.currency()));
        let unit = unit.and_then(|amounts| amounts.unit_amount);
        let discounts = self.discount_amounts(world, amounts.discount);
        json!({
            "id": item.id,
            "name": product.map(|it| it.name.clone()).unwrap_or_default(),
            "discount": self.amount(amounts.discount),
            "subtotal": self.amount(amounts.subtotal),
            "total": self.amount(amounts.total()),
            "taxExclusive": self.amount(amounts.tax_on_top()),
            "taxInclusive": self.amount(amounts.tax() - amounts.tax_on_top()),
            "unitAmount": self.amount(unit.unwrap_or_default()),
            "unitAmountDecimal": null,
            "description": product.and_then(|it| it.description.clone()),
            "quantity": item.quantity.unwrap_or(1),
            "unitLabel": product.and_then(|it| it.unit_label.clone()),
            "discountAmounts": discounts,
            "taxAmounts": self.tax_amounts([amounts]),
            "recurring": null,
            "adjustableQuantity": item.adjustable.map(|it| json!({ "maximum": it.maximum, "minimum": it.minimum })),
            "images": product.map(|it| it.images.clone()).unwrap_or_default(),
            "priceId": item.price,
            "isRemovable": false,
            "pricing": null,
            "transformQuantity": null,
        })
    }

    fn discount_amounts(&self, world: &World, minor: i64) -> Option<Vec<Value>> {
        let discounts = self.discounts.iter();
        let all: Vec<Value> = discounts
            .filter_map(|discount| {
                let coupon = world.coupons.get(&discount.coupon)?;
                let code = discount.promotion_code.as_ref();
                let code = code.and_then(|id| world.promotion_codes.get(id));
                let mut shown = self.amount(minor);
                let code = code.map(|code| code.code.clone());
                let name = coupon.name.clone().or(code.clone());
                shown["displayName"] = json!(name.unwrap_or_else(|| coupon.id.clone()));
                shown["promotionCode"] = json!(code);
                shown["recurring"] = Value::Null;
                shown["percentOff"] = json!(coupon.percent_off);
                Some(shown)
            })
            .collect();
        (!all.is_empty()).then_some(all)
    }

    fn tax_amounts<'a>(
        &self,
        amounts: impl IntoIterator<Item = &'a Amounts>,
    ) -> Option<Vec<Value>> {
        let all: Vec<Value> = amounts
            .into_iter()
            .flat_map(|amounts| amounts.taxes.iter().map(move |tax| (amounts, tax)))
            .filter_map(|(amounts, tax)| {
                let rate = tax.rate?;
                let mut shown = self.amount(tax.amount);
                shown["inclusive"] = json!(amounts.tax() > 0 && amounts.tax_on_top() == 0);
                shown["displayName"] = json!(rate.display_name());
                shown["percentage"] = json!(rate.percentage());
                Some(shown)
            })
            .collect();
        (!all.is_empty()).then_some(all)
    }

    fn shipping_option(&self, rate: &ShippingRate) -> Value {
        let mut shown = self.amount(rate.amount_in(self.currency()).unwrap_or(rate.amount));
        shown["id"] = json!(rate.id);
        shown["currency"] = json!(self.currency());
        shown["displayName"] = json!(rate.display_name);
        shown["deliveryEstimate"] = json!(rate.delivery_estimate);
        shown
    }

    fn status_for_elements(&self, world: &World) -> Value {
        match self.status {
            Status::Complete => {
                json!({ "type": "complete", "paymentStatus": self.payment_status(world) })
            }
            other => json!({ "type": other }),
        }
    }

    fn tax_status(&self, totals: &Totals) -> &'static str {
        match (
            self.automatic_tax && totals.place.is_none(),
            &self.settings.ships_to,
        ) {
            (false, _) => "ready",
            (true, Some(_)) => "requires_shipping_address",
            (true, None) => "requires_billing_address",
        }
    }
}
