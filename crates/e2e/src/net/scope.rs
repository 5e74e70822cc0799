//! Where a program runs: in the machine's own network, or in one that a test made.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use super::Namespace;

/// Time limit for connecting; all programs are on this machine.
const CONNECTS_WITHIN: Duration = Duration::from_secs(2);

/// The network in which a program runs: a test's, or else the machine's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct NetworkScope(Option<Namespace>);

impl NetworkScope {
    /// Whether a test made this network.
    pub(crate) fn is_made(&self) -> bool {
        self.0.is_some()
    }

    /// A command that runs a program there.
    pub(crate) fn command(&self, program: &str) -> Command {
        match &self.0 {
            Some(namespace) => namespace.command(program),
            None => Command::new(program),
        }
    }

    /// Opens a TCP connection from there.
    pub(crate) fn connect(&self, address: SocketAddr) -> io::Result<TcpStream> {
        match &self.0 {
            Some(namespace) => namespace.connect(address, CONNECTS_WITHIN),
            None => TcpStream::connect_timeout(&address, CONNECTS_WITHIN),
        }
    }
}

impl From<&Namespace> for NetworkScope {
    fn from(namespace: &Namespace) -> Self {
        Self(Some(namespace.clone()))
    }
}
