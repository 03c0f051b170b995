//! The methods, one line each: docs.stripe.com/payments/payment-methods/payment-method-support, and the page of each
//! for its amounts and what it needs.

use super::{Ask, Reuse, Rules, Voucher};

const fn method(name: &'static str, label: &'static str, currencies: &'static str) -> Rules {
    Rules {
        name,
        label,
        currencies,
        amounts: &[],
        ask: Ask::Redirect,
        reuse: Reuse::Never,
        captures_later: false,
        needs: "",
        fields: "",
        charged: "",
        options: "",
    }
}

impl Rules {
    const fn amounts(mut self, amounts: &'static [(&'static str, i64, i64)]) -> Self {
        self.amounts = amounts;
        self
    }

    const fn asks(mut self, ask: Ask) -> Self {
        self.ask = ask;
        self
    }

    const fn reused(mut self, reuse: Reuse) -> Self {
        self.reuse = reuse;
        self
    }

    const fn captured_later(mut self) -> Self {
        self.captures_later = true;
        self
    }

    const fn needs(mut self, needs: &'static str) -> Self {
        self.needs = needs;
        self
    }

    const fn fields(mut self, fields: &'static str) -> Self {
        self.fields = fields;
        self
    }

    const fn charged(mut self, charged: &'static str) -> Self {
        self.charged = charged;
        self
    }

    const fn options(mut self, options: &'static str) -> Self {
        self.options = options;
        self
    }
}

const fn days(default: i64, least: i64, most: i64, utc_offset_h: i64) -> Ask {
    Ask::Voucher(Voucher::Days {
        default,
        least,
        most,
        utc_offset_h,
    })
}

