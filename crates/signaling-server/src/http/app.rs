//! What requests are answered from.

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
use crate::assets::Files;
use crate::base_path::BasePath;
use crate::clock::Clock;
use crate::hub::{Hub, QueueBounds};
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::places::{Crowd, Places};
use crate::store::Store;

/// Everything that requests are answered from.
#[derive(Debug)]
pub struct App {
    /// Who somebody is.
    pub accounts: Arc<Accounts>,
    /// Where it is all kept.
    pub store: Store,
    /// Who is connected.
    pub hub: Arc<Hub>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// What opens the figures on the server's own port; without it they are not there.
    pub metrics_token: Option<String>,
    /// What runs forward.
    pub clock: Clock,
    /// How fast sockets are to be.
    pub pace: Pace,
    /// What may wait for one reader.
    pub queue: QueueBounds,
    /// How many sockets there may be.
    pub crowd: Crowd,
    /// One permit for each socket.
    pub sockets: Arc<Semaphore>,
    /// How many of them each place has.
    pub socket_places: Arc<Places>,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
    /// What all addresses stand under.
    pub base: BasePath,
    /// The app's page, and its files.
    pub files: Files,
    /// What browsers are told of STUN and TURN.
    pub ice: IceSettings,
    /// Foreign pages that may use the server.
    pub allowed_origins: Vec<Origin>,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<Network>,
}

impl App {
    /// Where a request comes from.
    pub fn client_address(&self, peer: PeerAddress, headers: &HeaderMap) -> IpAddr {
        client_address(peer.0, headers, &self.trusted_proxies)
    }

    /// Whether an address is a trusted proxy's, whose connections are many clients'.
    pub fn is_proxy(&self, address: IpAddr) -> bool {
        is_proxy(address, &self.trusted_proxies)
    }
}

impl FromRef<Arc<App>> for Files {
    fn from_ref(app: &Arc<App>) -> Self {
        app.files
    }
}

/// How handlers get it.
pub(super) type SharedApp = State<Arc<App>>;
