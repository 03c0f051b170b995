//! Which call does what: method and path to the operation, and who may ask for it.

mod read;

pub(crate) use read::matches_kind;

use super::auth::{self, Access};
use super::call::Call;
use super::contract;
use super::error::{Error, Result};
use super::expand;
use super::form;
use super::params::Params;
use super::{payment_intent, setup_intent};
use crate::stripe::json::Value;

/// What a server may ask for.
const RESOURCES: &[&str] = &[
    "balance_transactions",
    "charges",
    "checkout",
    "confirmation_tokens",
    "coupons",
    "customer_sessions",
    "customers",
    "disputes",
    "events",
    "invoice_payments",
    "invoiceitems",
    "invoices",
    "mandates",
    "payment_intents",
    "payment_methods",
    "prices",
    "products",
    "promotion_codes",
    "radar",
    "refunds",
    "setup_attempts",
    "setup_intents",
    "shipping_rates",
    "subscription_items",
    "subscriptions",
    "tax",
    "test_helpers",
    "tokens",
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
        let segments = form::segments(asked.path);
        let segments: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
        let ["v1", segments @ ..] = segments.as_slice() else {
            return Err(unrecognized(asked));
        };
        // Stripe.js sends more than the types name.
        if asked.access == Access::Secret {
            contract::check(asked.method, segments, &params)?;
        }
        let expansions = expand::read(&mut params, asked.method, segments)?;
        let mut answer = self.route(asked, segments, params)?;
        expand::apply(self.world, self.now, &mut answer, &expansions);
        Ok(answer)
    }

    fn route(&mut self, asked: &Asked<'_>, segments: &[&str], mut params: Params) -> Result<Value> {
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
                let intent = payment_intent::find_by_secret(self.world, id, &client_secret)?;
                Ok(intent.public_json(self.world))
            }
            ("GET", Access::Publishable, ["setup_intents", id]) => {
                let client_secret = params.required_text("client_secret")?;
                let intent = setup_intent::find_by_secret(self.world, id, &client_secret)?;
                Ok(intent.public_json(self.world))
            }
            ("GET", Access::Publishable, ["elements", "sessions"]) => self.elements_session(params),
            ("POST", Access::Publishable, ["elements", "payment_methods", id, "detach"]) => {
                self.detach_in_the_browser(id, params)
            }
            ("GET", Access::Publishable, ["payment_pages", id]) => {
                self.show_to_elements(id, params)
            }
            ("POST", Access::Publishable, ["payment_pages", id]) => {
                self.update_by_elements(id, params)
            }
            ("POST", Access::Publishable, ["payment_pages", id, "confirm"]) => {
                self.confirm_by_elements(id, params)
            }
            ("POST", _, ["payment_methods"]) => self.create_payment_method(params),
            ("POST", _, ["tokens"]) => self.create_token(params),
            ("POST", _, ["3ds2", "authenticate"]) => self.authenticate(params, asked.origin),
            (
                "POST",
                Access::Publishable,
                [
                    kind @ ("payment_intents" | "setup_intents"),
                    id,
                    "verify_microdeposits",
                ],
            ) => {
                let client_secret = params.required_text("client_secret")?;
                if *kind == "payment_intents" {
                    payment_intent::find_by_secret(self.world, id, &client_secret)?;
                    self.verify_payment_microdeposits(id, params)?;
                    return Ok(payment_intent::find(self.world, id)?.public_json(self.world));
                }
                setup_intent::find_by_secret(self.world, id, &client_secret)?;
                self.verify_setup_microdeposits(id, params)?;
                Ok(setup_intent::find(self.world, id)?.public_json(self.world))
            }
            ("POST", Access::Publishable, ["payment_intents", id, "confirm"]) => {
                self.confirm_payment_intent_in_the_browser(id, params)
            }
            ("POST", Access::Publishable, ["setup_intents", id, "confirm"]) => {
                self.confirm_setup_intent_in_the_browser(id, params)
            }
            ("POST", _, ["payment_intents", id, "source_cancel"]) => {
                self.cancel_authentication(id, params)
            }
            ("POST", _, ["setup_intents", id, "source_cancel"]) => {
                self.cancel_setup_authentication(id, params)
            }
            ("POST", Access::Secret, segments) => self.post(segments, params, asked),
            ("GET", Access::Secret, segments) => self.read(segments, params, asked),
            ("DELETE", Access::Secret, segments) => self.delete(segments, params, asked),
            _ if asked.access == Access::Publishable
                && segments
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
            ["checkout", "sessions"] => self.create_checkout_session(params, asked.origin),
            ["checkout", "sessions", id] => self.update_checkout_session(id, params),
            ["checkout", "sessions", id, "expire"] => self.expire_checkout_session(id),
            ["coupons"] => self.create_coupon(params),
            ["coupons", id] => self.update_coupon(id, params),
            ["customer_sessions"] => self.create_customer_session(params),
            ["customers"] => self.create_customer(params),
            ["customers", id] => self.update_customer(id, params),
            ["disputes", id] => self.update_dispute(id, params),
            ["disputes", id, "close"] => self.give_in(id),
            ["events", id, "retry"] => self.retry_event(id, params),
            ["invoiceitems"] => self.create_invoice_item(params),
            ["invoiceitems", id] => self.update_invoice_item(id, params),
            ["invoices"] => self.create_invoice(params),
            ["invoices", "create_preview"] => self.create_preview(params),
            ["invoices", id] => self.update_invoice(id, params),
            ["invoices", id, "add_lines"] => self.add_invoice_lines(id, params),
            ["invoices", id, "finalize"] => self.finalize_invoice_by_call(id, params),
            ["invoices", id, "lines", line] => self.update_invoice_line(id, line, params),
            ["invoices", id, "mark_uncollectible"] => self.mark_uncollectible(id),
            ["invoices", id, "pay"] => self.pay_invoice(id, params),
            ["invoices", id, "remove_lines"] => self.remove_invoice_lines(id, params),
            ["invoices", id, "send"] => self.send_invoice(id),
            ["invoices", id, "update_lines"] => self.update_invoice_lines(id, params),
            ["invoices", id, "void"] => self.void_invoice(id),
            ["payment_intents"] => self.create_payment_intent(params),
            ["payment_intents", id] => self.update_payment_intent(id, params),
            ["payment_intents", id, "cancel"] => {
                self.check_not_in_checkout(id)?;
                self.cancel_payment_intent(id, params)
            }
            ["payment_intents", id, "capture"] => self.capture_payment_intent(id, params),
            ["payment_intents", id, "increment_authorization"] => {
                self.increment_authorization(id, params)
            }
            ["payment_intents", id, "verify_microdeposits"] => {
                self.verify_payment_microdeposits(id, params)
            }
            ["setup_intents", id, "verify_microdeposits"] => {
                self.verify_setup_microdeposits(id, params)
            }
            ["payment_intents", id, "confirm"] => {
                self.check_not_in_checkout(id)?;
                self.confirm_payment_intent(id, params)
            }
            ["payment_methods", id] => self.update_payment_method(id, params),
            ["payment_methods", id, "attach"] => self.attach_payment_method(id, params),
            ["payment_methods", id, "detach"] => self.detach_payment_method(id),
            ["prices"] => self.create_price(params),
            ["prices", id] => self.update_price(id, params),
            ["products"] => self.create_product(params),
            ["products", id] => self.update_product(id, params),
            ["promotion_codes"] => self.create_promotion_code(params),
            ["promotion_codes", id] => self.update_promotion_code(id, params),
            ["refunds"] => self.create_refund(params),
            ["refunds", id] => self.update_refund(id, params),
            ["refunds", id, "cancel"] => self.cancel_refund(id),
            ["setup_intents"] => self.create_setup_intent(params),
            ["setup_intents", id] => self.update_setup_intent(id, params),
            ["setup_intents", id, "cancel"] => {
                self.check_not_in_checkout(id)?;
                self.cancel_setup_intent(id, params)
            }
            ["setup_intents", id, "confirm"] => {
                self.check_not_in_checkout(id)?;
                self.confirm_setup_intent(id, params)
            }
            ["shipping_rates"] => self.create_shipping_rate(params),
            ["shipping_rates", id] => self.update_shipping_rate(id, params),
            ["tax", "calculations"] => self.create_calculation(params),
            ["tax", "transactions", "create_from_calculation"] => {
                self.create_tax_transaction(params)
            }
            ["tax", "transactions", "create_reversal"] => self.create_tax_reversal(params),
            ["subscription_items"] => self.create_subscription_item(params),
            ["subscription_items", id] => self.update_subscription_item(id, params),
            ["subscriptions"] => self.create_subscription(params),
            ["subscriptions", id] => self.update_subscription(id, params),
            ["subscriptions", id, "pause"] => self.pause_subscription(id, params),
            ["subscriptions", id, "resume"] => self.resume_subscription(id, params),
            ["test_helpers", "confirmation_tokens"] => self.create_test_confirmation_token(params),
            ["webhook_endpoints"] => self.create_webhook_endpoint(params),
            ["webhook_endpoints", id] => self.update_webhook_endpoint(id, params),
            _ => Err(unrecognized(asked)),
        }
    }

    fn delete(&mut self, segments: &[&str], params: Params, asked: &Asked<'_>) -> Result<Value> {
        match segments {
            ["coupons", id] => self.delete_coupon(id),
            ["customers", id] => self.delete_customer(id),
            ["invoiceitems", id] => self.delete_invoice_item(id),
            ["invoices", id] => self.delete_invoice(id),
            ["products", id] => self.delete_product(id),
            ["subscription_items", id] => self.delete_subscription_item(id, params),
            ["subscriptions", id] => self.cancel_subscription(id, params),
            ["webhook_endpoints", id] => self.delete_webhook_endpoint(id),
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
