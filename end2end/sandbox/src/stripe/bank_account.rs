//! Test bank accounts (docs.stripe.com/testing#non-card-payments): debited at once, settled or refused later.

use super::error::{Error, Result};
use super::params::Params;
use super::random::fingerprint;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

/// Microdeposits cannot be sent to this one.
const NO_DEPOSITS: &str = "000666666661";
const ROUTING_NUMBER: &str = "110000000";
/// How long a delayed debit takes unless its account says otherwise.
const SOON_S: i64 = 5;
const LATE_S: i64 = 3 * 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settlement {
    Succeeds {
        after_s: i64,
    },
    Fails {
        after_s: i64,
        code: &'static str,
    },
    /// Succeeds, and is disputed.
    Disputed,
    /// Stays in `processing`.
    Never,
}

const fn fails(code: &'static str) -> Settlement {
    Settlement::Fails {
        after_s: SOON_S,
        code,
    }
}

const OK: Settlement = Settlement::Succeeds { after_s: SOON_S };

/// Account number, `pm_…` name, what becomes of a debit.
const US: &[(&str, &str, Settlement)] = &[
    ("000123456789", "pm_usBankAccount_success", OK),
    (
        "000111111113",
        "pm_usBankAccount_accountClosed",
        fails("account_closed"),
    ),
    (
        "000111111116",
        "pm_usBankAccount_noAccount",
        fails("no_account"),
    ),
    (
        "000222222227",
        "pm_usBankAccount_insufficientFunds",
        fails("insufficient_funds"),
    ),
    (
        "000333333335",
        "pm_usBankAccount_debitNotAuthorized",
        fails("debit_not_authorized"),
    ),
    (
        "000444444440",
        "pm_usBankAccount_invalidCurrency",
        fails("invalid_currency"),
    ),
    (NO_DEPOSITS, "pm_usBankAccount_failMicrodeposits", OK),
    (
        "000555555559",
        "pm_usBankAccount_dispute",
        Settlement::Disputed,
    ),
    (
        "000000000009",
        "pm_usBankAccount_processing",
        Settlement::Never,
    ),
];

const IBANS: &[(&str, Settlement)] = &[
    ("DE89370400440532013000", OK),
    (
        "DE08370400440532013003",
        Settlement::Succeeds { after_s: LATE_S },
    ),
    ("DE62370400440532013001", fails("generic_could_not_process")),
    (
        "DE78370400440532013004",
        Settlement::Fails {
            after_s: LATE_S,
            code: "generic_could_not_process",
        },
    ),
    ("DE35370400440532013002", Settlement::Disputed),
];

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BankAccount {
    /// A test account's number or IBAN.
    number: String,
    account_holder_type: String,
    account_type: String,
    /// Known to be the payer's: by microdeposits, or by the bank itself.
    #[serde(default)]
    verified: bool,
    #[serde(default)]
    origin: Option<Origin>,
}

/// What told an account that its payer did not type.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    Charge(String),
    SetupAttempt(String),
}

impl BankAccount {
    fn new(number: &str) -> BankAccount {
        BankAccount {
            number: number.to_owned(),
            account_holder_type: "individual".to_owned(),
            account_type: "checking".to_owned(),
            verified: true,
            origin: None,
        }
    }

    /// The account of a payer who came by way of a bank's site.
    pub(crate) fn behind_a_redirect(origin: Origin) -> BankAccount {
        BankAccount {
            origin: Some(origin),
            ..BankAccount::new(IBANS[0].0)
        }
    }

    pub(crate) fn is_verified(&self) -> bool {
        self.verified
    }

    pub(crate) fn verify(&mut self) {
        self.verified = true;
    }

    /// Whether microdeposits come back from it.
    pub(crate) fn refuses_deposits(&self) -> bool {
        self.number == NO_DEPOSITS
    }

    pub(crate) fn named(name: &str) -> Option<BankAccount> {
        let found = US.iter().find(|(_, known, _)| *known == name);
        found.map(|(number, _, _)| BankAccount {
            verified: *number != NO_DEPOSITS,
            ..BankAccount::new(number)
        })
    }

