//! What is shown of one connection.

use protocol::{Epoch, ParticipantId, UserName};

use crate::Source;

/// One other person in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileView {
    /// Who.
    pub peer: ParticipantId,
    /// Which attempt; the stream changes with it.
    pub epoch: Epoch,
    /// Their name.
    pub name: UserName,
    /// Whether they have no account.
    pub guest: bool,
    /// How the connection is.
    pub state: TileState,
    /// Whether their camera sends a picture.
    pub camera: bool,
    /// Whether their microphone sends sound.
    pub microphone: bool,
    /// Whether they share a screen.
    pub screen: bool,
    /// Whether the server waits for their page, whose socket broke; what is seen and heard goes on.
    pub away: bool,
    /// What of it does not play on this page.
    pub stalls: Vec<StallView>,
    /// How loud the user hears them and their screen, from 0 to 100.
    pub volume: u8,
}

/// A source that is sent, and stands still on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StallView {
    /// Which.
    pub source: Source,
    /// All that could be done by itself was done, and the user may ask for another attempt (`RetryLink`).
    pub given_up: bool,
}

/// How the connection behind a tile is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TileState {
    /// Being made.
    #[default]
    Connecting,
    /// Media flows.
    Connected,
    /// Lost, and being mended.
    Reconnecting,
    /// Could not be made, or mended; the user may try again.
    Failed,
}

/// Why a connection could not be made or mended, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTrouble {
    /// The two found no way to each other.
    NoWay,
    /// The relay servers would not let us in: their credentials are wrong or have expired.
    RelayRefused,
    /// The relay servers did not answer.
    RelaySilent,
}
