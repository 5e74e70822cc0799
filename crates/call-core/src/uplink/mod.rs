//! What video is sent to whom: as large as each peer shows it, within what the network and this device carry.
//!
//! Each page tells each peer how many lines it shows of the peer's videos ([`Shown`]). The [`plan`] of all connections
//! sets the encoding of each video on each of them, by the [`ceiling`] of each connection and the [`strain`] on the
//! device, both of which come from samples.

mod ceiling;
mod comfort;
mod core;
mod encoding;
mod patience;
mod plan;
mod sender;
mod shown;
mod strain;

pub use encoding::{Encoding, Video};

pub(crate) use core::Uplink;
pub(crate) use sender::Sender;
pub(crate) use shown::Shown;
