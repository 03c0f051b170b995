//! The shop and the Stripe sandbox in one process: what a newcomer starts first, and the world of every end-to-end
//! test. It introduces the two to each other, as keys and settings introduce the shop to Stripe, and adds nothing
//! to either.

mod folder;
mod greeting;
mod port;
mod signal;

use std::{
    env,
    future::Future,
    io::stdout,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use server::{Parts, config::Config, operator};
use stripe_sandbox::{Options, Sandbox, Webhook};
use tokio::{net::TcpListener, sync::oneshot};
use tracing_subscriber::EnvFilter;

use crate::{
    folder::{Folder, Keys, Neighbour},
    greeting::Greeting,
};

/// The shop with a Stripe sandbox: no account, no configuration.
#[derive(Parser)]
struct Args {
    /// The shop's port; when it is taken, the next free one. 0: any.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The sandbox's port, likewise.
    #[arg(long, default_value_t = 4242)]
    sandbox_port: u16,
    /// Where orders, the sandbox's objects and the keys are kept.
    #[arg(long, default_value = ".data", global = true)]
    data: PathBuf,
    /// For programs: say where everything is in one line of JSON.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// The merchant's side of the running demo: looks at orders, captures, cancels, refunds, reconciles
    Orders {
        #[command(subcommand)]
        command: operator::Command,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = Args::parse();
    let result = match args.command.take() {
        None => run(args).await.map(|()| ExitCode::SUCCESS),
        Some(Command::Orders { command }) => orders(&args.data, command).await,
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// One command on the books of a demo that runs beside this process.
async fn orders(data: &Path, command: operator::Command) -> Result<ExitCode> {
    let demo = Neighbour::find(data)?;
    let config = Config::from_vars(|name| setting(name, &demo.keys, &demo.sandbox, &demo.path))?;
    let parts = Parts::open(config, String::new()).await?;
    operator::run(&parts.payments, command, &mut stdout()).await
}

async fn run(args: Args) -> Result<()> {
    // Standard output belongs to the greeting.
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()))
        .init();

    let folder = Folder::open(&args.data)?;
    let shop = port::listen(args.port, "shop").await?;
    let sandbox = port::listen(args.sandbox_port, "sandbox").await?;
    let greeting = Greeting {
        shop: url(shop.local_addr()?),
        sandbox: url(sandbox.local_addr()?),
        secret_key: folder.keys.secret_key(),
        data: folder.path.clone(),
    };
    folder.note_sandbox(&greeting.sandbox)?;
    let site_url = greeting.shop.clone();
    let config = Config::from_vars(|name| match name {
        "SITE_URL" => Some(site_url.clone()),
        "LEPTOS_SITE_ROOT" => Some(site().display().to_string()),
        name => setting(name, &folder.keys, &greeting.sandbox, &folder.path),
    })?;
    let stripe = Sandbox::new(Options {
        state: Some(folder.path.join("sandbox.json")),
        webhooks: vec![Webhook {
            url: format!("{}/stripe/webhook", greeting.shop),
            secret: folder.keys.webhook_secret(),
        }],
        ..Options::default()
    })?;

    if args.json {
        println!("{}", greeting.json());
    } else {
        println!("{greeting}");
    }
    serve(config, shop, stripe, sandbox, signal::stop()?).await
}

/// Runs both until told to stop. The shop ends first: a payment under way still needs its Stripe.
async fn serve(
    config: Config,
    shop: TcpListener,
    stripe: Sandbox,
    sandbox: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let (shop_ended, wait_for_shop) = oneshot::channel::<()>();
    let (sandbox_ended, wait_for_sandbox) = oneshot::channel::<()>();
    let shop = async move {
        let served = server::serve(config, shop, async {
            tokio::select! {
                () = stop => {}
                // A shop without its Stripe would only fail, payment by payment.
                _ = wait_for_sandbox => {}
            }
        });
        let served = served.await.context("the shop");
        drop(shop_ended);
        served
    };
    let sandbox = async move {
        let served = stripe.serve(sandbox, async {
            wait_for_shop.await.ok();
        });
        let served = served.await.context("the sandbox");
        drop(sandbox_ended);
        served
    };
    let (shop, sandbox) = tokio::join!(shop, sandbox);
    shop.and(sandbox)
}

/// The shop's settings: what `.env` would hold.
fn setting(name: &str, keys: &Keys, sandbox: &str, data: &Path) -> Option<String> {
    Some(match name {
        "STRIPE_SECRET_KEY" => keys.secret_key(),
        "STRIPE_PUBLISHABLE_KEY" => keys.publishable_key(),
        "STRIPE_WEBHOOK_SECRET" => keys.webhook_secret(),
        "STRIPE_API_URL" => sandbox.to_owned(),
        "STRIPE_JS_URL" => format!("{sandbox}/endive/stripe.js"),
        "DATABASE_URL" => format!("sqlite://{}", data.join("till.db").display()),
        "ORDER_LOG" => data.join("orders.jsonl").display().to_string(),
        // A key or an address in the environment is meant for the real shop, and must not reach this one.
        _ => return None,
    })
}

/// The release site lies beside the release binaries.
fn site() -> PathBuf {
    let beside = env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.ancestors().nth(2)?.join("site")));
    beside
        .filter(|site| site.is_dir())
        .unwrap_or_else(|| Path::new("target/site").to_path_buf())
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}
