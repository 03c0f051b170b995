//! The merchant's command line, and what the shop is told.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::StatusCode;
use clap::Parser;
use orders::Capture;
use serde_json::Value;
use server::Parts;
use server::config::{Config, OrderHook};
use server::operator::{self, Command};
use stripe_rest::WebhookSecret;
use tokio::sync::mpsc;

use crate::world::{Browser, SITE_URL, Shop, VISA, World, bell, until};

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

/// What `server orders <words>` says, and how it ends.
async fn orders(shop: &Shop, words: &str) -> (String, ExitCode) {
    let line = Line::try_parse_from(["orders"].into_iter().chain(words.split(' '))).unwrap();
    let mut said = Vec::new();
    let code = operator::run(&shop.parts.payments, line.command, &mut said)
        .await
        .unwrap();
    (String::from_utf8(said).unwrap(), code)
}

async fn json(shop: &Shop, words: &str) -> (Value, ExitCode) {
    let (said, code) = orders(shop, &format!("{words} --json")).await;
    (serde_json::from_str(&said).unwrap(), code)
}

async fn shop_that_holds(world: &World) -> Shop {
    let config = Config {
        capture: Capture::Manual,
        ..world.config()
    };
    Shop::of(Parts::open(config, SITE_URL.to_owned()).await.unwrap())
}

#[tokio::test]
async fn held_money_is_taken_and_given_back_from_the_command_line() {
    let world = World::new().await;
    let shop = shop_that_holds(&world).await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.bare_token("pm_card_visa").await;
    let held = shop.confirm(&key, 1, &token, &bell()).await;
    assert_eq!(held["outcome"], "Authorised");
    shop.get(&format!("/orders/{key}"))
        .await
        .says(&["Payment authorised"]);

    let (list, code) = orders(&shop, "list --payment authorised").await;
    assert_eq!(code, ExitCode::SUCCESS);
    let reference = list.split_whitespace().nth(2).unwrap().to_owned();

    let (taken, code) = json(
        &shop,
        &format!("capture {reference} --amount 20 --operation ship"),
    )
    .await;
    assert_eq!(code, ExitCode::SUCCESS, "{taken}");
    assert_eq!(
        (&taken["outcome"], &taken["captured_minor"]),
        (&"done".into(), &2_000.into())
    );
    let (again, code) = json(
        &shop,
        &format!("capture {key} --amount 20 --operation ship"),
    )
    .await;
    assert_eq!((again, code), (taken, ExitCode::SUCCESS));

    let (refused, code) = json(&shop, &format!("refund {key} --amount 20.01")).await;
    assert_eq!(code, ExitCode::from(3));
    assert!(
        refused["reason"].as_str().unwrap().contains("2000"),
        "{refused}"
    );
    for _ in 0..2 {
        let (said, code) = orders(&shop, &format!("refund {key} --operation back")).await;
        assert_eq!(code, ExitCode::SUCCESS, "{said}");
        assert!(
            said.starts_with("done\n") && said.contains("$20.00 succeeded"),
            "{said}"
        );
    }
    assert_eq!(world.all("refunds").await.len(), 1);

    let (shown, _) = orders(&shop, &format!("show {reference}")).await;
    for line in [
        "payment    Paid",
        "captured   $20.00",
        "capture  ship",
        "order_captured",
    ] {
        assert!(shown.contains(line), "{line} is not in\n{shown}");
    }
    let (_, code) = orders(&shop, &format!("cancel {key}")).await;
    assert_eq!(code, ExitCode::from(3));
}

#[tokio::test]
async fn a_cancelled_order_says_so_and_takes_no_money() {
    let world = World::new().await;
    let shop = shop_that_holds(&world).await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.bare_token("pm_card_visa").await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let (_, code) = orders(&shop, &format!("cancel {key}")).await;
    assert_eq!(code, ExitCode::SUCCESS);
    shop.get(&format!("/orders/{key}"))
        .await
        .says(&["Cancelled"]);
    assert_eq!(world.all("payment_intents").await[0]["status"], "canceled");
    assert_eq!(world.all("charges").await[0]["captured"], false);
}

#[tokio::test]
async fn books_that_missed_something_are_put_right_and_agree_the_next_time() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    // In the Dashboard, and no webhook came.
    let intent = world.all("payment_intents").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .post_to_stripe("/v1/refunds", format!("payment_intent={intent}&amount=400"))
        .await;
    // Another shop on the same account.
    let other = world.bare_token("pm_card_visa").await;
    world
        .post_to_stripe(
            "/v1/payment_intents",
            format!("amount=700&currency=usd&confirm=true&confirmation_token={other}&return_url=http%3A%2F%2F127.0.0.1"),
        )
        .await;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    for (differences, code) in [(1, 5), (0, 0)] {
        let (report, exit) = json(&shop, &format!("reconcile --day {today}")).await;
        assert_eq!(
            report["differences"].as_array().unwrap().len(),
            differences,
            "{report}"
        );
        assert_eq!(
            (&report["intents"], &report["orders"]),
            (&1.into(), &1.into())
        );
        assert_eq!(exit, ExitCode::from(code));
    }
    let (shown, _) = json(&shop, &format!("show {key}")).await;
    assert_eq!(shown["refundable_minor"], 2_000);
}

#[tokio::test]
async fn the_shop_is_told_by_signed_posts_until_it_says_yes() {
    let world = World::new().await;
    let (heard, mut posts) = mpsc::unbounded_channel();
    let receiver = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let secret = WebhookSecret::parse("whsec_ofTheHook").unwrap();
    let hook = OrderHook {
        url: format!("http://{}/told", receiver.local_addr().unwrap()),
        secret: secret.clone(),
    };
    let refuses_once = Arc::new(AtomicBool::new(true));
    let app = axum::Router::new().route(
        "/told",
        axum::routing::post(move |headers: axum::http::HeaderMap, body: String| {
            let refused = refuses_once.swap(false, Ordering::SeqCst);
            let signature = headers["till-signature"].to_str().unwrap().to_owned();
            heard.send((body, signature)).unwrap();
            async move {
                if refused {
                    StatusCode::INTERNAL_SERVER_ERROR
                } else {
                    StatusCode::OK
                }
            }
        }),
    );
    let receiving = tokio::spawn(axum::serve(receiver, app).into_future());
    let config = Config {
        order_hook: Some(hook),
        ..world.config()
    };
    let shop = Shop::of(
        Parts::open(config.clone(), SITE_URL.to_owned())
            .await
            .unwrap(),
    );
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    drop(shop);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server::serve(config, listener, async {
        stopped.await.ok();
    }));
    until("the message to be delivered", async || {
        world.count("outbox WHERE delivered_ms IS NOT NULL").await == 1
    })
    .await;
    let now_s = crate::world::now_s();
    for _ in 0..2 {
        let (body, signature) = posts.recv().await.unwrap();
        let time: i64 = signature["t=".len()..]
            .split(',')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!((now_s - time).abs() < 60);
        assert_eq!(
            stripe_rest::webhook::sign(body.as_bytes(), &secret, time),
            signature
        );
        let told: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            (&told["kind"], &told["order"]),
            (&"order_paid".into(), &key.clone().into())
        );
    }
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    receiving.abort();
}
