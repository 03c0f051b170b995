//! Every setting, read once into types. What does not fit together refuses to start, with words that name the
//! variable and never its value.

mod database;

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::Uri;
use orders::Capture;
use stripe_js::{PublishableKey, STRIPE_JS_URL};
use stripe_rest::{API_URL, KeyError, Mode, SecretKey, WebhookSecret};

pub use database::DatabaseUrl;

/// What a server needs to know before it starts.
#[derive(Debug, Clone)]
pub struct Config {
    /// What it acts with at Stripe.
    pub secret_key: SecretKey,
    /// What the browser opens Stripe.js with.
    pub publishable_key: PublishableKey,
    /// What webhooks are signed with; more than one while a secret is rolled.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// Stripe's API, or a sandbox's.
    pub api_url: String,
    /// Stripe.js, or a sandbox's.
    pub js_url: String,
    /// The shop's own address without a slash at the end; by default the one it is bound to.
    pub site_url: Option<String>,
    /// Where the books are.
    pub database_url: DatabaseUrl,
    /// Where the built site lies.
    pub site_root: PathBuf,
    /// Whether the built files carry hashes in their names. `cargo leptos watch` swaps a style sheet only where not.
    pub hash_files: bool,
    /// Where to listen.
    pub address: SocketAddr,
    /// When the money is taken.
    pub capture: Capture,
    /// A file that gets a line of JSON for everything that happens to an order's money.
    pub order_log: Option<PathBuf>,
    /// Where the same is posted to, signed.
    pub order_hook: Option<OrderHook>,
    /// The development server's address for live reload; none outside of `cargo leptos watch`.
    pub reload_port: Option<u32>,
    /// What starts all the same, but should be seen to.
    pub warnings: Vec<String>,
}

/// The shop's own address for what happens to orders.
#[derive(Debug, Clone)]
pub struct OrderHook {
    /// https, or http on this machine.
    pub url: String,
    /// What the posts are signed with, as Stripe signs webhooks.
    pub secret: WebhookSecret,
}

/// Why the server does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// No keys at all: probably a newcomer.
    #[error(
        "no Stripe keys. Two ways forward:\n  - set STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY (in the environment or in .env) to your account's test keys\n  - or run `cargo xtask demo`: the shop with its own Stripe sandbox, no account needed"
    )]
    NoKeys,
    /// One is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// One is not what it should be.
    #[error("{0} {1}")]
    Wrong(&'static str, String),
}

fn wrong(name: &'static str, words: impl Into<String>) -> ConfigError {
    ConfigError::Wrong(name, words.into())
}

impl Config {
    /// Reads the settings out of the environment and, where that is silent, a `.env` file.
    ///
    /// # Errors
    /// The first setting that is missing or does not fit.
    pub fn from_env() -> Result<Config, ConfigError> {
        match dotenvy::dotenv() {
            Err(error) if !error.not_found() => {
                // Its own words would show the line, and with it perhaps a secret.
                return Err(wrong(".env", "has a line that is not NAME=value"));
            }
            _ => {}
        }
        Config::from_vars(|name| std::env::var(name).ok())
    }

