//! Bounds of rooms that only the server knows, each with its reason. What both ends know is in [`protocol::limits`].

use crate::bucket::Rate;

/// Rooms at the same time, unless the host says otherwise: one for each socket of a server with the usual limit of open files.
pub const ROOMS: u32 = 3072;
/// Seats of one user over all rooms: some rooms open in some tabs, not a crowd of one.
pub const SEATS_PER_USER: u32 = 16;
/// How often someone who declined may be asked again: twenty times in an hour.
pub const AFTER_DECLINING: Rate = Rate {
    burst: 20.0,
    per_second: 20.0 / 3600.0,
};
/// The longest nonce of a chat line, in bytes: a UUID has 36.
pub const NONCE_BYTES: usize = 64;
