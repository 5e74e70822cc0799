//! Confab's server: accounts, rooms, invitations, links, relay of signals, chat; and it serves the app.
//!
//! [`run`] is all of it. A request comes in through `connections` (and `tls`) and `http` (addresses); a socket lives in
//! `socket`; what happens in the rooms is decided by `registry`, a pure machine; `hub` is where registry, sockets
//! and `store` meet; `accounts` knows who somebody is; `metrics` counts; `admin` is for whoever runs it; `assets` is the app, compressed when the server was built.
//!
//! Invariants: nothing that was acknowledged is lost when the process is killed, because whatever is told to anybody
//! is written before; one bad message ends or warns one socket, never the server; every queue is bounded
//! (`limits`); nothing here knows what is in a signal.

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

mod accounts;
pub mod admin;
mod assets;
mod bucket;
mod clock;
pub mod config;
mod connections;
mod http;
mod hub;
mod limits;
mod metrics;
mod places;
mod random;
mod registry;
mod server;
mod socket;
mod store;
mod stream;

#[cfg(fuzzing)]
pub use registry::tests::storm;
mod tls;
mod tries;

pub use server::{RunError, Server, run};
pub use tls::network_address;
