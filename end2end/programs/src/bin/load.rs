//! `load`: what the shop adds to a payment. The same payment is made at the sandbox directly and through the shop's
//! program, one at a time and sixteen at once; then webhooks are sent as fast as they are taken. Ratios are what to
//! look at: both sides share the machine.

#[path = "load/fill.rs"]
mod fill;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use programs::{Sandbox, Shop, Shopper, WEBHOOK_SECRET, free_port};
use reqwest::Client;
use stripe_rest::WebhookSecret;
use stripe_rest::webhook::sign;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

/// How many shoppers, or deliveries, are under way at once where it is not one.
const AT_ONCE: usize = 16;

/// Measures the shop's program.
#[derive(Parser)]
struct Args {
    /// The shop's program
    #[arg(long)]
    server: PathBuf,
    /// The sandbox's program
    #[arg(long)]
    sandbox: PathBuf,
    /// The books; a SQLite file of its own if not given
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// How many paid orders the books hold before
    #[arg(long, default_value_t = 0)]
    orders: u32,
    /// How many payments each measure makes
    #[arg(long, default_value_t = 1_000)]
    payments: usize,
    /// How many webhooks are sent
    #[arg(long, default_value_t = 5_000)]
    webhooks: usize,
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
    let folder = tempfile::tempdir()?;
    let sqlite = format!("sqlite://{}", folder.path().join("till.db").display());
    let database = args.database.clone().unwrap_or(sqlite);
    let sandbox = Sandbox::start(&args.sandbox, None).await?;
    let port = free_port().await?;
    let start = || Shop::start(&args.server, folder.path(), port, &sandbox.url, &database);
    let mut shop = start().await?;
    if args.orders > 0 {
        let mut shopper = Shopper::new(&shop.url, &sandbox.url)?;
        let key = shopper.order().await?;
        shopper.pay(&key, false).await?;
        shop.kill().await?;
        fill::copies(&database, args.orders).await?;
        shop = start().await?;
    }
    // The first few warm caches and connections.
    confirmations(&shop, &sandbox, 50, 1).await?;
    let alone = direct(&sandbox, args.payments, 1).await?;
    let one = confirmations(&shop, &sandbox, args.payments, 1).await?;
    let crowd_alone = direct(&sandbox, args.payments, AT_ONCE).await?;
    let crowd = confirmations(&shop, &sandbox, args.payments, AT_ONCE).await?;
    let webhooks = deliver(&shop, args.webhooks).await?;
    shop.kill().await?;

    let store = database.split(':').next().unwrap_or_default();
    println!("{store}, {} orders in the books", args.orders);
    let line = |what: &str, measured: &Measured| {
        println!(
            "  {what:<34} median {:>6.2} ms   99 of 100 in {:>6.2} ms   {:>7.0} a second",
            measured.share_ms(50),
            measured.share_ms(99),
            measured.rate()
        );
    };
    line("at the sandbox, one at a time", &alone);
    line("through the shop, one at a time", &one);
    line("at the sandbox, 16 at once", &crowd_alone);
    line("through the shop, 16 at once", &crowd);
    line("webhooks taken in, 16 at once", &webhooks);
    println!(
        "  the shop's own time: {:.2} ms at the median; 16 at once: {:.2} of the sandbox alone",
        one.share_ms(50) - alone.share_ms(50),
        crowd.rate() / crowd_alone.rate()
    );
    Ok(())
}

/// How long each took, and all of them.
struct Measured {
    each: Vec<Duration>,
    all: Duration,
}

impl Measured {
    /// So many in a hundred took no longer.
    fn share_ms(&self, percent: usize) -> f64 {
        let at = (self.each.len() * percent / 100).min(self.each.len().saturating_sub(1));
        self.each
            .get(at)
            .map_or(0.0, |took| took.as_secs_f64() * 1e3)
    }

    fn rate(&self) -> f64 {
        self.each.len() as f64 / self.all.as_secs_f64()
    }
}

