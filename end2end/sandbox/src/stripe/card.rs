//! A card as a shopper gives it, and as a PaymentMethod, a preview and a charge show it.

use super::cards::{self, Check, TestCard};
use super::error::{Error, Result};
use super::params::Params;
use super::random::fingerprint;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A card as the shopper typed it, minus the security code, which is checked and forgotten.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Card {
    /// A test card's number.
    number: String,
    exp_month: i64,
    exp_year: i64,
    pub cvc_given: bool,
}

impl Card {
    /// The card that a name such as `pm_card_visa` stands for. Named cards have no security code.
    pub(crate) fn named(name: &str, year: i64) -> Option<Card> {
        cards::by_name(name).map(|card| Card {
            number: card.number.to_owned(),
            exp_month: 12,
            exp_year: year + 1,
            // `pm_card_chargeDeclinedIncorrectCvc` declines by its name.
            cvc_given: card.cvc_check == Check::Fail,
        })
    }

    /// Reads `number`, `exp_month`, `exp_year`, `cvc`; `now` is in Unix seconds.
    pub(crate) fn read(mut params: Params, now: i64) -> Result<Card> {
        let number: String = params
            .required_text("number")?
            .chars()
            .filter(|sign| *sign != ' ' && *sign != '-')
            .collect();
        let exp_month = params.integer("exp_month")?;
        let exp_year = params.integer("exp_year")?;
        let cvc = params.text("cvc")?;
        let exp_month = exp_month.ok_or_else(|| params.missing("exp_month"))?;
        let exp_year = exp_year.ok_or_else(|| params.missing("exp_year"))?;
        params.without_effect(&["networks"]);
        params.finish()?;
        let card = cards::by_number(&number)?;
        let exp_year = if (0..100).contains(&exp_year) {
            2000 + exp_year
        } else {
            exp_year
        };
        check_expiry(exp_month, exp_year, now)?;
        if let Some(cvc) = &cvc {
            let length = if card.brand == cards::Brand::Amex {
                3..=4
            } else {
                3..=3
            };
            if !length.contains(&cvc.len()) || !cvc.bytes().all(|digit| digit.is_ascii_digit()) {
                return Err(
                    Error::card("invalid_cvc", "Your card's security code is invalid.")
                        .param("cvc"),
                );
            }
        }
        Ok(Card {
            number,
            exp_month,
            exp_year,
            cvc_given: cvc.is_some(),
        })
    }

    /// Changes the expiry, as an issuer does that sends a new card.
    pub(crate) fn update(&mut self, params: &mut Params, now: i64) -> Result<()> {
        let exp_month = params.integer("exp_month")?.unwrap_or(self.exp_month);
        let exp_year = params.integer("exp_year")?.unwrap_or(self.exp_year);
        params.without_effect(&["networks"]);
        check_expiry(exp_month, exp_year, now)?;
        (self.exp_month, self.exp_year) = (exp_month, exp_year);
        Ok(())
    }

    /// What the issuer would say of it.
    pub(crate) fn test_card(&self) -> &'static TestCard {
        // A state file edited by hand could name any number: it then behaves as the plainest card.
        cards::known(&self.number).unwrap_or(cards::plain())
    }

    fn fingerprint(&self, account: &str) -> String {
        fingerprint(&format!("{account} {}", self.number))
    }

    /// The `card` of a PaymentMethod or a preview.
    pub(crate) fn json(&self, account: &str) -> Value {
        let card = self.test_card();
        let brand = card.brand.as_str();
        json!({
            "brand": brand,
            "checks": {
                "address_line1_check": null, "address_postal_code_check": null,
                "cvc_check": self.cvc_given.then_some("unchecked"),
            },
            "country": card.country,
            "display_brand": brand,
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "fingerprint": self.fingerprint(account),
            "funding": card.funding,
            "generated_from": null,
            "last4": card.last4(),
            "networks": { "available": [brand], "preferred": null },
            "regulated_status": "unregulated",
            "three_d_secure_usage": { "supported": card.supports_3ds() },
            "wallet": null,
        })
    }

    /// The `payment_method_details.card` of a charge.
    pub(crate) fn charge_json(&self, charged: &Charged<'_>) -> Value {
        let card = self.test_card();
        let given = |field: &str| !charged.billing_details["address"][field].is_null();
        let check = |given: bool, check: Check| given.then(|| check.as_str());
        let mut json = json!({
            "amount_authorized": charged.amount,
            "authorization_code": null,
            "brand": card.brand.as_str(),
            "checks": {
                "address_line1_check": check(given("line1"), card.line1_check),
                "address_postal_code_check": check(given("postal_code"), card.postal_code_check),
                "cvc_check": check(self.cvc_given, card.cvc_check),
            },
            "country": card.country,
            "electronic_commerce_indicator": null,
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "extended_authorization": { "status": "disabled" },
            "fingerprint": self.fingerprint(charged.account),
            "funding": card.funding,
            "incremental_authorization": { "status": "unavailable" },
            "installments": null,
            "last4": card.last4(),
            "mandate": null,
            "multicapture": { "status": "unavailable" },
            "network": card.brand.as_str(),
            "network_token": { "used": false },
            "network_transaction_id": null,
            "overcapture": { "maximum_amount_capturable": charged.amount, "status": "unavailable" },
            "regulated_status": "unregulated",
            "three_d_secure": charged.authenticated.then(|| json!({
                "authentication_flow": "challenge",
                "electronic_commerce_indicator": "05",
                "exemption_indicator": null,
                "result": "authenticated",
                "result_reason": null,
                "transaction_id": null,
                "version": "2.2.0",
            })),
            "transaction_link_id": null,
            "wallet": null,
        });
        if let Some(until) = charged.capture_before {
            json["capture_before"] = json!(until);
        }
        json
    }
}

/// What a charge tells of its card.
pub(crate) struct Charged<'a> {
    pub account: &'a str,
    pub amount: i64,
    pub authenticated: bool,
    /// Until when an uncaptured amount is held.
    pub capture_before: Option<i64>,
    pub billing_details: &'a Value,
}

fn check_expiry(month: i64, year: i64, now: i64) -> Result<()> {
    let (this_year, this_month) = year_and_month(now);
    if !(1..=12).contains(&month) {
        return Err(Error::card(
            "invalid_expiry_month",
            "Your card's expiration month is invalid.",
        )
        .param("exp_month"));
    }
    if year < this_year || year > this_year + 50 {
        return Err(Error::card(
            "invalid_expiry_year",
            "Your card's expiration year is invalid.",
        )
        .param("exp_year"));
    }
    if year == this_year && month < this_month {
        return Err(Error::card(
            "invalid_expiry_month",
            "Your card's expiration month is invalid.",
        )
        .param("exp_month"));
    }
    Ok(())
}

/// The civil year and month of a Unix time, by Howard Hinnant's days algorithm.
pub(crate) fn year_and_month(now: i64) -> (i64, i64) {
    let days = now.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months counted from March, so that the leap day comes last.
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month)
}

#[cfg(test)]
mod tests {
    use super::year_and_month;

    #[test]
    fn unix_times_have_their_civil_month() {
        for (now, expected) in [
            (0, (1970, 1)),
            (951_782_400, (2000, 2)),
            (951_868_800, (2000, 3)),
            (1_798_761_599, (2026, 12)),
            (1_798_761_600, (2027, 1)),
        ] {
            assert_eq!(year_and_month(now), expected, "{now}");
        }
    }
}
