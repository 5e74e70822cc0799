//! Bounds of rooms that only the server knows, each with its reason. What both ends know is in [`protocol::limits`].

use crate::bucket::Rate;

/// Rooms at the same time, unless the host says otherwise: one for each socket of a server with the usual limit of open files.
pub const ROOMS: u32 = 3072;
/// Seats of one user over all rooms: some rooms open in some tabs, not a crowd of one.
pub const SEATS_PER_USER: u32 = 16;
/// Invitations in an hour to a person who has declined.
pub const INVITATIONS_AFTER_DECLINING: u32 = 20;
/// The same, as a rate.
#[allow(clippy::cast_lossless, reason = "for a constant")]
pub const AFTER_DECLINING: Rate = Rate {
    burst: INVITATIONS_AFTER_DECLINING as f64,
    per_second: INVITATIONS_AFTER_DECLINING as f64 / 3600.0,
};
/// The longest nonce of a chat line, in bytes: a UUID has 36.
pub const NONCE_BYTES: usize = 64;
