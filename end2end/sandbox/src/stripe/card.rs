//! A card as a shopper gives it, and as a PaymentMethod, a preview and a charge show it.

use super::calendar::year_and_month;
use super::cards::{self, Authentication, Check, TestCard};
use super::error::{Error, Result};
use super::flexible::Granted;
use super::params::Params;
use super::random::fingerprint;
use super::wallet::Wallet;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// A card as the shopper typed it, minus the security code, which is checked and forgotten.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Card {
    /// A test card's number.
    number: String,
    exp_month: i64,
    exp_year: i64,
    pub cvc_given: bool,
    /// Of a co-branded card: the network its holder wants it charged over.
    #[serde(default)]
    preferred_network: Option<String>,
    /// The token it came in, used up with it.
    #[serde(default)]
    pub token: Option<String>,
    /// What it came out of: Stripe.js says so, no server can.
    #[serde(default)]
    wallet: Option<Wallet>,
}

impl Card {
    /// The card that a name such as `pm_card_visa` stands for, as if typed with a security code.
    pub(crate) fn named(name: &str, year: i64) -> Option<Card> {
        cards::by_name(name).map(|card| Card {
            number: card.number.to_owned(),
            exp_month: 12,
            exp_year: year + 1,
            cvc_given: true,
            preferred_network: None,
            token: None,
            wallet: None,
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
        let networks = params.map("networks")?;
        let wallet = params.choice("wallet", Wallet::NAMES)?;
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
            check_cvc(cvc, length)?;
        }
        Ok(Card {
            number,
            exp_month,
            exp_year,
            cvc_given: cvc.is_some(),
            preferred_network: read_preferred(networks, card)?,
            token: None,
            wallet,
        })
    }

    /// Changes the expiry, as an issuer does that sends a new card.
    pub(crate) fn update(&mut self, params: &mut Params, now: i64) -> Result<()> {
        let exp_month = params.integer("exp_month")?.unwrap_or(self.exp_month);
        let exp_year = params.integer("exp_year")?.unwrap_or(self.exp_year);
        if let Some(network) = read_preferred(params.map("networks")?, self.test_card())? {
            self.preferred_network = Some(network);
        }
        check_expiry(exp_month, exp_year, now)?;
        (self.exp_month, self.exp_year) = (exp_month, exp_year);
        Ok(())
    }

    /// What the issuer would say of it.
    pub(crate) fn test_card(&self) -> &'static TestCard {
        // A state file edited by hand could name any number: it then behaves as the plainest card.
        cards::known(&self.number).unwrap_or(cards::plain())
    }

    fn wallet_json(&self) -> Option<Value> {
        let last4 = self.test_card().last4();
        self.wallet.map(|wallet| wallet.json(last4))
    }

    fn fingerprint(&self, account: &str) -> String {
        fingerprint(&format!("{account} {}", self.number))
    }

    /// The `card` of a PaymentMethod or a preview.
    pub(crate) fn json(&self, account: &str) -> Value {
        let card = self.test_card();
        json!({
            "brand": card.brand.as_str(),
            "checks": {
                "address_line1_check": null, "address_postal_code_check": null,
                "cvc_check": self.cvc_given.then_some("unchecked"),
            },
            "country": card.country,
            "display_brand": self.preferred_network.as_deref().unwrap_or(card.brand.display()),
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "fingerprint": self.fingerprint(account),
            "funding": card.funding,
            "generated_from": null,
            "last4": card.last4(),
            "networks": { "available": card.networks(), "preferred": self.preferred_network },
            "regulated_status": "unregulated",
            "three_d_secure_usage": { "supported": card.supports_3ds() },
            "wallet": self.wallet_json(),
        })
    }

    /// What the issuer says of the details it was given.
    pub(crate) fn checks(&self, billing_details: &Value) -> Value {
        let card = self.test_card();
        let given = |field: &str| !billing_details["address"][field].is_null();
        let check = |given: bool, check: Check| given.then(|| check.as_str());
        json!({
            "address_line1_check": check(given("line1"), card.line1_check),
            "address_postal_code_check": check(given("postal_code"), card.postal_code_check),
            "cvc_check": check(self.cvc_given, card.cvc_check),
        })
    }

    /// How 3-D Secure went, where it was tried.
    fn three_d_secure(&self, charged: &Charged<'_>) -> Option<Value> {
        let (result, reason, flow) = match self.test_card().authentication {
            Authentication::Frictionless if charged.authenticated => {
                ("authenticated", None, Some("frictionless"))
            }
            _ if charged.authenticated => ("authenticated", None, Some("challenge")),
            Authentication::RequiredLookupFails => {
                ("processing_error", Some("protocol_error"), None)
            }
            _ if !charged.three_d_secure_requested => return None,
            Authentication::OptionalLookupFails => {
                ("processing_error", Some("protocol_error"), None)
            }
            Authentication::NotEnrolled => {
                ("attempt_acknowledged", Some("card_not_enrolled"), None)
            }
            Authentication::Unsupported => ("not_supported", Some("network_not_supported"), None),
            _ => return None,
        };
        Some(json!({
            "authentication_flow": flow,
            "electronic_commerce_indicator": (result == "authenticated").then_some("05"),
            "exemption_indicator": null,
            "result": result,
            "result_reason": reason,
            "transaction_id": null,
            "version": "2.2.0",
        }))
    }

