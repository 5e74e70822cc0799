//! Identifiers and moments on the wire: opaque to whoever did not make them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A number as JSON: stays below 2^53, so that every JSON reader holds it exactly.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);
    };
}

/// A string that its maker alone understands.
macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);
    };
}

number_id! {
    /// A user's seat in a room, for as long as the user is in it; never used again afterwards.
    ///
    /// Of two linked participants the one with the greater id is polite, the other impolite
    /// (W3C WebRTC §10.7, perfect negotiation).
    ParticipantId
}
number_id! {
    /// One invitation.
    InvitationId
}
number_id! {
    /// One message in a room's history; later messages have greater ids.
    MessageId
}
number_id! {
    /// One attempt of two participants to connect; a later attempt of the same pair has a greater epoch.
    ///
    /// Given by the server with each link. A signal names the epoch that it belongs to, so that what was
    /// meant for a connection that is gone cannot disturb the one that took its place.
    Epoch
}
number_id! {
    /// One pass to a room.
    PassId
}
number_id! {
    /// Milliseconds since 1970-01-01T00:00Z by the server's clock.
    UnixMillis
}

impl UnixMillis {
    /// How long it is since an earlier moment; nothing where that is a later one, since clocks are set back.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The moment that is so much later.
    #[must_use]
    pub fn after(self, by: Duration) -> Self {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(by))
    }
}

string_id! {
    /// Proof of a signed-in user: sent as `Authorization: Bearer` over HTTP, in [`crate::Hello`] over the socket.
    SessionToken
}
string_id! {
    /// Proof of holding a seat; lets the same page come back to it after its socket broke.
    SeatKey
}
string_id! {
    /// Chosen by the sender of a chat line, so that sending it again after a broken socket does not repeat it.
    Nonce
}
string_id! {
    /// What a pass to a room is known by: whoever has it is let in.
    PassCode
}
