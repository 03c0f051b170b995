//! What a PaymentMethod is made of: a card, a bank account that is debited, or a site the shopper is sent to.

use super::bank_account::BankAccount;
use super::card::{Card, Charged};
use super::error::{Error, Result};
use super::params::Params;
use super::redirect::RedirectMethod;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Instrument {
    Card(Card),
    /// Settles within days, and may fail until then.
    SepaDebit(BankAccount),
    UsBankAccount(BankAccount),
    Redirect(RedirectMethod),
}

impl Instrument {
    /// Reads `type` and the object of that name.
    pub(crate) fn read(params: &mut Params, now: i64) -> Result<Instrument> {
        let kind = params.required_text("type")?;
        if let Some(method) = RedirectMethod::named(&kind) {
            params.without_effect(&[method.as_str()]);
            return Ok(Instrument::Redirect(method));
        }
        let inner = params.map(&kind)?;
        match (kind.as_str(), inner) {
            ("card", Some(card)) => Ok(Instrument::Card(Card::read(card, now)?)),
            ("sepa_debit", Some(account)) => {
                Ok(Instrument::SepaDebit(BankAccount::read_iban(account)?))
            }
            ("us_bank_account", Some(account)) => {
                Ok(Instrument::UsBankAccount(BankAccount::read_us(account)?))
            }
            ("card" | "sepa_debit" | "us_bank_account", None) => Err(params.missing(&kind)),
            _ => Err(Error::invalid(format!(
                "The sandbox does not model payment method type `{kind}`."
            ))
            .param(params.name("type"))),
        }
    }

    /// What a name such as `pm_card_visa` stands for.
    pub(crate) fn named(name: &str, year: i64) -> Option<Instrument> {
        let card = Card::named(name, year).map(Instrument::Card);
        card.or_else(|| BankAccount::named(name).map(Instrument::UsBankAccount))
    }

    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Instrument::Card(_) => "card",
            Instrument::SepaDebit(_) => "sepa_debit",
            Instrument::UsBankAccount(_) => "us_bank_account",
            Instrument::Redirect(method) => method.as_str(),
        }
    }

    pub(crate) fn card(&self) -> Option<&Card> {
        match self {
            Instrument::Card(card) => Some(card),
            _ => None,
        }
    }

    pub(crate) fn bank_account(&self) -> Option<&BankAccount> {
        match self {
            Instrument::SepaDebit(account) | Instrument::UsBankAccount(account) => Some(account),
            _ => None,
        }
    }

    /// Whether it can be kept for a customer and charged again.
    pub(crate) fn is_reusable(&self) -> bool {
        !matches!(self, Instrument::Redirect(_))
    }

    /// The object named after its type, on a PaymentMethod or a preview.
    pub(crate) fn json(&self, account: &str) -> Value {
        match self {
            Instrument::Card(card) => card.json(account),
            Instrument::SepaDebit(bank_account) => bank_account.sepa_json(account),
            Instrument::UsBankAccount(bank_account) => bank_account.us_json(account),
            Instrument::Redirect(method) => method.json(),
        }
    }

    /// The `payment_method_details` of a charge.
    pub(crate) fn charge_json(&self, charged: &Charged<'_>) -> Value {
        let details = match self {
            Instrument::Card(card) => card.charge_json(charged),
            other => other.json(charged.account),
        };
        let mut json = json!({ "type": self.type_name() });
        json[self.type_name()] = details;
        json
    }
}

/// The types an account in the sandbox takes for a currency. Cards come first, as in Stripe's own answers.
pub(crate) fn types_for(currency: &str) -> Vec<&'static str> {
    let mut types = vec!["card"];
    match currency {
        "eur" => types.push("sepa_debit"),
        "usd" => types.push("us_bank_account"),
        _ => {}
    }
    let sites = RedirectMethod::ALL
        .iter()
        .filter(|site| site.takes(currency));
    types.extend(sites.map(|site| site.as_str()));
    types
}
