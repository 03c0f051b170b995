//! WebhookEndpoints (docs.stripe.com/api/webhook_endpoints): where a world's events go, as its server says by API.

use super::API_VERSION;
use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::message::Webhook;
use super::params::{Change, Metadata, Params};
use super::routes::matches_kind;
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Stripe's limit in test mode.
const MOST: usize = 16;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct WebhookEndpoint {
    pub id: String,
    pub created: i64,
    pub url: String,
    /// `whsec_…`, shown when the endpoint is made and never again.
    pub secret: String,
    pub enabled_events: Vec<String>,
    pub disabled: bool,
    pub description: Option<String>,
    pub metadata: Metadata,
    pub api_version: Option<String>,
    /// For events of connected accounts, of which there are none.
    #[serde(default)]
    pub connect: bool,
    pub deleted: bool,
}

impl fmt::Debug for WebhookEndpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WebhookEndpoint")
            .field("id", &self.id)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Row for WebhookEndpoint {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl WebhookEndpoint {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "webhook_endpoint",
            "api_version": self.api_version,
            "application": null,
            "created": self.created,
            "description": self.description,
            "enabled_events": self.enabled_events,
            "livemode": false,
            "metadata": self.metadata,
            "status": if self.disabled { "disabled" } else { "enabled" },
            "url": self.url,
        })
    }

    pub(crate) fn hears(&self, kind: &str) -> bool {
        !self.deleted
            && !self.disabled
            && !self.connect
            && self
                .enabled_events
                .iter()
                .any(|enabled| matches_kind(enabled, kind))
    }

    pub(crate) fn webhook(&self) -> Webhook {
        Webhook {
            url: self.url.clone(),
            secret: self.secret.clone(),
        }
    }
}

impl Call<'_> {
    pub(crate) fn create_webhook_endpoint(&mut self, mut params: Params) -> Result<Value> {
        let mut endpoint = WebhookEndpoint {
            url: String::new(),
            id: String::new(),
            created: self.now,
            secret: String::new(),
            enabled_events: Vec::new(),
            disabled: false,
            description: None,
            metadata: Metadata::new(),
            api_version: params.text("api_version")?,
            connect: params.boolean("connect")?.unwrap_or(false),
            deleted: false,
        };
        if let Some(version) = &endpoint.api_version
            && version != API_VERSION
        {
            return Err(Error::invalid(format!(
                "Invalid API version: {version}. The sandbox writes events as {API_VERSION}."
            ))
            .param("api_version"));
        }
        for field in ["enabled_events", "url"] {
            if !params.has(field) {
                return Err(params.missing(field));
            }
        }
        read(&mut endpoint, params)?;
        let living = self.world.webhook_endpoints.iter();
        if living.filter(|endpoint| !endpoint.deleted).count() >= MOST {
            return Err(Error::invalid(format!(
                "You have reached the maximum of {MOST} test webhook endpoints."
            )));
        }
        endpoint.id = self.world.random.id("we_1");
        endpoint.secret = format!("whsec_{}", self.world.random.letters(32));
        let mut json = endpoint.json();
        json["secret"] = json!(endpoint.secret);
        self.world.webhook_endpoints.put(endpoint);
        Ok(json)
    }

    pub(crate) fn update_webhook_endpoint(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let mut endpoint = self.webhook_endpoint(id)?.clone();
        if let Some(disabled) = params.boolean("disabled")? {
            endpoint.disabled = disabled;
        }
        read(&mut endpoint, params)?;
        let json = endpoint.json();
        self.world.webhook_endpoints.put(endpoint);
        Ok(json)
    }

    pub(crate) fn delete_webhook_endpoint(&mut self, id: &str) -> Result<Value> {
        let mut endpoint = self.webhook_endpoint(id)?.clone();
        endpoint.deleted = true;
        self.world.webhook_endpoints.put(endpoint);
        Ok(json!({ "id": id, "object": "webhook_endpoint", "deleted": true }))
    }

    pub(crate) fn webhook_endpoint(&self, id: &str) -> Result<&WebhookEndpoint> {
        let endpoint = self.world.webhook_endpoints.get(id);
        endpoint
            .filter(|endpoint| !endpoint.deleted)
            .ok_or_else(|| Error::missing("webhook_endpoint", id))
    }

    pub(crate) fn list_webhook_endpoints(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        page.of(
            &self.world.webhook_endpoints.all(),
            "/v1/webhook_endpoints",
            |endpoint| !endpoint.deleted,
            WebhookEndpoint::json,
        )
    }
}

/// The fields that creating and updating share.
fn read(endpoint: &mut WebhookEndpoint, mut params: Params) -> Result<()> {
    if let Some(url) = params.url("url")? {
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(
                Error::invalid("Invalid URL: webhooks are sent over http and https.")
                    .code("url_invalid")
                    .param("url"),
            );
        }
        endpoint.url = url;
    }
    match params.change_list("enabled_events")? {
        Change::Keep => {}
        Change::Set(events) if !events.is_empty() => endpoint.enabled_events = events,
        Change::Set(_) | Change::Unset => {
            return Err(Error::invalid(
                "An endpoint hears at least one event; `*` stands for all.",
            )
            .param("enabled_events"));
        }
    }
    params
        .change("description")?
        .apply(&mut endpoint.description);
    endpoint.metadata = params.metadata(&endpoint.metadata)?;
    Ok(())
}
