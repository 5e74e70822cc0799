//! Bounds of a search.

use std::fmt;
use std::hash::Hash;

/// How often events may happen that do not happen by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::link::search) struct Bounds {
    /// Changes at each end that need an offer.
    pub(in crate::link::search) changes: [u8; 2],
    /// ICE restarts, at either end.
    pub(in crate::link::search) restarts: u8,
    /// New epochs requested by either end.
    pub(in crate::link::search) renewals: u8,
    /// Broken sockets; what they carry is lost.
    pub(in crate::link::search) breaks: u8,
    /// Duplicated messages, whose copy arrives after all others.
    pub(in crate::link::search) doubles: u8,
    /// Whether the search starts from a connection with an open data channel, instead of before any connection.
    pub(in crate::link::search) connected: bool,
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            changes: [one, other],
            restarts,
            renewals,
            breaks,
            doubles,
            connected,
        } = self;
        let ways = if *connected {
            "connected, socket and channel"
        } else {
            "from the first moment, socket alone"
        };
        write!(
            f,
            "{ways}, {one}+{other} changes, {restarts} ICE restarts, {renewals} new epochs, "
        )?;
        write!(f, "{breaks} broken sockets, {doubles} doubled messages")
    }
}
