//! Confirming with one type of payment method: the calls from before the Payment Element, and for single-field elements.
//!
//! The server has made the intent. Each call does what the type needs: a redirect, a challenge, a voucher. Each fails with
//! whatever Stripe answers, and Stripe.js is called at once.

use crate::calls::calls;
use crate::intent::{PaymentIntent, SetupIntent};
use crate::methods::*;
use crate::stripe::Stripe;

pub use data::{
    AcssConfirmOptions, BankTransfer, BankTransferAddress, BankTransferOptions, BankTransferType,
    BlikCode, BlikConfirm, CardConfirm, CardNetworkChoice, ConfirmOptions, ConfirmPaymentWith,
    ConfirmSetupWith, CustomerBalanceConfirm, EuTransfer, EuTransferCountry, IdTransfer,
    IdTransferBank, KonbiniConfirm, KonbiniNumber, NoActions, OffSession, P24Confirm, P24Terms,
    Paying, PaymentShipping, WechatPayClient, WechatPayConfirm, WechatPayPlace,
};

#[path = "confirm_data.rs"]
mod data;

calls! {
    impl Stripe("stripe") {
        /// Pays with: A card.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_card_payment>.
        fn confirm_card_payment = "confirmCardPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Card, CardConfirm>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: ACSS debit, Canada.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_acss_debit_payment>.
        fn confirm_acss_debit_payment = "confirmAcssDebitPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<AcssDebit>), options: given(AcssConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: A US bank account.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_us_bank_account_payment>.
        fn confirm_us_bank_account_payment = "confirmUsBankAccountPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<UsBankAccount>)
        ) -> PaymentIntent;

        /// Pays with: Alipay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_alipay_payment>.
        fn confirm_alipay_payment = "confirmAlipayPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Alipay>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: AU BECS debit.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_au_becs_debit_payment>.
        fn confirm_au_becs_debit_payment = "confirmAuBecsDebitPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<AuBecsDebit, (), OffSession>)
        ) -> PaymentIntent;

        /// Pays with: Bancontact.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_bancontact_payment>.
        fn confirm_bancontact_payment = "confirmBancontactPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Bancontact>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Billie.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_billie_payment>.
        fn confirm_billie_payment = "confirmBilliePayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Billie>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: BLIK.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_blik_payment>.
        fn confirm_blik_payment = "confirmBlikPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Blik, BlikConfirm>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Boleto.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_boleto_payment>.
        fn confirm_boleto_payment = "confirmBoletoPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Boleto>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Cash App Pay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_cashapp_payment>.
        fn confirm_cashapp_payment = "confirmCashappPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Cashapp>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: A bank transfer to the customer's balance.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_customer_balance_payment>.
        fn confirm_customer_balance_payment = "confirmCustomerBalancePayment"(
            client_secret: text, data: given(ConfirmPaymentWith<CustomerBalance, CustomerBalanceConfirm>), options: given(NoActions)
        ) -> PaymentIntent;

        /// Pays with: EPS.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_eps_payment>.
        fn confirm_eps_payment = "confirmEpsPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Eps>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: FPX.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_fpx_payment>.
        fn confirm_fpx_payment = "confirmFpxPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Fpx>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: giropay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_giropay_payment>.
        fn confirm_giropay_payment = "confirmGiropayPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Giropay>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: GrabPay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_grab_pay_payment>.
        fn confirm_grab_pay_payment = "confirmGrabPayPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Grabpay>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: iDEAL.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_ideal_payment>.
        fn confirm_ideal_payment = "confirmIdealPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Ideal>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Klarna.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_klarna_payment>.
        fn confirm_klarna_payment = "confirmKlarnaPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Klarna>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Konbini.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_konbini_payment>.
        fn confirm_konbini_payment = "confirmKonbiniPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Konbini, KonbiniConfirm>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: MobilePay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_mobilepay_payment>.
        fn confirm_mobilepay_payment = "confirmMobilepayPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Mobilepay>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Multibanco.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_multibanco_payment>.
        fn confirm_multibanco_payment = "confirmMultibancoPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Multibanco>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: OXXO.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_oxxo_payment>.
        fn confirm_oxxo_payment = "confirmOxxoPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Oxxo>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Przelewy24.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_p24_payment>.
        fn confirm_p24_payment = "confirmP24Payment"(
            client_secret: text, data: given(ConfirmPaymentWith<P24, P24Confirm>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Pay by Bank.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_pay_by_bank_payment>.
        fn confirm_pay_by_bank_payment = "confirmPayByBankPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<PayByBank>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: PayNow.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_pay_now_payment>.
        fn confirm_pay_now_payment = "confirmPayNowPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Paynow>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: PayPal.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_pay_pal_payment>.
        fn confirm_pay_pal_payment = "confirmPayPalPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Paypal>)
        ) -> PaymentIntent;

        /// Pays with: Pix.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_pix_payment>.
        fn confirm_pix_payment = "confirmPixPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Pix>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: PromptPay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_prompt_pay_payment>.
        fn confirm_prompt_pay_payment = "confirmPromptPayPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Promptpay>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: SEPA debit.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_sepa_debit_payment>.
        fn confirm_sepa_debit_payment = "confirmSepaDebitPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<SepaDebit, (), OffSession>)
        ) -> PaymentIntent;

        /// Pays with: Sofort.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_sofort_payment>.
        fn confirm_sofort_payment = "confirmSofortPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Sofort, (), OffSession>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: TWINT.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_twint_payment>.
        fn confirm_twint_payment = "confirmTwintPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Twint>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: WeChat Pay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_wechat_pay_payment>.
        fn confirm_wechat_pay_payment = "confirmWechatPayPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<WechatPay, WechatPayConfirm>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Affirm.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_affirm_payment>.
        fn confirm_affirm_payment = "confirmAffirmPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<Affirm>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Pays with: Afterpay, also called Clearpay.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_afterpay_clearpay_payment>.
        fn confirm_afterpay_clearpay_payment = "confirmAfterpayClearpayPayment"(
            client_secret: text, data: given(ConfirmPaymentWith<AfterpayClearpay>), options: given(ConfirmOptions)
        ) -> PaymentIntent;

        /// Sets up: A card.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_card_setup>.
        fn confirm_card_setup = "confirmCardSetup"(
            client_secret: text, data: given(ConfirmSetupWith<Card>), options: given(ConfirmOptions)
        ) -> SetupIntent;

        /// Sets up: ACSS debit, Canada.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_acss_debit_setup>.
        fn confirm_acss_debit_setup = "confirmAcssDebitSetup"(
            client_secret: text, data: given(ConfirmSetupWith<AcssDebit>), options: given(AcssConfirmOptions)
        ) -> SetupIntent;

        /// Sets up: A US bank account.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_us_bank_account_setup>.
        fn confirm_us_bank_account_setup = "confirmUsBankAccountSetup"(
            client_secret: text, data: given(ConfirmSetupWith<UsBankAccount>)
        ) -> SetupIntent;

        /// Sets up: AU BECS debit.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_au_becs_debit_setup>.
        fn confirm_au_becs_debit_setup = "confirmAuBecsDebitSetup"(
            client_secret: text, data: given(ConfirmSetupWith<AuBecsDebit>)
        ) -> SetupIntent;

        /// Sets up: Bacs debit, United Kingdom.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_bacs_debit_setup>.
        fn confirm_bacs_debit_setup = "confirmBacsDebitSetup"(
            client_secret: text, data: given(ConfirmSetupWith<BacsDebit>)
        ) -> SetupIntent;

        /// Sets up: Bancontact.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_bancontact_setup>.
        fn confirm_bancontact_setup = "confirmBancontactSetup"(
            client_secret: text, data: given(ConfirmSetupWith<Bancontact>)
        ) -> SetupIntent;

        /// Sets up: BLIK.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_blik_setup>.
        fn confirm_blik_setup = "confirmBlikSetup"(
            client_secret: text, data: given(ConfirmSetupWith<Blik, BlikConfirm>), options: given(ConfirmOptions)
        ) -> SetupIntent;

        /// Sets up: Cash App Pay.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_cashapp_setup>.
        fn confirm_cashapp_setup = "confirmCashappSetup"(
            client_secret: text, data: given(ConfirmSetupWith<Cashapp>), options: given(ConfirmOptions)
        ) -> SetupIntent;

        /// Sets up: iDEAL.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_ideal_setup>.
        fn confirm_ideal_setup = "confirmIdealSetup"(
            client_secret: text, data: given(ConfirmSetupWith<Ideal>)
        ) -> SetupIntent;

        /// Sets up: Amazon Pay.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_amazon_pay_setup>.
        fn confirm_amazon_pay_setup = "confirmAmazonPaySetup"(
            client_secret: text, data: given(ConfirmSetupWith<AmazonPay>)
        ) -> SetupIntent;

        /// Sets up: PayPal.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_pay_pal_setup>.
        fn confirm_pay_pal_setup = "confirmPayPalSetup"(
            client_secret: text, data: given(ConfirmSetupWith<Paypal>)
        ) -> SetupIntent;

        /// Sets up: SEPA debit.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_sepa_debit_setup>.
        fn confirm_sepa_debit_setup = "confirmSepaDebitSetup"(
            client_secret: text, data: given(ConfirmSetupWith<SepaDebit>)
        ) -> SetupIntent;

        /// Sets up: Sofort.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_sofort_setup>.
        fn confirm_sofort_setup = "confirmSofortSetup"(
            client_secret: text, data: given(ConfirmSetupWith<Sofort>), options: given(ConfirmOptions)
        ) -> SetupIntent;
    }
}
