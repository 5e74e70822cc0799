//! The server as a whole: opens the store, has connections accepted, and stops in good order.

use std::future::Future;
use std::sync::Arc;

use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::accounts::Accounts;
use crate::assets::Files;
use crate::clock::Clock;
use crate::config::Config;
use crate::connections::accept;
use crate::http::{App, operation, router};
use crate::hub::{Hub, HubRules};
use crate::limits::{OPERATION_CONNECTIONS, STOP_WITHIN};
use crate::metrics::Metrics;
use crate::passwords::{Passwords, SetUpError};
use crate::places::Places;
use crate::socket;
use crate::store::{OpenError, Store};
use crate::tls::{Tls, TlsError};

/// Why the server could not start, or not go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The data folder or the database in it.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The rooms in the database.
    #[error("cannot read the rooms from the database: {0}")]
    Rooms(crate::store::StoreError),
    /// The certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Password hashing.
    #[error(transparent)]
    Passwords(#[from] SetUpError),
    /// Random bytes, of which keys are made.
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
    /// The store's thread, without which nothing can be done.
    #[error("the database stopped by itself. The log says why; start Confab again")]
    StoreEnded,
}

/// A server that has its data folder and can begin.
#[derive(Debug)]
pub struct Server {
    store: Store,
    hub: Arc<Hub>,
    app: Arc<App>,
    stop: watch::Sender<bool>,
    /// Where the figures are served by themselves.
    operation: Option<TcpListener>,
    /// What TLS is spoken with, if it is.
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
    /// Opens the data folder and makes everything ready. To be called where Tokio runs.
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
            pace: config.pace,
            queue: config.queue,
            crowd: config.crowd,
            sockets: permits(config.crowd.sockets),
            socket_places: Places::new(config.crowd.per_address),
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

    /// Serves the figures and the state of health on a port of their own as well, to whoever reaches it.
    #[must_use]
    pub fn with_operation(mut self, listener: TcpListener) -> Self {
        self.operation = Some(listener);
        self
    }

    /// Serves until `shutdown` is done, then says goodbye to all sockets and finishes what was begun. Fails when
    /// the store ends before.
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
        let connections = permits(app.crowd.connections());
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
            let _ = connections.acquire_many(app.crowd.connections()).await;
            let _ = app.sockets.acquire_many(app.crowd.sockets).await;
        };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            tracing::warn!("some clients did not go in time");
        }
        store.stop().await;
        ended
    }
}

/// Serves those who watch the server, for ever.
async fn watch(listener: TcpListener, app: Arc<App>) {
    let connections = permits(OPERATION_CONNECTIONS);
    let router = operation(Arc::clone(&app));
    accept(&listener, None, router, &app, &connections).await;
}

/// So many permits.
fn permits(count: u32) -> Arc<Semaphore> {
    Arc::new(Semaphore::new(
        usize::try_from(count).unwrap_or(Semaphore::MAX_PERMITS),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_server_whose_store_ends_stops_and_says_so() {
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
