//! Metrics over all rooms.

use super::room::Room;

/// Totals over all rooms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rooms with a participant or a waiting user.
    pub rooms: usize,
    /// Participants, including those whose socket broke and whose seat is held.
    pub seats: usize,
    /// Links between participants.
    pub links: usize,
    /// Ringing invitations.
    pub ringing: usize,
}

impl Totals {
    /// Adds a room's figures.
    pub(super) fn add(&mut self, room: &Room) {
        // The room was just created, or has closed since.
        if room.is_empty() {
            return;
        }
        self.rooms += 1;
        self.seats += room.seats.len();
        self.links += room.links.len();
        self.ringing += room.invitations.len();
    }
}
