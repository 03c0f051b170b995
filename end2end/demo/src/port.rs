//! Finding a port. Only on this machine: a demo has no business on the network.

use std::{io::ErrorKind, net::Ipv4Addr};

use anyhow::{Context, Result};
use tokio::net::TcpListener;

/// How many ports are tried before giving up: more demos side by side than anybody runs.
const TRIES: u16 = 100;

/// Listens on a port, or the next free one, saying so. Port 0 is any.
pub async fn listen(wanted: u16, what: &str) -> Result<TcpListener> {
    for port in wanted..=wanted.saturating_add(TRIES) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => {
                if port != wanted {
                    eprintln!("port {wanted} is taken: the {what} takes {port}");
                }
                return Ok(listener);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).with_context(|| format!("port {port}")),
        }
    }
    anyhow::bail!("port {wanted} and the {TRIES} after it are taken: choose another for the {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_that_is_taken_is_passed_over() -> Result<()> {
        let taken = listen(0, "first").await?;
        let port = taken.local_addr()?.port();
        let next = listen(port, "second").await?;
        assert!(next.local_addr()?.port() > port);
        Ok(())
    }
}
