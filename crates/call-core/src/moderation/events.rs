//! Moderation events of the room, and the notices that follow from them.

use protocol::{Participant, ParticipantId, RoomSettings, UserName};

use crate::NoticeBody;
use crate::room::Room;
use crate::turn::Turn;

impl Room {
    /// A moderator changed the room's settings; the user's own change gives no notice.
    pub(crate) fn settings_changed(&mut self, turn: &mut Turn, settings: RoomSettings, by: ParticipantId) {
        self.moderation.settings = settings;
        if let Some(name) = self.roster.name(by).filter(|_| by != self.you) {
            let by = name.clone();
            turn.notify(NoticeBody::RoomChanged { by, settings });
        }
    }

    /// The user removed a person; returns the notice if that was a ban.
    pub(crate) fn banned(&mut self, author: &UserName) -> Option<NoticeBody> {
        let wished = &mut self.moderation.bans_wished;
        let participant = wished
            .iter()
            .find(|(_, (name, _))| name == author)
            .map(|(id, _)| *id)?;
        let (name, minutes) = wished.remove(&participant)?;
        Some(NoticeBody::Banned { name, minutes })
    }

    /// A participant's role or chat permission changed; the user is notified of their own.
    pub(crate) fn changed(&mut self, turn: &mut Turn, participant: Participant) {
        if let Some(before) = self
            .roster
            .get(participant.id)
            .filter(|_| participant.id == self.you)
        {
            if before.role != participant.role {
                turn.notify(NoticeBody::RoleChanged(participant.role));
            }
            if before.silenced != participant.silenced {
                turn.notify(NoticeBody::Silenced(participant.silenced));
            }
            if !participant.role.moderates() {
                self.moderation.forget_what_moderators_know();
            }
        }
        self.roster.change(participant);
    }

    /// A moderator muted a microphone: shows a notice. Returns whether it is the user's own.
    pub(super) fn muted(&self, turn: &mut Turn, participant: ParticipantId, by: ParticipantId) -> bool {
        let own = participant == self.you;
        if let (Some(name), Some(by)) = (self.roster.name(participant), self.roster.name(by)) {
            let (name, by) = (name.clone(), by.clone());
            turn.notify(if own {
                NoticeBody::Muted { by }
            } else {
                NoticeBody::ParticipantMuted { name, by }
            });
        }
        own
    }
}
