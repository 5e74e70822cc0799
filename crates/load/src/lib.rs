//! A load for one Confab server, from this machine alone, bounded in number and time: what it carries, as figures.
//!
//! [`idle`] opens sockets that say nothing, [`relay`] passes signals between pairs, [`joining`] lets many come at once, [`signing_in`] has
//! passwords checked. None judges its figures: a machine with other work to do has worse ones.

mod client;
mod figures;
mod idle;
mod joining;
mod program;
mod relay;
mod signing_in;

pub use client::{Client, accounts};
pub use figures::{Figures, quantile};
pub use idle::idle;
pub use joining::joining;
pub use program::{Hashing, Program, raise_open_files};
pub use relay::relay;
pub use signing_in::signing_in;

/// What can go wrong with a load.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file, a program, a connection.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A socket.
    #[error(transparent)]
    Socket(#[from] Box<tokio_tungstenite::tungstenite::Error>),
    /// The server says something else than what the load is about.
    #[error("the server said {0}")]
    Said(String),
    /// A part of the load was cut short.
    #[error("a part of the load ended by itself")]
    Ended,
    /// The figures are of this machine's own server alone.
    #[error("{0} is not an address of this machine")]
    Elsewhere(std::net::SocketAddr),
}
