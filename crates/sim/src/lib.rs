//! A simulation of Confab: users whose pages run the app's own core, the server's rooms, and the network in between.
//!
//! [`call_core::Core`] and [`registry::Registry`] are the real ones, with the registry's invariants checked.
//! Simulated are their surroundings: each page's browser ([`Browser`]), sockets, a small version of the
//! server's hub ([`Server`]), its disk, and time. A world is created from a seed and is deterministic: delays
//! are random, so that messages of different sockets overtake each other, while one socket keeps its order,
//! as TCP does. Tests act through [`World`] and inspect what a page shows.
//!
//! `tests/calls` has scenarios of calls; `tests/soak` acts at random and checks that in the end all pages and
//! the server agree.

#![warn(clippy::wildcard_enum_match_arm)]
#![allow(clippy::missing_panics_doc, reason = "errors in a world fail the test")]

mod agreement;
mod browser;
mod devices;
mod disk;
mod ice;
mod pages;
mod pairs;
mod peers;
mod person;
mod running;
mod server;
mod shell;
mod socket;
mod sockets;
mod world;

pub use browser::{Browser, SimulatedPeer};
pub use ice::Ice;
pub use person::Person;
pub use server::Server;
pub use world::World;
