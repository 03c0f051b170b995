//! The types of payment methods that a page can make or confirm with, and what each needs to be told.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::confirmation_token::{AllowRedisplay, BillingDetails};
use crate::json::Options;
use crate::secret::Secret;
use crate::text_map::TextMap;

/// A type of payment method. Only this crate has types.
pub trait Method: sealed::Sealed + Serialize + Clone + std::fmt::Debug + Default + 'static {
    /// Stripe's name for it.
    const TYPE: &'static str;
    /// Whether it has anything of its own to tell.
    #[doc(hidden)]
    const HAS_DETAILS: bool;
}

/// A type of which Stripe.js makes a PaymentMethod apart from a confirmation.
pub trait Creatable: Method {}

mod sealed {
    pub trait Sealed {}
}

/// A payment method that does not exist yet: who pays, and what its type needs.
#[derive(Clone, Debug, Default)]
pub struct NewMethod<M> {
    /// Who pays. Most types need a name or an e-mail address: Stripe says which.
    pub billing_details: Option<BillingDetails>,
    /// Whether it may be shown to its owner again.
    pub allow_redisplay: Option<AllowRedisplay>,
    /// Pairs of your own.
    pub metadata: Option<TextMap>,
    /// What its type needs.
    pub details: M,
}

impl<M: Method> NewMethod<M> {
    fn write<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
        if let Some(billing_details) = &self.billing_details {
            map.serialize_entry("billing_details", billing_details)?;
        }
        if let Some(allow_redisplay) = &self.allow_redisplay {
            map.serialize_entry("allow_redisplay", allow_redisplay)?;
        }
        if let Some(metadata) = &self.metadata {
            map.serialize_entry("metadata", metadata)?;
        }
        if M::HAS_DETAILS {
            map.serialize_entry(M::TYPE, &self.details)?;
        }
        Ok(())
    }
}

impl<M: Method> Serialize for NewMethod<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write(&mut map)?;
        map.end()
    }
}

/// What [`Stripe::create_payment_method`](crate::Stripe::create_payment_method) is told: a [`NewMethod`] and its type.
#[derive(Clone, Debug, Default)]
pub struct CreatePaymentMethod<M>(pub NewMethod<M>);

impl<M: Method> Serialize for CreatePaymentMethod<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", M::TYPE)?;
        self.0.write(&mut map)?;
        map.end()
    }
}

impl<M: Method> Options for CreatePaymentMethod<M> {}

