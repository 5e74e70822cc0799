//! What a room's moderators decided and do, as the server tells it: settings, who waits, roles, passes, bans; and whom
//! the user blocks.

use std::collections::BTreeMap;

use protocol::{
    Ban, Participant, ParticipantId, Pass, PassCode, PassId, RoomSettings, ServerMessage, UserName, Welcome,
};

use crate::room::{News, Room};
use crate::{Act, Core, Effect, Intent, NoticeBody};

/// All of it, of one room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moderation {
    pub(crate) settings: RoomSettings,
    /// How large moderators may make the room.
    pub(crate) largest_size: u32,
    /// Who waits; told to moderators only.
    pub(crate) newcomers: Vec<Participant>,
    /// Of whom the user takes no invitations.
    pub(crate) blocked: Vec<UserName>,
    /// The room's passes, as they were asked for last.
    pub(crate) passes: Vec<Pass>,
    /// Its bans, likewise.
    pub(crate) bans: Vec<Ban>,
    /// The code of the pass that the user made last.
    pub(crate) fresh: Option<(PassId, PassCode)>,
    /// Bans by the user that the room has not heard of yet: of whom, and for how many minutes.
    bans_wished: BTreeMap<ParticipantId, (UserName, u32)>,
}

impl Moderation {
    /// Takes what a welcome tells; passes and bans are asked for again when they are looked at.
    pub(crate) fn welcomed(&mut self, welcome: &Welcome) {
        self.settings = welcome.settings;
        self.largest_size = welcome.largest_size;
        self.newcomers.clone_from(&welcome.newcomers);
        self.blocked.clone_from(&welcome.blocked);
    }

    /// The server refused something about a participant, or about anything.
    pub(crate) fn ban_refused(&mut self, participant: Option<ParticipantId>) {
        match participant {
            Some(participant) => drop(self.bans_wished.remove(&participant)),
            None => self.bans_wished.clear(),
        }
    }

    fn forget_what_moderators_know(&mut self) {
        self.bans_wished.clear();
        self.newcomers.clear();
        self.passes.clear();
        self.bans.clear();
        self.fresh = None;
    }

    fn hear(&mut self, message: ServerMessage) {
        match message {
            ServerMessage::NewcomerWaiting { newcomer } => {
                self.newcomers.retain(|known| known.id != newcomer.id);
                self.newcomers.push(newcomer);
            }
            ServerMessage::NewcomerGone { newcomer } => self.newcomers.retain(|known| known.id != newcomer),
            ServerMessage::RoomAccess { passes, bans } => {
                self.fresh = self
                    .fresh
                    .take()
                    .filter(|(id, _)| passes.iter().any(|pass| pass.id == *id));
                (self.passes, self.bans) = (passes, bans);
            }
            ServerMessage::PassCreated { code, pass } => {
                self.fresh = Some((pass.id, code));
                self.passes.push(pass);
            }
            ServerMessage::Blocked { names } => self.blocked = names,
            _ => {}
        }
    }
}

impl Room {
    /// What the server tells of roles, settings and who waits.
    pub(crate) fn moderated(&mut self, message: ServerMessage) -> News {
        match message {
            ServerMessage::ParticipantChanged { participant } => self.changed(participant),
            ServerMessage::ParticipantMuted { participant, by } => self.muted(participant, by),
            ServerMessage::RoomChanged { settings, by } => {
                self.moderation.settings = settings;
                match self.roster.name(by).filter(|_| by != self.you) {
                    Some(by) => News::notice(NoticeBody::RoomChanged {
                        by: by.clone(),
                        settings,
                    }),
                    None => News::default(),
                }
            }
            other => {
                self.moderation.hear(other);
                News::default()
            }
        }
    }

    /// Somebody was removed by the user: the notice, if it was by a ban.
    pub(crate) fn banned(&mut self, author: &UserName) -> Option<NoticeBody> {
        let wished = &mut self.moderation.bans_wished;
        let participant = wished
            .iter()
            .find(|(_, (name, _))| name == author)
            .map(|(id, _)| *id)?;
        let (name, minutes) = wished.remove(&participant)?;
        Some(NoticeBody::Banned { name, minutes })
    }

    /// Somebody has another role or voice; the user is told of their own.
    fn changed(&mut self, participant: Participant) -> News {
        let mut news = News::default();
        if let Some(before) = self
            .roster
            .get(participant.id)
            .filter(|_| participant.id == self.you)
        {
            if before.role != participant.role {
                news.notices.push(NoticeBody::RoleChanged(participant.role));
            }
            if before.silenced != participant.silenced {
                news.notices.push(NoticeBody::Silenced(participant.silenced));
            }
            if !participant.role.moderates() {
                self.moderation.forget_what_moderators_know();
            }
        }
        self.roster.change(participant);
        news
    }

    /// A moderator wants a microphone muted: everybody is told whose and by whom. The user's own is muted by the core.
    fn muted(&self, participant: ParticipantId, by: ParticipantId) -> News {
        let (Some(name), Some(by)) = (self.roster.name(participant), self.roster.name(by)) else {
            return News::default();
        };
        let by = by.clone();
        News::notice(if participant == self.you {
            NoticeBody::Muted { by }
        } else {
            let name = name.clone();
            NoticeBody::ParticipantMuted { name, by }
        })
    }
}

impl Core {
    /// The user wants to do something to somebody, or to the room.
    pub(crate) fn act(&mut self, act: Act) -> Vec<Effect> {
        if !self.signaling.is_joined() {
            return self.notify(NoticeBody::Offline);
        }
        if let (Act::Ban(participant, minutes), Some(room)) = (&act, &mut self.room)
            && let Some(name) = room.roster.name(*participant)
        {
            let ban = (name.clone(), *minutes);
            room.moderation.bans_wished.insert(*participant, ban);
        }
        self.say(act.into())
    }

    /// A moderator did something.
    pub(crate) fn moderated(&mut self, message: ServerMessage) -> Vec<Effect> {
        let own = self.room.as_ref().map(|room| room.you);
        let muted = matches!(&message, ServerMessage::ParticipantMuted { participant, .. } if Some(*participant) == own);
        let mut effects = self.in_room(|room| room.moderated(message));
        if muted {
            effects.extend(self.device_wish(&Intent::MuteMicrophone));
        }
        effects
    }
}
