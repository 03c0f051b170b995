//! Confirming with one type of payment method: the calls from before the Payment Element, and for single-field elements.
//!
//! The server has made the intent. Each call does what the type needs: a redirect, a challenge, a voucher. Each fails with
//! whatever Stripe answers, and Stripe.js is called at once.

use crate::calls::calls;
use crate::intent::{PaymentIntent, SetupIntent};
use crate::methods::*;
use crate::stripe::Stripe;

pub use data::{
    AcssConfirmOptions, ConfirmOptions, ConfirmPaymentWith, ConfirmSetupWith, NoActions,
    OffSession, Paying, PaymentShipping,
};
pub use types::{
    BankTransfer, BankTransferAddress, BankTransferOptions, BankTransferType, BlikCode,
    BlikConfirm, CardConfirm, CardNetworkChoice, CustomerBalanceConfirm, EuTransfer,
    EuTransferCountry, IdTransfer, IdTransferBank, KonbiniConfirm, KonbiniNumber, P24Confirm,
    P24Terms, WechatPayClient, WechatPayConfirm, WechatPayPlace,
};

#[path = "confirm_data.rs"]
mod data;
#[path = "confirm_types.rs"]
mod types;

/// Declares the calls, one line each: what is paid with, the names of the call here and in Stripe.js, what it is told, and how
/// it goes on where that can be said.
macro_rules! confirmations {
    (
        payments { $( $pays:literal: $pay:ident = $pay_name:literal($Pay:ty $(, $PayOptions:ty)?); )+ }
        setups { $( $sets_up:literal: $set_up:ident = $set_up_name:literal($SetUp:ty $(, $SetUpOptions:ty)?); )+ }
    ) => {
        calls! {
            impl Stripe("stripe") {
                $(
                    #[doc = concat!("Pays with: ", $pays, ".")]
                    ///
                    #[doc = concat!("See <https://docs.stripe.com/js/payment_intents/", stringify!($pay), ">.")]
                    fn $pay = $pay_name(
                        client_secret: text, data: given($Pay) $(, options: given($PayOptions))?
                    ) -> PaymentIntent;
                )+
                $(
                    #[doc = concat!("Sets up: ", $sets_up, ".")]
                    ///
                    #[doc = concat!("See <https://docs.stripe.com/js/setup_intents/", stringify!($set_up), ">.")]
                    fn $set_up = $set_up_name(
                        client_secret: text, data: given($SetUp) $(, options: given($SetUpOptions))?
                    ) -> SetupIntent;
                )+
            }
        }
    };
}

