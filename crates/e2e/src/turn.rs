//! A real TURN server (coturn) on loopback, so that calls can be made whose every packet passes it.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::patience::Look;
use crate::{Failure, Outcome, Patience};

/// By which transports a TURN server can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reached {
    /// Over both.
    #[default]
    ByUdpAndTcp,
    /// Over TCP alone. What comes over UDP vanishes without a word, as behind a firewall.
    ByTcp,
}

/// A running TURN server on a loopback port of its own, with the secret that Confab's server makes credentials from.
///
/// Dropping it kills the program and removes its folder.
#[derive(Debug)]
pub struct Turn {
    /// None once it is down.
    program: Option<Child>,
    port: u16,
    /// Holds the port, so that the system refuses no packet: a refusal would tell that nobody listens.
    _silence: Option<UdpSocket>,
    /// Its log and its database.
    folder: TempDir,
}

impl Turn {
    /// The secret that is shared with the server.
    pub const SECRET: &str = "shared by Confab and coturn";

    /// Starts it and waits until it answers.
    pub async fn start(reached: Reached) -> Outcome<Self> {
        let (port, silence) = free_port()?;
        let silence = (reached == Reached::ByTcp).then_some(silence);
        let folder = TempDir::with_prefix("confab-turn-")?;
        let log = File::create(folder.path().join("log.txt"))?;
        let mut coturn = Command::new("turnserver");
        coturn
            .args(["-n", "--no-cli", "--no-tls", "--no-dtls", "--fingerprint"])
            .args([
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--allow-loopback-peers",
            ])
            .args(["--no-multicast-peers", "--use-auth-secret", "--realm=confab.test"])
            .args(["--log-file=stdout", "--simple-log"])
            .arg(format!("--listening-port={port}"))
            .arg(format!("--static-auth-secret={}", Self::SECRET))
            .arg(format!("--pidfile={}", folder.path().join("id").display()))
            .arg(format!("--userdb={}", folder.path().join("users").display()));
        if reached == Reached::ByTcp {
            coturn.arg("--no-udp");
        }
        let program = coturn
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .map_err(|error| Failure::Turn {
                reason: format!("turnserver did not start ({error}); run scripts/setup.sh test"),
                log: "".into(),
            })?;
        let mut turn = Self {
            program: Some(program),
            port,
            _silence: silence,
            folder,
        };
        turn.gets_ready().await?;
        Ok(turn)
    }

    /// Its addresses, one for each transport, whether or not it can be reached by it.
    pub fn urls(&self) -> [String; 2] {
        ["udp", "tcp"].map(|transport| format!("turn:127.0.0.1:{}?transport={transport}", self.port))
    }

    /// What [`crate::Server::start_with`] needs for a server that gives out this one with this secret.
    pub fn settings_with(&self, secret: &str) -> [(String, String); 2] {
        [
            ("CONFAB_TURN".to_owned(), self.urls().join(",")),
            ("CONFAB_TURN_SECRET".to_owned(), secret.to_owned()),
        ]
    }

    /// The same with the right secret.
    pub fn settings(&self) -> [(String, String); 2] {
        self.settings_with(Self::SECRET)
    }

    /// Kills it, as a power failure would. Its port stays without an answer.
    pub fn kill9(&mut self) {
        if let Some(mut program) = self.program.take() {
            // Both fail only for a program that has ended already.
            let _ = program.kill();
            let _ = program.wait();
        }
    }

    /// All that it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log.txt")).unwrap_or_default()
    }

    async fn gets_ready(&mut self) -> Outcome {
        let ready = Patience::seconds(20)
            .until(async || {
                if let Some(status) = self
                    .program
                    .as_mut()
                    .and_then(|program| program.try_wait().ok().flatten())
                {
                    return Err(self.failure(format!("ended at once: {status}")));
                }
                Ok(match TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) {
                    Ok(_) => Look::Found(()),
                    Err(error) => Look::NotYet(error.to_string()),
                })
            })
            .await?;
        ready.map_err(|seen| self.failure(format!("did not get ready: {seen}")))
    }

    fn failure(&self, reason: String) -> Failure {
        Failure::Turn {
            reason,
            log: self.log().into(),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.kill9();
        if std::thread::panicking() {
            eprintln!("--- log of the TURN server\n{}", self.log());
        }
    }
}

/// A port that nobody listens on, by UDP and TCP; with what keeps the UDP one.
fn free_port() -> Outcome<(u16, UdpSocket)> {
    // A port that is free for one is taken for the other once in a while.
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
