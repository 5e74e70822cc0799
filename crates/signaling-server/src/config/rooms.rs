//! The settings of `[rooms]`: how much there may be of a room.

use clap::Args;
use serde::Deserialize;

use super::limits::number;
use super::{Bounds, QueueBounds, SettingsError};

/// What a welcome says of one participant, in bytes: the longest name with every mark there is.
const TOLD_OF_EACH: u32 = 256;
/// What else is in a welcome, with its page of history: it stays below one message.
const TOLD_OF_ROOM: u32 = 64 * 1024;

/// As a person gives them.
#[derive(Clone, Copy, Debug, Default, Args, Deserialize)]
#[command(next_help_heading = "Rooms, in the file under [rooms]")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoomLimits {
    /// Participants in one room, whatever its moderators decide [default: 64]
    ///
    /// A room lets in 64 until they decide otherwise.
    #[arg(long, env = "CONFAB_ROOM_PARTICIPANTS", value_name = "COUNT")]
    pub room_participants: Option<u32>,
}

impl RoomLimits {
    /// Adds what the file says, where flags and environment say nothing.
    pub fn over(self, under: Self) -> Self {
        Self {
            room_participants: self.room_participants.or(under.room_participants),
        }
    }

    /// The bounds, with what is not given as it is by default; what one reader's queue takes must hold a welcome.
    pub(super) fn bounds(self, bounds: Bounds, queue: QueueBounds) -> Result<Bounds, SettingsError> {
        let largest = u32::try_from(protocol::limits::LARGEST_ROOM).unwrap_or(u32::MAX);
        let largest = largest.min(queue.bytes.saturating_sub(TOLD_OF_ROOM) / TOLD_OF_EACH);
        Ok(Bounds {
            room_participants: number(
                "room-participants",
                self.room_participants,
                bounds.room_participants,
                1..=largest,
            )?,
            ..bounds
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(participants: u32, queued_bytes: u32) -> Result<u32, String> {
        let settings = RoomLimits {
            room_participants: Some(participants),
        };
        let queue = QueueBounds {
            bytes: queued_bytes,
            ..QueueBounds::default()
        };
        let bounds = settings.bounds(Bounds::default(), queue);
        bounds
            .map(|bounds| bounds.room_participants)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_room_may_be_as_large_as_everybody_in_it_can_be_told() {
        let queued = QueueBounds::default().bytes;
        assert_eq!(with(1024, queued), Ok(1024));
        let refused = with(1025, queued).expect_err("a refusal");
        assert!(refused.ends_with("it is between 1 and 1024"), "{refused}");
        let refused = with(300, 128 * 1024).expect_err("a refusal");
        assert!(refused.ends_with("it is between 1 and 256"), "{refused}");
    }
}
