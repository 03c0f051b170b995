//! `POST /v1/tokens`: one kind at a time, by the page with its publishable key, or by the server.

use super::{Contents, Token, TokenizedAccount, TokenizedCard};
use crate::stripe::bank_account::BankAccount;
use crate::stripe::call::Call;
use crate::stripe::card::{self, Card};
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::params::{self, Params};

const KINDS: &[&str] = &[
    "account",
    "bank_account",
    "card",
    "cvc_update",
    "person",
    "pii",
];

/// What a card's fields are called among billing details.
const ADDRESS: &[(&str, &str)] = &[
    ("address_city", "city"),
    ("address_country", "country"),
    ("address_line1", "line1"),
    ("address_line2", "line2"),
    ("address_state", "state"),
    ("address_zip", "postal_code"),
];

impl Call<'_> {
    pub(crate) fn create_token(&mut self, mut params: Params) -> Result<Value> {
        params.only_one_of(KINDS)?;
        let Some(kind) = KINDS.iter().find(|kind| params.has(kind)) else {
            return Err(Error::invalid(format!(
                "A token stands for exactly one thing: give one of {}.",
                KINDS.join(", ")
            ))
            .code("parameter_missing"));
        };
        // A customer's own, by its id.
        let saved = [*kind, "customer"]
            .into_iter()
            .find(|field| params.has(field) && !params.is_map(field));
        if let Some(field) = saved {
            return Err(Error::invalid(
                "What a customer has is made a token for connected accounts only, and this account has none.",
            )
            .param(field));
        }
        let inner = params.map(kind)?.unwrap_or_default();
        let contents = match *kind {
            "account" => Contents::Account,
            "bank_account" => self.read_bank_account(inner)?,
            "card" => self.read_card(inner)?,
            "cvc_update" => read_cvc(inner)?,
            "person" => Contents::Person,
            _ => Contents::Pii,
        };
        let token = Token {
            id: self.world.random.id(contents.id_prefix()),
            created: self.now,
            used: false,
            contents,
        };
        let json = token.json(&self.world.account);
        self.world.tokens.put(token);
        Ok(json)
    }

    fn read_card(&mut self, mut params: Params) -> Result<Contents> {
        let mut billing_details = params::billing_details(None)?;
        for (name, field) in ADDRESS {
            billing_details["address"][*field] = json!(params.text(name)?);
        }
        billing_details["name"] = json!(params.text("name")?);
        let currency = money::currency(&mut params)?;
        Ok(Contents::Card(Box::new(TokenizedCard {
            card: Card::read(params, self.now)?,
            id: self.world.random.id("card_1"),
            billing_details,
            currency,
        })))
    }

    fn read_bank_account(&mut self, mut params: Params) -> Result<Contents> {
        let country = params.required_text("country")?;
        let currency = money::currency(&mut params)?;
        let holder_name = params.text("account_holder_name")?;
        let (account, usual) = if country == "US" {
            (BankAccount::read_us(params)?, "usd")
        } else {
            (BankAccount::read_iban(params, "account_number")?, "eur")
        };
        Ok(Contents::BankAccount(Box::new(TokenizedAccount {
            id: self.world.random.id("ba_1"),
            account,
            holder_name,
            country,
            currency: currency.unwrap_or_else(|| usual.to_owned()),
        })))
    }
}

/// American Express has four digits, and which card it is for is not known yet.
fn read_cvc(mut params: Params) -> Result<Contents> {
    let cvc = params.required_text("cvc")?;
    card::check_cvc(&cvc, 3..=4)?;
    Ok(Contents::CvcUpdate)
}
