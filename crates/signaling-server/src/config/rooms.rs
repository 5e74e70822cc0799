//! The settings of `[rooms]`: how large rooms may be, and how much is stored for rooms and users.

use std::ops::RangeInclusive;

use super::table::{check_within, section};
use super::{PasswordGuessLimits, QueueBounds, Quotas, SettingsError};
use crate::limits;

/// The largest room that clients support.
#[allow(clippy::cast_possible_truncation, reason = "about a thousand")]
const LARGEST: u32 = protocol::limits::LARGEST_ROOM as u32;
/// Range of lists that are read and sent as a whole.
const AT_ONCE: RangeInclusive<u32> = 1..=1000;
/// Maximum bytes that a welcome takes for one participant: the longest name, with every flag set.
const TOLD_OF_EACH: u32 = 256;
/// Maximum bytes that a welcome takes for one blocked person: the longest name.
const TOLD_OF_BLOCKED: u32 = 136;
/// Bytes for the rest of a welcome: a page of history, the newcomers who wait, and the room itself.
const TOLD_OF_ROOM: u32 = 64 * 1024;

section! {
    /// Limits of rooms.
    RoomSettings, "rooms";

    /// Maximum number of participants of one room, whatever its moderators decide
    ///
    /// A room admits 64 until they change that.
    room_participants: u32 = protocol::RoomSettings::default().size, within 1..=LARGEST, flag "COUNT";

    /// Wrong room passwords that one user, or all guests together, may try from one address at once, and again
    /// within 100 s
    room_password_guesses: u32 = limits::ROOM_PASSWORD_GUESSES, within AT_ONCE;

    /// Valid passes to one room
    passes_per_room: u32 = limits::PASSES_PER_ROOM, within AT_ONCE;

    /// Bans from one room in force at the same time
    bans_per_room: u32 = limits::BANS_PER_ROOM, within AT_ONCE;

    /// Chat messages kept of one room, the newest
    history_lines: u32 = limits::HISTORY_LINES, within 50..=1_000_000;

    /// People that one user can block; the list is read each time the user enters a room
    blocked_per_user: u32 = limits::BLOCKED_PER_USER, within AT_ONCE;
}

impl RoomSettings {
    /// Checks the settings, and returns them as the server uses them. What may be queued for a socket must hold
    /// a welcome.
    pub(super) fn rules(&self, queue: QueueBounds) -> Result<RoomRules, SettingsError> {
        let else_told = TOLD_OF_ROOM + self.blocked_per_user * TOLD_OF_BLOCKED;
        let most = queue.bytes.saturating_sub(else_told) / TOLD_OF_EACH;
        check_within("room-participants", self.room_participants, &(1..=most))?;
        Ok(RoomRules {
            participants: self.room_participants,
            guesses: PasswordGuessLimits::of(self.room_password_guesses),
            quotas: Quotas {
                passes_per_room: self.passes_per_room,
                bans_per_room: self.bans_per_room,
                blocked_per_user: self.blocked_per_user,
                history_lines: self.history_lines,
            },
        })
    }
}

/// Limits of each room.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoomRules {
    /// Maximum number of participants, whatever the moderators decide.
    pub participants: u32,
    /// Limits of stored data.
    pub quotas: Quotas,
    /// Limit of guesses at room passwords.
    pub guesses: PasswordGuessLimits,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(participants: u32, queued_bytes: u32) -> Result<u32, String> {
        let settings = RoomSettings {
            room_participants: participants,
            ..RoomSettings::default()
        };
        let queue = QueueBounds {
            bytes: queued_bytes,
            ..QueueBounds::default()
        };
        let rules = settings.check().and_then(|()| settings.rules(queue));
        rules
            .map(|rules| rules.participants)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn room_size_is_limited_by_its_welcome() {
        let queued = QueueBounds::default().bytes;
        assert_eq!(with(1024, queued), Ok(1024));
        let refused = with(1025, queued).expect_err("a refusal");
        assert!(refused.ends_with("it must be between 1 and 1024"), "{refused}");
        let refused = with(300, 128 * 1024).expect_err("a refusal");
        assert!(refused.ends_with("it must be between 1 and 120"), "{refused}");
    }

    #[test]
    fn given_values_are_used() {
        let given = RoomSettings {
            room_password_guesses: 5,
            passes_per_room: 1,
            bans_per_room: 2,
            history_lines: 50,
            ..RoomSettings::default()
        };
        let rules = given.rules(QueueBounds::default()).expect("rules");
        let quotas = rules.quotas;
        assert_eq!((quotas.passes_per_room, quotas.bans_per_room), (1, 2));
        assert_eq!(quotas.history_lines, 50);
        assert_eq!(quotas.blocked_per_user, limits::BLOCKED_PER_USER);
        let guesses = rules.guesses.rate;
        assert!((guesses.burst - 5.0).abs() < 1e-9 && (guesses.per_second - 0.05).abs() < 1e-9);
    }
}
