//! How much there is in the rooms, for whoever watches the server.

use super::Registry;

/// Numbers over all rooms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rooms that somebody is in.
    pub rooms: usize,
    /// Participants, those whose socket broke a moment ago among them.
    pub seats: usize,
    /// Links.
    pub links: usize,
    /// Invitations that ring.
    pub ringing: usize,
}

impl Registry {
    /// Counts what there is.
    pub fn figures(&self) -> Figures {
        let mut figures = Figures {
            rooms: self.rooms.len(),
            seats: self.rooms.values().map(|room| room.seats.len()).sum(),
            ..Figures::default()
        };
        for room in self.rooms.values() {
            figures.links += room.links.len();
            figures.ringing += room.invitations.len();
        }
        figures
    }
}
