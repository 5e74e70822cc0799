//! The settings of `[rooms]`: how much there may be of a room, and of what its people keep.

use std::ops::RangeInclusive;

use super::table::{check_within, section};
use super::{GuessRules, QueueBounds, Quotas, SettingsError};
use crate::limits;

/// The largest room that pages are made for.
#[allow(clippy::cast_possible_truncation, reason = "some hundred")]
const LARGEST: u32 = protocol::limits::LARGEST_ROOM as u32;
/// What is read and told all at once.
const AT_ONCE: RangeInclusive<u32> = 1..=1000;
/// What a welcome says of one participant, in bytes: the longest name with every mark there is.
const TOLD_OF_EACH: u32 = 256;
/// And of a person whom its reader blocks: the longest name.
const TOLD_OF_BLOCKED: u32 = 136;
/// What else is in a welcome: a page of history, who waits, and the room itself.
const TOLD_OF_ROOM: u32 = 64 * 1024;

section! {
    /// How much there may be of a room.
    RoomSettings, "rooms";

    /// Participants of one room, whatever its moderators decide
    ///
    /// A room lets in 64 until they decide otherwise.
    room_participants: u32 = protocol::RoomSettings::default().size, within 1..=LARGEST, flag "COUNT";

    /// Wrong guesses of one user, or of all guests together, at rooms' passwords, from one address, that may come at once, and again
    /// within 100 s
    room_password_guesses: u32 = limits::ROOM_PASSWORD_GUESSES, within AT_ONCE;

    /// Passes to one room that are good at the same time
    passes_per_room: u32 = limits::PASSES_PER_ROOM, within AT_ONCE;

    /// Bans from one room that last at the same time
    bans_per_room: u32 = limits::BANS_PER_ROOM, within AT_ONCE;

    /// Lines of chat that are kept of one room, the newest
    history_lines: u32 = limits::HISTORY_LINES, within 50..=1_000_000;

    /// People whom one user blocks; they are all read whenever the user comes in
    blocked_per_user: u32 = limits::BLOCKED_PER_USER, within AT_ONCE;
}

impl RoomSettings {
    /// As the server uses them; what may wait for one reader must hold a welcome.
    pub(super) fn rules(&self, queue: QueueBounds) -> Result<RoomRules, SettingsError> {
        let else_told = TOLD_OF_ROOM + self.blocked_per_user * TOLD_OF_BLOCKED;
        let most = queue.bytes.saturating_sub(else_told) / TOLD_OF_EACH;
        check_within("room-participants", self.room_participants, &(1..=most))?;
        Ok(RoomRules {
            participants: self.room_participants,
            guesses: GuessRules::of(self.room_password_guesses),
            quotas: Quotas {
                passes_per_room: self.passes_per_room,
                bans_per_room: self.bans_per_room,
                blocked_per_user: self.blocked_per_user,
                history_lines: self.history_lines,
            },
        })
    }
}

/// How much there may be of each room.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoomRules {
    /// Participants, whatever the moderators decide.
    pub participants: u32,
    /// What is kept.
    pub quotas: Quotas,
    /// Guesses at the password.
    pub guesses: GuessRules,
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
    fn a_room_may_be_as_large_as_everybody_in_it_can_be_told() {
        let queued = QueueBounds::default().bytes;
        assert_eq!(with(1024, queued), Ok(1024));
        let refused = with(1025, queued).expect_err("a refusal");
        assert!(refused.ends_with("it is between 1 and 1024"), "{refused}");
        let refused = with(300, 128 * 1024).expect_err("a refusal");
        assert!(refused.ends_with("it is between 1 and 120"), "{refused}");
    }

    #[test]
    fn a_room_has_as_many_passes_bans_guesses_and_lines_as_are_given() {
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
