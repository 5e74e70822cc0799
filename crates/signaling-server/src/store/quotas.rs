//! How much is kept of a room, and of a user.

use crate::limits;

/// How much may be kept at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    /// Passes to one room that are valid.
    pub passes_per_room: u32,
    /// Bans from one room that last.
    pub bans_per_room: u32,
    /// People whom one user blocks.
    pub blocked_per_user: u32,
    /// Lines of chat of one room; some more for a while.
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
