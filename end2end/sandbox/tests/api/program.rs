//! The program: what it prints, what it refuses to start with, how it ends.

use crate::client;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_stripe-sandbox");

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["--port", "0"]).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in [
        "RUST_LOG",
        "STRIPE_SECRET_KEY",
        "STRIPE_API_KEY",
        "STRIPE_PUBLISHABLE_KEY",
    ] {
        command.env_remove(name);
    }
    command
}

struct Program {
    child: Child,
    address: String,
    lines: BufReader<std::process::ChildStdout>,
}

impl Program {
    fn start(arguments: &[&str]) -> Program {
        let mut child = command(arguments).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut first = String::new();
        lines.read_line(&mut first).expect("a line");
        let address = first.trim().strip_prefix("stripe-sandbox: ");
        let address = address.expect("the address comes first").to_owned();
        Program {
            child,
            address,
            lines,
        }
    }

    async fn create_customer(&self) -> Value {
        let url = format!("{}/v1/customers", self.address);
        let request = reqwest::Client::new().post(url).bearer_auth("sk_test_w");
        client::json(request.send().await.expect("an answer")).await
    }

    /// Asks it to end, as a service manager would. What it has printed after the address, and logged.
    fn end(mut self) -> (ExitStatus, String, String) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        assert!(asked.expect("kill").success());
        let mut printed = String::new();
        self.lines.read_to_string(&mut printed).expect("text");
        let mut logged = String::new();
        let mut errors = self.child.stderr.take().expect("its log");
        errors.read_to_string(&mut logged).expect("text");
        (self.child.wait().expect("it ends"), printed, logged)
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_says_where_it_is_what_happens_and_ends_when_told() {
    let program = Program::start(&["--webhook", "http://127.0.0.1:9/hook"]);
    let address = program.address.clone();
    let customer = program.create_customer().await;
    let page = reqwest::get(&address).await.expect("a page");
    assert!(page.headers().contains_key("content-security-policy"));
    let (status, printed, logged) = program.end();
    assert!(status.success(), "{status}");
    for expected in [
        "sk_test_me and pk_test_me",
        &format!("{address}/endive/stripe.js"),
        &format!("look inside  {address}/"),
        "http://127.0.0.1:9/hook",
        "whsec_",
    ] {
        assert!(printed.contains(expected), "{expected} in {printed}");
    }
    assert!(customer["id"].is_string());
    for expected in [
        "  --> customer.created [evt_",
        "  [200] POST /v1/customers [req_",
    ] {
        assert!(logged.contains(expected), "{expected} in {logged}");
    }
    let (time, _) = logged.split_once("  ").expect("a time first");
    let shape: String = time
        .chars()
        .map(|sign| if sign.is_ascii_digit() { '0' } else { sign })
        .collect();
    assert_eq!(shape, "0000-00-00 00:00:00");
}

#[cfg(unix)]
#[tokio::test]
async fn it_prints_what_was_asked_for() {
    for (arguments, prints, logs_events, logs_requests) in [
        (&["--quiet"][..], false, false, false),
        (&["--log", "none"], true, false, false),
        (&["--log", "webhooks"], true, true, false),
    ] {
        let program = Program::start(arguments);
        program.create_customer().await;
        let (_, printed, logged) = program.end();
        assert_eq!(!printed.is_empty(), prints, "{arguments:?}: {printed}");
        assert_eq!(
            logged.contains("-->"),
            logs_events,
            "{arguments:?}: {logged}"
        );
        assert_eq!(
            logged.contains("POST"),
            logs_requests,
            "{arguments:?}: {logged}"
        );
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_keeps_what_it_was_told_just_before_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let file = file.to_str().expect("a name");
    let program = Program::start(&["--quiet", "--state", file]);
    let customer = program.create_customer().await;
    assert!(program.end().0.success());
    let state = std::fs::read_to_string(file).expect("a state");
    assert!(state.contains(customer["id"].as_str().expect("an id")));
}

#[test]
fn it_does_not_start_beside_a_live_key() {
    for (name, key) in [
        ("STRIPE_SECRET_KEY", "sk_live_1"),
        ("STRIPE_API_KEY", "rk_live_1"),
        ("STRIPE_PUBLISHABLE_KEY", "pk_live_1"),
    ] {
        let ended = command(&[]).env(name, key).output().expect("it ends");
        assert!(!ended.status.success(), "{name}");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(said.contains(name) && !said.contains(key), "{said}");
        assert!(ended.stdout.is_empty());
    }
}

#[test]
fn a_webhook_that_is_no_address_is_refused_at_the_start() {
    for url in [
        "nonsense",
        "127.0.0.1:3000",
        "ftp://shop.example",
        "http://",
        "/hook",
    ] {
        let ended = command(&["--webhook", url]).output().expect("it ends");
        assert!(!ended.status.success(), "{url}");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(said.contains(url) && said.contains("http://"), "{said}");
    }
}
