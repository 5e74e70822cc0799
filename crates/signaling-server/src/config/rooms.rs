//! The settings of `[rooms]`: how much there may be of a room, and of what its people keep.

use clap::Args;
use serde::Deserialize;

use super::limits::number;
use super::{Bounds, GuessRules, QueueBounds, Quotas, SettingsError};
use crate::limits;

/// Lines that may be kept: from a page of them to what is still looked through at once.
const HISTORY: std::ops::RangeInclusive<u32> = 50..=1_000_000;
/// What a welcome says of one participant, in bytes: the longest name with every mark there is.
const TOLD_OF_EACH: u32 = 256;
/// And of somebody whom its reader blocks: the longest name.
const TOLD_OF_BLOCKED: u32 = 136;
/// What else is in a welcome: a page of history, who waits, and the room itself.
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

    /// Guesses of one user at rooms' passwords that may come at once, and again within 100 s [default: 10]
    #[arg(long, env = "CONFAB_ROOM_PASSWORD_GUESSES", value_name = "COUNT")]
    pub room_password_guesses: Option<u32>,

    /// Passes to one room that are good at the same time [default: 32]
    #[arg(long, env = "CONFAB_PASSES_PER_ROOM", value_name = "COUNT")]
    pub passes_per_room: Option<u32>,

    /// Bans from one room that last at the same time [default: 256]
    #[arg(long, env = "CONFAB_BANS_PER_ROOM", value_name = "COUNT")]
    pub bans_per_room: Option<u32>,

    /// People whom one user blocks [default: 256]
    #[arg(long, env = "CONFAB_BLOCKED_PER_USER", value_name = "COUNT")]
    pub blocked_per_user: Option<u32>,

    /// Lines of chat that are kept of one room, the newest [default: 10000]
    #[arg(long, env = "CONFAB_HISTORY_LINES", value_name = "COUNT")]
    pub history_lines: Option<u32>,
}

impl RoomLimits {
    /// Adds what the file says, where flags and environment say nothing.
    pub fn over(self, under: Self) -> Self {
        Self {
            room_participants: self.room_participants.or(under.room_participants),
            room_password_guesses: self.room_password_guesses.or(under.room_password_guesses),
            passes_per_room: self.passes_per_room.or(under.passes_per_room),
            bans_per_room: self.bans_per_room.or(under.bans_per_room),
            blocked_per_user: self.blocked_per_user.or(under.blocked_per_user),
            history_lines: self.history_lines.or(under.history_lines),
        }
    }

    /// The rules, with what is not given as it is by default; what one reader's queue takes must hold a welcome.
    pub(super) fn rules(self, queue: QueueBounds) -> Result<RoomRules, SettingsError> {
        // All of them are read and told at once.
        let counted = |setting, given, otherwise| number(setting, given, otherwise, 1..=1000);
        let quotas = Quotas::default();
        let blocked = counted("blocked-per-user", self.blocked_per_user, quotas.blocked_per_user)?;
        let room = queue
            .bytes
            .saturating_sub(TOLD_OF_ROOM + blocked * TOLD_OF_BLOCKED);
        let largest = u32::try_from(protocol::limits::LARGEST_ROOM).unwrap_or(u32::MAX);
        Ok(RoomRules {
            participants: number(
                "room-participants",
                self.room_participants,
                Bounds::default().room_participants,
                1..=largest.min(room / TOLD_OF_EACH),
            )?,
            guesses: GuessRules::of(counted(
                "room-password-guesses",
                self.room_password_guesses,
                limits::ROOM_PASSWORD_GUESSES,
            )?),
            quotas: Quotas {
                passes_per_room: counted("passes-per-room", self.passes_per_room, quotas.passes_per_room)?,
                bans_per_room: counted("bans-per-room", self.bans_per_room, quotas.bans_per_room)?,
                blocked_per_user: blocked,
                history_lines: number("history-lines", self.history_lines, quotas.history_lines, HISTORY)?,
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
        let settings = RoomLimits {
            room_participants: Some(participants),
            ..RoomLimits::default()
        };
        let queue = QueueBounds {
            bytes: queued_bytes,
            ..QueueBounds::default()
        };
        let rules = settings.rules(queue);
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
        let given = RoomLimits {
            room_password_guesses: Some(5),
            passes_per_room: Some(1),
            bans_per_room: Some(2),
            history_lines: Some(50),
            ..RoomLimits::default()
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
