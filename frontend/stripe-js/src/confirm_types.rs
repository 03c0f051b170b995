//! What the calls that confirm have to be told beside, for the types of payment methods that need it.

use crate::names::closed_enum;
use crate::options::options;

options! {
    /// What a card has to be told beside.
    pub struct CardConfirm {
        required {
            /// About the card.
            card: CardNetworkChoice,
        }
    }
}

options! {
    /// Over which network a card is charged. The code's element goes on top with
    /// `with_cvc` of [`Given`](crate::Given).
    pub struct CardNetworkChoice {
        /// Such as `cartes_bancaires`.
        network: String,
    }
}

options! {
    /// What BLIK has to be told beside.
    pub struct BlikConfirm {
        required {
            /// The code.
            blik: BlikCode,
        }
    }
}

options! {
    /// The code from the shopper's bank.
    pub struct BlikCode {
        required {
            /// Six digits.
            code: String,
        }
    }
}

options! {
    /// What Konbini has to be told beside.
    pub struct KonbiniConfirm {
        required {
            /// The number.
            konbini: KonbiniNumber,
        }
    }
}

options! {
    /// The number that the shopper tells at the till.
    pub struct KonbiniNumber {
        /// Ten or eleven digits: a phone number.
        confirmation_number: String,
    }
}

options! {
    /// What Przelewy24 has to be told beside.
    pub struct P24Confirm {
        required {
            /// Its terms.
            p24: P24Terms,
        }
    }
}

options! {
    /// Whether the shopper agrees to Przelewy24's terms.
    pub struct P24Terms {
        /// That your page showed them and the shopper agreed.
        tos_shown_and_accepted: bool,
    }
}

options! {
    /// What WeChat Pay has to be told beside.
    pub struct WechatPayConfirm {
        required {
            /// Where the shopper is.
            wechat_pay: WechatPayClient,
        }
    }
}

options! {
    /// Where the shopper pays with WeChat Pay.
    pub struct WechatPayClient {
        /// Which kind of page.
        client: WechatPayPlace,
    }
}

closed_enum! {
    /// Where the shopper pays with WeChat Pay.
    pub enum WechatPayPlace {
        /// On a page.
        Web = "web",
        /// On a page on the phone.
        MobileWeb = "mobile_web",
    }
}

options! {
    /// What a bank transfer has to be told beside.
    pub struct CustomerBalanceConfirm {
        /// How the balance is filled.
        customer_balance: BankTransferOptions,
    }
}

options! {
    /// How a customer's balance is filled.
    pub struct BankTransferOptions {
        /// By bank transfer.
        funding_type: FundingType,
        /// Which.
        bank_transfer: BankTransfer,
    }
}

closed_enum! {
    /// How a customer's balance is filled.
    pub enum FundingType {
        /// By bank transfer.
        BankTransfer = "bank_transfer",
    }
}

options! {
    /// A bank transfer.
    pub struct BankTransfer {
        required {
            /// Where.
            #[serde(rename = "type")]
            kind: BankTransferType,
        }
        /// Within the euro.
        eu_bank_transfer: EuTransfer,
        /// In Indonesia.
        id_bank_transfer: IdTransfer,
        /// The kinds of account numbers to show.
        requested_address_types: Vec<BankTransferAddress>,
    }
}

closed_enum! {
    /// Where a bank transfer is made.
    pub enum BankTransferType {
        /// Within the euro.
        Eu = "eu_bank_transfer",
        /// In the United Kingdom.
        Gb = "gb_bank_transfer",
        /// In Indonesia.
        Id = "id_bank_transfer",
        /// In Japan.
        Jp = "jp_bank_transfer",
        /// In Mexico.
        Mx = "mx_bank_transfer",
        /// In the United States.
        Us = "us_bank_transfer",
    }
}

/// Within the euro.
impl Default for BankTransferType {
    fn default() -> Self {
        Self::Eu
    }
}

options! {
    /// A transfer within the euro.
    pub struct EuTransfer {
        required {
            /// Whose account number the shopper sees.
            country: EuTransferCountry,
        }
    }
}

closed_enum! {
    /// Whose account number the shopper sees.
    pub enum EuTransferCountry {
        /// Germany's.
        De = "DE",
        /// Spain's.
        Es = "ES",
        /// France's.
        Fr = "FR",
        /// Ireland's.
        Ie = "IE",
        /// The Netherlands'.
        Nl = "NL",
    }
}

/// Ireland's.
impl Default for EuTransferCountry {
    fn default() -> Self {
        Self::Ie
    }
}

options! {
    /// A transfer in Indonesia.
    pub struct IdTransfer {
        required {
            /// At which bank.
            bank: IdTransferBank,
        }
    }
}

closed_enum! {
    /// A bank in Indonesia.
    pub enum IdTransferBank {
        /// BNI.
        Bni = "bni",
        /// BCA.
        Bca = "bca",
    }
}

/// BNI.
impl Default for IdTransferBank {
    fn default() -> Self {
        Self::Bni
    }
}

closed_enum! {
    /// A kind of account number.
    pub enum BankTransferAddress {
        /// ABA.
        Aba = "aba",
        /// SWIFT.
        Swift = "swift",
        /// Sort code.
        SortCode = "sort_code",
        /// Zengin.
        Zengin = "zengin",
        /// IBAN.
        Iban = "iban",
        /// SPEI.
        Spei = "spei",
        /// BBAN, in Indonesia.
        IdBban = "id_bban",
        /// SEPA.
        Sepa = "sepa",
    }
}
