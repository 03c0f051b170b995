//! Tokens: single-use names for data that must not reach your server.

use crate::calls::{calls, reply};
use crate::elements::{CardCvc, Element, Iban, TakesCard};
use crate::options::options;
use crate::payload::payload;
use crate::secret::Secret;
use crate::stripe::Stripe;

pub use account::{
    AccountData, AccountType, BirthDate, Company, CompanyStructure, Documents, Individual,
    JapaneseAddress, PersonData, PoliticalExposure, Relationship, Verification,
    VerificationDocument,
};

#[path = "token_account.rs"]
mod account;

calls! {
    impl Stripe("stripe") {
        /// Turns a card into a token. A PaymentMethod replaced it where your server can take one.
        ///
        /// See <https://docs.stripe.com/js/tokens/create_token?type=cardElement>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_card_token<K: TakesCard = crate::elements::Card> = "createToken"(
            card: handle(Element<K>), data: given(CardTokenData)
        ) -> Token;

        /// Turns an IBAN into a token.
        ///
        /// See <https://docs.stripe.com/js/tokens/create_token?type=iban_element>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_iban_token = "createToken"(
            iban: handle(Element<Iban>), data: given(IbanTokenData)
        ) -> Token;

        /// Turns the security code of a saved card into a token, which goes into the intent's
        /// `payment_method_options[card][cvc_token]`.
        ///
        /// See <https://docs.stripe.com/js/tokens/create_token?type=cvc_update>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_cvc_update_token = "createToken"("cvc_update"; cvc: handle(Element<CardCvc>)) -> Token;

        /// Turns a personal number into a token.
        ///
        /// See <https://docs.stripe.com/js/tokens/create_token?type=pii>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_pii_token = "createToken"("pii"; data: given(PiiTokenData)) -> Token;

        /// Turns a bank account into a token.
        ///
        /// See <https://docs.stripe.com/js/tokens/create_token?type=bank_account>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_bank_account_token = "createToken"("bank_account"; data: given(BankAccountTokenData)) -> Token;

        /// Turns what is known of a connected account into a token.
        ///
        /// See <https://docs.stripe.com/js/tokens/create_token?type=account>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_account_token = "createToken"("account"; data: given(AccountData)) -> Token;

        /// Turns what is known of a person of a connected account into a token.
        ///
        /// See <https://docs.stripe.com/js/tokens/create_token?type=person>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_person_token = "createToken"("person"; data: given(PersonData)) -> Token;
    }
}

options! {
    /// What to add to a card.
    pub struct CardTokenData {
        /// The holder's name.
        name: String,
        /// Street and number.
        address_line1: String,
        /// Flat, suite, unit or building.
        address_line2: String,
        /// City.
        address_city: String,
        /// State.
        address_state: String,
        /// ZIP or postal code.
        address_zip: String,
        /// Country.
        address_country: String,
        /// The currency in which a card is paid out to.
        currency: String,
    }
}

options! {
    /// What to add to an IBAN.
    pub struct IbanTokenData {
        required {
            /// Three letters, lower case.
            currency: String,
            /// The holder's name.
            account_holder_name: String,
            /// `individual` or `company`.
            account_holder_type: String,
        }
    }
}

options! {
    /// A personal number.
    pub struct PiiTokenData {
        required {
            /// The number.
            personal_id_number: Secret,
        }
    }
}

options! {
    /// A bank account.
    pub struct BankAccountTokenData {
        required {
            /// Two letters.
            country: String,
            /// Three letters, lower case.
            currency: String,
            /// The account.
            account_number: Secret,
            /// `individual` or `company`.
            account_holder_type: String,
        }
        /// The bank.
        routing_number: String,
        /// The holder's name.
        account_holder_name: String,
        /// `checking` or `savings`.
        account_type: String,
    }
}

payload! {
    /// A token. See <https://docs.stripe.com/api/tokens/object>.
    pub struct Token without {
        "object": "It is always token.",
        "bank_account": "It is the server's to read.",
        "client_ip": "It is the server's to read.",
    } {
        /// `tok_…`, `btok_…`, `cvctok_…` and others: all that the server needs.
        id: String = "id",
        /// Its type, such as `card`.
        kind: String = "type",
        /// When it was made, in seconds since 1970.
        created_at_secs: i64 = "created",
        /// Whether it was made in live mode.
        livemode: bool = "livemode",
        /// Whether it was used.
        used: bool = "used",
        /// The card, if it is one.
        card: Option<TokenCard> = "card",
    }
}

reply! { Token = "token"; }

payload! {
    /// What a page may know of a card behind a token.
    pub struct TokenCard without {
        "id": SERVER, "object": SERVER, "address_city": GIVEN, "address_country": GIVEN, "address_line1": GIVEN,
        "address_line1_check": SERVER, "address_line2": GIVEN, "address_state": GIVEN, "address_zip": GIVEN,
        "address_zip_check": SERVER, "cvc_check": SERVER, "dynamic_last4": SERVER, "fingerprint": SERVER,
        "metadata": SERVER, "name": GIVEN, "tokenization_method": SERVER, "currency": GIVEN, "account": SERVER,
        "available_payout_methods": SERVER, "customer": SERVER, "default_for_currency": SERVER, "recipient": SERVER,
    } {
        /// Such as `Visa`.
        brand: String = "brand",
        /// The issuer's country, two letters.
        country: Option<String> = "country",
        /// The month it expires, from 1.
        exp_month: u32 = "exp_month",
        /// The year it expires, in four digits.
        exp_year: u32 = "exp_year",
        /// `credit`, `debit`, `prepaid` or `unknown`.
        funding: String = "funding",
        /// The last four digits.
        last4: String = "last4",
    }
}

#[cfg(test)]
const SERVER: &str = "It is the server's to read.";
#[cfg(test)]
const GIVEN: &str = "The page has just given it.";
