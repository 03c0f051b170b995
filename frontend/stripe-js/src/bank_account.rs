//! Bank accounts: connected through the shopper's bank, or proven by small deposits.

use crate::calls::{calls, reply};
use crate::confirmation_token::BillingDetails;
use crate::intent::{PaymentIntent, SetupIntent};
use crate::options::options;
use crate::payload::payload;
use crate::secret::Secret;
use crate::stripe::Stripe;
use crate::text_map::TextMap;
use crate::token::Token;

calls! {
    impl Stripe("stripe") {
        /// Lets the shopper connect the bank account to pay from. Then confirm the intent.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/collect_bank_account_for_payment>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn collect_bank_account_for_payment = "collectBankAccountForPayment"(
            options: given(CollectBankAccount)
        ) -> PaymentIntent;

        /// Lets the shopper connect the bank account to set up. Then confirm the intent.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/collect_bank_account_for_setup>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn collect_bank_account_for_setup = "collectBankAccountForSetup"(
            options: given(CollectBankAccount)
        ) -> SetupIntent;

        /// Lets the shopper connect accounts to a Financial Connections session.
        ///
        /// See <https://docs.stripe.com/js/financial_connections/collect_financial_connections_accounts>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn collect_financial_connections_accounts = "collectFinancialConnectionsAccounts"(
            options: given(CollectAccounts)
        ) -> FinancialConnectionsSession;

        /// Lets the shopper connect an account, and turns it into a token.
        ///
        /// See <https://docs.stripe.com/js/financial_connections/collect_bank_account_token>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn collect_bank_account_token = "collectBankAccountToken"(options: given(CollectAccounts)) -> Token;

        /// Proves with two small deposits that a bank account is the shopper's.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/verify_microdeposits_for_payment>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn verify_microdeposits_for_payment = "verifyMicrodepositsForPayment"(
            client_secret: text, data: given(PaymentMicrodeposits)
        ) -> PaymentIntent;

        /// Proves with two small deposits, or the code in one, that a bank account is the shopper's.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/verify_microdeposits_for_setup>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn verify_microdeposits_for_setup = "verifyMicrodepositsForSetup"(
            client_secret: text, data: given(SetupMicrodeposits)
        ) -> SetupIntent;
    }
}

options! {
    /// How a shopper connects a bank account to an intent.
    #[serde(rename_all = "camelCase")]
    pub struct CollectBankAccount {
        required {
            /// The intent's client secret.
            client_secret: Secret,
            /// Which payment method it becomes.
            params: CollectBankAccountParams,
        }
        /// What the shopper has agreed to before.
        pre_collected_consent: PreCollectedConsent,
        /// What of the answer is told in full.
        expand: Vec<String>,
    }
}

options! {
    /// Which payment method a bank account becomes.
    pub struct CollectBankAccountParams {
        required {
            /// `us_bank_account`
            payment_method_type: String,
            /// Whose account it is.
            payment_method_data: CollectBankAccountData,
        }
    }
}

options! {
    /// Whose bank account it is.
    pub struct CollectBankAccountData {
        required {
            /// At least a name.
            billing_details: BillingDetails,
        }
        /// Pairs of your own.
        metadata: TextMap,
    }
}

options! {
    /// What a shopper agreed to before, at your page.
    #[serde(rename_all = "camelCase")]
    pub struct PreCollectedConsent {
        required {
            /// Its name at Stripe.
            consent: String,
            /// When, in seconds since 1970.
            #[serde(rename = "collectedAt")]
            collected_at_secs: i64,
        }
    }
}

options! {
    /// How a shopper connects accounts to a Financial Connections session.
    #[serde(rename_all = "camelCase")]
    pub struct CollectAccounts {
        required {
            /// The session's client secret.
            client_secret: Secret,
        }
        /// What the shopper has agreed to before.
        pre_collected_consent: PreCollectedConsent,
    }
}

options! {
    /// What the shopper found on the account statement.
    pub struct PaymentMicrodeposits {
        /// The two amounts, in the currency's smallest unit.
        #[serde(rename = "amounts")]
        amounts_minor: Vec<u32>,
    }
}

options! {
    /// What the shopper found on the account statement.
    pub struct SetupMicrodeposits {
        /// The two amounts, in the currency's smallest unit.
        #[serde(rename = "amounts")]
        amounts_minor: Vec<u32>,
        /// The six characters in the deposit's text.
        descriptor_code: String,
    }
}

payload! {
    /// A Financial Connections session. See <https://docs.stripe.com/api/financial_connections/sessions/object>.
    pub struct FinancialConnectionsSession without {
        "filters": "The server has set it.",
        "permissions": "The server has set it.",
        "return_url": "The server has set it.",
    } {
        /// `fcsess_…`
        id: String = "id",
        /// What the shopper connected.
        accounts: Vec<ConnectedAccount> = "accounts",
    }
}

reply! { FinancialConnectionsSession = "financialConnectionsSession"; }

payload! {
    /// A connected bank account.
    pub struct ConnectedAccount without {
        "object": SERVER, "balance": SERVER, "balance_refresh": SERVER, "ownership": SERVER,
        "ownership_refresh": SERVER, "permissions": SERVER, "created": SERVER,
    } {
        /// `fca_…`
        id: String = "id",
        /// `cash`, `credit`, `investment` or `other`.
        category: String = "category",
        /// Such as `checking`.
        subcategory: String = "subcategory",
        /// Its name at the bank.
        display_name: String = "display_name",
        /// The bank's name.
        institution_name: String = "institution_name",
        /// The last four digits.
        last4: Option<String> = "last4",
        /// Whether it is in live mode.
        livemode: bool = "livemode",
        /// `active`, `inactive` or `disconnected`.
        status: String = "status",
        /// What it can pay as.
        supported_payment_method_types: Vec<String> = "supported_payment_method_types",
    }
}

#[cfg(test)]
const SERVER: &str = "It is the server's to read.";
