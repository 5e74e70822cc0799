//! The registry: who sits where, who asks whom, who may talk with whom.
//!
//! Each room is a pure machine (`room`) behind a lock of its own ([`SharedRoom`]); what spans rooms is small, and apart
//! (`users`, `rooms`). What happens in a room comes in by one of a few calls of [`OpenRoom`], and what is to be done
//! comes back as a list of [`Output`]s, in order. Time, random keys and the first id are handed in: there is no clock, no
//! runtime, no storage and no socket in here, and therefore nothing that can fail.
//!
//! Invariants: a user has at most one seat in a room; a link exists exactly while it has a reason (an accepted
//! invitation, or both in the conference and not kept apart); whatever ends with a participant (invitations,
//! links, the place in the conference) ends before the participant is told to have left.

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
mod kept;
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
// The storm is driven from outside as well, by `fuzz/`.
#[cfg(any(test, fuzzing))]
#[cfg_attr(fuzzing, allow(dead_code, reason = "of the tests only the storm is run then"))]
mod tests;
mod turn;
mod users;

use std::time::Duration;

use protocol::{ClientMessage, RoomSettings};
use serde_json::value::RawValue;

pub use door::Door;
pub use entry::{Entry, History};
pub use figures::Figures;
pub use ids::{SocketId, UserId};
pub use kept::KeptRoom;
pub use lock::lock;
pub use order::{Change, Done, Order};
pub use output::{Line, Output, RawServerMessage};
pub use rooms::{Registry, Turned};
pub use rules::{Rules, Standing};
pub use seat::{HashedKey, KeyHash};
pub use shared::{OpenRoom, SharedRoom};
#[cfg(fuzzing)]
pub use tests::storm;

use bucket::Rate;

/// A message from a client; the bodies of signals are the text that came in.
type Message = ClientMessage<Box<RawValue>>;

/// How long things last.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// How long an invitation rings.
    pub invitation_rings: Duration,
    /// How long a seat waits for its page after its socket broke.
    pub seat_grace: Duration,
    /// How long it waits when its page said that it is being closed.
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

/// How much there may be at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Rooms that someone is in: one for each socket, so that no one uses the rooms up before.
    pub rooms: u32,
    /// Seats of one user, over all rooms.
    pub seats_per_user: u32,
    /// Participants of one room, whatever its moderators decide.
    pub room_participants: u32,
    /// How often someone who declined may be asked again.
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
