//! How the call is seen and heard here; the others notice nothing of it.

use protocol::ParticipantId;

use crate::TileKey;

/// What the user wants to see and hear of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageIntent {
    /// Keep one tile large, regardless of who speaks.
    Pin(TileKey),
    /// Let the large tile change again.
    Unpin,
    /// Show one tile large (`true`), or all of one size.
    Spotlight(bool),
    /// Hide the self view (`true`); the others see the user all the same.
    HideSelf(bool),
    /// Make one participant louder or softer.
    SetVolume {
        /// The participant.
        peer: ParticipantId,
        /// Percent of what is received, from 0 to 100.
        percent: u8,
    },
    /// Show the details of the connection with a participant, or of none.
    InspectConnection(Option<ParticipantId>),
}