/// In order of their names.
#[rustfmt::skip]
pub(super) static METHODS: &[Rules] = &[
    method("affirm", "Affirm", "cad usd").captured_later().charged("transaction_id").options("preferred_locale")
        .amounts(&[("cad", 5_000, 3_000_000), ("usd", 5_000, 3_000_000)]),
    method("afterpay_clearpay", "Afterpay / Clearpay", "aud cad gbp nzd usd").captured_later().needs("name email address")
        .charged("order_id reference").options("reference")
        .amounts(&[("aud", 100, 200_000), ("cad", 100, 200_000), ("gbp", 100, 120_000), ("nzd", 100, 200_000), ("usd", 100, 400_000)]),
    method("alipay", "Alipay", "aud cad cny eur gbp hkd jpy myr nzd sgd usd").asks(Ask::AlipayRedirect)
        .charged("fingerprint transaction_id"),
    method("alma", "Alma", "eur").captured_later().charged("transaction_id").amounts(&[("eur", 5_000, 200_000)]),
    method("amazon_pay", "Amazon Pay", "aud chf dkk eur gbp hkd jpy nok nzd sek usd zar").captured_later()
        .reused(Reuse::Itself).charged("transaction_id"),
    method("bancontact", "Bancontact", "eur").reused(Reuse::SepaDebit).needs("name").options("preferred_language")
        .charged("bank_code bank_name bic generated_sepa_debit generated_sepa_debit_mandate iban_last4 preferred_language verified_name"),
    method("billie", "Billie", "eur gbp").captured_later().charged("transaction_id").options("reference"),
    method("bizum", "Bizum", "eur").charged("buyer_id transaction_id"),
    method("boleto", "Boleto", "brl").asks(days(3, 0, 60, -3)).needs("name email address").fields("tax_id*").charged("tax_id")
        .options("expires_after_days").amounts(&[("brl", 500, 4_999_999)]),
    method("cashapp", "Cash App Pay", "usd").asks(Ask::RedirectOrQr).captured_later().reused(Reuse::Itself)
        .fields("buyer_id cashtag").charged("buyer_id cashtag transaction_id"),
    method("eps", "EPS", "eur").needs("name").fields("bank").charged("bank verified_name"),
    method("fpx", "FPX", "myr").fields("account_holder_type bank*").charged("account_holder_type bank transaction_id")
        .amounts(&[("myr", 200, 3_000_000)]),
    method("grabpay", "GrabPay", "myr sgd").charged("transaction_id"),
    method("ideal", "iDEAL", "eur").reused(Reuse::SepaDebit).fields("bank bic")
        .charged("bank bic generated_sepa_debit generated_sepa_debit_mandate iban_last4 transaction_id verified_name"),
    method("kakao_pay", "Kakao Pay", "krw").captured_later().reused(Reuse::Itself).charged("buyer_id transaction_id"),
    method("klarna", "Klarna", "aud cad chf czk dkk eur gbp nok nzd pln ron sek usd").captured_later().reused(Reuse::Itself)
        .charged("payer_details payment_method_category preferred_locale").options("preferred_locale"),
    method("konbini", "Konbini", "jpy").asks(days(3, 0, 60, 9)).needs("name email").charged("store")
        .options("confirmation_number expires_after_days expires_at product_description").amounts(&[("jpy", 120, 300_000)]),
    method("kr_card", "Korean cards", "krw").captured_later().reused(Reuse::Itself).fields("brand last4")
        .charged("brand buyer_id last4 transaction_id"),
    method("mb_way", "MB WAY", "eur"),
    method("mobilepay", "MobilePay", "dkk eur nok sek").captured_later().charged("card"),
    method("multibanco", "Multibanco", "eur").asks(Ask::Voucher(Voucher::Week)).needs("email").charged("entity reference"),
    method("naver_pay", "Naver Pay", "krw").captured_later().reused(Reuse::Itself).fields("buyer_id funding=card")
        .charged("buyer_id transaction_id"),
    method("oxxo", "OXXO", "mxn").asks(days(3, 1, 7, -6)).needs("full_name email").charged("number").options("expires_after_days")
        .amounts(&[("mxn", 1_000, 1_000_000)]),
    method("p24", "Przelewy24", "eur pln").needs("email").fields("bank").charged("bank reference verified_name"),
    method("pay_by_bank", "Pay by Bank", "eur gbp"),
    method("payco", "PAYCO", "krw").captured_later().charged("buyer_id transaction_id"),
    method("paynow", "PayNow", "sgd").asks(Ask::Qr(None)).charged("reference"),
    method("paypal", "PayPal", "aud cad chf czk dkk eur gbp hkd nok nzd pln sek sgd usd").captured_later().reused(Reuse::Itself)
        .fields("country payer_email payer_id").charged("country payer_email payer_id payer_name seller_protection transaction_id")
        .options("preferred_locale reference"),
    method("paypay", "PayPay", "jpy"),
    method("pix", "Pix", "brl").asks(Ask::Qr(Some(4 * 60 * 60))).charged("bank_transaction_id")
        .options("expires_after_seconds expires_at"),
    method("promptpay", "PromptPay", "thb").asks(Ask::Qr(None)).needs("email").charged("reference"),
    method("revolut_pay", "Revolut Pay", "eur gbp usd").captured_later().reused(Reuse::Itself).charged("transaction_id"),
    method("samsung_pay", "Samsung Pay", "krw").captured_later().charged("buyer_id transaction_id"),
    method("satispay", "Satispay", "eur").captured_later().charged("transaction_id"),
    method("scalapay", "Scalapay", "eur").captured_later().charged("transaction_id"),
    method("sequra", "seQura", "eur").captured_later().charged("transaction_id"),
    method("sunbit", "Sunbit", "usd").captured_later().charged("transaction_id"),
    method("swish", "Swish", "sek").asks(Ask::RedirectOrQr).charged("fingerprint payment_reference verified_phone_last4")
        .options("reference"),
    method("twint", "TWINT", "chf").amounts(&[("chf", 50, 500_000)]),
    method("upi", "UPI", "inr").asks(Ask::RedirectOrQr).fields("vpa").charged("vpa"),
    method("wechat_pay", "WeChat Pay", "aud cad chf cny dkk eur gbp hkd jpy nok sek sgd usd").asks(Ask::WechatPay)
        .charged("fingerprint transaction_id").options("app_id client"),
    method("zip", "Zip", "aud usd"),
];
