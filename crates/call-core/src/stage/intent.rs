//! How the user sees and hears the call; the others do not notice.

use protocol::ParticipantId;

use super::layout::Area;
use crate::TileKey;

/// What the user wants from the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StageIntent {
    /// Keep one tile large, regardless of who speaks.
    Pin(TileKey),
    /// Let the large tile change again.
    Unpin,
    /// Show one tile large (`true`), or all at one size.
    Spotlight(bool),
    /// Hide the self view (`true`); the others still see the user.
    HideSelf(bool),
    /// The page shows the tiles in this area; one without a size while it does not show them.
    Show {
        /// The area, in CSS pixels.
        area: Area,
        /// Device pixels per CSS pixel.
        density: f64,
    },
    /// Set the volume of a participant.
    SetVolume {
        /// Id of the participant.
        peer: ParticipantId,
        /// Percent of the received volume, 0 to 100.
        percent: u8,
    },
    /// Show the details of the connection with a participant, or hide them.
    InspectConnection(Option<ParticipantId>),
}
