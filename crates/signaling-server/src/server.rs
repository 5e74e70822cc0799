//! The server as a whole: opens the store, accepts connections, and shuts down cleanly.

use std::future::Future;
use std::sync::Arc;

use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::accounts::Accounts;
use crate::address_limits::AddressLimits;
use crate::assets::Files;
use crate::clock::Clock;
use crate::config::Config;
use crate::connections::accept;
use crate::http::{App, operation, router};
use crate::hub::{Hub, HubRules};
use crate::limits::{OPERATION_CONNECTIONS, STOP_WITHIN};
use crate::metrics::Metrics;
use crate::passwords::{Passwords, SetUpError};
use crate::socket;
use crate::store::{OpenError, Store};
use crate::tls::{Tls, TlsError};

/// Why the server could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Opening the data folder or a database in it failed.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// Reading the saved rooms failed.
    #[error("cannot read the rooms from the database: {0}")]
    Rooms(crate::store::StoreError),
    /// Loading the certificate failed.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Setting up password hashing failed.
    #[error(transparent)]
    Passwords(#[from] SetUpError),
    /// The system provides no random bytes for keys.
    #[error("the system provides no random bytes: {0}")]
    Random(getrandom::Error),
    /// A database thread ended, without which the server cannot work.
    #[error("the database stopped unexpectedly. See the log for the reason, then start Confab again")]
    StoreEnded,
}

/// A server that has opened its data folder and can run.
#[derive(Debug)]
pub struct Server {
    store: Store,
    hub: Arc<Hub>,
    app: Arc<App>,
    stop: watch::Sender<bool>,
    /// The listener of the separate metrics port.
    operation: Option<TcpListener>,
    /// The certificate for TLS; `None` for plain http.
    tls: Option<Arc<Tls>>,
}

/// Opens a server and runs it: [`Server::open`] and [`Server::run`] in one.
pub async fn run(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    Server::open(config)?.run(listener, shutdown).await
}

impl Server {
    /// Opens the data folder and prepares everything. Must be called within a Tokio runtime.
    pub fn open(config: Config) -> Result<Self, RunError> {
        let store = Store::open(&config.data)?;
        let rooms = store.saved_rooms().map_err(RunError::Rooms)?;
        let clock = Clock::start();
        let metrics = Arc::new(Metrics::default());
        let passwords = Passwords::new(config.accounts.hashes, Arc::clone(&metrics), clock)?;
        let hub = Arc::new(Hub::new(
            store.clone(),
            clock,
            HubRules {
                timings: config.timings,
                bounds: config.bounds,
                quotas: config.quotas,
                guesses: config.guesses,
                sessions: config.accounts.sessions,
            },
            passwords.clone(),
            Arc::clone(&metrics),
            rooms,
        ));
        let key = crate::random::key().map_err(RunError::Random)?;
        let accounts = Accounts::new(
            store.clone(),
            Arc::clone(&hub),
            config.accounts,
            passwords,
            (clock, key),
        );
        let tls = match config.tls {
            Some(source) => Some(Arc::new(Tls::load(source, &config.data)?)),
            None => None,
        };
        let (stop, stopping) = watch::channel(false);
        let app = App {
            accounts: Arc::new(accounts),
            store: store.clone(),
            hub: Arc::clone(&hub),
            metrics,
            metrics_token: config.metrics_token,
            clock,
            per_socket: config.per_socket,
            queue: config.queue,
            connections: config.connections,
            sockets: permits(config.connections.sockets),
            socket_permits: AddressLimits::new(config.connections.per_address),
            stopping,
            files: Files::under(&config.base),
            base: config.base,
            ice: config.ice,
            allowed_origins: config.allowed_origins,
            trusted_proxies: config.trusted_proxies,
        };
        Ok(Self {
            store,
            hub,
            app: Arc::new(app),
            stop,
            operation: None,
            tls,
        })
    }

    /// Also serves metrics and health on a separate port, without a token.
    #[must_use]
    pub fn with_operation(mut self, listener: TcpListener) -> Self {
        self.operation = Some(listener);
        self
    }

    /// Serves until `shutdown` ends, then closes all sockets with a goodbye and finishes pending work. Fails if
    /// the store ends first.
    pub async fn run(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()>,
    ) -> Result<(), RunError> {
        let Self {
            store,
            hub,
            app,
            stop,
            operation: watched,
            tls,
        } = self;
        let connections = permits(app.connections.connections());
        let timer = tokio::spawn(Arc::clone(&hub).keep_time());
        let sweep = tokio::spawn(Arc::clone(&app.accounts).sweep());
        let fresh = tls.clone().map(|tls| tokio::spawn(tls.keep_fresh()));
        let watched = watched.map(|listener| tokio::spawn(watch(listener, Arc::clone(&app))));
        let ended = tokio::select! {
            () = accept(&listener, tls.clone(), router(Arc::clone(&app), get(socket::open)), &app, &connections) => Ok(()),
            () = shutdown => Ok(()),
            () = store.ended() => Err(RunError::StoreEnded),
        };
        drop(listener);
        tracing::info!("stopping");
        timer.abort();
        sweep.abort();
        for task in [watched, fresh].into_iter().flatten() {
            task.abort();
        }
        let _ = stop.send(true);
        hub.stop();
        let all = async {
            let _ = connections.acquire_many(app.connections.connections()).await;
            let _ = app.sockets.acquire_many(app.connections.sockets).await;
        };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            tracing::warn!("some clients did not disconnect in time");
        }
        store.stop().await;
        ended
    }
}

/// Serves the metrics port, forever.
async fn watch(listener: TcpListener, app: Arc<App>) {
    let connections = permits(OPERATION_CONNECTIONS);
    let router = operation(Arc::clone(&app));
    accept(&listener, None, router, &app, &connections).await;
}

/// Returns a semaphore with this many permits.
fn permits(count: u32) -> Arc<Semaphore> {
    Arc::new(Semaphore::new(
        usize::try_from(count).unwrap_or(Semaphore::MAX_PERMITS),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn stops_with_an_error_when_its_store_ends() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let server = Server::open(config).expect("a server");
        let store = server.store.clone();
        assert!(store.check().await.is_ok());
        let running = tokio::spawn(server.run(listener, std::future::pending()));
        store.stop().await;
        let ended = running.await.expect("no panic");
        assert!(matches!(ended, Err(RunError::StoreEnded)), "{ended:?}");
        assert!(store.check().await.is_err());
    }
}
