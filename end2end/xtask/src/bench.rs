//! `cargo xtask bench`: what the payment core costs, and what the shop adds to a payment, on books that are new and on
//! books that have grown. Nothing here fails for being slow: the machine is somebody's.

use std::process::Command;

use anyhow::Result;

use crate::{
    house::House,
    postgres::{Durability, Postgres},
    run::run as run_program,
    setup::Setup,
};

/// How many paid orders the books hold before.
const GROWN: [&str; 3] = ["0", "10000", "1000000"];

/// Runs everything; `rest` goes to the load, after the books are chosen.
pub fn run(house: &House, setup: &Setup, rest: &[String]) -> Result<()> {
    let postgres = Postgres::start(&setup.postgres()?, Durability::Durable)?;
    for package in ["checkout", "stripe-rest", "orders"] {
        let mut bench = house.cargo(&[]);
        bench
            .args(["bench", "--package", package])
            .env("TILL_POSTGRES", postgres.url());
        run_program(&mut bench)?;
    }
    drop(postgres);
    let build = "build --release --package programs --package server --package stripe-sandbox";
    run_program(house.cargo(&[]).args(build.split(' ')))?;
    for orders in GROWN {
        load(house, None, orders, rest)?;
    }
    for orders in GROWN {
        // Each on a server of its own, so that none inherits the other's books.
        let postgres = Postgres::start(&setup.postgres()?, Durability::Durable)?;
        load(house, Some(&postgres), orders, rest)?;
    }
    Ok(())
}

fn load(house: &House, postgres: Option<&Postgres>, orders: &str, rest: &[String]) -> Result<()> {
    let mut command = Command::new(house.binary("release", "load"));
    command
        .arg("--server")
        .arg(house.binary("release", "server"))
        .arg("--sandbox")
        .arg(house.binary("release", "stripe-sandbox"))
        .args(["--orders", orders])
        .args(rest);
    if let Some(postgres) = postgres {
        command.arg("--database").arg(postgres.url());
    }
    run_program(&mut command)
}
