//! Tokens (docs.stripe.com/api/tokens): what a page collected and its server may use once: a card, a security code
//! asked for again, a bank account, a person's details.

mod create;

use super::bank_account::BankAccount;
use super::call::Call;
use super::card::Card;
use super::error::{Error, Result};
use super::params::Params;
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub id: String,
    pub created: i64,
    pub used: bool,
    contents: Contents,
}

/// What it stands for. A security code is looked at, and forgotten, and so are details that only Connect uses.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Contents {
    Account,
    BankAccount(Box<TokenizedAccount>),
    Card(Box<TokenizedCard>),
    CvcUpdate,
    Person,
    Pii,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct TokenizedAccount {
    /// `ba_…`
    id: String,
    account: BankAccount,
    holder_name: Option<String>,
    country: String,
    currency: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct TokenizedCard {
    /// `card_…`
    id: String,
    card: Card,
    billing_details: Value,
    currency: Option<String>,
}

impl Row for Token {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl Contents {
    fn name(&self) -> &'static str {
        match self {
            Contents::Account => "account",
            Contents::BankAccount(_) => "bank_account",
            Contents::Card(_) => "card",
            Contents::CvcUpdate => "cvc_update",
            Contents::Person => "person",
            Contents::Pii => "pii",
        }
    }

    fn id_prefix(&self) -> &'static str {
        match self {
            Contents::Account => "ct_1",
            Contents::BankAccount(_) => "btok_1",
            Contents::Card(_) => "tok_1",
            Contents::CvcUpdate => "cvctok_1",
            Contents::Person => "cpt_1",
            Contents::Pii => "pii_1",
        }
    }
}

impl Token {
    pub(crate) fn json(&self, account: &str) -> Value {
        let mut json = json!({
            "id": self.id,
            "object": "token",
            "client_ip": null,
            "created": self.created,
            "livemode": false,
            "type": self.contents.name(),
            "used": self.used,
        });
        match &self.contents {
            Contents::BankAccount(it) => {
                let mut bank_account = it.account.token_json(account);
                bank_account["id"] = json!(it.id);
                bank_account["account_holder_name"] = json!(it.holder_name);
                bank_account["country"] = json!(it.country);
                bank_account["currency"] = json!(it.currency);
                json["bank_account"] = bank_account;
            }
            Contents::Card(it) => {
                let mut card = it.card.token_json(account, &it.billing_details);
                card["id"] = json!(it.id);
                card["currency"] = json!(it.currency);
                json["card"] = card;
            }
            Contents::Account | Contents::CvcUpdate | Contents::Person | Contents::Pii => {}
        }
        json
    }

    fn check_unused(&self, param: &str) -> Result<()> {
        if !self.used {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "You cannot use a Stripe token more than once: {}.",
            self.id
        ))
        .code("token_already_used")
        .param(param))
    }
}

fn find<'a>(world: &'a World, id: &str, param: &str) -> Result<&'a Token> {
    let token = world.tokens.get(id);
    token.ok_or_else(|| Error::missing_param("token", id, param))
}

/// The card behind `card[token]`. Names such as `tok_visa` can be used again and again.
pub(crate) fn card(world: &World, mut params: Params, year: i64) -> Result<Card> {
    let param = params.name("token");
    let id = params.required_text("token")?;
    let named = id.strip_prefix("tok_");
    let named = named.and_then(|name| Card::named(&format!("pm_card_{name}"), year));
    if let Some(card) = named {
        return Ok(card);
    }
    let token = find(world, &id, &param)?;
    let Contents::Card(it) = &token.contents else {
        return Err(Error::invalid(format!(
            "The token {id} stands for no card: its type is {}.",
            token.contents.name()
        ))
        .param(param));
    };
    token.check_unused(&param)?;
    let mut card = it.card.clone();
    card.token = Some(id);
    Ok(card)
}

/// What a card's token tells of its holder, where the request does not say it itself.
pub(crate) fn complete_billing_details(world: &World, token: &str, details: &mut Value) {
    let contents = world.tokens.get(token).map(|token| &token.contents);
    let Some(Contents::Card(it)) = contents else {
        return;
    };
    if details["name"].is_null() {
        details["name"] = it.billing_details["name"].clone();
    }
    let Some(address) = details["address"].as_object_mut() else {
        return;
    };
    if address.values().all(Value::is_null) {
        details["address"] = it.billing_details["address"].clone();
    }
}

/// Whether this token holds a security code that was not used yet.
pub(crate) fn check_cvc(world: &World, id: &str) -> Result<()> {
    const PARAM: &str = "payment_method_options[card][cvc_token]";
    let token = find(world, id, PARAM)?;
    if !matches!(token.contents, Contents::CvcUpdate) {
        return Err(Error::invalid(format!(
            "The token {id} holds no security code: its type is {}, where cvc_update is expected.",
            token.contents.name()
        ))
        .param(PARAM));
    }
    token.check_unused(PARAM)
}

impl Call<'_> {
    pub(crate) fn use_up_token(&mut self, id: &str) {
        if let Some(token) = self.world.tokens.get_mut(id) {
            token.used = true;
        }
    }
}