    pub(crate) fn read_us(mut params: Params) -> Result<BankAccount> {
        let number = params.required_text("account_number")?;
        let routing = params.required_text("routing_number")?;
        let holder = params.one_of("account_holder_type", &["individual", "company"])?;
        let kind = params.one_of("account_type", &["checking", "savings"])?;
        // An account linked by way of its bank is known to be the payer's.
        let linked = params.text("financial_connections_account")?.is_some();
        let names = (params.name("account_number"), params.name("routing_number"));
        if routing != ROUTING_NUMBER {
            return Err(Error::invalid(format!(
                "In test mode the routing number is {ROUTING_NUMBER}."
            ))
            .code("routing_number_invalid")
            .param(names.1));
        }
        if !US.iter().any(|(known, _, _)| *known == number) {
            return Err(not_a_test_account(names.0).code("account_number_invalid"));
        }
        Ok(BankAccount {
            account_holder_type: holder.unwrap_or_else(|| "individual".to_owned()),
            account_type: kind.unwrap_or_else(|| "checking".to_owned()),
            number,
            verified: linked,
            origin: None,
        })
    }

    /// `field` is what the IBAN is called where it is asked for.
    pub(crate) fn read_iban(mut params: Params, field: &str) -> Result<BankAccount> {
        let iban: String = params
            .required_text(field)?
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .collect();
        let name = params.name(field);
        if !IBANS.iter().any(|(known, _)| *known == iban) {
            return Err(not_a_test_account(name).code("invalid_bank_account_iban"));
        }
        Ok(BankAccount::new(&iban))
    }

    /// What becomes of a debit.
    pub(crate) fn settlement(&self) -> Settlement {
        let us = US.iter().find(|(number, _, _)| *number == self.number);
        let iban = IBANS.iter().find(|(number, _)| *number == self.number);
        us.map(|(_, _, settlement)| *settlement)
            .or(iban.map(|(_, settlement)| *settlement))
            .unwrap_or(OK)
    }

    fn last4(&self) -> &str {
        self.number
            .get(self.number.len().saturating_sub(4)..)
            .unwrap_or_default()
    }

    pub(crate) fn us_json(&self, account: &str) -> Value {
        json!({
            "account_holder_type": self.account_holder_type,
            "account_type": self.account_type,
            "bank_name": "STRIPE TEST BANK",
            "financial_connections_account": null,
            "fingerprint": fingerprint(&format!("{account} {}", self.number)),
            "last4": self.last4(),
            "networks": { "preferred": "ach", "supported": ["ach"] },
            "routing_number": ROUTING_NUMBER,
            "status_details": {},
        })
    }

    /// The `bank_account` of a token.
    pub(crate) fn token_json(&self, account: &str) -> Value {
        let is_us = US.iter().any(|(number, _, _)| *number == self.number);
        json!({
            "object": "bank_account",
            "account_holder_type": self.account_holder_type,
            "account_type": is_us.then_some(&self.account_type),
            "bank_name": "STRIPE TEST BANK",
            "fingerprint": fingerprint(&format!("{account} {}", self.number)),
            "last4": self.last4(),
            "routing_number": if is_us { Some(ROUTING_NUMBER) } else { self.number.get(4..12) },
            "status": "new",
        })
    }

    /// In the `payment_method_details` of a charge.
    pub(crate) fn us_charge_json(&self, account: &str, mandate: &Value) -> Value {
        let mut json = json!({
            "account_holder_type": self.account_holder_type,
            "account_type": self.account_type,
            "bank_name": "STRIPE TEST BANK",
            "fingerprint": fingerprint(&format!("{account} {}", self.number)),
            "last4": self.last4(),
            "payment_reference": null,
            "routing_number": ROUTING_NUMBER,
        });
        if !mandate.is_null() {
            json["mandate"] = mandate.clone();
        }
        json
    }

    pub(crate) fn sepa_charge_json(&self, account: &str, mandate: &Value) -> Value {
        json!({
            "bank_code": self.number.get(4..12),
            "branch_code": "",
            "country": self.number.get(..2),
            "fingerprint": fingerprint(&format!("{account} {}", self.number)),
            "last4": self.last4(),
            "mandate": mandate,
        })
    }

    pub(crate) fn sepa_json(&self, account: &str) -> Value {
        let (charge, attempt) = match &self.origin {
            None => (None, None),
            Some(Origin::Charge(id)) => (Some(id), None),
            Some(Origin::SetupAttempt(id)) => (None, Some(id)),
        };
        json!({
            "bank_code": self.number.get(4..12),
            "branch_code": "",
            "country": self.number.get(..2),
            "fingerprint": fingerprint(&format!("{account} {}", self.number)),
            "generated_from": { "charge": charge, "setup_attempt": attempt },
            "last4": self.last4(),
        })
    }
}

fn not_a_test_account(param: String) -> Box<Error> {
    Error::invalid("This is none of Stripe's test bank accounts, and no other is kept here.")
        .param(param)
}