confirmations! {
    payments {
        "A card": confirm_card_payment = "confirmCardPayment"(ConfirmPaymentWith<Card, CardConfirm>, ConfirmOptions);
        "ACSS debit, Canada": confirm_acss_debit_payment =
            "confirmAcssDebitPayment"(ConfirmPaymentWith<AcssDebit>, AcssConfirmOptions);
        "A US bank account": confirm_us_bank_account_payment = "confirmUsBankAccountPayment"(ConfirmPaymentWith<UsBankAccount>);
        "Alipay": confirm_alipay_payment = "confirmAlipayPayment"(ConfirmPaymentWith<Alipay>, ConfirmOptions);
        "AU BECS debit": confirm_au_becs_debit_payment =
            "confirmAuBecsDebitPayment"(ConfirmPaymentWith<AuBecsDebit, (), OffSession>);
        "Bancontact": confirm_bancontact_payment = "confirmBancontactPayment"(ConfirmPaymentWith<Bancontact>, ConfirmOptions);
        "Billie": confirm_billie_payment = "confirmBilliePayment"(ConfirmPaymentWith<Billie>, ConfirmOptions);
        "BLIK": confirm_blik_payment = "confirmBlikPayment"(ConfirmPaymentWith<Blik, BlikConfirm>, ConfirmOptions);
        "Boleto": confirm_boleto_payment = "confirmBoletoPayment"(ConfirmPaymentWith<Boleto>, ConfirmOptions);
        "Cash App Pay": confirm_cashapp_payment = "confirmCashappPayment"(ConfirmPaymentWith<Cashapp>, ConfirmOptions);
        "A bank transfer to the customer's balance": confirm_customer_balance_payment =
            "confirmCustomerBalancePayment"(ConfirmPaymentWith<CustomerBalance, CustomerBalanceConfirm>, NoActions);
        "EPS": confirm_eps_payment = "confirmEpsPayment"(ConfirmPaymentWith<Eps>, ConfirmOptions);
        "FPX": confirm_fpx_payment = "confirmFpxPayment"(ConfirmPaymentWith<Fpx>, ConfirmOptions);
        "giropay": confirm_giropay_payment = "confirmGiropayPayment"(ConfirmPaymentWith<Giropay>, ConfirmOptions);
        "GrabPay": confirm_grab_pay_payment = "confirmGrabPayPayment"(ConfirmPaymentWith<Grabpay>, ConfirmOptions);
        "iDEAL": confirm_ideal_payment = "confirmIdealPayment"(ConfirmPaymentWith<Ideal>, ConfirmOptions);
        "Klarna": confirm_klarna_payment = "confirmKlarnaPayment"(ConfirmPaymentWith<Klarna>, ConfirmOptions);
        "Konbini": confirm_konbini_payment =
            "confirmKonbiniPayment"(ConfirmPaymentWith<Konbini, KonbiniConfirm>, ConfirmOptions);
        "MobilePay": confirm_mobilepay_payment = "confirmMobilepayPayment"(ConfirmPaymentWith<Mobilepay>, ConfirmOptions);
        "Multibanco": confirm_multibanco_payment = "confirmMultibancoPayment"(ConfirmPaymentWith<Multibanco>, ConfirmOptions);
        "OXXO": confirm_oxxo_payment = "confirmOxxoPayment"(ConfirmPaymentWith<Oxxo>, ConfirmOptions);
        "Przelewy24": confirm_p24_payment = "confirmP24Payment"(ConfirmPaymentWith<P24, P24Confirm>, ConfirmOptions);
        "Pay by Bank": confirm_pay_by_bank_payment = "confirmPayByBankPayment"(ConfirmPaymentWith<PayByBank>, ConfirmOptions);
        "PayNow": confirm_pay_now_payment = "confirmPayNowPayment"(ConfirmPaymentWith<Paynow>, ConfirmOptions);
        "PayPal": confirm_pay_pal_payment = "confirmPayPalPayment"(ConfirmPaymentWith<Paypal>);
        "Pix": confirm_pix_payment = "confirmPixPayment"(ConfirmPaymentWith<Pix>, ConfirmOptions);
        "PromptPay": confirm_prompt_pay_payment = "confirmPromptPayPayment"(ConfirmPaymentWith<Promptpay>, ConfirmOptions);
        "SEPA debit": confirm_sepa_debit_payment = "confirmSepaDebitPayment"(ConfirmPaymentWith<SepaDebit, (), OffSession>);
        "Sofort": confirm_sofort_payment = "confirmSofortPayment"(ConfirmPaymentWith<Sofort, (), OffSession>, ConfirmOptions);
        "TWINT": confirm_twint_payment = "confirmTwintPayment"(ConfirmPaymentWith<Twint>, ConfirmOptions);
        "WeChat Pay": confirm_wechat_pay_payment =
            "confirmWechatPayPayment"(ConfirmPaymentWith<WechatPay, WechatPayConfirm>, ConfirmOptions);
        "Affirm": confirm_affirm_payment = "confirmAffirmPayment"(ConfirmPaymentWith<Affirm>, ConfirmOptions);
        "Afterpay, also called Clearpay": confirm_afterpay_clearpay_payment =
            "confirmAfterpayClearpayPayment"(ConfirmPaymentWith<AfterpayClearpay>, ConfirmOptions);
    }
    setups {
        "A card": confirm_card_setup = "confirmCardSetup"(ConfirmSetupWith<Card>, ConfirmOptions);
        "ACSS debit, Canada": confirm_acss_debit_setup =
            "confirmAcssDebitSetup"(ConfirmSetupWith<AcssDebit>, AcssConfirmOptions);
        "A US bank account": confirm_us_bank_account_setup = "confirmUsBankAccountSetup"(ConfirmSetupWith<UsBankAccount>);
        "AU BECS debit": confirm_au_becs_debit_setup = "confirmAuBecsDebitSetup"(ConfirmSetupWith<AuBecsDebit>);
        "Bacs debit, United Kingdom": confirm_bacs_debit_setup = "confirmBacsDebitSetup"(ConfirmSetupWith<BacsDebit>);
        "Bancontact": confirm_bancontact_setup = "confirmBancontactSetup"(ConfirmSetupWith<Bancontact>);
        "BLIK": confirm_blik_setup = "confirmBlikSetup"(ConfirmSetupWith<Blik, BlikConfirm>, ConfirmOptions);
        "Cash App Pay": confirm_cashapp_setup = "confirmCashappSetup"(ConfirmSetupWith<Cashapp>, ConfirmOptions);
        "iDEAL": confirm_ideal_setup = "confirmIdealSetup"(ConfirmSetupWith<Ideal>);
        "Amazon Pay": confirm_amazon_pay_setup = "confirmAmazonPaySetup"(ConfirmSetupWith<AmazonPay>);
        "PayPal": confirm_pay_pal_setup = "confirmPayPalSetup"(ConfirmSetupWith<Paypal>);
        "SEPA debit": confirm_sepa_debit_setup = "confirmSepaDebitSetup"(ConfirmSetupWith<SepaDebit>);
        "Sofort": confirm_sofort_setup = "confirmSofortSetup"(ConfirmSetupWith<Sofort>, ConfirmOptions);
    }
}
