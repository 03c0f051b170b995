//! Which call does what: method and path to the operation, and who may ask for it.

mod read;

pub(crate) use read::matches_kind;

use super::auth::{self, Access};
use super::call::Call;
use super::error::{Error, Result};
use super::expand;
use super::params::Params;
use super::{payment_intent, setup_intent};
use serde_json::Value;

/// What a server may ask for.
const RESOURCES: &[&str] = &[
    "balance_transactions",
    "charges",
    "confirmation_tokens",
    "coupons",
    "customer_sessions",
    "customers",
    "disputes",
    "events",
    "payment_intents",
    "payment_methods",
    "prices",
    "products",
    "promotion_codes",
    "radar",
    "refunds",
    "setup_intents",
    "test_helpers",
    "webhook_endpoints",
];

/// An API call, its form read.
pub(crate) struct Asked<'a> {
    pub access: Access,
    pub method: &'a str,
    pub path: &'a str,
    /// Where the sandbox itself is reached, `http://127.0.0.1:12111`.
    pub origin: &'a str,
}

impl Call<'_> {
    pub(crate) fn carry_out_call(
        &mut self,
        asked: &Asked<'_>,
        mut params: Params,
    ) -> Result<Value> {
        let expansions = expand::read(&mut params)?;
        let mut answer = self.route(asked, params)?;
        expand::apply(self.world, self.now, &mut answer, &expansions);
        Ok(answer)
    }

    fn route(&mut self, asked: &Asked<'_>, mut params: Params) -> Result<Value> {
        let segments: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
        let ["v1", segments @ ..] = segments.as_slice() else {
            return Err(unrecognized(asked));
        };
        // Stripe.js adds these to every call.
        if asked.access == Access::Publishable {
            params.without_effect(&["key", "_stripe_version", "payment_user_agent"]);
        }
        match (asked.method, asked.access, segments) {
            ("POST", Access::Publishable, ["confirmation_tokens"]) => {
                self.create_confirmation_token(params)
            }
            ("POST", Access::Secret, ["confirmation_tokens"]) => Err(Error::invalid(
                "ConfirmationTokens are created by Stripe.js with the publishable key. For tests there is POST \
                 /v1/test_helpers/confirmation_tokens.",
            )),
            ("GET", Access::Publishable, ["payment_intents", id]) => {
                let client_secret = params.required_text("client_secret")?;
                params.finish()?;
                let intent = payment_intent::find_by_secret(self.world, id, &client_secret)?;
                Ok(intent.public_json(self.world))
            }
            ("GET", Access::Publishable, ["setup_intents", id]) => {
                let client_secret = params.required_text("client_secret")?;
                params.finish()?;
                let intent = setup_intent::find_by_secret(self.world, id, &client_secret)?;
                Ok(intent.public_json(self.world))
            }
            ("POST", _, ["payment_methods"]) => self.create_payment_method(params),
            ("POST", _, ["3ds2", "authenticate"]) => self.authenticate(params, asked.origin),
            ("POST", _, ["payment_intents", id, "source_cancel"]) => {
                self.cancel_authentication(id, params)
            }
            ("POST", _, ["setup_intents", id, "source_cancel"]) => {
                self.cancel_setup_authentication(id, params)
            }
            ("POST", Access::Secret, segments) => self.post(segments, params, asked),
            ("GET", Access::Secret, segments) => self.read(segments, params, asked),
            ("DELETE", Access::Secret, segments) => self.delete(segments, params, asked),
            _ if segments
                .first()
                .is_some_and(|first| RESOURCES.contains(first)) =>
            {
                Err(auth::secret_key_required())
            }
            _ => Err(unrecognized(asked)),
        }
    }

    fn post(&mut self, segments: &[&str], params: Params, asked: &Asked<'_>) -> Result<Value> {
        match segments {
            ["charges", id] => self.update_charge(id, params),
            ["coupons"] => self.create_coupon(params),
            ["coupons", id] => self.update_coupon(id, params),
            ["customer_sessions"] => self.create_customer_session(params),
            ["customers"] => self.create_customer(params),
            ["customers", id] => self.update_customer(id, params),
            ["disputes", id] => self.update_dispute(id, params),
            ["disputes", id, "close"] => self.give_in(id, params),
            ["events", id, "retry"] => self.retry_event(id, params),
            ["payment_intents"] => self.create_payment_intent(params),
            ["payment_intents", id] => self.update_payment_intent(id, params),
            ["payment_intents", id, "cancel"] => self.cancel_payment_intent(id, params),
            ["payment_intents", id, "capture"] => self.capture_payment_intent(id, params),
            ["payment_intents", id, "confirm"] => self.confirm_payment_intent(id, params),
            ["payment_methods", id] => self.update_payment_method(id, params),
            ["payment_methods", id, "attach"] => self.attach_payment_method(id, params),
            ["payment_methods", id, "detach"] => self.detach_payment_method(id, params),
            ["prices"] => self.create_price(params),
            ["prices", id] => self.update_price(id, params),
            ["products"] => self.create_product(params),
            ["products", id] => self.update_product(id, params),
            ["promotion_codes"] => self.create_promotion_code(params),
            ["promotion_codes", id] => self.update_promotion_code(id, params),
            ["refunds"] => self.create_refund(params),
            ["refunds", id] => self.update_refund(id, params),
            ["refunds", id, "cancel"] => self.cancel_refund(id, params),
            ["setup_intents"] => self.create_setup_intent(params),
            ["setup_intents", id] => self.update_setup_intent(id, params),
            ["setup_intents", id, "cancel"] => self.cancel_setup_intent(id, params),
            ["setup_intents", id, "confirm"] => self.confirm_setup_intent(id, params),
            ["test_helpers", "confirmation_tokens"] => self.create_test_confirmation_token(params),
            ["webhook_endpoints"] => self.create_webhook_endpoint(params),
            ["webhook_endpoints", id] => self.update_webhook_endpoint(id, params),
            _ => Err(unrecognized(asked)),
        }
    }

    fn delete(&mut self, segments: &[&str], params: Params, asked: &Asked<'_>) -> Result<Value> {
        match segments {
            ["coupons", id] => self.delete_coupon(id, params),
            ["customers", id] => self.delete_customer(id, params),
            ["products", id] => self.delete_product(id, params),
            ["webhook_endpoints", id] => self.delete_webhook_endpoint(id, params),
            _ => Err(unrecognized(asked)),
        }
    }
}

fn unrecognized(asked: &Asked<'_>) -> Box<Error> {
    Error::invalid(format!(
        "Unrecognized request URL ({}: {}). The sandbox's README lists what it models.",
        asked.method, asked.path
    ))
    .status(404)
}