    /// Whether it can be charged over this network.
    pub(crate) fn check_network(&self, network: &str) -> Result<()> {
        check_network(
            self.test_card(),
            network,
            "payment_method_options[card][network]",
        )
    }

    /// The `card` of a token, as cards were shown before PaymentMethods.
    pub(crate) fn token_json(&self, account: &str, billing_details: &Value) -> Value {
        let card = self.test_card();
        let address = &billing_details["address"];
        let unchecked = |given: bool| given.then_some("unchecked");
        json!({
            "object": "card",
            "address_city": address["city"],
            "address_country": address["country"],
            "address_line1": address["line1"],
            "address_line1_check": unchecked(!address["line1"].is_null()),
            "address_line2": address["line2"],
            "address_state": address["state"],
            "address_zip": address["postal_code"],
            "address_zip_check": unchecked(!address["postal_code"].is_null()),
            "brand": card.brand.title(),
            "country": card.country,
            "cvc_check": unchecked(self.cvc_given),
            "dynamic_last4": null,
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "fingerprint": self.fingerprint(account),
            "funding": card.funding,
            "last4": card.last4(),
            "metadata": {},
            "name": billing_details["name"],
            "networks": { "preferred": null },
            "regulated_status": "unregulated",
            "tokenization_method": self.wallet.and_then(Wallet::tokenization_method),
        })
    }

    /// The `payment_method_details.card` of a SetupAttempt.
    pub(crate) fn setup_json(&self, account: &str, authenticated: bool) -> Value {
        let card = self.test_card();
        let three_d_secure = authenticated.then(|| {
            json!({
                "authentication_flow": "challenge",
                "electronic_commerce_indicator": "05",
                "result": "authenticated",
                "result_reason": null,
                "transaction_id": null,
                "version": "2.2.0",
            })
        });
        json!({
            "brand": card.brand.as_str(),
            "checks": {
                "address_line1_check": null,
                "address_postal_code_check": null,
                "cvc_check": self.cvc_given.then_some(card.cvc_check.as_str()),
            },
            "country": card.country,
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "fingerprint": self.fingerprint(account),
            "funding": card.funding,
            "last4": card.last4(),
            "network": card.brand.as_str(),
            "three_d_secure": three_d_secure,
            "wallet": self.wallet_json(),
        })
    }

    /// The `payment_method_details.card` of a charge.
    pub(crate) fn charge_json(&self, charged: &Charged<'_>) -> Value {
        let card = self.test_card();
        let preferred = charged.network.or(self.preferred_network.as_deref());
        let mut checks = self.checks(charged.billing_details);
        if charged.cvc_recollected {
            checks["cvc_check"] = json!(card.cvc_check.as_str());
        }
        let mut json = json!({
            "amount_authorized": charged.approved.then_some(charged.amount),
            "authorization_code": null,
            "brand": card.brand.as_str(),
            "checks": move checks,
            "country": card.country,
            "electronic_commerce_indicator": null,
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "fingerprint": self.fingerprint(charged.account),
            "funding": card.funding,
            "installments": null,
            "last4": card.last4(),
            "mandate": null,
            "network": preferred.unwrap_or(card.brand.as_str()),
            "network_token": { "used": false },
            "network_transaction_id": null,
            "regulated_status": "unregulated",
            "three_d_secure": move self.three_d_secure(charged),
            "transaction_link_id": null,
            "wallet": self.wallet_json(),
        });
        charged.features.show(charged.amount, &mut json);
        if let Some(until) = charged.capture_before {
            json["capture_before"] = json!(until);
        }
        json
    }
}

/// What a charge tells of its method.
pub(crate) struct Charged<'a> {
    pub id: &'a str,
    pub account: &'a str,
    pub amount: i64,
    pub features: Granted,
    pub approved: bool,
    pub authenticated: bool,
    /// Whether the merchant wanted 3-D Secure.
    pub three_d_secure_requested: bool,
    /// The network the merchant chose.
    pub network: Option<&'a str>,
    /// A saved card's security code was asked for again.
    pub cvc_recollected: bool,
    /// Until when an uncaptured amount is held.
    pub capture_before: Option<i64>,
    pub billing_details: &'a Value,
    /// What the payment itself tells of its method: the number of a voucher.
    pub details: &'a Value,
}

fn read_preferred(networks: Option<Params>, card: &TestCard) -> Result<Option<String>> {
    let Some(mut networks) = networks else {
        return Ok(None);
    };
    let name = networks.name("preferred");
    let preferred = networks.text("preferred")?;
    if let Some(network) = &preferred {
        check_network(card, network, &name)?;
    }
    Ok(preferred)
}

fn check_network(card: &TestCard, network: &str, param: &str) -> Result<()> {
    let networks = card.networks();
    if networks.contains(&network) {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "The network `{network}` is not available for this card. Its networks are: {}.",
        networks.join(", ")
    ))
    .param(param))
}

/// A security code has so many digits.
pub(crate) fn check_cvc(cvc: &str, length: std::ops::RangeInclusive<usize>) -> Result<()> {
    if length.contains(&cvc.len()) && cvc.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(());
    }
    Err(Error::card("invalid_cvc", "Your card's security code is invalid.").param("cvc"))
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
