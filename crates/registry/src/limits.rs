//! Limits that only the server knows, each with its reason. For those that both ends know, see [`protocol::limits`].

use crate::bucket::Rate;

/// Rooms at the same time, by default: one for each socket of a server with the usual limit of open files.
pub const ROOMS: u32 = 3072;
/// Seats of one user over all rooms: some rooms in some tabs, but too few to fill rooms.
pub const SEATS_PER_USER: u32 = 16;
/// Invitations per hour to a user who declined (from the same user).
pub const INVITATIONS_AFTER_DECLINING: u32 = 20;
/// [`INVITATIONS_AFTER_DECLINING`] as a rate.
#[allow(clippy::cast_lossless, reason = "const evaluation")]
pub const AFTER_DECLINING: Rate = Rate {
    burst: INVITATIONS_AFTER_DECLINING as f64,
    per_second: INVITATIONS_AFTER_DECLINING as f64 / 3600.0,
};
/// The longest nonce of a chat message, in bytes: a UUID has 36.
pub const NONCE_BYTES: usize = 64;
