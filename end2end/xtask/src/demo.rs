//! `cargo xtask demo`: the release site, and the demo program in this one's place.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{house::House, run::become_program, setup::Setup, site};

pub fn run(house: &House, setup: &Setup, args: &[String]) -> Result<ExitCode> {
    let program = house.binary("release", "demo");
    // What works beside a running demo needs no newer one.
    let beside = args.first().is_some_and(|arg| arg == "orders");
    if !(beside && program.exists()) {
        println!("The first build takes about ten minutes on two cores, later ones seconds.");
        site::build(house, setup)?;
    }
    let mut demo = Command::new(program);
    demo.args(args);
    let is_data = |arg: &String| arg == "--data" || arg.starts_with("--data=");
    if !args.iter().any(is_data) {
        // The same orders, wherever in the workspace the command was typed.
        demo.arg("--data").arg(house.root.join(".data"));
    }
    become_program(&mut demo)
}
