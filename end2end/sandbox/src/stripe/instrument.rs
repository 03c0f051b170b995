//! What a PaymentMethod is made of: a card, a bank account that is debited, or another method of the payer's country.

use super::bank_account::BankAccount;
use super::calendar::year_and_month;
use super::card::{Card, Charged};
use super::error::{Error, Result};
use super::local_method::{Local, LocalMethod, Reuse};
use super::params::Params;
use super::token;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Instrument {
    Card(Card),
    /// Settles within days, and may fail until then.
    SepaDebit(BankAccount),
    UsBankAccount(BankAccount),
    /// Any other method of Stripe's.
    Local(Local),
}

impl Instrument {
    /// Reads `type` and the object of that name.
    pub(crate) fn read(params: &mut Params, world: &World, now: i64) -> Result<Instrument> {
        let kind = params.required_text("type")?;
        let inner = params.map(&kind)?;
        if let Some(method) = LocalMethod::named(&kind) {
            return Ok(Instrument::Local(Local::read(method, inner)?));
        }
        match (kind.as_str(), inner) {
            ("card", Some(card)) if card.has("token") => {
                let year = year_and_month(now).0;
                Ok(Instrument::Card(token::card(world, card, year)?))
            }
            ("card", Some(card)) => Ok(Instrument::Card(Card::read(card, now)?)),
            ("sepa_debit", Some(account)) => Ok(Instrument::SepaDebit(BankAccount::read_iban(
                account, "iban",
            )?)),
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
            Instrument::Local(local) => local.method.name(),
        }
    }

    pub(crate) fn card(&self) -> Option<&Card> {
        match self {
            Instrument::Card(card) => Some(card),
            _ => None,
        }
    }

    /// The token it came in.
    pub(crate) fn token(&self) -> Option<&str> {
        self.card()?.token.as_deref()
    }

    pub(crate) fn local(&self) -> Option<&Local> {
        match self {
            Instrument::Local(local) => Some(local),
            _ => None,
        }
    }

    pub(crate) fn us_bank_account(&self) -> Option<&BankAccount> {
        match self {
            Instrument::UsBankAccount(account) => Some(account),
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
        !matches!(self, Instrument::Local(local) if local.method.reuse() != Reuse::Itself)
    }

    /// The object named after its type, on a PaymentMethod or a preview.
    pub(crate) fn json(&self, account: &str) -> Value {
        match self {
            Instrument::Card(card) => card.json(account),
            Instrument::SepaDebit(bank_account) => bank_account.sepa_json(account),
            Instrument::UsBankAccount(bank_account) => bank_account.us_json(account),
            Instrument::Local(local) => local.json(),
        }
    }

    /// The `payment_method_details` of a charge.
    pub(crate) fn charge_json(&self, charged: &Charged<'_>) -> Value {
        let details = match self {
            Instrument::Card(card) => card.charge_json(charged),
            Instrument::SepaDebit(bank_account) => {
                bank_account.sepa_charge_json(charged.account, &charged.details["mandate"])
            }
            Instrument::UsBankAccount(bank_account) => {
                bank_account.us_charge_json(charged.account, &charged.details["mandate"])
            }
            Instrument::Local(local) => local.charge_json(charged.id, charged.details),
        };
        let mut json = json!({ "type": self.type_name() });
        json[self.type_name()] = details;
        json
    }
}
