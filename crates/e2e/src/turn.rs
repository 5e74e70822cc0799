//! A real TURN server (coturn), on loopback or in a test's network, for calls whose every packet is relayed.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};

use crate::Outcome;
use crate::net::{Namespace, NetworkScope, Networks};
use crate::program::Program;

/// The transports over which a TURN server can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TurnTransports {
    /// UDP and TCP.
    #[default]
    ByUdpAndTcp,
    /// Only TCP. UDP packets are dropped silently, as behind a firewall.
    ByTcp,
}

/// The port in a test's network, where nothing else listens.
const PUBLIC_PORT: u16 = 3478;

/// A running TURN server on its own port, with the secret from which Confab's server makes credentials.
///
/// Dropping it kills the program and removes its folder.
#[derive(Debug)]
pub struct TurnServer {
    /// Its folder contains its log and its database.
    program: Program,
    address: SocketAddr,
    reached: TurnTransports,
    scope: NetworkScope,
    /// Holds the UDP port, so that the system does not reject packets, which would reveal that nothing
    /// listens.
    _silence: Option<UdpSocket>,
}

impl TurnServer {
    /// The secret that is shared with Confab's server.
    pub const SECRET: &str = "shared by Confab and coturn";

    /// Starts it and waits until it accepts TCP connections.
    pub async fn start(reached: TurnTransports) -> Outcome<Self> {
        let (port, silence) = free_port()?;
        let silence = (reached == TurnTransports::ByTcp).then_some(silence);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Self::start_at(NetworkScope::default(), address, reached, silence).await
    }

    /// Starts it in the public network of a test.
    pub async fn start_within(network: &Namespace) -> Outcome<Self> {
        let address = SocketAddr::from((Networks::PUBLIC, PUBLIC_PORT));
        Self::start_at(network.into(), address, TurnTransports::ByUdpAndTcp, None).await
    }

    async fn start_at(
        scope: NetworkScope,
        address: SocketAddr,
        reached: TurnTransports,
        silence: Option<UdpSocket>,
    ) -> Outcome<Self> {
        let mut turn = Self {
            program: Program::new("the TURN server")?,
            address,
            reached,
            scope,
            _silence: silence,
        };
        turn.begin().await?;
        Ok(turn)
    }

    /// Kills it if it runs, and starts it again on the same port. Its allocations are lost.
    pub async fn restart(&mut self) -> Outcome {
        self.kill9();
        self.begin().await
    }

    async fn begin(&mut self) -> Outcome {
        let folder = self.program.folder();
        let (ip, port) = (self.address.ip(), self.address.port());
        let mut coturn = self.scope.command("turnserver");
        coturn
            .args(["-n", "--no-cli", "--no-tls", "--no-dtls", "--fingerprint"])
            .arg(format!("--listening-ip={ip}"))
            .arg(format!("--relay-ip={ip}"))
            .arg("--allow-loopback-peers")
            .args(["--no-multicast-peers", "--use-auth-secret", "--realm=confab.test"])
            .args(["--log-file=stdout", "--simple-log"])
            .arg(format!("--listening-port={port}"))
            .arg(format!("--static-auth-secret={}", Self::SECRET))
            .arg(format!("--pidfile={}", folder.join("id").display()))
            .arg(format!("--userdb={}", folder.join("users").display()));
        if self.reached == TurnTransports::ByTcp {
            coturn.arg("--no-udp");
        }
        self.program.start(&mut coturn, "run scripts/setup.sh test")?;
        let (scope, address) = (self.scope.clone(), self.address);
        let ask = || match scope.connect(address) {
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        };
        self.program.answers(ask).await
    }

    /// Its URLs, one per transport, even for a transport that does not work.
    pub fn urls(&self) -> [String; 2] {
        ["udp", "tcp"].map(|transport| format!("turn:{}?transport={transport}", self.address))
    }

    /// Settings for [`crate::Server::start_with`] that make a server hand out this TURN server with this
    /// secret.
    pub fn settings_with(&self, secret: &str) -> [(String, String); 2] {
        [
            ("CONFAB_TURN".to_owned(), self.urls().join(",")),
            ("CONFAB_TURN_SECRET".to_owned(), secret.to_owned()),
        ]
    }

    /// Like [`Self::settings_with`], with the right secret.
    pub fn settings(&self) -> [(String, String); 2] {
        self.settings_with(Self::SECRET)
    }

    /// Kills it with SIGKILL. Nothing answers on its port any more.
    pub fn kill9(&mut self) {
        self.program.kill9();
    }

    /// Returns its log.
    pub fn log(&self) -> String {
        self.program.log()
    }
}

/// Finds a port that is free for UDP and TCP; returns it with a socket that keeps the UDP port.
fn free_port() -> Outcome<(u16, UdpSocket)> {
    // A port that is free for TCP is sometimes taken for UDP.
    let mut tried = Vec::new();
    while tried.len() < 16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        if let Ok(silence) = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)) {
            return Ok((port, silence));
        }
        tried.push(listener);
    }
    Err(std::io::Error::other("no port is free by UDP and TCP").into())
}
