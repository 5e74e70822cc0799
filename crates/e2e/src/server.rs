//! The real server, started as a user does, with its own data folder.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::Signal;

use crate::Outcome;
use crate::net::{Namespace, NetworkScope, Networks};
use crate::program::Program;

/// The port in a test's network, where nothing else listens.
const PUBLIC_PORT: u16 = 8080;

/// A running server on its own loopback port, or at the public address of a test's network.
///
/// Dropping it kills the program and removes its folder.
#[derive(Debug)]
pub struct Server {
    program: Program,
    address: SocketAddr,
    settings: Vec<(String, String)>,
    scope: NetworkScope,
    binary: PathBuf,
}

impl Server {
    /// Starts the server with its defaults and waits until it answers.
    pub async fn start() -> Outcome<Self> {
        Self::start_with(&[("", ""); 0]).await
    }

    /// Starts the server with these environment variables.
    pub async fn start_with(settings: &[(impl AsRef<str>, impl AsRef<str>)]) -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Self::start_at(NetworkScope::default(), address, settings).await
    }

    /// Starts the server in the public network of a test, with these environment variables.
    pub async fn start_within(
        network: &Namespace,
        settings: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Outcome<Self> {
        let address = SocketAddr::from((Networks::PUBLIC, PUBLIC_PORT));
        Self::start_at(network.into(), address, settings).await
    }

    /// Starts another program than [`Server::program`], with its defaults.
    pub async fn start_program(binary: PathBuf) -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let mut server = Self::at(NetworkScope::default(), address, &[("", ""); 0])?;
        server.binary = binary;
        server.begin().await?;
        Ok(server)
    }

    /// Path of the program: `CONFAB_BIN`, or what `make build` produced.
    pub fn program() -> PathBuf {
        std::env::var_os("CONFAB_BIN").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/confab"),
            PathBuf::from,
        )
    }

    async fn start_at(
        scope: NetworkScope,
        address: SocketAddr,
        settings: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Outcome<Self> {
        let mut server = Self::at(scope, address, settings)?;
        server.begin().await?;
        Ok(server)
    }

    /// A server that has not been started yet.
    fn at(
        scope: NetworkScope,
        address: SocketAddr,
        settings: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Outcome<Self> {
        let settings = settings
            .iter()
            .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()))
            .collect();
        Ok(Self {
            program: Program::new("the server")?,
            address,
            settings,
            scope,
            binary: Self::program(),
        })
    }

    /// Its URL for browsers.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns its log.
    pub fn log(&self) -> String {
        self.program.log()
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.program.folder().join("data")
    }

    /// Kills it with SIGKILL.
    pub fn kill9(&mut self) {
        self.program.kill9();
    }

    /// Suspends it (SIGSTOP): it neither receives nor sends until [`Self::goes_on`].
    pub fn holds_still(&self) -> Outcome {
        self.program.signal(Signal::STOP)
    }

    /// Resumes it (SIGCONT).
    pub fn goes_on(&self) -> Outcome {
        self.program.signal(Signal::CONT)
    }

    /// Kills it if it runs, and starts it again with the same data on the same port.
    pub async fn restart(&mut self) -> Outcome {
        self.kill9();
        self.begin().await
    }

    async fn begin(&mut self) -> Outcome {
        let mut command = self.scope.command(&self.binary.to_string_lossy());
        command
            .env("CONFAB_LISTEN", self.address.to_string())
            .env("CONFAB_DATA", self.data())
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        self.program.start(&mut command, "run make build")?;
        let (scope, address) = (self.scope.clone(), self.address);
        let ask = || match shows_front_page(&scope, address) {
            Ok(true) => Ok(()),
            Ok(false) => Err("it did not answer with 200".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        self.program.answers(ask).await
    }
}

/// Whether the front page is served with status 200.
fn shows_front_page(scope: &NetworkScope, address: SocketAddr) -> std::io::Result<bool> {
    let limit = Duration::from_secs(2);
    let mut stream = scope.connect(address)?;
    stream.set_read_timeout(Some(limit))?;
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut status = [0; 12];
    stream.read_exact(&mut status)?;
    Ok(status.ends_with(b" 200"))
}
