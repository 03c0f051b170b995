//! Discounts (docs.stripe.com/api/discounts): a coupon as it was redeemed, on a subscription, an invoice or a line.

use super::calendar::add_months;
use super::call::Call;
use super::error::{Error, Result};
use super::params::Params;
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// What a discount is on. The longest-lived is named on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    Invoice(String),
    InvoiceItem(String),
    Subscription(String),
    SubscriptionItem(String, String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Discount {
    pub id: String,
    pub coupon: String,
    pub promotion_code: Option<String>,
    pub customer: Option<String>,
    pub checkout_session: Option<String>,
    pub scope: Scope,
    pub start: i64,
    /// For repeating coupons.
    pub end: Option<i64>,
    pub deleted: bool,
}

impl Row for Discount {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.start
    }

    fn owners(&self) -> Vec<&str> {
        self.customer.as_deref().into_iter().collect()
    }
}

impl Discount {
    pub(crate) fn json(&self) -> Value {
        let mut json = json!({
            "id": self.id,
            "object": "discount",
            "checkout_session": self.checkout_session,
            "customer": self.customer,
            "customer_account": null,
            "invoice": null,
            "invoice_item": null,
            "promotion_code": self.promotion_code,
            "source": { "coupon": self.coupon, "type": "coupon" },
            "start": self.start,
            "subscription": null,
            "subscription_item": null,
        });
        if self.deleted {
            json["deleted"] = json!(true);
        } else {
            json["end"] = json!(self.end);
        }
        match &self.scope {
            Scope::Invoice(id) => json["invoice"] = json!(id),
            Scope::InvoiceItem(id) => json["invoice_item"] = json!(id),
            Scope::Subscription(id) => json["subscription"] = json!(id),
            Scope::SubscriptionItem(subscription, id) => {
                json["subscription"] = json!(subscription);
                json["subscription_item"] = json!(id);
            }
        }
        json
    }

    pub(crate) fn has_ended(&self, now: i64) -> bool {
        self.deleted || self.end.is_some_and(|end| end <= now)
    }
}

/// A discount that was asked for, and may be given.
#[derive(Debug, Clone)]
pub(crate) enum NewDiscount {
    Coupon {
        coupon: String,
        promotion_code: Option<String>,
    },
    /// One that is there stays.
    Kept(String),
}

