//! How much may happen in one search.

use std::fmt;
use std::hash::Hash;

/// How often things may happen that nobody has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::link::search) struct Bounds {
    /// Changes at each end that call for an offer.
    pub(in crate::link::search) changes: [u8; 2],
    /// ICE restarts, at either end.
    pub(in crate::link::search) restarts: u8,
    /// New epochs that an end asks for.
    pub(in crate::link::search) renewals: u8,
    /// Sockets that break, with what they carry.
    pub(in crate::link::search) breaks: u8,
    /// Messages that come twice, the second time after all others.
    pub(in crate::link::search) doubles: u8,
    /// Whether the two are connected already when any of it happens, and have a data channel beside the socket.
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
