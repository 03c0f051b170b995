//! CustomerSessions (docs.stripe.com/api/customer_sessions): what a page may show and do of a customer's saved methods.

use super::call::Call;
use super::error::{Error, Result};
use super::params::Params;
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Object, Value, json};
use serde::{Deserialize, Serialize};

const WITH_FEATURES: &[&str] = &[
    "customer_sheet",
    "mobile_payment_element",
    "payment_element",
];
const ON_OFF: &[&str] = &["disabled", "enabled"];

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CustomerSession {
    /// `cuss_secret_…`: it has no other id.
    pub client_secret: String,
    pub created: i64,
    pub expires_at: i64,
    pub customer: String,
    pub components: Value,
}

impl Row for CustomerSession {
    fn id(&self) -> &str {
        &self.client_secret
    }
}

impl CustomerSession {
    /// What the Payment Element may do; null where it is not enabled.
    pub(crate) fn payment_element(&self) -> &Value {
        let component = &self.components["payment_element"];
        if component["enabled"] == true {
            &component["features"]
        } else {
            &Value::Null
        }
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "object": "customer_session",
            "client_secret": self.client_secret,
            "components": self.components,
            "created": self.created,
            "customer": self.customer,
            "customer_account": null,
            "expires_at": self.expires_at,
            "livemode": false,
        })
    }
}

/// The session with this secret, while it lasts.
pub(crate) fn find<'a>(world: &'a World, secret: &str, now: i64) -> Result<&'a CustomerSession> {
    const PARAM: &str = "customer_session_client_secret";
    let session = world.customer_sessions.get(secret);
    let session = session.ok_or_else(|| Error::missing_param("customer_session", secret, PARAM))?;
    if now < session.expires_at {
        return Ok(session);
    }
    Err(
        Error::invalid("This CustomerSession has expired. Create a new one on your server.")
            .code("customer_session_expired")
            .param(PARAM),
    )
}

impl Call<'_> {
    pub(crate) fn create_customer_session(&mut self, mut params: Params) -> Result<Value> {
        let customer = self.read_customer_id(&mut params)?;
        let components = params.map("components")?;
        let components = components.ok_or_else(|| params.missing("components"))?;
        let customer = customer.ok_or_else(|| params.missing("customer"))?;
        let session = CustomerSession {
            components: read_components(components)?,
            client_secret: format!("cuss_secret_{}", self.world.random.letters(40)),
            created: self.now,
            expires_at: self.now
                + i64::from(self.world.assumptions.customer_session_lifetime_seconds),
            customer,
        };
        let json = session.json();
        self.world.customer_sessions.put(session);
        Ok(json)
    }
}

fn read_components(mut params: Params) -> Result<Value> {
    let mut components = Object::new();
    let mut any = false;
    for name in [
        "active_entitlements",
        "buy_button",
        "customer_portal",
        "customer_sheet",
        "mobile_payment_element",
        "payment_element",
        "pricing_table",
    ] {
        let mut component = json!({ "enabled": false });
        let has_features = WITH_FEATURES.contains(&name);
        if has_features {
            component["features"] = Value::Null;
        }
        if let Some(mut given) = params.map(name)? {
            let enabled = given.boolean("enabled")?;
            let enabled = enabled.ok_or_else(|| given.missing("enabled"))?;
            component["enabled"] = json!(enabled);
            any |= enabled;
            if has_features {
                let features = given.map("features")?;
                if enabled || features.is_some() {
                    component["features"] = read_features(features.unwrap_or_default())?;
                }
            }
        }
        components.insert(name.to_owned(), component);
    }
    if any {
        return Ok(Value::Object(components));
    }
    Err(Error::invalid("At least one component must be enabled.").param("components"))
}

fn read_features(mut params: Params) -> Result<Value> {
    let mut features = json!({});
    for name in [
        "payment_method_redisplay",
        "payment_method_remove",
        "payment_method_save",
    ] {
        let given = params.one_of(name, ON_OFF)?;
        features[name] = json!(given.as_deref().unwrap_or("disabled"));
    }
    // The mobile components have these two besides.
    for name in [
        "payment_method_save_allow_redisplay_override",
        "payment_method_set_as_default",
    ] {
        if let Some(given) = params.text(name)? {
            features[name] = json!(given);
        }
    }
    let limit = params.integer_in("payment_method_redisplay_limit", 1..=10)?;
    features["payment_method_redisplay_limit"] = json!(limit.unwrap_or(3));
    let filters = params.list("payment_method_allow_redisplay_filters")?;
    let filters = filters.unwrap_or_else(|| vec!["always".to_owned()]);
    if filters
        .iter()
        .any(|filter| !matches!(filter.as_str(), "always" | "limited" | "unspecified"))
    {
        return Err(
            Error::invalid("Redisplay filters are always, limited and unspecified.")
                .param(params.name("payment_method_allow_redisplay_filters")),
        );
    }
    features["payment_method_allow_redisplay_filters"] = json!(filters);
    let usage = params.one_of("payment_method_save_usage", &["off_session", "on_session"])?;
    if usage.is_some() && features["payment_method_save"] != "enabled" {
        return Err(Error::invalid(
            "A usage is for saved payment methods: enable `payment_method_save`.",
        )
        .param(params.name("payment_method_save_usage")));
    }
    features["payment_method_save_usage"] = json!(usage);
    Ok(features)
}
