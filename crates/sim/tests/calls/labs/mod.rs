//! The connection check ("Test my connection").

mod loopback;
mod page;
mod servers;
