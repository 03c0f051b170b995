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
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::Parser;
use server::config::Config;
use stripe_sandbox::{Options, Sandbox, Webhook};
use tokio::{net::TcpListener, sync::oneshot};
use tracing_subscriber::EnvFilter;

use crate::{folder::Folder, greeting::Greeting};

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
    #[arg(long, default_value = ".data")]
    data: PathBuf,
    /// For programs: say where everything is in one line of JSON.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
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
    let config = Config::from_vars(|name| setting(name, &greeting, &folder))?;
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
fn setting(name: &str, greeting: &Greeting, folder: &Folder) -> Option<String> {
    Some(match name {
        "STRIPE_SECRET_KEY" => folder.keys.secret_key(),
        "STRIPE_PUBLISHABLE_KEY" => folder.keys.publishable_key(),
        "STRIPE_WEBHOOK_SECRET" => folder.keys.webhook_secret(),
        "STRIPE_API_URL" => greeting.sandbox.clone(),
        "STRIPE_JS_URL" => format!("{}/endive/stripe.js", greeting.sandbox),
        "SITE_URL" => greeting.shop.clone(),
        "DATABASE_URL" => format!("sqlite://{}", folder.path.join("till.db").display()),
        "LEPTOS_SITE_ROOT" => site().display().to_string(),
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
