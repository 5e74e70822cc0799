//! How much there is in the rooms, for whoever watches the server.

use super::room::Room;

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

impl Figures {
    /// Adds what there is in a room.
    pub(super) fn add(&mut self, room: &Room) {
        // It was just made, or has closed since.
        if room.is_empty() {
            return;
        }
        self.rooms += 1;
        self.seats += room.seats.len();
        self.links += room.links.len();
        self.ringing += room.invitations.len();
    }
}
