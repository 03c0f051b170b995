//! The program `stripe-sandbox`: a command line around the library.

mod live_log;

use anyhow::{Context, bail};
use axum::http::Uri;
use clap::Parser;
use live_log::Log;
use std::env;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use stripe_sandbox::{Certificate, LookInside, Options, Sandbox, Webhook};
use tokio::net::TcpListener;

/// Where a shop keeps its keys: a shell that has live ones is no place for a sandbox.
const KEYS: [&str; 3] = [
    "STRIPE_SECRET_KEY",
    "STRIPE_API_KEY",
    "STRIPE_PUBLISHABLE_KEY",
];

/// Stripe, offline: its API, Stripe.js, 3-D Secure, signed webhooks, test cards. Moves no money, refuses live keys.
///
/// Any pair of keys sk_test_NAME and pk_test_NAME opens a world of its own. The page at / shows what a world holds,
/// as it happens. Faults, the clock and all else that a test asks for are under /_control.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 12111, env = "STRIPE_SANDBOX_PORT")]
    port: u16,
    /// Address to listen on; others than loopback let other machines in
    #[arg(long, default_value = "127.0.0.1", env = "STRIPE_SANDBOX_HOST")]
    host: String,
    /// Makes ids repeatable; without it they are unique over runs
    #[arg(long, value_name = "N", env = "STRIPE_SANDBOX_SEED")]
    seed: Option<u64>,
    /// Send every event there; may be given several times (in the environment: with spaces between)
    #[arg(
        long,
        value_name = "URL",
        env = "STRIPE_SANDBOX_WEBHOOK",
        value_delimiter = ' ',
        value_parser = receiver
    )]
    webhook: Vec<String>,
    /// Sign events with this secret, instead of one made at the start
    #[arg(
        long,
        value_name = "whsec_…",
        env = "STRIPE_WEBHOOK_SECRET",
        hide_env_values = true
    )]
    webhook_secret: Option<String>,
    /// Keep everything in this file over restarts
    #[arg(long, value_name = "FILE", env = "STRIPE_SANDBOX_STATE")]
    state: Option<PathBuf>,
    /// Show the page at / to other machines, too: it opens every world without a key
    #[arg(long, env = "STRIPE_SANDBOX_LOOK_INSIDE")]
    look_inside: bool,
    /// Speak TLS, too, on the same port: for pages that load https://js.stripe.com. The certificate is made at the start
    #[arg(long, env = "STRIPE_SANDBOX_TLS")]
    tls: bool,
    /// As --tls, with the certificate.pem and key.pem of this folder; made and kept there if there are none
    #[arg(long, value_name = "FOLDER", env = "STRIPE_SANDBOX_TLS_CERT")]
    tls_cert: Option<PathBuf>,
    /// What to print as it happens, times in UTC
    #[arg(
        long,
        value_name = "WHAT",
        default_value = "all",
        env = "STRIPE_SANDBOX_LOG"
    )]
    log: Log,
    /// Print the address and nothing else: as --log none
    #[arg(long, short)]
    quiet: bool,
}

/// A payment makes and drops hundreds of small things: the system's allocator takes longer over them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    refuse_live_keys()?;
    let log = match arguments.quiet {
        true => Log::None,
        false => arguments.log,
    };
    live_log::start(log);
    let stop = stop()?;

    let listener = TcpListener::bind((arguments.host.as_str(), arguments.port))
        .await
        .with_context(|| format!("listening on {}:{}", arguments.host, arguments.port))?;
    let socket = listener.local_addr()?;
    let address = format!("http://{socket}");
    let tls = match (&arguments.tls_cert, arguments.tls) {
        (Some(folder), _) => Some(Certificate::kept_in(folder)?),
        (None, true) => Some(Certificate::generate()?),
        (None, false) => None,
    };
    let webhook_secret = match &arguments.webhook_secret {
        Some(secret) => secret.clone(),
        None => new_secret()?,
    };
    println!("stripe-sandbox: {address}");
    if !arguments.quiet {
        introduce(&address, &arguments, &webhook_secret);
        if let Some(certificate) = &tls {
            introduce_tls(socket, certificate);
        }
    }
    let webhook = |url: String| Webhook {
        url,
        secret: webhook_secret.clone(),
    };
    // A variable may be set and empty.
    let webhooks = arguments.webhook.into_iter().filter(|url| !url.is_empty());
    let sandbox = Sandbox::new(Options {
        seed: arguments.seed,
        state: arguments.state,
        webhooks: webhooks.map(webhook).collect(),
        look_inside: match arguments.look_inside {
            true => LookInside::Everybody,
            false => LookInside::ThisMachine,
        },
        tls,
    })?;
    sandbox.serve(listener, stop).await
}

/// An address that events can be sent to. A variable may be set and empty.
fn receiver(url: &str) -> Result<String, String> {
    let is_address = url.parse::<Uri>().is_ok_and(|uri| {
        let scheme = uri.scheme_str().unwrap_or_default();
        matches!(scheme, "http" | "https") && uri.host().is_some_and(|host| !host.is_empty())
    });
    if url.is_empty() || is_address {
        return Ok(url.to_owned());
    }
    Err("a webhook's address begins with http:// or https://, as http://127.0.0.1:3000/stripe/webhook".to_owned())
}

fn refuse_live_keys() -> anyhow::Result<()> {
    for name in KEYS {
        let key = env::var(name).unwrap_or_default();
        if ["sk_live_", "rk_live_", "pk_live_"]
            .iter()
            .any(|live| key.starts_with(live))
        {
            bail!(
                "{name} holds a live key. This is a sandbox, and starts only where none is within reach: unset it."
            );
        }
    }
    Ok(())
}

/// What a newcomer needs next.
fn introduce(address: &str, arguments: &Arguments, webhook_secret: &str) {
    println!(
        "  keys         sk_test_me and pk_test_me, or any other pair: each opens a world of its own"
    );
    println!("  Stripe.js    {address}/endive/stripe.js");
    println!("  look inside  {address}/");
    for url in &arguments.webhook {
        println!("  webhook      {url}");
    }
    if !arguments.webhook.is_empty() && arguments.webhook_secret.is_none() {
        println!("  signed with  {webhook_secret}");
    }
}

/// How a browser finds the sandbox under Stripe's names, and takes its certificate.
fn introduce_tls(mut socket: SocketAddr, certificate: &Certificate) {
    if socket.ip().is_unspecified() {
        socket.set_ip(IpAddr::from(Ipv4Addr::LOCALHOST));
    }
    println!(
        "  TLS          https://{socket}, and for a page that loads https://js.stripe.com, Chromium with"
    );
    println!(
        "    --host-resolver-rules=\"MAP *.stripe.com {socket}, MAP *.stripe.network {socket}\""
    );
    println!(
        "    --ignore-certificate-errors-spki-list={}",
        certificate.spki_sha256()
    );
}

fn new_secret() -> anyhow::Result<String> {
    let mut secret = String::from("whsec_");
    for _ in 0..2 {
        secret.push_str(&format!(
            "{:016x}",
            getrandom::u64().context("drawing a webhook secret")?
        ));
    }
    Ok(secret)
}

/// Completes when the program is to end. Heard from the moment this is called, and not only once it is awaited.
#[cfg(unix)]
fn stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for signals")?;
    let mut terminate = signal(SignalKind::terminate()).context("listening for signals")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
