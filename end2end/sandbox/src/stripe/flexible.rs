//! What a card's authorization allows besides one capture of what was reserved, for a week
//! (docs.stripe.com/payments/flexible-payments): requested on the intent, granted by the card.

use super::cards::{Brand, TestCard};
use super::error::Result;
use super::json::{Value, json};
use super::params::Params;
use serde::{Deserialize, Serialize};

const DAY_S: i64 = 24 * 60 * 60;
/// By how many hundredths a capture may exceed the authorization.
const OVERCAPTURE_PERCENT: i64 = 20;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Features<T> {
    pub extended_authorization: T,
    pub incremental_authorization: T,
    pub multicapture: T,
    pub overcapture: T,
}

/// `if_available`, `never`, or not a word.
pub(crate) type Requested = Features<Option<bool>>;
pub(crate) type Granted = Features<bool>;

impl Requested {
    /// Changes those that are given.
    pub(crate) fn read(&mut self, card: &mut Params) -> Result<()> {
        for (name, request) in [
            (
                "request_extended_authorization",
                &mut self.extended_authorization,
            ),
            (
                "request_incremental_authorization",
                &mut self.incremental_authorization,
            ),
            ("request_multicapture", &mut self.multicapture),
            ("request_overcapture", &mut self.overcapture),
        ] {
            let given = card.choice(name, &[("if_available", true), ("never", false)])?;
            *request = given.or(*request);
        }
        Ok(())
    }

    /// As the intent's `payment_method_options[card]` shows them.
    pub(crate) fn show(&self, options: &mut Value) {
        for (name, request) in [
            (
                "request_extended_authorization",
                self.extended_authorization,
            ),
            (
                "request_incremental_authorization",
                self.incremental_authorization,
            ),
            ("request_multicapture", self.multicapture),
            ("request_overcapture", self.overcapture),
        ] {
            if let Some(wanted) = request {
                options[name] = json!(if wanted { "if_available" } else { "never" });
            }
        }
    }

    /// What this card lets the merchant do of it.
    pub(crate) fn granted(&self, card: &TestCard) -> Granted {
        let of = |request: Option<bool>, brands: &[Brand]| {
            request == Some(true) && card.flexible && brands.contains(&card.brand)
        };
        use Brand::{Amex, Diners, Discover, Jcb, Mastercard, Unionpay, Visa};
        Features {
            extended_authorization: of(
                self.extended_authorization,
                &[Amex, Discover, Mastercard, Visa],
            ),
            incremental_authorization: of(
                self.incremental_authorization,
                &[Amex, Discover, Mastercard, Unionpay, Visa],
            ),
            multicapture: of(
                self.multicapture,
                &[Amex, Diners, Discover, Jcb, Mastercard, Unionpay, Visa],
            ),
            overcapture: of(self.overcapture, &[Amex, Discover, Mastercard, Visa]),
        }
    }
}

impl Granted {
    /// How long the issuer holds what is not captured.
    pub(crate) fn held_for_s(&self) -> i64 {
        DAY_S * if self.extended_authorization { 30 } else { 7 }
    }

    /// The most that can be captured of an authorization.
    pub(crate) fn most(&self, authorized: i64) -> i64 {
        match self.overcapture {
            true => authorized + authorized * OVERCAPTURE_PERCENT / 100,
            false => authorized,
        }
    }

    /// As a charge's `payment_method_details[card]` shows them.
    pub(crate) fn show(&self, authorized: i64, card: &mut Value) {
        let status =
            |granted| json!({ "status": if granted { "available" } else { "unavailable" } });
        let extended = if self.extended_authorization {
            "enabled"
        } else {
            "disabled"
        };
        let mut overcapture = status(self.overcapture);
        overcapture["maximum_amount_capturable"] = json!(self.most(authorized));
        let features = json!({
            "extended_authorization": { "status": extended },
            "incremental_authorization": move status(self.incremental_authorization),
            "multicapture": move status(self.multicapture),
            "overcapture": move overcapture,
        });
        if let (Value::Object(card), Value::Object(features)) = (card, features) {
            card.append(features);
        }
    }
}
