//! `crash --rounds N`: the shop's own program and the sandbox's, as two processes; the shop is killed at a random moment
//! of every round, while shoppers pay and Stripe fails, and started again. Afterwards every order has exactly one
//! charge, and every charge its order.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use programs::{Sandbox, Shop, Shopper, free_port};

/// How long a round may take: the shoppers are patient, and the shop must not keep them for ever.
const ROUND_WITHIN: Duration = Duration::from_secs(120);

/// Kills the shop again and again.
#[derive(Parser)]
struct Args {
    /// The shop's program
    #[arg(long)]
    server: PathBuf,
    /// The sandbox's program
    #[arg(long)]
    sandbox: PathBuf,
    /// How often the shop is killed
    #[arg(long, default_value_t = 10)]
    rounds: u32,
    /// Shoppers who pay in each round
    #[arg(long, default_value_t = 4)]
    shoppers: u32,
    /// The books; a SQLite file of its own if not given
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Chooses the moments and the faults
    #[arg(long)]
    seed: Option<u64>,
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
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(..));
    fastrand::seed(seed);
    println!("seed {seed}");
    let folder = tempfile::tempdir()?;
    let sqlite = format!("sqlite://{}", folder.path().join("till.db").display());
    let database = args.database.unwrap_or(sqlite);
    let port = free_port().await?;
    let sandbox = Sandbox::start(&args.sandbox, Some(port)).await?;
    let start = || Shop::start(&args.server, folder.path(), port, &sandbox.url, &database);
    let mut shop = start().await?;
    let mut keys = Vec::new();
    for round in 1..=args.rounds {
        let mut shoppers = JoinSet::new();
        for _ in 0..args.shoppers {
            let mut shopper = Shopper::new(&shop.url, &sandbox.url)?;
            let declined_first = fastrand::bool();
            shoppers.spawn(async move {
                let key = shopper.order().await?;
                shopper.pay(&key, declined_first).await?;
                anyhow::Ok(key)
            });
        }
        for _ in 0..fastrand::u32(0..=3) {
            sandbox.fault(&fault()).await?;
        }
        tokio::time::sleep(Duration::from_millis(fastrand::u64(0..=400))).await;
        shop.kill().await?;
        shop = start().await?;
        let all = async {
            while let Some(ended) = shoppers.join_next().await {
                keys.push(ended??);
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(ROUND_WITHIN, all)
            .await
            .with_context(|| format!("round {round}: an order was never paid"))??;
    }
    let charges = check(&sandbox.state().await?, &keys)?;
    shop.kill().await?;
    println!(
        "{} rounds, {} orders, {charges} charges: one for each",
        args.rounds,
        keys.len()
    );
    Ok(())
}

fn fault() -> Value {
    let kinds = [
        json!({ "kind": "reset", "after_commit": true }),
        json!({ "kind": "reset" }),
        json!({ "kind": "status", "status": 500 }),
        json!({ "kind": "lock_timeout" }),
        json!({ "kind": "delay", "ms": fastrand::u32(100..=2_000) }),
    ];
    let fault = &kinds[fastrand::usize(..kinds.len())];
    json!({ "method": "POST", "path": "/v1/payment_intents*", "nth": fastrand::u32(1..=4), "fault": fault })
}

/// Every order has one charge that it kept, and every charge that was kept has its order; how many.
fn check(state: &Value, keys: &[String]) -> Result<usize> {
    let list = |what: &str| state[what].as_array().into_iter().flatten();
    let mut kept: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for intent in list("payment_intents") {
        let id = intent["id"].as_str().unwrap_or_default();
        let back = list("refunds")
            .filter(|refund| refund["payment_intent"] == id)
            .filter_map(|refund| refund["amount"].as_i64());
        let received = intent["amount_received"].as_i64().unwrap_or_default();
        if received - back.sum::<i64>() > 0 {
            let key = intent["metadata"]["order_key"].as_str().unwrap_or_default();
            kept.entry(key).or_default().push(id);
        }
    }
    for key in keys {
        let charged = kept.get(key.as_str()).map_or(0, Vec::len);
        ensure!(charged == 1, "order {key} has {charged} charges");
    }
    for (key, ids) in &kept {
        ensure!(
            keys.iter().any(|known| known == key),
            "{ids:?} were charged for {key:?}, which nobody ordered"
        );
    }
    Ok(kept.len())
}
