//! How many payments a second a sandbox answers over HTTP, and how long each waits: start one by
//! `cargo run --release -p stripe-sandbox -- --port 12111 --quiet`, and then
//! `cargo run --release -p stripe-sandbox --example load -- 127.0.0.1:12111 16 50000`: an address, how many connections
//! ask at once, and how many payments in all. The client does no more than it must, since it shares the machine.

use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const BODY: &str = "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa\
                    &return_url=https://shop.example/return&metadata[order]=7";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments
        .next()
        .expect("an address such as 127.0.0.1:12111");
    let mut number = |default: usize| {
        arguments
            .next()
            .map_or(default, |text| text.parse().expect("a number"))
    };
    let connections = number(16);
    let payments = number(50_000) / connections;

    let started = Instant::now();
    let asking = (0..connections).map(|name| tokio::spawn(ask(address.clone(), name, payments)));
    let mut waits = Vec::new();
    for asked in asking.collect::<Vec<_>>() {
        waits.extend(asked.await.expect("a client that ends"));
    }
    let rate = waits.len() as f64 / started.elapsed().as_secs_f64();
    waits.sort();
    let wait = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize];
    println!(
        "{} payments over {connections} connections: {rate:.0} a second; half within {:?}, 99 of 100 within {:?}, all within {:?}",
        waits.len(),
        wait(0.5),
        wait(0.99),
        wait(1.0),
    );
}

/// One connection's payments, one after the other, and how long each took.
async fn ask(address: String, name: usize, payments: usize) -> Vec<Duration> {
    let mut stream = TcpStream::connect(&address).await.expect("a sandbox there");
    stream
        .set_nodelay(true)
        .expect("a socket that takes options");
    let run = std::process::id();
    let mut answer = Vec::new();
    let mut waits = Vec::with_capacity(payments);
    for number in 0..payments {
        let request = format!(
            "POST /v1/payment_intents HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer sk_test_load\r\n\
             idempotency-key: {run}-{name}-{number}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{BODY}",
            BODY.len()
        );
        let asked = Instant::now();
        stream
            .write_all(request.as_bytes())
            .await
            .expect("an open connection");
        answer.clear();
        while !is_whole(&answer) {
            let read = stream.read_buf(&mut answer).await.expect("an answer");
            assert!(read > 0, "the sandbox has closed the connection");
        }
        waits.push(asked.elapsed());
        assert!(
            answer.starts_with(b"HTTP/1.1 200"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
    }
    waits
}

/// Whether all of an answer is there: its head, and as much after it as the head says.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&answer[..end]);
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|text| text.parse().ok()).expect("a length");
    answer.len() >= end + 4 + length
}
