//! What an invoice comes to: its lines, less discounts; and what of that is due now.

use super::{Invoice, Line};
use crate::stripe::discount::{self, Discount};
use crate::stripe::money;
use crate::stripe::world::World;

/// In minor units.
pub(super) struct Totals {
    /// The lines less their own discounts.
    pub subtotal: i64,
    pub total: i64,
    /// By discount, the largest scope last.
    pub discounts: Vec<(String, i64)>,
}

impl Invoice {
    pub(super) fn totals(&self) -> Totals {
        let mut totals = Totals {
            subtotal: 0,
            total: 0,
            discounts: Vec::new(),
        };
        for line in &self.lines {
            totals.subtotal += line.amount;
            totals.total += line.net();
            for (discount, amount) in &line.discount_amounts {
                if line.discounts.contains(discount) {
                    totals.subtotal -= amount;
                }
                match totals.discounts.iter_mut().find(|(id, _)| id == discount) {
                    Some((_, sum)) => *sum += amount,
                    None => totals.discounts.push((discount.clone(), *amount)),
                }
            }
        }
        totals
    }

    pub(crate) fn total(&self) -> i64 {
        self.totals().total
    }

    /// Computes each line's discounts anew: its own first, then the invoice's, one after the other.
    pub(crate) fn apply_discounts(&mut self, world: &World) {
        for line in &mut self.lines {
            line.discount_amounts.clear();
            for id in line.discounts.clone() {
                if let Some(discount) = world.discounts.get(&id) {
                    apply(std::slice::from_mut(line), discount, world);
                }
            }
        }
        for id in &self.discounts {
            if let Some(discount) = world.discounts.get(id) {
                apply(&mut self.lines, discount, world);
            }
        }
    }

    pub(super) fn starting_balance(&self, world: &World) -> i64 {
        match &self.finalized {
            Some(finalized) => finalized.starting_balance,
            None => {
                let customer = world.customers.get(&self.customer);
                customer.map_or(0, |customer| customer.balance)
            }
        }
    }

    /// What the customer has to pay now, and the balance that is left with them.
    pub(super) fn due_and_balance(&self, world: &World) -> (i64, i64) {
        let starting = self.starting_balance(world);
        let owed = self.total().saturating_add(starting);
        // Too little to charge is carried over to the next invoice.
        if owed < money::smallest(&self.currency) {
            return (0, owed);
        }
        (owed, 0)
    }

    pub(crate) fn amount_due(&self, world: &World) -> i64 {
        match &self.finalized {
            Some(finalized) => finalized.amount_due,
            None => self.due_and_balance(world).0,
        }
    }
}

/// Takes a discount off those lines it applies to, each its share.
fn apply(lines: &mut [Line], discount: &Discount, world: &World) {
    let Some(coupon) = world.coupons.get(&discount.coupon) else {
        return;
    };
    let products = coupon.products.as_ref();
    let fits = |line: &Line| {
        line.discountable
            && line.net() > 0
            && products.is_none_or(|products| {
                line.product
                    .as_ref()
                    .is_some_and(|product| products.contains(product))
            })
    };
    let bases: Vec<i64> = lines
        .iter()
        .map(|line| if fits(line) { line.net() } else { 0 })
        .collect();
    let currency = lines.first().map(|line| line.currency.clone());
    let off = coupon.amount_off(bases.iter().sum(), &currency.unwrap_or_default());
    for (line, part) in lines.iter_mut().zip(discount::split(off, &bases)) {
        if part > 0 {
            line.discount_amounts.push((discount.id.clone(), part));
        }
    }
}
