//! `cargo xtask dev`: the sandbox, and the shop rebuilt and reloaded at every change, pointed at it.

use std::{
    process::{Child, Command, ExitCode},
    thread,
    time::Duration,
};

use anyhow::{Result, bail};

use crate::{house::House, run::run as run_program, setup::Setup};

const SANDBOX: &str = "http://127.0.0.1:12111";
const SANDBOX_PORT: &str = "12111";
/// `site-addr` of the workspace's Leptos settings.
const SHOP: &str = "http://127.0.0.1:3000";
const SECRET_KEY: &str = "sk_test_dev";
const PUBLISHABLE_KEY: &str = "pk_test_dev";
const WEBHOOK_SECRET: &str = "whsec_dev";

pub fn run(house: &House, setup: &Setup, args: &[String]) -> Result<ExitCode> {
    if let Some(arg) = args.first() {
        bail!("`cargo xtask dev` takes no `{arg}`");
    }
    let alone = house.alone()?;
    let folders = setup.leptos()?;
    drop(alone);
    let data = house.root.join(".data/dev");
    std::fs::create_dir_all(&data)?;
    run_program(
        house
            .cargo(&[])
            .args(["build", "--package", "stripe-sandbox"]),
    )?;
    let mut sandbox = Command::new(house.binary("debug", "stripe-sandbox"))
        .args(["--port", SANDBOX_PORT])
        .arg("--state")
        .arg(data.join("sandbox.json"))
        .args(["--webhook", &format!("{SHOP}/stripe/webhook")])
        .args(["--webhook-secret", WEBHOOK_SECRET])
        .spawn()?;
    let watch = house
        .cargo(&folders)
        .args(["leptos", "watch"])
        // A changed style sheet is swapped in the open page only under its plain name.
        .env("LEPTOS_HASH_FILES", "false")
        .env("STRIPE_SECRET_KEY", SECRET_KEY)
        .env("STRIPE_PUBLISHABLE_KEY", PUBLISHABLE_KEY)
        .env("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
        .env("STRIPE_API_URL", SANDBOX)
        .env("STRIPE_JS_URL", format!("{SANDBOX}/endive/stripe.js"))
        .env("SITE_URL", SHOP)
        .env(
            "DATABASE_URL",
            format!("sqlite://{}", data.join("till.db").display()),
        )
        .spawn();
    let outcome = watch.and_then(|mut watch| until_one_ends(&mut sandbox, &mut watch));
    // Either may be gone already: Ctrl-C reaches all three of us.
    sandbox.kill().ok();
    sandbox.wait()?;
    Ok(outcome?)
}

/// Neither is of use without the other.
fn until_one_ends(sandbox: &mut Child, watch: &mut Child) -> std::io::Result<ExitCode> {
    loop {
        if let Some(status) = watch.try_wait()? {
            return Ok(if status.success() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        if let Some(status) = sandbox.try_wait()? {
            eprintln!("the sandbox ended ({status}); is port {SANDBOX_PORT} taken?");
            watch.kill()?;
            watch.wait()?;
            return Ok(ExitCode::FAILURE);
        }
        thread::sleep(Duration::from_millis(200));
    }
}
