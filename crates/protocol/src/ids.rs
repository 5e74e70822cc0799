//! Identifiers and timestamps on the wire. Only the end that creates an id interprets it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A number in JSON, below 2^53, so that every JSON parser represents it exactly.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);
    };
}

/// A string, opaque to all but its creator.
macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);
    };
}

number_id! {
    /// A user's seat in a room, for as long as the user is in it; never reused.
    ///
    /// Of two linked participants, the one with the greater id is polite, the other impolite (W3C WebRTC
    /// §10.7, perfect negotiation).
    ParticipantId
}
number_id! {
    /// An invitation.
    InvitationId
}
number_id! {
    /// A message in a room's history; later messages have greater ids.
    MessageId
}
number_id! {
    /// One attempt of two participants to connect; later attempts of the pair have greater epochs.
    ///
    /// Assigned by the server with each link. A signal carries its epoch, so that signals for a connection
    /// that no longer exists cannot disturb its successor.
    Epoch
}
number_id! {
    /// A pass to a room.
    PassId
}
number_id! {
    /// Milliseconds since 1970-01-01T00:00Z by the server's clock.
    UnixMillis
}

impl UnixMillis {
    /// Returns the time since an earlier moment; zero if that moment is later, since clocks may be set back.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// Returns the moment `by` later; saturates.
    #[must_use]
    pub fn after(self, by: Duration) -> Self {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(by))
    }
}

string_id! {
    /// Proof of a session: sent as `Authorization: Bearer` over HTTP, in [`crate::Hello`] over the socket.
    SessionToken
}
string_id! {
    /// Proof of holding a seat; lets the same page resume it after its socket broke.
    SeatKey
}
string_id! {
    /// Chosen by the author's client for each chat message, so that a retransmission is not written twice.
    Nonce
}
string_id! {
    /// The secret of a pass: any holder is admitted to the room.
    PassCode
}
