//! TCP connections that a handler can cut: the only way to show a client a lost answer is to lose it. With a certificate
//! they are TLS or not, by the first byte a client sends.
//! The listener sets TCP_NODELAY, without which a small answer waits for the client's acknowledgement.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// What a TLS client sends first: the type of a handshake's record. No HTTP request begins so.
const HANDSHAKE: u8 = 0x16;

/// Who is at the other end of a request's connection.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    pub address: SocketAddr,
    pub is_tls: bool,
    pub scissors: Scissors,
}

/// Cuts the connection a request came in on, instead of answering.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scissors(Arc<AtomicBool>);

impl Scissors {
    /// From now on nothing goes through. The handler runs on the connection's own task, so its answer is the next
    /// thing written, and meets the cut.
    pub(crate) fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn check(&self) -> io::Result<()> {
        if self.0.load(Ordering::Acquire) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

pub(crate) struct Connections {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    /// Connections that have said nothing yet, or are still shaking hands.
    beginning: JoinSet<io::Result<(Connection, SocketAddr)>>,
}

impl Connections {
    pub(crate) fn new(listener: TcpListener, tls: Option<TlsAcceptor>) -> Connections {
        Connections {
            listener,
            tls,
            beginning: JoinSet::new(),
        }
    }
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            tokio::select! {
                // Axum's own loop survives accept errors, such as too many open files.
                (stream, address) = Listener::accept(&mut self.listener) => {
                    if let Err(error) = stream.set_nodelay(true) {
                        tracing::debug!(%error, "a connection stays without TCP_NODELAY");
                    }
                    match self.tls.clone() {
                        None => return (Connection::new(stream, false), address),
                        Some(tls) => {
                            self.beginning.spawn(async move {
                                Ok((begin(tls, stream).await?, address))
                            });
                        }
                    }
                }
                Some(begun) = self.beginning.join_next() => match begun {
                    Ok(Ok(connection)) => return connection,
                    Ok(Err(error)) => tracing::debug!(%error, "a connection that came to nothing"),
                    Err(error) => tracing::error!(%error, "beginning a connection"),
                },
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

async fn begin(tls: TlsAcceptor, stream: TcpStream) -> io::Result<Connection> {
    let mut first = [0];
    if stream.peek(&mut first).await? == 1 && first == [HANDSHAKE] {
        return Ok(Connection::new(tls.accept(stream).await?, true));
    }
    Ok(Connection::new(stream, false))
}

impl Connected<IncomingStream<'_, Connections>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Connections>) -> Self {
        Peer {
            address: *stream.remote_addr(),
            is_tls: stream.io().is_tls,
            scissors: stream.io().scissors.clone(),
        }
    }
}

pub(crate) struct Connection {
    stream: Box<dyn Stream>,
    is_tls: bool,
    scissors: Scissors,
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Connection {
    fn new(stream: impl Stream + 'static, is_tls: bool) -> Connection {
        Connection {
            stream: Box::new(stream),
            is_tls,
            scissors: Scissors::default(),
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.scissors.check()?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.scissors.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.scissors.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.scissors.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