impl Call<'_> {
    /// Reads `discounts`: none given, or those that take the place of what was there.
    pub(crate) fn read_discounts(
        &self,
        params: &mut Params,
        customer: Option<&str>,
    ) -> Result<Option<Vec<NewDiscount>>> {
        if params.is_text("discounts", "") {
            return Ok(Some(Vec::new()));
        }
        let Some(mut list) = params.map("discounts")? else {
            return Ok(None);
        };
        let mut discounts = Vec::new();
        for mut item in list.items()? {
            let place = |field: &str| item.name(field);
            let (coupon_at, code_at, kept_at) =
                (place("coupon"), place("promotion_code"), place("discount"));
            let coupon = item.text("coupon")?;
            let code = item.text("promotion_code")?;
            let kept = item.text("discount")?;
            discounts.push(match (coupon, code, kept) {
                (Some(coupon), None, None) => {
                    self.check_coupon(&coupon, &coupon_at)?;
                    NewDiscount::Coupon {
                        coupon,
                        promotion_code: None,
                    }
                }
                (None, Some(code), None) => {
                    let coupon = self.check_promotion_code(&code, customer, &code_at)?;
                    NewDiscount::Coupon {
                        coupon,
                        promotion_code: Some(code),
                    }
                }
                (None, None, Some(id)) => match self.world.discounts.get(&id) {
                    Some(discount) if !discount.deleted => NewDiscount::Kept(id),
                    _ => return Err(Error::missing_param("discount", &id, &kept_at)),
                },
                _ => {
                    return Err(Error::invalid(
                        "Each discount is exactly one of coupon, discount and promotion_code.",
                    )
                    .param(coupon_at));
                }
            });
        }
        Ok(Some(discounts))
    }

    fn check_coupon(&self, id: &str, param: &str) -> Result<()> {
        let coupon = self.coupon(id);
        let coupon = coupon.map_err(|_| Error::missing_param("coupon", id, param))?;
        if coupon.is_valid(self.now) {
            return Ok(());
        }
        Err(Error::invalid(format!("Coupon expired: {id}"))
            .code("coupon_expired")
            .param(param))
    }

    /// The coupon of a code that this customer may use.
    fn check_promotion_code(
        &self,
        id: &str,
        customer: Option<&str>,
        param: &str,
    ) -> Result<String> {
        let code = self.world.promotion_codes.get(id);
        let code = code.ok_or_else(|| Error::missing_param("promotion code", id, param))?;
        let refused = |message: &str| Err(Error::invalid(message).param(param));
        if !code.is_active(self.now) || !self.coupon(&code.coupon)?.is_valid(self.now) {
            return refused("This promotion code is no longer active.");
        }
        if code.customer.is_some() && code.customer.as_deref() != customer {
            return refused("This promotion code belongs to another customer.");
        }
        let has_paid = |customer: &str| {
            let charges = self.world.charges.of(customer);
            charges.iter().any(|charge| charge.is_approved())
        };
        if code.restrictions["first_time_transaction"] == true && customer.is_some_and(has_paid) {
            return refused("This promotion code is for customers without earlier payments.");
        }
        Ok(code.coupon.clone())
    }

    /// Redeems what was asked for; the ids, in order.
    pub(crate) fn redeem(
        &mut self,
        discounts: Vec<NewDiscount>,
        customer: Option<&str>,
        scope: &Scope,
    ) -> Vec<String> {
        let mut ids = Vec::new();
        for discount in discounts {
            match discount {
                NewDiscount::Kept(id) => ids.push(id),
                NewDiscount::Coupon {
                    coupon,
                    promotion_code,
                } => ids.push(self.redeem_coupon(coupon, promotion_code, customer, scope.clone())),
            }
        }
        ids
    }

    fn redeem_coupon(
        &mut self,
        coupon: String,
        promotion_code: Option<String>,
        customer: Option<&str>,
        scope: Scope,
    ) -> String {
        let mut months = None;
        if let Some(coupon) = self.world.coupons.get_mut(&coupon) {
            coupon.times_redeemed += 1;
            months = coupon.duration_in_months;
        }
        let code = promotion_code.as_deref();
        if let Some(code) = code.and_then(|id| self.world.promotion_codes.get_mut(id)) {
            code.times_redeemed += 1;
        }
        let discount = Discount {
            id: self.world.random.id("di_1"),
            coupon,
            promotion_code,
            customer: customer.map(str::to_owned),
            checkout_session: None,
            end: months.map(|months| add_months(self.now, months)),
            start: self.now,
            deleted: false,
            scope,
        };
        let id = discount.id.clone();
        self.world.discounts.put(discount);
        id
    }

    /// Tells of discounts that a subscription has been given.
    pub(crate) fn tell_of_discounts(&mut self, ids: &[String]) {
        for id in ids {
            let discount = self.world.discounts.get(id);
            if let Some(json) = discount
                .filter(|it| it.start == self.now)
                .map(Discount::json)
            {
                self.emit("customer.discount.created", json, None);
            }
        }
    }

    /// What was redeemed for nothing, as if it had not been.
    pub(crate) fn take_back(&mut self, ids: &[String]) {
        for id in ids {
            let Some(discount) = self.world.discounts.get_mut(id).filter(|it| !it.deleted) else {
                continue;
            };
            discount.deleted = true;
            if let Some(coupon) = self.world.coupons.get_mut(&discount.coupon) {
                coupon.times_redeemed -= 1;
            }
            let code = discount.promotion_code.as_deref();
            if let Some(code) = code.and_then(|id| self.world.promotion_codes.get_mut(id)) {
                code.times_redeemed -= 1;
            }
        }
    }

    /// Takes from a subscription the discounts that have ended, or were for one invoice and are on this one.
    pub(crate) fn forget_used_discounts(&mut self, subscription: &str, invoice: &str) {
        let Some(mut subscription) = self.world.subscriptions.get(subscription).cloned() else {
            return;
        };
        let invoice = self.world.invoices.get(invoice);
        let used: Vec<String> = invoice
            .into_iter()
            .flat_map(|invoice| &invoice.lines)
            .flat_map(|line| &line.discount_amounts)
            .map(|(discount, _)| discount.clone())
            .collect();
        let items = subscription.items.iter().flat_map(|item| &item.discounts);
        let all: Vec<String> = subscription
            .discounts
            .iter()
            .chain(items)
            .cloned()
            .collect();
        let is_over = |id: &String| {
            let discount = self.world.discounts.get(id);
            let coupon = discount.and_then(|it| self.world.coupons.get(&it.coupon));
            let once = coupon.is_some_and(|coupon| coupon.duration == "once");
            discount.is_none_or(|it| it.has_ended(self.now)) || (once && used.contains(id))
        };
        let over: Vec<String> = all.into_iter().filter(|id| is_over(id)).collect();
        if over.is_empty() {
            return;
        }
        for id in &over {
            self.end_discount(id);
        }
        let stays = |id: &String| !over.contains(id);
        subscription.discounts.retain(stays);
        for item in &mut subscription.items {
            item.discounts.retain(stays);
        }
        let id = subscription.id.clone();
        self.change_subscription(&id, |kept| *kept = subscription);
    }

    /// Takes a discount from its subscription.
    pub(crate) fn end_discount(&mut self, id: &str) {
        let Some(discount) = self.world.discounts.get_mut(id).filter(|it| !it.deleted) else {
            return;
        };
        let json = discount.json();
        discount.deleted = true;
        self.emit("customer.discount.deleted", json, None);
    }
}

/// An amount in parts proportional to `bases`, which add up to it exactly: the rest goes, unit by unit, to the first.
pub(crate) fn split(amount: i64, bases: &[i64]) -> Vec<i64> {
    let whole: i128 = bases.iter().map(|base| i128::from(*base)).sum();
    if whole <= 0 {
        return vec![0; bases.len()];
    }
    let exact = |base: i64| i128::from(amount) * i128::from(base) / whole;
    let mut parts: Vec<i64> = bases
        .iter()
        .map(|base| i64::try_from(exact(*base)).unwrap_or(0))
        .collect();
    let mut rest = amount - parts.iter().sum::<i64>();
    for (part, base) in parts.iter_mut().zip(bases) {
        if rest > 0 && *part < *base {
            *part += 1;
            rest -= 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn parts_add_up() {
        for (amount, bases, expected) in [
            (100, vec![1, 1, 1], vec![1, 1, 1]),
            (2, vec![1, 1, 1], vec![1, 1, 0]),
            (100, vec![300, 600, 100], vec![30, 60, 10]),
            (10, vec![100, 0, 200], vec![4, 0, 6]),
            (10, vec![0, 0], vec![0, 0]),
        ] {
            let amount = amount.min(bases.iter().sum());
            assert_eq!(split(amount, &bases), expected, "{amount} {bases:?}");
        }
    }
}
