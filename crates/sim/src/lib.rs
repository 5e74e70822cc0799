//! Confab in one virtual world: people whose pages are the app's own cores, the server's rooms, and what is between them.
//!
//! Real are [`call_core::Core`] and [`registry::Registry`], with its invariants checked. Simulated are what is round them: each page's
//! browser ([`Browser`]), the sockets, the server's hub in small ([`Server`]), its disk, and time. A world is made from a seed, and the
//! same seed gives the same world: messages take their time by chance, so that those of different sockets overtake each
//! other, while what one socket carries keeps its order, as TCP does. A test acts through [`World`] and looks at what a page shows.
//!
//! `tests/calls` are stories of calls, `tests/soak` is random: whatever people do, in the end all know the same.

#![warn(clippy::wildcard_enum_match_arm)]
#![allow(
    clippy::missing_panics_doc,
    reason = "what goes wrong in a world ends the test"
)]

mod agreement;
mod browser;
mod devices;
mod disk;
mod hands;
mod ice;
mod pages;
mod pairs;
mod peers;
mod person;
mod running;
mod server;
mod socket;
mod sockets;
mod world;

pub use browser::{Browser, SimulatedPeer};
pub use ice::Ice;
pub use person::Person;
pub use server::Server;
pub use world::World;
