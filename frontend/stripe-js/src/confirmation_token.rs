//! ConfirmationTokens: what the shopper typed, as a name that the server can confirm an intent with.

use crate::calls::{calls, reply};
use crate::elements::Elements;
use crate::names::closed_enum;
use crate::options::options;
use crate::payload::payload;
use crate::payment_method::{MethodBilling, PaidCard};
use crate::stripe::Stripe;
use crate::text_map::TextMap;
use crate::unread::Unread;

payload! {
    /// A ConfirmationToken. It is used once, soon.
    ///
    /// See <https://docs.stripe.com/api/confirmation_tokens/object>.
    pub struct ConfirmationToken without {
        "object": "It is always confirmation_token.",
        "payment_intent": "It is null until the server uses the token.",
        "setup_intent": "It is null until the server uses the token.",
        "shipping": "The page has just given it.",
        "use_stripe_sdk": "It is the server's to say.",
    } {
        /// `ctoken_…`: all that the server needs.
        id: String = "id",
        /// When it was made, in seconds since 1970.
        created_at_secs: i64 = "created",
        /// When it expires, in seconds since 1970, where Stripe says so.
        expires_at_secs: Option<i64> = "expires_at",
        /// Whether it was made in live mode.
        livemode: bool = "livemode",
        /// What the shopper will pay with.
        payment_method_preview: Unread<PaymentMethodPreview> = "payment_method_preview",
        /// Where a redirect comes back to.
        return_url: Option<String> = "return_url",
        /// Whether the payment method will be used again: `off_session` or `on_session`.
        setup_future_usage: Option<String> = "setup_future_usage",
    }
}

payload! {
    /// What the shopper will pay with.
    pub struct PaymentMethodPreview without {
        "acss_debit": "Bank details are the server's to read.",
        "affirm": "It is empty.",
        "afterpay_clearpay": "It is empty.",
        "au_becs_debit": "Bank details are the server's to read.",
        "card_present": "It is empty.",
        "eps": "Bank details are the server's to read.",
        "fpx": "Bank details are the server's to read.",
        "grabpay": "It is empty.",
        "ideal": "Bank details are the server's to read.",
        "p24": "Bank details are the server's to read.",
        "sepa_debit": "Bank details are the server's to read.",
        "us_bank_account": "Bank details are the server's to read.",
    } {
        /// Its type, such as `card`.
        kind: String = "type",
        /// Who pays.
        billing_details: MethodBilling = "billing_details",
        /// The card, if it is one.
        card: Option<PaidCard> = "card",
    }
}

reply! { ConfirmationToken = "confirmationToken"; }

options! {
    /// What to add to what Elements collected; what is given here wins.
    ///
    /// See <https://docs.stripe.com/js/confirmation_tokens/create_confirmation_token>.
    pub struct ConfirmationTokenParams {
        /// More about the payment method. A field hidden with `fields` has to be given here.
        payment_method_data: PaymentMethodData,
        /// Where the goods go.
        shipping: Shipping,
        /// Where a redirect comes back to: an absolute address.
        return_url: String,
        /// At most 50 pairs of your own, kept on the token.
        metadata: TextMap,
    }
}

options! {
    /// More about the payment method that the token stands for.
    pub struct PaymentMethodData {
        /// The billing details.
        billing_details: BillingDetails,
        /// Whether the payment method may be shown to its owner again.
        allow_redisplay: AllowRedisplay,
        /// Pairs of your own, kept on the payment method.
        metadata: TextMap,
    }
}

closed_enum! {
    /// Whether a saved payment method may be shown to its owner again.
    pub enum AllowRedisplay {
        /// Always.
        Always = "always",
        /// Only where it was saved.
        Limited = "limited",
        /// The shopper was not asked.
        Unspecified = "unspecified",
    }
}

options! {
    /// Who pays.
    pub struct BillingDetails {
        /// Full name.
        name: String,
        /// E-mail address.
        email: String,
        /// Phone number, extension included.
        phone: String,
        /// Billing address.
        address: Address,
    }
}

options! {
    /// A postal address.
    pub struct Address {
        /// Street and number, P.O. box or company.
        line1: String,
        /// Flat, suite, unit or building.
        line2: String,
        /// City, district, suburb, town or village.
        city: String,
        /// State, county, province or region.
        state: String,
        /// ZIP or postal code.
        postal_code: String,
        /// Two letters, ISO 3166-1, upper case.
        country: String,
    }
}

options! {
    /// Where the goods go.
    pub struct Shipping {
        required {
            /// The recipient's name.
            name: String,
            /// The recipient's address.
            address: Address,
        }
        /// The recipient's phone number, extension included.
        phone: String,
    }
}

calls! {
    impl Stripe("stripe") {
        /// Turns what the group collected into a ConfirmationToken. Await [`Elements::submit`] first.
        ///
        /// Stripe.js is called at once. See <https://docs.stripe.com/js/confirmation_tokens/create_confirmation_token>.
        ///
        /// # Errors
        /// Whatever Stripe answers: [`ErrorKind::Validation`](crate::ErrorKind::Validation),
        /// [`ErrorKind::Card`](crate::ErrorKind::Card), [`ErrorKind::Network`](crate::ErrorKind::Network) and others.
        fn create_confirmation_token = "createConfirmationToken" {
            "elements": elements: handle(Elements),
            "params": params: given(ConfirmationTokenParams)
        } -> ConfirmationToken;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn params_are_written_as_stripe_names_them() {
        let params = ConfirmationTokenParams {
            payment_method_data: Some(PaymentMethodData {
                billing_details: Some(BillingDetails {
                    name: Some("Ada \"Countess\" Lovelace".into()),
                    email: Some("ada@example.com".into()),
                    phone: Some("+44 20 7946 0018".into()),
                    address: Some(Address {
                        line1: Some("12 St James’s Square".into()),
                        line2: Some("Flat 2".into()),
                        city: Some("London".into()),
                        state: Some("England".into()),
                        postal_code: Some("SW1Y 4JH".into()),
                        country: Some("GB".into()),
                    }),
                }),
                allow_redisplay: Some(AllowRedisplay::Limited),
                metadata: Some([("till", "3")].into()),
            }),
            shipping: Some(Shipping {
                name: "Ada Lovelace".into(),
                address: Address {
                    country: Some("GB".into()),
                    ..Default::default()
                },
                phone: None,
            }),
            return_url: Some("https://shop.example/orders/1".into()),
            metadata: Some([("order", "1")].into()),
        };
        assert_eq!(
            serde_json::to_value(params).unwrap(),
            json!({
                "payment_method_data": {
                    "billing_details": {
                        "name": "Ada \"Countess\" Lovelace",
                        "email": "ada@example.com",
                        "phone": "+44 20 7946 0018",
                        "address": {
                            "line1": "12 St James’s Square",
                            "line2": "Flat 2",
                            "city": "London",
                            "state": "England",
                            "postal_code": "SW1Y 4JH",
                            "country": "GB",
                        },
                    },
                    "allow_redisplay": "limited",
                    "metadata": { "till": "3" },
                },
                "shipping": { "name": "Ada Lovelace", "address": { "country": "GB" } },
                "return_url": "https://shop.example/orders/1",
                "metadata": { "order": "1" },
            })
        );
    }

    #[test]
    fn nothing_to_add_is_an_empty_object() {
        assert_eq!(
            serde_json::to_value(ConfirmationTokenParams::default()).unwrap(),
            json!({})
        );
    }
}