/// Does all of it, so many at once.
async fn measure<W, F>(work: Vec<W>, at_once: usize, act: impl Fn(W) -> F) -> Result<Measured>
where
    W: Send + 'static,
    F: Future<Output = Result<()>> + Send + 'static,
{
    let act = |work| {
        let done = act(work);
        async move {
            let started = Instant::now();
            done.await?;
            anyhow::Ok(started.elapsed())
        }
    };
    let count = work.len();
    let waiting: Vec<_> = work.into_iter().map(act).collect();
    let waiting = Arc::new(Mutex::new(waiting));
    let started = Instant::now();
    let mut hands = JoinSet::new();
    for _ in 0..at_once {
        let waiting = waiting.clone();
        hands.spawn(async move {
            let mut each = Vec::new();
            loop {
                let next = waiting.lock().await.pop();
                match next {
                    Some(next) => each.push(next.await?),
                    None => return anyhow::Ok(each),
                }
            }
        });
    }
    let mut each = Vec::with_capacity(count);
    while let Some(hand) = hands.join_next().await {
        each.extend(hand??);
    }
    let all = started.elapsed();
    each.sort();
    Ok(Measured { each, all })
}

/// Payments at the sandbox, with the call that the shop would make.
async fn direct(sandbox: &Sandbox, count: usize, at_once: usize) -> Result<Measured> {
    let shopper = Shopper::new("", &sandbox.url)?;
    let client = Client::new();
    let mut calls = Vec::with_capacity(count);
    for _ in 0..count {
        let token = shopper.token_that_pays().await?;
        let key = format!("{:032x}", fastrand::u128(..));
        let form = format!(
            "amount=2400&currency=usd&confirm=true&description=Order&metadata[shop_id]=shop&metadata[order_key]={key}\
             &metadata[attempt]=1&confirmation_token={token}&use_stripe_sdk=true&return_url=http%3A%2F%2F127.0.0.1%2Forders\
             &receipt_email=ada%40example.com&shipping[name]=Ada&shipping[address][line1]=12%20St%20James's%20Square\
             &shipping[address][city]=London&shipping[address][postal_code]=SW1Y%204JH&shipping[address][country]=GB"
        );
        let url = format!("{}/v1/payment_intents", sandbox.url);
        let asked = client.post(url).bearer_auth("sk_test_programs");
        let asked = asked
            .header("content-type", "application/x-www-form-urlencoded")
            .header("idempotency-key", key)
            .body(form);
        calls.push(asked);
    }
    measure(calls, at_once, |asked| async move {
        let answer = asked.send().await?.error_for_status()?;
        answer.bytes().await?;
        Ok(())
    })
    .await
}

/// Payments through the shop; orders and tokens are made before.
async fn confirmations(
    shop: &Shop,
    sandbox: &Sandbox,
    count: usize,
    at_once: usize,
) -> Result<Measured> {
    let orders = (0..count).map(|_| {
        let shopper = Shopper::new(&shop.url, &sandbox.url);
        async move {
            let mut shopper = shopper?;
            let key = shopper.order().await?;
            let token = shopper.token_that_pays().await?;
            anyhow::Ok((shopper, key, token))
        }
    });
    let mut ready = Vec::with_capacity(count);
    for order in orders {
        ready.push(order.await?);
    }
    measure(ready, at_once, |(shopper, key, token)| async move {
        let answer = shopper.press(&key, &token).await?;
        ensure!(answer["outcome"] == "Paid", "the shop says {answer}");
        Ok(())
    })
    .await
}

/// Webhooks of payments that are another shop's, each signed and new: each is verified, stored and acknowledged.
async fn deliver(shop: &Shop, count: usize) -> Result<Measured> {
    let secret = WebhookSecret::parse(WEBHOOK_SECRET).context("the webhook secret")?;
    let client = Client::new();
    let url = format!("{}/stripe/webhook", shop.url);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let now = i64::try_from(now.as_secs())?;
    let deliveries = (0..count).map(|number| {
        let body = format!(
            r#"{{"id":"evt_load{number}","object":"event","type":"payment_intent.succeeded","created":{now},
                "livemode":false,"api_version":"2026-10-28.endive","data":{{"object":{{"id":"pi_load{number}",
                "object":"payment_intent","amount":2400,"currency":"usd","status":"succeeded","metadata":{{}}}}}}}}"#
        );
        let signature = sign(body.as_bytes(), &secret, now);
        client
            .post(&url)
            .header("stripe-signature", signature)
            .body(body)
    });
    measure(deliveries.collect(), AT_ONCE, |asked| async move {
        asked.send().await?.error_for_status()?;
        Ok(())
    })
    .await
}
