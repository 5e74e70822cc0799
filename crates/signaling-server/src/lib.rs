//! Confab's server: accounts, rooms, invitations, links, relay of signals, chat; it also serves the app.
//!
//! [`run`] runs all of it. Requests arrive through `connections` (and `tls`) and `http` (routes); a WebSocket
//! lives in `socket`; the crate `registry`, a pure state machine, decides what happens in rooms; `hub` connects
//! rooms, sockets and `store`; `accounts` authenticates users; `metrics` counts; `admin` is for operators;
//! `assets` is the app, compressed at build time.
//!
//! Invariants: nothing that was acknowledged is lost when the process is killed, because it is written before
//! it is announced (except changes of rooms while their snapshots cannot be written); a bad message ends or
//! warns its own socket, never the server; every queue is bounded (`limits`); the server does not look into
//! signals.

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

mod accounts;
mod address_limits;
pub mod admin;
mod assets;
mod attempt_limiter;
mod base_path;
mod clock;
pub mod config;
mod connections;
mod http;
mod hub;
mod limits;
mod metrics;
mod passwords;
mod random;
mod server;
mod socket;
mod socket_limits;
mod store;
mod tls;
mod write_timeout;

pub use server::{RunError, Server, run};
pub use tls::network_address;
