//! The HTTP API, and which requests may come to it at all.

mod answers;
mod app;
mod client_address;
mod cors;
mod host;
mod ice_servers;
mod network;
mod operation;
mod origin;
mod routes;
mod sent;
mod sessions;
mod transport;

pub use app::App;
pub use client_address::PeerAddress;
pub use ice_servers::IceSettings;
pub use network::Network;
pub use operation::operation;
pub use origin::{Origin, Page};
pub use routes::router;
pub use sessions::cookie;
pub use transport::Transport;
