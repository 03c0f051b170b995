//! Which call does what: method and path to the operation, and who may ask for it.

use super::auth::{self, Access};
use super::call::Call;
use super::error::{Error, Result};
use super::expand;
use super::list::Page;
use super::params::Params;
use super::payment_intent;
use serde_json::Value;

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
        expand::apply(self.world, &mut answer, &expansions);
        Ok(answer)
    }

    fn route(&mut self, asked: &Asked<'_>, mut params: Params) -> Result<Value> {
        // Stripe.js adds these to every call.
        if asked.access == Access::Publishable {
            params.without_effect(&["key", "_stripe_version", "payment_user_agent"]);
        }
        let segments: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
        match (asked.method, asked.access, segments.as_slice()) {
            ("POST", Access::Publishable, ["v1", "confirmation_tokens"]) => {
                self.create_confirmation_token(params)
            }
            ("POST", Access::Secret, ["v1", "confirmation_tokens"]) => Err(Error::invalid(
                "ConfirmationTokens are created by Stripe.js with the publishable key. For tests there is POST \
                 /v1/test_helpers/confirmation_tokens.",
            )),
            ("GET", Access::Publishable, ["v1", "payment_intents", id]) => {
                let client_secret = params.required_text("client_secret")?;
                params.finish()?;
                let intent = payment_intent::find_by_secret(self.world, id, &client_secret)?;
                Ok(intent.public_json(self.world))
            }
            ("POST", _, ["v1", "3ds2", "authenticate"]) => self.authenticate(params, asked.origin),
            ("POST", _, ["v1", "payment_intents", id, "source_cancel"]) => {
                self.cancel_authentication(id, params)
            }
            (method, Access::Secret, segments) => {
                self.secret_route(method, segments, params, asked)
            }
            _ if is_known(asked.method, &segments) => Err(auth::secret_key_required()),
            _ => Err(unrecognized(asked)),
        }
    }

    fn secret_route(
        &mut self,
        method: &str,
        segments: &[&str],
        mut params: Params,
        asked: &Asked<'_>,
    ) -> Result<Value> {
        match (method, segments) {
            ("POST", ["v1", "payment_intents"]) => self.create_payment_intent(params),
            ("POST", ["v1", "payment_intents", id]) => self.update_payment_intent(id, params),
            ("POST", ["v1", "payment_intents", id, "confirm"]) => {
                self.confirm_payment_intent(id, params)
            }
            ("POST", ["v1", "payment_intents", id, "capture"]) => {
                self.capture_payment_intent(id, params)
            }
            ("POST", ["v1", "payment_intents", id, "cancel"]) => {
                self.cancel_payment_intent(id, params)
            }
            ("POST", ["v1", "refunds"]) => self.create_refund(params),
            ("POST", ["v1", "test_helpers", "confirmation_tokens"]) => {
                self.create_test_confirmation_token(params)
            }
            ("GET", ["v1", "payment_intents", id]) => {
                params.without_effect(&["client_secret"]);
                params.finish()?;
                Ok(payment_intent::find(self.world, id)?.json(self.world))
            }
            ("GET", ["v1", kind, id]) if is_known(method, segments) => {
                params.finish()?;
                self.retrieve(kind, id)
            }
            ("GET", ["v1", kind]) if is_known(method, segments) => self.list(kind, params),
            _ => Err(unrecognized(asked)),
        }
    }

    fn retrieve(&self, kind: &str, id: &str) -> Result<Value> {
        let world = &*self.world;
        let found = match kind {
            "charges" => world.charges.get(id).map(|charge| charge.json(world)),
            "events" => world.events.get(id).map(|event| event.json()),
            "payment_methods" => world
                .payment_methods
                .get(id)
                .map(|method| method.json(&world.account)),
            "refunds" => world.refunds.get(id).map(|refund| refund.json()),
            _ => return self.retrieve_confirmation_token(id),
        };
        found.ok_or_else(|| Error::missing(kind.trim_end_matches('s'), id))
    }

    fn list(&self, kind: &str, mut params: Params) -> Result<Value> {
        let world = &*self.world;
        let page = Page::read(&mut params)?;
        match kind {
            "payment_intents" => {
                let customer = params.text("customer")?;
                params.finish()?;
                page.of(
                    &world.payment_intents,
                    "/v1/payment_intents",
                    |intent| intent.created,
                    |_| customer.is_none(),
                    |intent| intent.json(world),
                )
            }
            "charges" => {
                let intent = params.text("payment_intent")?;
                params.finish()?;
                page.of(
                    &world.charges,
                    "/v1/charges",
                    |charge| charge.created,
                    |charge| {
                        intent
                            .as_ref()
                            .is_none_or(|intent| charge.payment_intent == *intent)
                    },
                    |charge| charge.json(world),
                )
            }
            "refunds" => {
                let intent = params.text("payment_intent")?;
                let charge = params.text("charge")?;
                params.finish()?;
                page.of(
                    &world.refunds,
                    "/v1/refunds",
                    |refund| refund.created,
                    |refund| {
                        intent
                            .as_ref()
                            .is_none_or(|intent| refund.payment_intent == *intent)
                            && charge
                                .as_ref()
                                .is_none_or(|charge| refund.charge == *charge)
                    },
                    |refund| refund.json(),
                )
            }
            _ => {
                let mut kinds = params.list("types")?.unwrap_or_default();
                kinds.extend(params.text("type")?);
                params.without_effect(&["delivery_success"]);
                params.finish()?;
                page.of(
                    &world.events,
                    "/v1/events",
                    |event| event.created,
                    |event| {
                        kinds.is_empty() || kinds.iter().any(|kind| matches_kind(kind, &event.kind))
                    },
                    |event| event.json(),
                )
            }
        }
    }
}

/// `charge.*` stands for all of a kind.
fn matches_kind(wanted: &str, kind: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(start) => kind.starts_with(start),
        None => wanted == kind,
    }
}

/// The calls there are for a secret key.
fn is_known(method: &str, segments: &[&str]) -> bool {
    let ["v1", segments @ ..] = segments else {
        return false;
    };
    matches!(
        (method, segments),
        (
            "GET",
            ["charges" | "events" | "payment_intents" | "refunds"]
        ) | (
            "GET",
            ["charges" | "events" | "payment_intents" | "refunds", _]
        ) | ("GET", ["confirmation_tokens" | "payment_methods", _])
            | ("POST", ["payment_intents" | "refunds"])
            | ("POST", ["payment_intents", _])
            | (
                "POST",
                ["payment_intents", _, "cancel" | "capture" | "confirm"]
            )
            | ("POST", ["test_helpers", "confirmation_tokens"])
    )
}

fn unrecognized(asked: &Asked<'_>) -> Box<Error> {
    Error::invalid(format!(
        "Unrecognized request URL ({}: {}). The sandbox's README lists what it models.",
        asked.method, asked.path
    ))
    .status(404)
}
