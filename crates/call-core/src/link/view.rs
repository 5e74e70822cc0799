//! View of one connection.

use protocol::{Epoch, ParticipantId, UserName};

use crate::Source;

/// Another participant in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileView {
    /// Id of the participant.
    pub peer: ParticipantId,
    /// Epoch of the connection; a new epoch has a new media stream.
    pub epoch: Epoch,
    /// Name of the participant.
    pub name: UserName,
    /// Whether the participant is a guest.
    pub guest: bool,
    /// State of the connection.
    pub state: TileState,
    /// Whether their camera sends video.
    pub camera: bool,
    /// Their videos that are held back, as their network does not carry them.
    pub paused: Vec<Source>,
    /// Whether their microphone sends audio.
    pub microphone: bool,
    /// Whether they share a screen.
    pub screen: bool,
    /// Whether their socket is broken and the server waits for it; media goes on.
    pub away: bool,
    /// Their sources that do not play on this page.
    pub stalls: Vec<StallView>,
    /// Playback volume of their microphone and screen audio, 0 to 100.
    pub volume: u8,
}

/// A source that is sent but does not play on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StallView {
    /// The stalled source.
    pub source: Source,
    /// Whether automatic recovery has been given up; the user may retry (`RetryLink`).
    pub given_up: bool,
}

/// State of the connection behind a tile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TileState {
    /// Being established for the first time.
    #[default]
    Connecting,
    /// Connected; media can flow.
    Connected,
    /// Lost, and being recovered.
    Reconnecting,
    /// Could not be established or recovered; the user may retry.
    Failed,
}

/// Why a connection could not be established or recovered, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTrouble {
    /// No candidate pair worked.
    NoWay,
    /// The TURN servers refused the credentials (wrong or expired), or refused an allocation for another reason.
    RelayRefused,
    /// The TURN servers did not answer.
    RelaySilent,
}
