//! Dispatch of the server's messages.

use std::time::Duration;

use protocol::{ErrorCode, ServerMessage};

use crate::Core;
use crate::turn::Turn;

impl Core {
    pub(crate) fn message(&mut self, turn: &mut Turn, message: ServerMessage) {
        match message {
            ServerMessage::Welcome(welcome) => self.welcome(turn, *welcome),
            ServerMessage::Waiting { room } => self.waits(turn, room),
            ServerMessage::Pong {} => self.signaling.pong(turn),
            ServerMessage::Bye {
                code,
                retry_after_ms,
                until,
                session,
            } => {
                if let Some(millis) = retry_after_ms {
                    self.signaling.hold(Duration::from_millis(millis.into()));
                }
                match session {
                    Some(session) if code == ErrorCode::AnotherUser => self.another_user(turn, session),
                    Some(_) | None => self.turned_away(turn, code, until),
                }
            }
            ServerMessage::Error { code, .. } if !self.signaling.is_joined() => {
                self.turned_away(turn, code, None);
            }
            ServerMessage::Error { code, subject } => {
                self.in_room(turn, |room, turn| room.refused(turn, code, subject.as_ref()));
            }
            ServerMessage::InvitationRinging { invitation } => self.invitation_rings(turn, &invitation),
            ServerMessage::InvitationEnded { invitation, outcome } => {
                self.in_room(turn, |room, turn| {
                    room.invitation_ended(turn, invitation, outcome);
                });
            }
            ServerMessage::LinkOpened { link } => {
                let sending = self.sending();
                self.ready_ice_servers(turn);
                self.in_room(turn, |room, turn| room.link_opened(turn, link, sending));
            }
            ServerMessage::LinkClosed { link, reason } => {
                self.in_room(turn, |room, turn| room.link_closed(turn, link, reason));
            }
            ServerMessage::Signal { from, epoch, signal } => {
                self.in_room(turn, |room, turn| room.signal(turn, from, epoch, signal));
            }
            ServerMessage::Chat { message } => {
                let page_hidden = self.page_hidden;
                self.in_room(turn, |room, turn| room.chat_received(turn, message, page_hidden));
            }
            ServerMessage::History { messages, complete } => {
                let page_hidden = self.page_hidden;
                self.in_room(turn, |room, _| room.history_came(messages, complete, page_hidden));
            }
            ServerMessage::ParticipantJoined { participant } => {
                self.in_room(turn, |room, _| room.roster.joined(participant));
            }
            ServerMessage::ParticipantAway { participant } => {
                self.in_room(turn, |room, _| room.roster.set_away(participant, true));
            }
            ServerMessage::ParticipantBack { participant } => {
                self.in_room(turn, |room, _| room.roster.set_away(participant, false));
            }
            ServerMessage::ParticipantLeft { participant } => {
                self.in_room(turn, |room, turn| room.left(turn, participant));
            }
            ServerMessage::ConferenceJoined { participant } => {
                self.in_room(turn, |room, _| room.conference_joined(participant));
            }
            ServerMessage::ConferenceLeft { participant } => {
                self.in_room(turn, |room, _| room.conference_left(participant));
            }
            ServerMessage::ParticipantChanged { participant } => {
                self.in_room(turn, |room, turn| room.changed(turn, participant));
            }
            ServerMessage::ParticipantMuted { participant, by } => self.muted(turn, participant, by),
            ServerMessage::NewcomerWaiting { newcomer } => {
                self.in_room(turn, |room, _| room.moderation.newcomer_waits(newcomer));
            }
            ServerMessage::NewcomerGone { newcomer } => {
                self.in_room(turn, |room, _| room.moderation.newcomer_gone(newcomer));
            }
            ServerMessage::RoomChanged { settings, by } => {
                self.in_room(turn, |room, turn| room.settings_changed(turn, settings, by));
            }
            ServerMessage::RoomAccess { passes, bans } => {
                self.in_room(turn, |room, _| room.moderation.access(passes, bans));
            }
            ServerMessage::PassCreated { code, pass } => {
                self.in_room(turn, |room, _| room.moderation.pass_created(pass, code));
            }
            ServerMessage::Blocked { names } => {
                self.in_room(turn, |room, _| room.moderation.blocked = names);
            }
        }
    }
}
