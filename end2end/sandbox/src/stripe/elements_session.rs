//! What Stripe.js asks once for a group of elements: the methods that apply, and what a CustomerSession lets the shopper
//! see and do of saved ones. A private call of Stripe.js, with the publishable key.

use super::accepted_methods::{AcceptedMethods, Payment};
use super::call::Call;
use super::customer_session;
use super::error::{Error, Result};
use super::local_method::LocalMethod;
use super::money;
use super::params::Params;
use super::payment_intent::{self, CaptureMethod, FutureUsage};
use super::payment_method::PaymentMethod;
use super::setup_intent;
use crate::stripe::json::{Value, json};

const DEFERRED: &str = "deferred_intent";

impl Call<'_> {
    /// `GET /v1/elements/sessions`: of an intent by its `client_secret`, or of what the page declared.
    pub(crate) fn elements_session(&mut self, mut params: Params) -> Result<Value> {
        let kinds = [DEFERRED, "payment_intent", "setup_intent"];
        let kind = params.choice("type", &kinds.map(|kind| (kind, kind)))?;
        let kind = kind.ok_or_else(|| params.missing("type"))?;
        let customer = params.text("customer_session_client_secret")?;
        let mut session = json!({
            "object": "elements_session",
            "customer": null,
            "customer_error": null,
            "payment_intent": null,
            "setup_intent": null,
        });
        let types = if kind == DEFERRED {
            let declared = params.map(DEFERRED)?;
            let declared = declared.ok_or_else(|| params.missing(DEFERRED))?;
            self.declared_types(declared)?
        } else {
            let secret = params.required_text("client_secret")?;
            let id = secret.split("_secret_").next().unwrap_or_default();
            let (intent, types) = self.shown_intent(kind, id, &secret)?;
            session[kind] = intent;
            types
        };
        if types.is_empty() {
            return Err(Error::invalid(
                "No payment method applies: check the currency, the amount, and which types are allowed and excluded.",
            ));
        }
        session["payment_method_preference"] = json!({
            "object": "payment_method_preference", "ordered_payment_method_types": types, "type": kind,
        });
        let forms = types.iter().filter_map(|name| LocalMethod::named(name));
        let forms: Vec<Value> = forms.map(LocalMethod::form_json).collect();
        session["payment_method_specs"] = json!(forms);
        if let Some(secret) = customer {
            match self.saved_methods(&secret, &types) {
                Ok(customer) => session["customer"] = customer,
                // A page goes on without its customer.
                Err(error) => session["customer_error"] = json!(error.message),
            }
        }
        self.tell_quirks(&mut session);
        Ok(session)
    }

    fn shown_intent(
        &self,
        kind: &str,
        id: &str,
        secret: &str,
    ) -> Result<(Value, Vec<&'static str>)> {
        if kind == "setup_intent" {
            let intent = setup_intent::find_by_secret(self.world, id, secret)?;
            return Ok((
                intent.public_json(self.world),
                intent.payment_method_types(),
            ));
        }
        let intent = payment_intent::find_by_secret(self.world, id, secret)?;
        let mut json = intent.public_json(self.world);
        json["payment_method_options"] = json!({
            "card": { "require_cvc_recollection": intent.card_options.require_cvc_recollection },
        });
        Ok((json, intent.payment_method_types()))
    }

    fn declared_types(&self, mut declared: Params) -> Result<Vec<&'static str>> {
        let mut methods = AcceptedMethods::any();
        methods.update(&mut declared, self.world)?;
        // The trains before endive.
        if let Some(types) = declared.list("payment_method_types")? {
            methods.allowed_payment_method_types.get_or_insert(types);
        }
        let mode = declared.one_of("mode", &["payment", "setup", "subscription"])?;
        let mode = mode.ok_or_else(|| declared.missing("mode"))?;
        let currency = money::currency(&mut declared)?;
        let usage = declared.choice("setup_future_usage", FutureUsage::NAMES)?;
        let capture = declared.choice("capture_method", CaptureMethod::NAMES)?;
        let amount = declared.integer("amount")?;
        if mode == "setup" {
            return Ok(methods.for_setup());
        }
        let currency = currency.ok_or_else(|| declared.missing("currency"))?;
        Ok(methods.for_payment(&Payment {
            amount: amount.unwrap_or_default(),
            currency: &currency,
            captured_later: capture == Some(CaptureMethod::Manual),
            saved: usage.is_some() || mode == "subscription",
        }))
    }

    /// The customer's methods as far as the session shows them, newest first.
    fn saved_methods(&self, secret: &str, types: &[&str]) -> Result<Value> {
        let session = customer_session::find(self.world, secret, self.now)?;
        let features = session.payment_element();
        let shows = features["payment_method_redisplay"] == "enabled";
        let most = features["payment_method_redisplay_limit"].as_i64();
        let filters = match &features["payment_method_allow_redisplay_filters"] {
            Value::Array(filters) => filters.as_slice(),
            _ => &[],
        };
        let is_shown = |method: &&PaymentMethod| {
            let allow = method.data.allow_redisplay.as_deref();
            let allow = allow.unwrap_or("unspecified");
            shows
                && types.contains(&method.data.instrument.type_name())
                && filters.iter().any(|filter| *filter == allow)
        };
        let methods = self.world.payment_methods.of(&session.customer);
        let methods: Vec<Value> = methods
            .iter()
            .rev()
            .filter(is_shown)
            .take(usize::try_from(most.unwrap_or_default()).unwrap_or_default())
            .map(|method| method.json(&self.world.account))
            .collect();
        Ok(json!({
            "customer_session": session.json(),
            "default_payment_method": null,
            "payment_methods": methods,
        }))
    }

    /// `POST /v1/elements/payment_methods/{id}/detach`: the shopper removes a saved method.
    pub(crate) fn detach_in_the_browser(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let secret = params.required_text("customer_session_client_secret")?;
        let session = customer_session::find(self.world, &secret, self.now)?;
        if session.payment_element()["payment_method_remove"] != "enabled" {
            return Err(Error::invalid(
                "This CustomerSession does not let payment methods be removed: enable `payment_method_remove`.",
            ));
        }
        self.check_owned(id, &session.customer)?;
        self.detach_payment_method(id)
    }

    /// Whether this saved method is the customer's.
    pub(crate) fn check_owned(&self, id: &str, customer: &str) -> Result<()> {
        let method = self.world.payment_methods.get(id);
        let owner = method.and_then(|method| method.customer.as_deref());
        match owner == Some(customer) {
            true => Ok(()),
            false => Err(Error::missing_param("PaymentMethod", id, "payment_method")),
        }
    }
}
