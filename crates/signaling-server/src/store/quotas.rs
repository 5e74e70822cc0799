//! Limits of what is stored for a room and for a user.

use crate::limits;

/// How much may be stored at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    /// Valid passes to one room.
    pub passes_per_room: u32,
    /// Bans from one room that are in force.
    pub bans_per_room: u32,
    /// People that one user blocks.
    pub blocked_per_user: u32,
    /// Chat messages of one room; some more until the next deletion.
    pub history_lines: u32,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            passes_per_room: limits::PASSES_PER_ROOM,
            bans_per_room: limits::BANS_PER_ROOM,
            blocked_per_user: limits::BLOCKED_PER_USER,
            history_lines: limits::HISTORY_LINES,
        }
    }
}
