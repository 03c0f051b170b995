//! The one discount of a session: a coupon, or a promotion code by its id or as the shopper types it.

use super::{CheckoutSession, Discount};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::params::Params;
use crate::stripe::promotion_code::{self, PromotionCode};

impl Call<'_> {
    /// `discounts`: one, at most.
    pub(super) fn read_session_discounts(&self, params: &mut Params) -> Result<Vec<Discount>> {
        let Some(mut list) = params.map("discounts")? else {
            return Ok(Vec::new());
        };
        let mut discounts = Vec::new();
        for mut item in list.items()? {
            item.only_one_of(&["coupon", "promotion_code"])?;
            let (at_coupon, at_code) = (item.name("coupon"), item.name("promotion_code"));
            let coupon = item.text("coupon")?;
            let code = item.text("promotion_code")?;
            discounts.push(match (coupon, code) {
                (Some(coupon), _) => {
                    self.check_redeemable(&coupon, &at_coupon)?;
                    Discount {
                        coupon,
                        promotion_code: None,
                    }
                }
                (None, Some(id)) => {
                    let code = self.world.promotion_codes.get(&id);
                    let code =
                        code.ok_or_else(|| Error::missing_param("promotion code", &id, &at_code))?;
                    self.discount_of(code)
                        .ok_or_else(|| refused("This promotion code is not active.", &at_code))?
                }
                (None, None) => {
                    return Err(refused(
                        "A discount is either a coupon or a promotion code.",
                        &at_coupon,
                    ));
                }
            });
        }
        if discounts.len() > 1 {
            return Err(refused(
                "A Checkout Session has one discount at most.",
                "discounts",
            ));
        }
        Ok(discounts)
    }

    fn check_redeemable(&self, id: &str, param: &str) -> Result<()> {
        let coupon = self.coupon(id);
        let coupon = coupon.map_err(|_| Error::missing_param("coupon", id, param))?;
        if coupon.is_valid(self.now) {
            return Ok(());
        }
        Err(refused(&format!("Coupon expired: {id}"), param).code("coupon_expired"))
    }

    /// What a code gives, if it gives anything today.
    fn discount_of(&self, code: &PromotionCode) -> Option<Discount> {
        let coupon = self.coupon(&code.coupon).ok()?;
        let gives = code.is_active(self.now) && coupon.is_valid(self.now);
        gives.then(|| Discount {
            coupon: code.coupon.clone(),
            promotion_code: Some(code.id.clone()),
        })
    }

    /// The discount behind what a shopper types; none where the code is not for this purchase.
    pub(super) fn discount_by_code(
        &self,
        session: &CheckoutSession,
        text: &str,
    ) -> Option<Discount> {
        let codes = self.world.promotion_codes.of(&promotion_code::key(text));
        let code = codes
            .iter()
            .find(|code| code.is(text) && code.is_active(self.now))?;
        let discount = self.discount_of(code)?;
        (code.customer.is_none() || code.customer == session.customer).then_some(())?;
        let least = code.restrictions["minimum_amount"].as_i64();
        let in_currency = code.restrictions["minimum_amount_currency"].as_str();
        let enough = least.is_none_or(|least| {
            in_currency == session.currency.as_deref()
                && session.totals(self.world).subtotal() >= least
        });
        enough.then_some(discount)
    }

    /// Counts the redemption.
    pub(super) fn redeem_session_discounts(&mut self, session: &CheckoutSession) {
        for discount in &session.discounts {
            if let Some(coupon) = self.world.coupons.get_mut(&discount.coupon) {
                coupon.times_redeemed += 1;
            }
            let code = discount.promotion_code.as_ref();
            let code = code.and_then(|id| self.world.promotion_codes.get_mut(id));
            if let Some(code) = code {
                code.times_redeemed += 1;
            }
        }
    }
}

fn refused(message: &str, param: &str) -> Box<Error> {
    Error::invalid(message).param(param)
}
