//! The HTTP API, and the checks that requests pass before they reach it.

mod answers;
mod app;
mod client_address;
mod cors;
mod host;
mod ice_servers;
mod json_body;
mod network;
mod operation;
mod origin;
mod routes;
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