/// Declares types: without braces where the type says it all, with the fields of its own member where it does not.
macro_rules! methods {
    ($( $(#[$meta:meta])* $Name:ident = $type:literal
        $({ $( $(#[$field_meta:meta])* $field:ident: $Type:ty, )* })?;
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, Default, Serialize)]
            pub struct $Name {
                $($(
                    $(#[$field_meta])*
                    #[serde(skip_serializing_if = "Option::is_none")]
                    pub $field: Option<$Type>,
                )*)?
            }

            impl sealed::Sealed for $Name {}

            impl Method for $Name {
                const TYPE: &'static str = $type;
                const HAS_DETAILS: bool = false $( || methods!(@true $($field)*) )?;
            }

            #[cfg(test)]
            impl crate::sample::Sample for $Name {
                fn samples() -> Vec<Self> {
                    vec![Self { $($( $field: crate::sample::Sample::sample(0), )*)? }]
                }
            }
        )+
    };
    (@true $($field:ident)*) => { true };
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::sample::Sample;

    impl<M: Method + Sample> Sample for NewMethod<M> {
        fn samples() -> Vec<Self> {
            let redisplays = AllowRedisplay::samples().into_iter();
            redisplays
                .map(|allow_redisplay| Self {
                    billing_details: Sample::sample(0),
                    allow_redisplay: Some(allow_redisplay),
                    metadata: Sample::sample(0),
                    details: M::sample(0),
                })
                .collect()
        }
    }

    impl<M: Method + Sample> Sample for CreatePaymentMethod<M> {
        fn samples() -> Vec<Self> {
            NewMethod::samples().into_iter().map(Self).collect()
        }
    }
}

methods! {
    /// ACSS debit, Canada.
    AcssDebit = "acss_debit" {
        /// The account.
        account_number: Secret,
        /// The bank, three digits.
        institution_number: String,
        /// The branch, five digits.
        transit_number: String,
    };
    /// Affirm.
    Affirm = "affirm";
    /// Afterpay, also called Clearpay.
    AfterpayClearpay = "afterpay_clearpay";
    /// Alipay.
    Alipay = "alipay";
    /// Amazon Pay.
    AmazonPay = "amazon_pay";
    /// AU BECS debit. The element can stand for it.
    AuBecsDebit = "au_becs_debit" {
        /// The branch, six digits.
        bsb_number: String,
        /// The account.
        account_number: Secret,
    };
    /// Bacs debit, United Kingdom.
    BacsDebit = "bacs_debit" {
        /// The branch, six digits.
        sort_code: String,
        /// The account.
        account_number: Secret,
    };
    /// Bancontact.
    Bancontact = "bancontact";
    /// Billie.
    Billie = "billie" {};
    /// BLIK.
    Blik = "blik";
    /// Boleto.
    Boleto = "boleto" {
        /// The CPF or CNPJ.
        tax_id: Secret,
    };
    /// A card. An element stands for it, or a token.
    Card = "card" {
        /// `tok_…`
        token: Secret,
    };
    /// Cash App Pay.
    Cashapp = "cashapp";
    /// A bank transfer to the customer's balance.
    CustomerBalance = "customer_balance" {};
    /// EPS.
    Eps = "eps" {
        /// The bank, by Stripe's name for it.
        bank: String,
    };
    /// FPX.
    Fpx = "fpx" {
        /// The bank, by Stripe's name for it.
        bank: String,
    };
    /// giropay.
    Giropay = "giropay";
    /// GrabPay.
    Grabpay = "grabpay";
    /// iDEAL.
    Ideal = "ideal" {
        /// The bank, by Stripe's name for it.
        bank: String,
    };
    /// Klarna.
    Klarna = "klarna";
    /// Konbini.
    Konbini = "konbini";
    /// MobilePay.
    Mobilepay = "mobilepay";
    /// Multibanco.
    Multibanco = "multibanco";
    /// OXXO.
    Oxxo = "oxxo";
    /// Przelewy24.
    P24 = "p24" {
        /// The bank, by Stripe's name for it.
        bank: String,
    };
    /// Pay by Bank.
    PayByBank = "pay_by_bank";
    /// PayNow.
    Paynow = "paynow";
    /// PayPal.
    Paypal = "paypal";
    /// Pix.
    Pix = "pix";
    /// PromptPay.
    Promptpay = "promptpay";
    /// SEPA debit. The IBAN Element can stand for it.
    SepaDebit = "sepa_debit" {
        /// The IBAN.
        iban: Secret,
    };
    /// Sofort.
    Sofort = "sofort" {
        /// The bank's country, two letters.
        country: String,
    };
    /// TWINT.
    Twint = "twint";
    /// A US bank account.
    UsBankAccount = "us_bank_account" {
        /// The account.
        account_number: Secret,
        /// The bank, nine digits.
        routing_number: String,
        /// `individual` or `company`.
        account_holder_type: String,
        /// `checking` or `savings`.
        account_type: String,
    };
    /// WeChat Pay.
    WechatPay = "wechat_pay";
}

macro_rules! creatable {
    ($( $Name:ident ),+ $(,)?) => {
        $( impl Creatable for $Name {} )+

        /// One call of `createPaymentMethod` for each type.
        #[cfg(test)]
        pub(crate) fn bound_calls() -> Vec<crate::proof::BoundCall> {
            vec![$( {
                let mut call = crate::proof::BoundCall::new::<crate::PaymentMethod>("stripe", "createPaymentMethod");
                call.argument(crate::proof::sent::<CreatePaymentMethod<$Name>>());
                call
            }, )+]
        }
    };
}

creatable! {
    AcssDebit, Affirm, AfterpayClearpay, Alipay, AmazonPay, AuBecsDebit, BacsDebit, Bancontact,
    Billie, Blik, Boleto, Card, Cashapp, CustomerBalance, Eps, Fpx,
    Giropay, Grabpay, Ideal, Klarna, Konbini, P24, Paynow, Paypal,
    Pix, Promptpay, SepaDebit, Sofort, UsBankAccount, WechatPay,
}
