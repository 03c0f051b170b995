//! A sandbox of a test's own, and the client that talks to it.

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
};

use stripe::{Client, ClientBuilder};

const KEY: &str = "sk_test_rust";
pub const RETURN_URL: &str = "https://shop.example/return";

pub struct World {
    program: Child,
    /// Open as long as the program may write to it.
    _output: BufReader<ChildStdout>,
    /// `127.0.0.1:41234`
    address: String,
    pub client: Client,
}

impl World {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    pub fn start_with(options: &[&str]) -> Self {
        let path = env::var("STRIPE_SANDBOX").expect(
            "STRIPE_SANDBOX is the path of the sandbox: `cargo xtask test async-stripe` sets it",
        );
        let mut program = Command::new(path)
            .args(["--port", "0"])
            .args(options)
            .env("RUST_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the sandbox starts");
        let mut line = String::new();
        let output = program.stdout.take().expect("its output is piped");
        let mut output = BufReader::new(output);
        output.read_line(&mut line).expect("a first line");
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("no address in {line:?}"));
        Self {
            program,
            _output: output,
            address: url
                .trim_start_matches("http://")
                .trim_end_matches('/')
                .to_owned(),
            client: ClientBuilder::new(KEY).url(url).build().expect("a client"),
        }
    }

    /// Lets time pass in the sandbox, which no client of Stripe's can ask for.
    pub fn advance(&self, seconds: u32) {
        let body = format!("{{\"advance_seconds\":{seconds}}}");
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(
            stream,
            "POST /_control/clock HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {KEY}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // It may be gone already; either way it must not outlive the test.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
