//! The registry: state of all rooms: seats, invitations, links and the group call.
//!
//! Each room is a pure state machine (`room`) behind its own lock ([`SharedRoom`]); the little that spans
//! rooms is separate (`users`, `rooms`). Each input to a room is one of a few methods of [`OpenRoom`]; the
//! result is an ordered list of [`Output`]s to carry out. Time, random keys and the first id are passed in:
//! this crate has no clock, runtime, storage or socket, and therefore cannot fail.
//!
//! Invariants: a user has at most one seat in a room; a link exists exactly while it has a reason (an accepted
//! invitation, or both ends in the group call and not kept apart); everything that ends with a participant
//! (invitations, links, membership of the group call) ends before the others are notified that the participant left.

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

mod admission;
mod blocking;
pub mod bucket;
pub mod buckets;
mod chat;
#[cfg(any(test, fuzzing, feature = "checks"))]
#[allow(missing_docs, clippy::missing_panics_doc, reason = "assertions")]
pub mod checks;
mod conference;
mod deadlines;
mod declines;
mod dispatch;
mod done;
mod door;
mod entering;
mod entry;
mod figures;
mod ids;
mod invitations;
mod leaving;
pub mod limits;
mod links;
mod lock;
mod moderation;
pub mod names;
mod newcomer;
mod order;
mod output;
mod pair;
mod refused;
mod request;
mod room;
mod rooms;
mod rules;
mod seat;
mod shared;
mod snapshot;
// Also run from outside, by `fuzz/`.
#[cfg(any(test, fuzzing))]
#[cfg_attr(fuzzing, allow(dead_code, reason = "only the storm is run then"))]
mod tests;
mod turn;
mod users;

use std::time::Duration;

use protocol::{ClientMessage, RoomSettings};
use serde_json::value::RawValue;

pub use door::Door;
pub use entry::{Entry, History};
pub use figures::Totals;
pub use ids::{SocketId, UserId};
pub use lock::lock;
pub use order::{Change, Done, Order};
pub use output::{ChatDraft, Output, RawServerMessage};
pub use rooms::{Registry, Turned};
pub use rules::{Rules, Standing};
pub use seat::{HashedKey, KeyHash};
pub use shared::{OpenRoom, SharedRoom};
pub use snapshot::RoomSnapshot;
#[cfg(fuzzing)]
pub use tests::storm;

use bucket::Rate;

/// A message from a client; signal bodies are raw JSON.
type Message = ClientMessage<Box<RawValue>>;

/// Durations of what ends by itself.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// How long an invitation rings.
    pub invitation_rings: Duration,
    /// How long a seat is held after its socket broke.
    pub seat_grace: Duration,
    /// How long a seat is held if its page announced that it is being closed.
    pub closed_seat_grace: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            invitation_rings: protocol::limits::INVITATION_RINGS,
            seat_grace: protocol::limits::SEAT_GRACE,
            closed_seat_grace: protocol::limits::CLOSED_SEAT_GRACE,
        }
    }
}

/// Limits of the registry, all adjustable by the host.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Rooms with a user in them: one for each socket, so that sockets run out first.
    pub rooms: u32,
    /// Seats of one user over all rooms.
    pub seats_per_user: u32,
    /// Participants of one room, whatever its moderators set.
    pub room_participants: u32,
    /// How often a user who declined may be invited again by the same user.
    pub after_declining: Rate,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            rooms: limits::ROOMS,
            seats_per_user: limits::SEATS_PER_USER,
            room_participants: RoomSettings::default().size,
            after_declining: limits::AFTER_DECLINING,
        }
    }
}
