//! Test bank accounts (docs.stripe.com/testing#non-card-payments): debited at once, settled or refused later.

use super::error::{Error, Result};
use super::params::Params;
use super::random::fingerprint;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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
}

impl BankAccount {
    fn new(number: &str) -> BankAccount {
        BankAccount {
            number: number.to_owned(),
            account_holder_type: "individual".to_owned(),
            account_type: "checking".to_owned(),
        }
    }

    pub(crate) fn named(name: &str) -> Option<BankAccount> {
        let found = US.iter().find(|(_, known, _)| *known == name);
        found.map(|(number, _, _)| BankAccount::new(number))
    }

    pub(crate) fn read_us(mut params: Params) -> Result<BankAccount> {
        let number = params.required_text("account_number")?;
        let routing = params.required_text("routing_number")?;
        let holder = params.one_of("account_holder_type", &["individual", "company"])?;
        let kind = params.one_of("account_type", &["checking", "savings"])?;
        params.without_effect(&["financial_connections_account"]);
        let names = (params.name("account_number"), params.name("routing_number"));
        params.finish()?;
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
        })
    }

    pub(crate) fn read_iban(mut params: Params) -> Result<BankAccount> {
        let iban: String = params
            .required_text("iban")?
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .collect();
        let name = params.name("iban");
        params.finish()?;
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

    pub(crate) fn sepa_json(&self, account: &str) -> Value {
        json!({
            "bank_code": self.number.get(4..12),
            "branch_code": "",
            "country": self.number.get(..2),
            "fingerprint": fingerprint(&format!("{account} {}", self.number)),
            "generated_from": { "charge": null, "setup_attempt": null },
            "last4": self.last4(),
        })
    }
}

fn not_a_test_account(param: String) -> Box<Error> {
    Error::invalid("This is none of Stripe's test bank accounts, and no other is kept here.")
        .param(param)
}
