//! Load tests for one Confab server on this machine, bounded in number and time, with their measurements.
//!
//! [`idle()`] opens idle sockets, [`relay()`] sends signals between pairs, [`joining()`] lets many users join at
//! once, and [`signing_in()`] has passwords checked. [`floor()`] is a bare server to compare with. No measurement is judged: a busy machine has worse ones.

mod client;
mod cores;
mod figures;
mod floor;
mod idle;
mod joining;
mod program;
mod relay;
mod signing_in;

pub use client::{Client, Stamp, accounts, strangers};
pub use cores::Cores;
pub use figures::{Figures, quantile};
pub use floor::{floor, serve as serve_floor};
pub use idle::idle;
pub use joining::joining;
pub use program::{Hashing, Program, raise_open_files};
pub use relay::{Pace, relay};
pub use signing_in::signing_in;

/// Why a load test failed.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file, a process or a connection failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A socket failed.
    #[error(transparent)]
    Socket(#[from] Box<tokio_tungstenite::tungstenite::Error>),
    /// The server sent something unexpected.
    #[error("unexpected answer of the server: {0}")]
    Said(String),
    /// A part of the load ended early.
    #[error("a part of the load ended early")]
    Ended,
    /// The server is not on this machine.
    #[error("{0} is not an address of this machine")]
    Elsewhere(std::net::SocketAddr),
}
