//! What a session comes to: lines, less the discount, plus tax and shipping.

use super::{CheckoutSession, LineItem, Mode};
use crate::stripe::coupon::Coupon;
use crate::stripe::discount::split;
use crate::stripe::tax::{self, Behavior, Place, Tax, Taxability};
use crate::stripe::world::World;

/// One line, or the shipping, in minor units.
#[derive(Debug, Clone, Default)]
pub(crate) struct Amounts {
    pub subtotal: i64,
    pub discount: i64,
    pub taxes: Vec<Tax>,
    tax_on_top: i64,
}

impl Amounts {
    pub(super) fn tax(&self) -> i64 {
        tax::sum(&self.taxes)
    }

    /// The part of the tax that the prices do not hold.
    pub(super) fn tax_on_top(&self) -> i64 {
        self.tax_on_top
    }

    pub(super) fn total(&self) -> i64 {
        self.subtotal - self.discount + self.tax_on_top
    }
}

/// What the whole comes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Totals {
    pub lines: Vec<Amounts>,
    pub shipping: Option<Amounts>,
    /// Where the shopper is, as far as tax goes.
    pub place: Option<Place>,
}

impl Totals {
    pub(super) fn subtotal(&self) -> i64 {
        self.lines.iter().map(|line| line.subtotal).sum()
    }

    pub(super) fn discount(&self) -> i64 {
        self.lines.iter().map(|line| line.discount).sum()
    }

    fn all(&self) -> impl Iterator<Item = &Amounts> {
        self.lines.iter().chain(&self.shipping)
    }

    pub(super) fn tax(&self) -> i64 {
        self.all().map(Amounts::tax).sum()
    }

    pub(super) fn total(&self) -> i64 {
        self.all().map(Amounts::total).sum()
    }
}

impl CheckoutSession {
    pub(super) fn totals(&self, world: &World) -> Totals {
        let place = self.place(world);
        // Invoices of subscriptions carry no tax yet.
        let place = place.filter(|_| self.automatic_tax && self.mode == Mode::Payment);
        let taxability = self.taxability(world);
        let subtotals: Vec<i64> = self
            .line_items
            .iter()
            .map(|item| self.subtotal(world, item))
            .collect();
        let discounts = self.discounts_on(world, &subtotals);
        let mut totals = Totals {
            place,
            ..Totals::default()
        };
        for ((item, subtotal), discount) in self.line_items.iter().zip(subtotals).zip(discounts) {
            let price = world.prices.get(&item.price);
            let behavior = price.map_or(Behavior::Exclusive, |it| {
                Behavior::of_price(&it.tax_behavior)
            });
            let product = price.and_then(|price| world.products.get(&price.product));
            let code = product.and_then(|product| product.tax_code.as_deref());
            let code = code.unwrap_or(tax::DEFAULT_CODE);
            let taxes = match &totals.place {
                Some(place) => tax::on(subtotal - discount, behavior, code, place, taxability),
                None => Vec::new(),
            };
            totals
                .lines
                .push(amounts(subtotal, discount, behavior, taxes));
        }
        let rate = self.shipping_rate.as_ref();
        let rate = rate.and_then(|id| world.shipping_rates.get(id));
        totals.shipping = rate.map(|rate| {
            let amount = rate.amount_in(self.currency()).unwrap_or(rate.amount);
            let code = rate.tax_code.as_deref().unwrap_or(tax::SHIPPING_CODE);
            let taxes = match &totals.place {
                Some(place) => tax::on(amount, rate.behavior(), code, place, taxability),
                None => Vec::new(),
            };
            amounts(amount, 0, rate.behavior(), taxes)
        });
        totals
    }

    pub(super) fn currency(&self) -> &str {
        self.currency.as_deref().unwrap_or_default()
    }

    fn subtotal(&self, world: &World, item: &LineItem) -> i64 {
        let price = world.prices.get(&item.price);
        let quantity = item.quantity.unwrap_or(0);
        if self.begins_with_trial() && price.is_some_and(|price| price.recurring.is_some()) {
            return 0;
        }
        price.map_or(0, |price| price.cost(self.currency(), quantity))
    }

    pub(super) fn begins_with_trial(&self) -> bool {
        let mut data = self.settings.data.iter();
        data.any(|(name, _)| name == "trial_end" || name == "trial_period_days")
    }

    /// A setup is for a method, and so is a subscription, unless the merchant said otherwise.
    pub(super) fn always_asks_for_method(&self) -> bool {
        match self.mode {
            Mode::Payment => false,
            Mode::Setup => true,
            Mode::Subscription => !self.settings.method_if_required,
        }
    }

    /// What the session's coupon takes off each line.
    fn discounts_on(&self, world: &World, subtotals: &[i64]) -> Vec<i64> {
        let coupon = self.discounts.first();
        let Some(coupon) = coupon.and_then(|discount| world.coupons.get(&discount.coupon)) else {
            return vec![0; subtotals.len()];
        };
        let bases: Vec<i64> = self
            .line_items
            .iter()
            .zip(subtotals)
            .map(|(item, subtotal)| {
                if applies(world, coupon, item) {
                    *subtotal
                } else {
                    0
                }
            })
            .collect();
        if coupon.percent_off.is_some() {
            let off = |base: &i64| coupon.amount_off(*base, self.currency());
            return bases.iter().map(off).collect();
        }
        let off = coupon.amount_off(bases.iter().sum(), self.currency());
        split(off, &bases)
    }

    /// By the address collected for shipping, or that for billing, or the customer's own.
    fn place(&self, world: &World) -> Option<Place> {
        let customer = self.customer.as_ref();
        let customer = customer.and_then(|id| world.customers.get(id));
        let shipping = |it: &crate::stripe::json::Value| Place::of(&it["address"]);
        let collected = &self.collected;
        let own = || {
            let customer = customer?;
            let to = customer.shipping.as_ref().and_then(shipping);
            to.or_else(|| Place::of(customer.address.as_ref()?))
        };
        let to = collected.shipping.as_ref().and_then(shipping);
        to.or_else(|| Place::of(collected.address.as_ref()?))
            .or_else(own)
    }

    fn taxability(&self, world: &World) -> Taxability {
        let customer = self.customer.as_ref();
        let customer = customer.and_then(|id| world.customers.get(id));
        match customer.and_then(|customer| customer.tax_exempt.as_deref()) {
            None if self.collected.tax_id.is_some() => Taxability::ReverseCharge,
            exempt => Taxability::of_customer(exempt),
        }
    }
}

fn amounts(subtotal: i64, discount: i64, behavior: Behavior, taxes: Vec<Tax>) -> Amounts {
    let tax_on_top = match behavior {
        Behavior::Exclusive => tax::sum(&taxes),
        Behavior::Inclusive => 0,
    };
    Amounts {
        subtotal,
        discount,
        taxes,
        tax_on_top,
    }
}

fn applies(world: &World, coupon: &Coupon, item: &LineItem) -> bool {
    let price = world.prices.get(&item.price);
    let products = coupon.products.as_ref();
    products.is_none_or(|products| price.is_some_and(|price| products.contains(&price.product)))
}
