//! Where a program runs: in the machine's own network, or in one that a test made.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use super::Namespace;

/// How long connecting may take; it is to programs of this machine.
const CONNECTS_WITHIN: Duration = Duration::from_secs(2);

/// Where a program runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place(Option<Namespace>);

impl Place {
    /// True for a network that a test made.
    pub(crate) fn is_made(&self) -> bool {
        self.0.is_some()
    }

    /// A program that runs there.
    pub(crate) fn command(&self, program: &str) -> Command {
        match &self.0 {
            Some(namespace) => namespace.command(program),
            None => Command::new(program),
        }
    }

    /// Connects as a program does that runs there.
    pub(crate) fn connect(&self, address: SocketAddr) -> io::Result<TcpStream> {
        match &self.0 {
            Some(namespace) => namespace.connect(address, CONNECTS_WITHIN),
            None => TcpStream::connect_timeout(&address, CONNECTS_WITHIN),
        }
    }
}

impl From<&Namespace> for Place {
    fn from(namespace: &Namespace) -> Self {
        Self(Some(namespace.clone()))
    }
}
