//! A server inside the test, on a port of its own, with a data folder that is deleted with it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use protocol::SessionToken;
use protocol::http::{Credentials, SignedIn};
use signaling_server::config::{AttemptRates, Config};
use signaling_server::{RunError, Server};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::client::Client;
use crate::http::{Answer, request};

/// Timeout for everything: many times what it takes, for a machine with much else to do.
pub const PATIENCE: Duration = Duration::from_secs(30);
pub const PASSWORD: &str = "correct horse";

pub struct TestServer {
    pub address: SocketAddr,
    data: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), RunError>>,
    /// Dropped last: the store's files are in it.
    _folder: TempDir,
    users: AtomicUsize,
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl TestServer {
    /// Starts a server with default settings, except for the limits of attempts and the timeout for silence in
    /// a call.
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::begin(change, None).await
    }

    /// Starts a server with a separate metrics port.
    pub async fn watched(operation: TcpListener) -> Self {
        Self::begin(|_| {}, Some(operation)).await
    }

    async fn begin(change: impl FnOnce(&mut Config), operation: Option<TcpListener>) -> Self {
        let folder = TempDir::new().expect("a folder");
        let mut config = Config {
            data: folder.path().join("data"),
            ..Config::default()
        };
        let many = 1_000_000;
        config.accounts.attempts = AttemptRates::within(many, many, many, many, Duration::from_secs(1));
        // Clients in tests read, and so answer pings, only when they expect a message.
        config.per_socket.call_silence = Duration::from_secs(600);
        change(&mut config);
        let data = config.data.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let mut server = Server::open(config).expect("a server");
        if let Some(operation) = operation {
            server = server.with_operation(operation);
        }
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run(listener, async {
            let _ = stopped.await;
        }));
        Self {
            address,
            data,
            stop: Some(stop),
            running,
            _folder: folder,
            users: AtomicUsize::new(0),
        }
    }

    /// Asks the server to stop, and waits until it has. Tests that do not care how it stops just drop it.
    pub async fn stop(mut self) {
        self.ask_to_stop();
        tokio::time::timeout(PATIENCE, &mut self.running)
            .await
            .expect("it stops")
            .expect("it did not panic")
            .expect("it was asked to");
    }

    pub fn ask_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    pub async fn post(&self, path: &str, name: &str, password: &str) -> Answer {
        let credentials = Credentials {
            name: name.to_owned(),
            password: password.to_owned(),
        };
        let body = serde_json::to_string(&credentials).expect("JSON");
        request(
            self.address,
            "POST",
            path,
            &[("content-type", "application/json")],
            &body,
        )
        .await
    }

    /// Returns the data folder.
    pub fn data(&self) -> String {
        self.data.display().to_string()
    }

    /// Creates an account. Returns its token.
    pub async fn account(&self, name: &str) -> SessionToken {
        let answer = self.post("/api/accounts", name, PASSWORD).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json::<SignedIn>().token.expect("a token")
    }

    /// Creates a user with any name, who enters a room.
    pub async fn someone_in(&self, room: &str) -> Client {
        let number = self.users.fetch_add(1, Ordering::Relaxed) + 1;
        let token = self.account(&format!("user {number}")).await;
        Client::enter(self.address, &token, room).await
    }

    /// Creates users who enter the lobby, and have received each other's arrival.
    pub async fn lobby(&self, people: usize) -> Vec<Client> {
        let mut clients: Vec<Client> = Vec::new();
        for _ in 0..people {
            clients.push(self.someone_in("lobby").await);
        }
        for client in &mut clients {
            client.forget().await;
        }
        clients
    }
}