    /// Reads the settings out of `vars`; an empty one counts as unset.
    ///
    /// # Errors
    /// The first setting that is missing or does not fit.
    pub fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Config, ConfigError> {
        let var = |name: &str| {
            vars(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let (secret, publishable) = match (var("STRIPE_SECRET_KEY"), var("STRIPE_PUBLISHABLE_KEY"))
        {
            (None, None) => return Err(ConfigError::NoKeys),
            (None, _) => return Err(ConfigError::Missing("STRIPE_SECRET_KEY")),
            (_, None) => return Err(ConfigError::Missing("STRIPE_PUBLISHABLE_KEY")),
            (Some(secret), Some(publishable)) => (secret, publishable),
        };
        let secret_key = SecretKey::parse(&secret)
            .map_err(|error: KeyError| wrong("STRIPE_SECRET_KEY", error.to_string()))?;
        let publishable_key = parse_publishable(&publishable)?;
        let live = secret_key.mode() == Mode::Live;
        if live == publishable_key.is_test() {
            let words = "is of the other mode than STRIPE_SECRET_KEY: both must be test keys, or both live keys";
            return Err(wrong("STRIPE_PUBLISHABLE_KEY", words));
        }
        let config = Config {
            secret_key,
            publishable_key,
            webhook_secrets: parse_webhook_secrets(var("STRIPE_WEBHOOK_SECRET"))?,
            api_url: var("STRIPE_API_URL").unwrap_or_else(|| API_URL.to_owned()),
            js_url: var("STRIPE_JS_URL").unwrap_or_else(|| STRIPE_JS_URL.to_owned()),
            site_url: var("SITE_URL")
                .map(|url| parse_site_url(&url))
                .transpose()?,
            database_url: DatabaseUrl::parse(var("DATABASE_URL"))?,
            site_root: var("LEPTOS_SITE_ROOT")
                .unwrap_or_else(|| "target/site".to_owned())
                .into(),
            hash_files: var("LEPTOS_HASH_FILES").as_deref() != Some("false"),
            address: parse_address(var("LEPTOS_SITE_ADDR"))?,
            capture: parse_capture(var("CAPTURE_METHOD"))?,
            order_log: var("ORDER_LOG").map(PathBuf::from),
            order_hook: parse_hook(var("ORDER_HOOK_URL"), var("ORDER_HOOK_SECRET"))?,
            reload_port: var("LEPTOS_WATCH")
                .and(var("LEPTOS_RELOAD_PORT"))
                .and_then(|port| port.parse().ok()),
            warnings: Vec::new(),
        };
        if live {
            config.check_live()
        } else {
            config.check_test()
        }
    }

    /// Whether money is real.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.secret_key.mode() == Mode::Live
    }

    fn check_live(self) -> Result<Config, ConfigError> {
        if self.api_url.trim_end_matches('/') != API_URL {
            return Err(wrong(
                "STRIPE_API_URL",
                format!("must be {API_URL} with live keys: nobody else may see them"),
            ));
        }
        if self.js_url != STRIPE_JS_URL {
            return Err(wrong(
                "STRIPE_JS_URL",
                format!("must be {STRIPE_JS_URL} with live keys"),
            ));
        }
        match &self.site_url {
            Some(url) if url.starts_with("https://") => {}
            Some(_) => return Err(wrong("SITE_URL", "must begin with https:// with live keys")),
            None => return Err(ConfigError::Missing("SITE_URL")),
        }
        if self.webhook_secrets.is_empty() {
            return Err(ConfigError::Missing("STRIPE_WEBHOOK_SECRET"));
        }
        Ok(self)
    }

    fn check_test(mut self) -> Result<Config, ConfigError> {
        for (name, url) in [
            ("STRIPE_API_URL", &self.api_url),
            ("STRIPE_JS_URL", &self.js_url),
        ] {
            if origin_of(url).is_none() {
                return Err(wrong(
                    name,
                    "must be https://…, or http://… on this machine",
                ));
            }
        }
        if self.webhook_secrets.is_empty() {
            self.warnings.push(
                "no STRIPE_WEBHOOK_SECRET: orders whose shopper closes the page are settled only when somebody looks at \
                 them. `stripe listen --forward-to <this shop>/stripe/webhook` prints a secret for testing."
                    .to_owned(),
            );
        }
        Ok(self)
    }
}

fn parse_publishable(text: &str) -> Result<PublishableKey, ConfigError> {
    const NAME: &str = "STRIPE_PUBLISHABLE_KEY";
    if ["sk_", "rk_"].iter().any(|prefix| text.starts_with(prefix)) {
        return Err(wrong(
            NAME,
            "holds a secret key: it would be sent to every browser. Roll that key, and set the one that begins with pk_",
        ));
    }
    PublishableKey::parse(text).map_err(|error| wrong(NAME, format!("is {error}")))
}

/// One secret, or several between commas or blanks.
fn parse_webhook_secrets(text: Option<String>) -> Result<Vec<WebhookSecret>, ConfigError> {
    let text = text.unwrap_or_default();
    text.split([',', ' '])
        .filter(|secret| !secret.is_empty())
        .map(|secret| {
            WebhookSecret::parse(secret)
                .map_err(|error| wrong("STRIPE_WEBHOOK_SECRET", error.to_string()))
        })
        .collect()
}

fn parse_capture(text: Option<String>) -> Result<Capture, ConfigError> {
    match text.as_deref() {
        None | Some("automatic") => Ok(Capture::Automatic),
        Some("manual") => Ok(Capture::Manual),
        Some(_) => Err(wrong(
            "CAPTURE_METHOD",
            "must be automatic (the money is taken with the payment) or manual (it is held until you capture it)",
        )),
    }
}

fn parse_hook(
    url: Option<String>,
    secret: Option<String>,
) -> Result<Option<OrderHook>, ConfigError> {
    let Some(url) = url else { return Ok(None) };
    if origin_of(&url).is_none() {
        let words = "must be https://…, or http://… on this machine";
        return Err(wrong("ORDER_HOOK_URL", words));
    }
    let secret = secret.ok_or(ConfigError::Missing("ORDER_HOOK_SECRET"))?;
    let secret = WebhookSecret::parse(&secret)
        .map_err(|error| wrong("ORDER_HOOK_SECRET", error.to_string()))?;
    Ok(Some(OrderHook { url, secret }))
}

fn parse_site_url(text: &str) -> Result<String, ConfigError> {
    let text = text.trim_end_matches('/');
    match origin_of(text) {
        Some(origin) if origin == text => Ok(origin),
        _ => Err(wrong(
            "SITE_URL",
            "must be the shop's own address, without a path: https://shop.example",
        )),
    }
}

fn parse_address(text: Option<String>) -> Result<SocketAddr, ConfigError> {
    let text = text.unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    text.parse().map_err(|_| {
        wrong(
            "LEPTOS_SITE_ADDR",
            "must be an address and a port: 127.0.0.1:3000",
        )
    })
}

/// The origin of an address that is https, or http on this machine.
pub(crate) fn origin_of(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    let is_local = authority.host() == "localhost"
        || authority
            .host()
            .trim_matches(['[', ']'])
            .parse()
            .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let allowed = scheme == "https" || (scheme == "http" && is_local);
    (allowed && !authority.as_str().contains('@')).then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests;
