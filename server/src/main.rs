//! The shop's own process: settings from the environment; a listener and a signal to stop, or one command.

use std::io::stdout;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use orders::OrderStore;
use server::config::Config;
use server::{Parts, operator};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Till's shop. Without a command it serves the shop; settings come from the environment or from .env.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Looks at orders, captures, cancels, refunds, reconciles
    Orders {
        #[command(subcommand)]
        command: operator::Command,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .init();
    let result = match Cli::parse().command {
        None => serve().await.map(|()| ExitCode::SUCCESS),
        Some(Command::Orders { command }) => orders(command).await,
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does one thing with the books, beside a running shop or without one.
async fn orders(command: operator::Command) -> Result<ExitCode> {
    let config = Config::from_env()?;
    let site_url = config.site_url.clone().unwrap_or_default();
    let parts = Parts::open(config, site_url).await?;
    let code = operator::run(&parts.payments, command, &mut stdout()).await;
    parts.payments.store().close().await;
    code
}

async fn serve() -> Result<()> {
    let config = Config::from_env()?;
    let listener = TcpListener::bind(config.address)
        .await
        .with_context(|| format!("cannot listen on {}", config.address))?;
    println!("Till listens on http://{}", listener.local_addr()?);
    let mut terminate = signal(SignalKind::terminate())?;
    let shutdown = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    };
    server::serve(config, listener, shutdown).await
}
