//! PaymentMethods: what a shopper pays with, made by the page itself. A ConfirmationToken replaced this where there is a
//! Payment Element; single-field elements still need it.

use crate::calls::{calls, reply};
use crate::confirmation_token::{AllowRedisplay, BillingDetails};
use crate::elements::payment::PostalAddress;
use crate::elements::{Element, Elements, Kind};
use crate::methods::{Creatable, CreatePaymentMethod};
use crate::options::options;
use crate::payload::payload;
use crate::stripe::Stripe;
use crate::text_map::TextMap;

calls! {
    impl Stripe("stripe") {
        /// Makes a PaymentMethod of a type from its details: `&CreatePaymentMethod::<Eps>::default()`. For a card, put the
        /// element on top with `with_card` of [`Given`](crate::Given).
        ///
        /// See <https://docs.stripe.com/js/payment_methods/create_payment_method>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_payment_method<M: Creatable = crate::methods::Alipay> = "createPaymentMethod"(
            data: given(CreatePaymentMethod<M>)
        ) -> PaymentMethod;

        /// Makes a PaymentMethod of what a group collected. Await [`Elements::submit`] first. The group has to be created
        /// with [`PaymentMethodCreation::Manual`](crate::elements::PaymentMethodCreation::Manual).
        ///
        /// See <https://docs.stripe.com/js/payment_methods/create_payment_method_elements>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_payment_method_from_elements = "createPaymentMethod" {
            "elements": elements: handle(Elements),
            "params": params: given(PaymentMethodParams)
        } -> PaymentMethod;

        /// Makes a PaymentMethod of what one element collected.
        ///
        /// See <https://docs.stripe.com/js/payment_methods/create_payment_method>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_payment_method_from_element<K: Kind = crate::elements::Payment> = "createPaymentMethod" {
            "element": element: handle(Element<K>),
            "params": params: given(PaymentMethodParams)
        } -> PaymentMethod;
    }
}

options! {
    /// What to add to what an element or a group collected.
    pub struct PaymentMethodParams {
        /// Who pays.
        billing_details: BillingDetails,
        /// Whether it may be shown to its owner again.
        allow_redisplay: AllowRedisplay,
        /// Pairs of your own.
        metadata: TextMap,
    }
}

payload! {
    /// A PaymentMethod. See <https://docs.stripe.com/api/payment_methods/object>.
    pub struct PaymentMethod without {
        "object": "It is always payment_method.",
        "metadata": "The page has just given it.",
        "acss_debit": BANK, "au_becs_debit": BANK, "bacs_debit": BANK, "eps": BANK, "fpx": BANK, "ideal": BANK,
        "link": BANK, "nz_bank_account": BANK, "p24": BANK, "paypal": BANK, "sepa_debit": BANK, "us_bank_account": BANK,
        "affirm": EMPTY, "afterpay_clearpay": EMPTY, "alipay": EMPTY, "alma": EMPTY, "amazon_pay": EMPTY,
        "bancontact": EMPTY, "billie": EMPTY, "blik": EMPTY, "boleto": EMPTY, "card_present": EMPTY, "crypto": EMPTY,
        "grabpay": EMPTY, "kakao_pay": EMPTY, "klarna": EMPTY, "konbini": EMPTY, "mobile_pay": EMPTY,
        "multibanco": EMPTY, "naver_pay": EMPTY, "oxxo": EMPTY, "pay_by_bank": EMPTY, "payco": EMPTY, "paynow": EMPTY,
        "pix": EMPTY, "promptpay": EMPTY, "revolut_pay": EMPTY, "samsun_pay": EMPTY, "satispay": EMPTY, "swish": EMPTY,
        "twint": EMPTY, "wechat_pay": EMPTY, "zip": EMPTY,
    } {
        /// `pm_…`
        id: String = "id",
        /// Its type, such as `card`.
        kind: String = "type",
        /// When it was made, in seconds since 1970.
        created_at_secs: i64 = "created",
        /// Whether it was made in live mode.
        livemode: bool = "livemode",
        /// The customer it is kept for, `cus_…`.
        customer: Option<String> = "customer",
        /// Whether it may be shown to its owner again.
        allow_redisplay: Option<String> = "allow_redisplay",
        /// Who pays.
        billing_details: MethodBilling = "billing_details",
        /// The card, if it is one.
        card: Option<PaidCard> = "card",
    }
}

/// Why most types' own members are not read.
#[cfg(test)]
const BANK: &str = "Bank and account details are the server's to read.";
#[cfg(test)]
const EMPTY: &str = "It is empty: the type says it all.";

reply! { PaymentMethod = "paymentMethod"; }

payload! {
    /// Who a payment method is billed to.
    pub struct MethodBilling {
        /// Full name.
        name: Option<String> = "name",
        /// E-mail address.
        email: Option<String> = "email",
        /// Phone number.
        phone: Option<String> = "phone",
        /// Billing address.
        address: Option<PostalAddress> = "address",
    }
}

payload! {
    /// What a page may know of a card.
    pub struct PaidCard without {
        "checks": "They are made when it is charged.",
        "fingerprint": "It is the server's to read.",
        "networks": "They are the server's to read.",
        "regulated_status": "It is the server's to read.",
        "three_d_secure_usage": "It is the server's to read.",
        "wallet": "It is the server's to read.",
    } {
        /// Such as `visa`.
        brand: String = "brand",
        /// The brand to show, of a co-branded card.
        display_brand: Option<String> = "display_brand",
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
