//! Confab's server: accounts, rooms, invitations, links, relay of signals, chat; and it serves the app.
//!
//! [`run`] is all of it. A request comes in through `connections` (and `tls`) and `http` (addresses); a socket lives in
//! `socket`; what happens in the rooms is decided by the crate `registry`, pure machines; `hub` is where rooms, sockets
//! and `store` meet; `accounts` knows who someone is; `metrics` counts; `admin` is for those who run it; `assets` is the app, compressed when the server was built.
//!
//! Invariants: nothing that was acknowledged is lost when the process is killed, because whatever is told to anybody
//! is written before; one bad message ends or warns one socket, never the server; every queue is bounded
//! (`limits`); nothing here knows what is in a signal.

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

mod accounts;
pub mod admin;
mod assets;
mod base_path;
mod clock;
pub mod config;
mod connections;
mod http;
mod hub;
mod limits;
mod metrics;
mod pace;
mod passwords;
mod places;
mod random;
mod server;
mod socket;
mod store;
mod tls;
mod tries;

pub use server::{RunError, Server, run};
pub use tls::network_address;
