//! A TCP server that plays one act per connection: it can stall, reset and cut, which no real HTTP server does.

use std::io;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinHandle,
};

pub(super) enum Act {
    /// Sends the text, then closes.
    Send(String),
    /// Sends the text, and never closes.
    SendAndHang(String),
    /// Never answers.
    Hang,
    /// Resets the connection.
    Reset,
    /// Speaks first, before it has heard anything.
    Greet(&'static str),
}

impl Act {
    pub(super) fn send(text: impl Into<String>) -> Self {
        Self::Send(text.into())
    }

    pub(super) fn answer(status: u16, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::Send(format!(
            "HTTP/1.1 {status} Status\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        ))
    }
}

/// Stops when it is dropped.
pub(super) struct Server {
    pub(super) url: String,
    requests: mpsc::UnboundedReceiver<String>,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    pub(super) async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (sender, requests) = mpsc::unbounded_channel();
        let acts: Vec<_> = acts.into_iter().collect();
        let task = tokio::spawn(async move {
            let mut open = Vec::new();
            for act in acts {
                let (mut stream, _) = listener.accept().await?;
                if let Act::Greet(text) = act {
                    stream.write_all(text.as_bytes()).await?;
                }
                let request = read_request(&mut stream).await?;
                // The test may have seen enough.
                let _ = sender.send(request);
                match act {
                    // A client that stopped reading closes first.
                    Act::Send(text) => drop(stream.write_all(text.as_bytes()).await),
                    Act::SendAndHang(text) => {
                        stream.write_all(text.as_bytes()).await?;
                        open.push(stream);
                    }
                    Act::Hang | Act::Greet(_) => open.push(stream),
                    Act::Reset => stream.set_zero_linger()?,
                }
            }
            std::future::pending().await
        });
        Self {
            url: format!("http://{address}"),
            requests,
            task,
        }
    }

    /// The next request, head and body.
    pub(super) async fn request(&mut self) -> String {
        self.requests.recv().await.expect("a request")
    }

    /// How many requests came that nobody asked for.
    pub(super) fn requests_left(&self) -> usize {
        self.requests.len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads to the end of the head, and then as much body as it announces.
async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await?;
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0)
        });
        if whole || count == 0 {
            return Ok(text);
        }
    }
}
