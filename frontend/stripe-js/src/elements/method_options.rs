//! What only one payment method knows, among the options of a group.

use crate::names::closed_enum;
use crate::options::options;

options! {
    /// What only one payment method knows. What is said about future usage has to agree with the intent's
    /// `payment_method_options`.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_without_intent#stripe_elements_no_intent-options-paymentMethodOptions>.
    pub struct PaymentMethodOptions {
        /// ACSS debit.
        acss_debit: MethodUsage<AnyUsage>,
        /// Affirm.
        affirm: MethodUsage<NoUsage>,
        /// Afterpay, also called Clearpay.
        afterpay_clearpay: MethodUsage<NoUsage>,
        /// Alipay.
        alipay: MethodUsage<OffSessionUsage>,
        /// Amazon Pay.
        amazon_pay: MethodUsage<OffSessionUsage>,
        /// AU BECS debit.
        au_becs_debit: MethodUsage<AnyUsage>,
        /// Bacs debit.
        bacs_debit: MethodUsage<AnyUsage>,
        /// Bancontact.
        bancontact: MethodUsage<OffSessionUsage>,
        /// BLIK.
        blik: MethodUsage<NoUsage>,
        /// Boleto.
        boleto: MethodUsage<AnyUsage>,
        /// Cards.
        card: CardMethodOptions,
        /// Cash App Pay.
        cashapp: MethodUsage<AnyUsage>,
        /// Stablecoins.
        crypto: MethodUsage<NoUsage>,
        /// Bank transfers.
        customer_balance: MethodUsage<NoUsage>,
        /// EPS.
        eps: MethodUsage<NoUsage>,
        /// FPX.
        fpx: MethodUsage<NoUsage>,
        /// giropay.
        giropay: MethodUsage<NoUsage>,
        /// GrabPay.
        grabpay: MethodUsage<NoUsage>,
        /// iDEAL.
        ideal: MethodUsage<OffSessionUsage>,
        /// Kakao Pay.
        kakao_pay: MethodUsage<OffSessionUsage>,
        /// Klarna.
        klarna: MethodUsage<AnyUsage>,
        /// Konbini.
        konbini: MethodUsage<NoUsage>,
        /// Korean cards.
        kr_card: MethodUsage<OffSessionUsage>,
        /// Link.
        link: MethodUsage<OffSessionUsage>,
        /// MB WAY.
        mb_way: MethodUsage<NoUsage>,
        /// MobilePay.
        mobilepay: MethodUsage<NoUsage>,
        /// Multibanco.
        multibanco: MethodUsage<NoUsage>,
        /// Naver Pay.
        naver_pay: MethodUsage<OffSessionUsage>,
        /// New Zealand bank accounts.
        nz_bank_account: MethodUsage<AnyUsage>,
        /// OXXO.
        oxxo: MethodUsage<NoUsage>,
        /// Przelewy24.
        p24: MethodUsage<NoUsage>,
        /// PayNow.
        paynow: MethodUsage<NoUsage>,
        /// PayPal.
        paypal: MethodUsage<OffSessionUsage>,
        /// Pix.
        pix: MethodUsage<NoUsage>,
        /// PromptPay.
        promptpay: MethodUsage<NoUsage>,
        /// Revolut Pay.
        revolut_pay: MethodUsage<OffSessionUsage>,
        /// SEPA debit.
        sepa_debit: MethodUsage<AnyUsage>,
        /// Sofort.
        sofort: MethodUsage<OffSessionUsage>,
        /// Swish.
        swish: MethodUsage<NoUsage>,
        /// TWINT.
        twint: MethodUsage<NoUsage>,
        /// US bank accounts.
        us_bank_account: UsBankAccountMethodOptions,
        /// WeChat Pay.
        wechat_pay: MethodUsage<NoUsage>,
        /// Zip.
        zip: MethodUsage<NoUsage>,
    }
}

/// Whether one payment method will be used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MethodUsage<U> {
    /// Whether it will, as far as this payment method can.
    pub setup_future_usage: U,
}

#[cfg(test)]
impl<U: crate::sample::Sample> crate::sample::Sample for MethodUsage<U> {
    fn samples() -> Vec<Self> {
        let usages = U::samples().into_iter();
        usages
            .map(|setup_future_usage| Self { setup_future_usage })
            .collect()
    }
}

closed_enum! {
    /// Whether a payment method will be used again.
    pub enum AnyUsage {
        /// It will not.
        None = "none",
        /// Only with its owner present.
        OnSession = "on_session",
        /// Also while its owner is away.
        OffSession = "off_session",
    }
}

closed_enum! {
    /// Whether a payment method will be used again that can only be used without its owner.
    pub enum OffSessionUsage {
        /// It will not.
        None = "none",
        /// Also while its owner is away.
        OffSession = "off_session",
    }
}

closed_enum! {
    /// That a payment method will not be used again, which it cannot.
    pub enum NoUsage {
        /// It will not.
        None = "none",
    }
}

options! {
    /// What only cards know.
    pub struct CardMethodOptions {
        /// Whether the security code of a saved card is asked for again. Say the same on the intent.
        require_cvc_recollection: bool,
        /// Whether the card will be used again.
        setup_future_usage: AnyUsage,
    }
}

options! {
    /// What only US bank accounts know.
    pub struct UsBankAccountMethodOptions {
        /// What you want to know of the account.
        financial_connections: FinancialConnectionsOptions,
        /// How the account is verified.
        verification_method: BankVerification,
        /// Whether the account will be used again.
        setup_future_usage: AnyUsage,
    }
}

options! {
    /// What you want to know of an account.
    pub struct FinancialConnectionsOptions {
        /// Each has to be allowed to your account.
        permissions: Vec<BankPermission>,
    }
}

closed_enum! {
    /// What can be known of an account.
    pub enum BankPermission {
        /// How much is on it.
        Balances = "balances",
        /// Whose it is.
        Ownership = "ownership",
        /// What is needed to pay with it.
        PaymentMethod = "payment_method",
        /// What came and went.
        Transactions = "transactions",
    }
}

closed_enum! {
    /// How an account is verified.
    pub enum BankVerification {
        /// At once where that is possible, else by small deposits.
        Automatic = "automatic",
        /// At once, or not at all.
        Instant = "instant",
    }
}
