//! The state shared by all request handlers.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use tokio::sync::{Semaphore, watch};

use super::client_address::{PeerAddress, client_address, is_proxy};
use super::ice_servers::IceSettings;
use super::network::Network;
use super::origin::Origin;
use crate::accounts::Accounts;
use crate::address_limits::{AddressLimits, ConnectionLimits};
use crate::assets::Files;
use crate::base_path::BasePath;
use crate::clock::Clock;
use crate::hub::{Hub, QueueBounds};
use crate::metrics::Metrics;
use crate::socket_limits::SocketLimits;
use crate::store::Store;

/// Everything that request handlers need.
#[derive(Debug)]
pub struct App {
    /// Accounts and sessions.
    pub accounts: Arc<Accounts>,
    /// The databases.
    pub store: Store,
    /// The rooms and their sockets.
    pub hub: Arc<Hub>,
    /// Counters and histograms.
    pub metrics: Arc<Metrics>,
    /// The token for metrics on the main port; without one, they are not served there.
    pub metrics_token: Option<String>,
    /// The monotonic clock.
    pub clock: Clock,
    /// Timeouts, sizes and rates of sockets.
    pub per_socket: SocketLimits,
    /// Bounds of what may be queued for one socket.
    pub queue: QueueBounds,
    /// Maximum number of sockets, in all and per address.
    pub connections: ConnectionLimits,
    /// One permit for each socket.
    pub sockets: Arc<Semaphore>,
    /// Sockets held by each client address.
    pub socket_permits: Arc<AddressLimits>,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
    /// The base path of all addresses.
    pub base: BasePath,
    /// The app's page and files.
    pub files: Files,
    /// STUN and TURN servers for browsers.
    pub ice: IceSettings,
    /// Other origins whose pages may use the server.
    pub allowed_origins: Vec<Origin>,
    /// Proxies whose forwarding headers are trusted.
    pub trusted_proxies: Vec<Network>,
}

impl App {
    /// Returns the address of the client that sent a request.
    pub fn client_address(&self, peer: PeerAddress, headers: &HeaderMap) -> IpAddr {
        client_address(peer.0, headers, &self.trusted_proxies)
    }

    /// Whether an address is that of a trusted proxy, whose connections come from many clients.
    pub fn is_proxy(&self, address: IpAddr) -> bool {
        is_proxy(address, &self.trusted_proxies)
    }
}

impl FromRef<Arc<App>> for Files {
    fn from_ref(app: &Arc<App>) -> Self {
        app.files
    }
}

/// Extractor of the shared state.
pub(super) type SharedApp = State<Arc<App>>;
