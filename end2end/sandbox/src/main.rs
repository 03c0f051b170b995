//! The program `stripe-sandbox`: a command line around the library.

use anyhow::Context;
use clap::Parser;
use std::io::IsTerminal;
use std::path::PathBuf;
use stripe_sandbox::{Options, Sandbox, Webhook};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Stripe's API, offline: test cards, 3-D Secure, signed webhooks. Moves no money.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 12111)]
    port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Makes ids repeatable; without it they are unique over runs
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Send every event there; may be given several times
    #[arg(long, value_name = "URL")]
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
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .with_level(false)
        .init();

    let listener = TcpListener::bind((arguments.host.as_str(), arguments.port))
        .await
        .with_context(|| format!("listening on {}:{}", arguments.host, arguments.port))?;
    println!("stripe-sandbox: http://{}", listener.local_addr()?);
    let secret = match arguments.webhook_secret {
        Some(secret) => secret,
        None => new_secret()?,
    };
    let webhook = |url: String| {
        println!("webhooks to {url}");
        Webhook {
            url,
            secret: secret.clone(),
        }
    };
    let sandbox = Sandbox::new(Options {
        seed: arguments.seed,
        state: arguments.state,
        webhooks: arguments.webhook.into_iter().map(webhook).collect(),
    })?;
    sandbox.serve(listener, interrupted()).await
}

/// A webhook secret of its own, told so that the receiver can be given it.
fn new_secret() -> anyhow::Result<String> {
    let mut secret = String::from("whsec_");
    for _ in 0..2 {
        secret.push_str(&format!(
            "{:016x}",
            getrandom::u64().context("drawing a webhook secret")?
        ));
    }
    println!("webhook signing secret: {secret}");
    Ok(secret)
}

async fn interrupted() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
