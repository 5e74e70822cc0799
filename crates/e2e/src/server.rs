//! The real server, as a user starts it, with a data folder of its own.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::net::{Namespace, Networks, Place};
use crate::patience::Look;
use crate::{Failure, Outcome, Patience};

/// The port in a network where nobody else listens.
const PUBLIC_PORT: u16 = 8080;

/// A running server on a loopback port of its own, or at the public address of a network that the test made.
///
/// Dropping it kills the program and removes its folder.
#[derive(Debug)]
pub struct Server {
    /// None while it is down.
    program: Option<Child>,
    address: SocketAddr,
    /// Its data, its log.
    folder: TempDir,
    settings: Vec<(String, String)>,
    place: Place,
    binary: PathBuf,
}

impl Server {
    /// Starts the server with its defaults and waits until it answers.
    pub async fn start() -> Outcome<Self> {
        Self::start_with(&[("", ""); 0]).await
    }

    /// Starts the server with these environment variables set.
    pub async fn start_with(settings: &[(impl AsRef<str>, impl AsRef<str>)]) -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Self::start_at(Place::default(), address, settings).await
    }

    /// Starts the server in the public network of a test, with these environment variables set.
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
        let mut server = Self::at(Place::default(), address, &[("", ""); 0])?;
        server.binary = binary;
        server.begin().await?;
        Ok(server)
    }

    /// The program: `CONFAB_BIN`, or what `make build` left.
    pub fn program() -> PathBuf {
        std::env::var_os("CONFAB_BIN").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/confab"),
            PathBuf::from,
        )
    }

    async fn start_at(
        place: Place,
        address: SocketAddr,
        settings: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Outcome<Self> {
        let mut server = Self::at(place, address, settings)?;
        server.begin().await?;
        Ok(server)
    }

    /// A server that is yet to be started.
    fn at(
        place: Place,
        address: SocketAddr,
        settings: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Outcome<Self> {
        let settings = settings
            .iter()
            .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()))
            .collect();
        Ok(Self {
            program: None,
            address,
            folder: TempDir::with_prefix("confab-server-")?,
            settings,
            place,
            binary: Self::program(),
        })
    }

    /// Where a browser finds it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All that it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Kills it, as a power failure would.
    pub fn kill9(&mut self) {
        if let Some(mut program) = self.program.take() {
            // Both fail only for a program that has ended already.
            let _ = program.kill();
            let _ = program.wait();
        }
    }

    /// Stops it where it stands: it hears and says nothing until [`Self::goes_on`].
    pub fn holds_still(&self) -> Outcome {
        self.signal(Signal::STOP)
    }

    /// Lets it go on.
    pub fn goes_on(&self) -> Outcome {
        self.signal(Signal::CONT)
    }

    fn signal(&self, signal: Signal) -> Outcome {
        let id = self
            .program
            .as_ref()
            .and_then(|program| i32::try_from(program.id()).ok());
        let id = id
            .and_then(Pid::from_raw)
            .ok_or_else(|| self.failure("it does not run".to_owned()))?;
        kill_process(id, signal).map_err(|error| self.failure(format!("it took no {signal:?}: {error}")))
    }

    /// Kills it if it runs, and starts it again with the same data on the same port.
    pub async fn restart(&mut self) -> Outcome {
        self.kill9();
        self.begin().await
    }

    async fn begin(&mut self) -> Outcome {
        let log = File::options().create(true).append(true).open(self.log_path())?;
        let program = self
            .place
            .command(&self.binary.to_string_lossy())
            .env("CONFAB_LISTEN", self.address.to_string())
            .env("CONFAB_DATA", self.data())
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .map_err(|error| {
                self.failure(format!(
                    "{} did not start ({error}); run make build",
                    self.binary.display()
                ))
            })?;
        self.program = Some(program);
        let ready = Patience::seconds(20)
            .until(async || {
                if let Some(status) = self
                    .program
                    .as_mut()
                    .and_then(|program| program.try_wait().ok().flatten())
                {
                    return Err(self.failure(format!("ended at once: {status}")));
                }
                Ok(match self.ask() {
                    Ok(true) => Look::Found(()),
                    Ok(false) => Look::NotYet("it did not answer with 200".to_owned()),
                    Err(error) => Look::NotYet(error.to_string()),
                })
            })
            .await?;
        ready.map_err(|seen| self.failure(format!("did not get ready: {seen}")))
    }

    /// True when the front page is there.
    fn ask(&self) -> std::io::Result<bool> {
        let limit = Duration::from_secs(2);
        let mut stream = self.place.connect(self.address)?;
        stream.set_read_timeout(Some(limit))?;
        write!(
            stream,
            "GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status.ends_with(b" 200"))
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("log.txt")
    }

    fn failure(&self, reason: String) -> Failure {
        Failure::Server {
            reason,
            log: self.log().into(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill9();
        if std::thread::panicking() {
            eprintln!("--- log of the server\n{}", self.log());
        }
    }
}
