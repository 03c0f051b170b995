//! ConfirmationTokens: what the shopper typed, as a name that the server can confirm an intent with.

use wasm_bindgen::JsValue;

use crate::answer::Answer;
use crate::elements::Elements;
use crate::error::StripeError;
use crate::js;
use crate::json::Json;
use crate::options::options;
use crate::readable::Readable;
use crate::stripe::Stripe;
use crate::text_map::TextMap;

/// A ConfirmationToken. It is used once, soon.
///
/// See <https://docs.stripe.com/api/confirmation_tokens/object>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmationToken {
    /// `ctoken_…`: all that the server needs.
    pub id: String,
    /// Whether it was made in live mode.
    pub livemode: bool,
    /// When it expires, in seconds since 1970, where Stripe says so.
    pub expires_at_secs: Option<i64>,
    /// The type of the payment method, such as `card`.
    pub payment_method_type: Option<String>,
}

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

/// Whether a saved payment method may be shown to its owner again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AllowRedisplay {
    /// Always.
    Always,
    /// Only where it was saved.
    Limited,
    /// The shopper was not asked.
    Unspecified,
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

/// Where the goods go.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Shipping {
    /// The recipient's name.
    pub name: String,
    /// The recipient's address.
    pub address: Address,
    /// The recipient's phone number, extension included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Stripe {
    /// Turns what the group collected into a ConfirmationToken. Await [`Elements::submit`] first.
    ///
    /// Stripe.js is called at once. See <https://docs.stripe.com/js/confirmation_tokens/create_confirmation_token>.
    ///
    /// # Errors
    /// Whatever Stripe answers: [`ErrorKind::Validation`](crate::ErrorKind::Validation),
    /// [`ErrorKind::Card`](crate::ErrorKind::Card), [`ErrorKind::Network`](crate::ErrorKind::Network) and others.
    pub fn create_confirmation_token(
        &self,
        elements: &Elements,
        params: impl Into<Json<ConfirmationTokenParams>>,
    ) -> Answer<ConfirmationToken> {
        let created = js::plain(&params.into()).and_then(|params| {
            let group: &JsValue = elements.handle.as_ref();
            self.handle
                .create_confirmation_token(&js::object(&[("elements", group), ("params", &params)]))
        });
        Answer::new(created, |answer| {
            answer
                .object("confirmationToken")
                .and_then(|token| ConfirmationToken::read(&token))
                .ok_or_else(|| StripeError::incomplete("Stripe answered without a token"))
        })
    }
}

impl ConfirmationToken {
    fn read(token: &impl Readable) -> Option<Self> {
        Some(Self {
            id: token.text("id")?,
            livemode: token.flag("livemode").unwrap_or_default(),
            expires_at_secs: token.integer("expires_at"),
            payment_method_type: token
                .object("payment_method_preview")
                .and_then(|preview| preview.text("type")),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

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

    #[test]
    fn a_token_is_its_id() {
        let full = json!({
            "id": "ctoken_1",
            "object": "confirmation_token",
            "livemode": true,
            "expires_at": 1_800_000_000_i64,
            "payment_method_preview": { "type": "card", "card": { "brand": "visa" } },
        });
        let read = |token: &Value| ConfirmationToken::read(token);
        assert_eq!(
            read(&full),
            Some(ConfirmationToken {
                id: "ctoken_1".into(),
                livemode: true,
                expires_at_secs: Some(1_800_000_000),
                payment_method_type: Some("card".into()),
            })
        );
        let bare = read(&json!({ "id": "ctoken_2", "expires_at": null })).unwrap();
        assert_eq!((bare.id.as_str(), bare.expires_at_secs), ("ctoken_2", None));
        assert_eq!(read(&json!({ "livemode": false })), None);
    }
}
