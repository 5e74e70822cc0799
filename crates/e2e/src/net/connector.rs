//! Connects the driver's client to a driver that may run in another network.

use std::future::{Ready, ready};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::task::{Context, Poll};

use http::Uri;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::NetworkScope;

/// Connects to loopback addresses in a [`NetworkScope`].
#[derive(Clone, Debug)]
pub(crate) struct DriverConnector(NetworkScope);

impl DriverConnector {
    /// A connector in this network.
    pub(crate) fn of(scope: NetworkScope) -> Self {
        Self(scope)
    }

    fn open(&self, uri: &Uri) -> io::Result<TokioIo<TcpStream>> {
        let port = uri.port_u16().unwrap_or(80);
        let stream = self.0.connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        TcpStream::from_std(stream).map(TokioIo::new)
    }
}

impl Service<Uri> for DriverConnector {
    type Response = TokioIo<TcpStream>;
    type Error = io::Error;
    type Future = Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Connects without waiting: a program on loopback accepts or refuses at once.
    fn call(&mut self, uri: Uri) -> Self::Future {
        ready(self.open(&uri))
    }
}
