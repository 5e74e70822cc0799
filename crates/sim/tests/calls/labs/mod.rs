//! The connection check ("Check my connection").

mod loopback;
mod page;
mod servers;
