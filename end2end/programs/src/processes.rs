//! The two programs: started, asked, killed.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

pub(crate) const SECRET_KEY: &str = "sk_test_programs";
const PUBLISHABLE_KEY: &str = "pk_test_programs";
/// What the shop's webhooks are signed with.
pub const WEBHOOK_SECRET: &str = "whsec_programs";

/// A port that was free a moment ago: the shop comes back to the same one.
///
/// # Errors
/// There is none.
pub async fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}

/// Starts a program and reads the address in its first line.
async fn start(command: &mut Command) -> Result<(Child, String)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{:?}", command.as_std().get_program()))?;
    let output = child.stdout.take().context("no output")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some(at) = line.find("http://") {
            let url = line[at..].split_whitespace().next().unwrap_or_default();
            let url = url.to_owned();
            // Read on, or the program would one day wait for room.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((child, url));
        }
    }
    anyhow::bail!("it ended at once: {:?}", child.wait().await?)
}

/// The sandbox, which lives through it all.
pub struct Sandbox {
    /// Where it listens.
    pub url: String,
    _child: Child,
}

impl Sandbox {
    /// Starts it, with a shop on that port to be told of events, if there is one.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(program: &Path, shop_port: Option<u16>) -> Result<Sandbox> {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--quiet"]);
        if let Some(port) = shop_port {
            let webhook = format!("http://127.0.0.1:{port}/stripe/webhook");
            command.args(["--webhook", &webhook, "--webhook-secret", WEBHOOK_SECRET]);
        }
        let (child, url) = start(&mut command).await?;
        Ok(Sandbox { url, _child: child })
    }

    /// All that it holds.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn state(&self) -> Result<Value> {
        let url = format!("{}/_control/state", self.url);
        let answer = reqwest::Client::new()
            .get(url)
            .bearer_auth(SECRET_KEY)
            .send()
            .await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Plans a fault.
    ///
    /// # Errors
    /// It does not take it.
    pub async fn fault(&self, fault: &Value) -> Result<()> {
        let url = format!("{}/_control/faults", self.url);
        let asked = reqwest::Client::new()
            .post(url)
            .bearer_auth(SECRET_KEY)
            .json(fault);
        asked.send().await?.error_for_status()?;
        Ok(())
    }
}

/// The shop, until it is killed.
pub struct Shop {
    /// Where it listens.
    pub url: String,
    child: Child,
}

impl Shop {
    /// Starts it with a folder for what it writes, a port of its own, Stripe's address and its books'.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(
        program: &Path,
        folder: &Path,
        port: u16,
        stripe: &str,
        database: &str,
    ) -> Result<Shop> {
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env("STRIPE_SECRET_KEY", SECRET_KEY)
            .env("STRIPE_PUBLISHABLE_KEY", PUBLISHABLE_KEY)
            .env("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
            .env("STRIPE_API_URL", stripe)
            .env("STRIPE_JS_URL", format!("{stripe}/endive/stripe.js"))
            .env("DATABASE_URL", database)
            .env("LEPTOS_SITE_ROOT", folder)
            .env("LEPTOS_HASH_FILES", "false")
            .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}"));
        let (child, url) = start(&mut command).await?;
        Ok(Shop { url, child })
    }

    /// SIGKILL: it has no chance to finish anything.
    ///
    /// # Errors
    /// It died by itself.
    pub async fn kill(&mut self) -> Result<()> {
        ensure!(self.child.try_wait()?.is_none(), "the shop died by itself");
        self.child.kill().await?;
        Ok(())
    }
}
