//! Sends moderation commands, and reacts to a moderator's mute.

use protocol::ParticipantId;

use crate::turn::Turn;
use crate::{Core, ModerationAction, NoticeBody};

impl Core {
    /// Sends a moderation command; while the room is not joined, shows a notice instead.
    pub(crate) fn act(&mut self, turn: &mut Turn, act: ModerationAction) {
        if !self.signaling.is_joined() {
            return turn.notify(NoticeBody::Offline);
        }
        if let (ModerationAction::Ban(participant, minutes), Some(room)) = (&act, &mut self.room)
            && let Some(name) = room.roster.name(*participant)
        {
            let ban = (name.clone(), *minutes);
            room.moderation.bans_wished.insert(*participant, ban);
        }
        turn.send(act.into());
    }

    /// A moderator muted a microphone, which may be the user's.
    pub(crate) fn muted(&mut self, turn: &mut Turn, participant: ParticipantId, by: ParticipantId) {
        let room = self.room.as_ref();
        if room.is_some_and(|room| room.muted(turn, participant, by)) {
            self.mute_microphone(turn);
        }
    }
}
