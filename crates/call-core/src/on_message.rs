//! What each message from the server leads to.

use std::time::Duration;

use protocol::{ErrorCode, Invitation, RoomName, ServerMessage, Welcome};

use crate::place::Place;
use crate::room::Room;
use crate::turn::Turn;
use crate::{AlertOrder, Core, HeldSeat, PageOrder, StoreOrder, address};

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

    /// A moderator has to let the user in. What there was of an earlier seat is gone.
    fn waits(&mut self, turn: &mut Turn, room: RoomName) {
        self.cookie_kept = true;
        self.signaling.waits(turn);
        self.leave_seat(turn);
        self.show_spelling(turn, &room);
        self.place = Place::Waiting(room);
    }

    /// The server let us in, for the first time or after a break.
    fn welcome(&mut self, turn: &mut Turn, welcome: Welcome) {
        let Some(user) = &mut self.user else { return };
        self.cookie_kept = true;
        let resumed = welcome.resumed;
        turn.order(StoreOrder::Seat(Some(HeldSeat {
            room: welcome.room.clone(),
            key: welcome.seat.clone(),
        })));
        // The others see that name.
        let seat = welcome.participants.iter().find(|one| one.id == welcome.you);
        if let Some(seat) = seat.filter(|seat| seat.name != user.name) {
            user.name.clone_from(&seat.name);
            turn.order(StoreOrder::Session(user.clone()));
        }
        let name = user.name.clone();
        self.signaling.joined(turn, welcome.seat.clone(), resumed);
        self.show_spelling(turn, &welcome.room);
        self.place = Place::Inside(welcome.room.clone());
        let entered = self.room.is_none();
        let loaded_anew = resumed && entered;
        let mut room = self
            .room
            .take()
            .unwrap_or_else(|| Room::new(name.clone(), &welcome));
        room.me.name = name;
        let links = welcome.links.clone();
        room.welcomed(turn, welcome);
        room.chat.show(self.chat_in_view, self.page_hidden);
        self.room = Some(room);
        if let Some(owner) = self.chat_owner().filter(|_| entered) {
            turn.order(StoreOrder::RecallChat(owner));
        }
        if loaded_anew {
            if !links.is_empty() {
                self.open_for_call(turn);
            }
            // The connections went with the page that had them.
            self.in_room(turn, |room, turn| room.begin_anew(turn, &links));
            return;
        }
        let sending = self.sending();
        if !links.is_empty() {
            self.ready_ice_servers(turn);
        }
        for link in links {
            self.in_room(turn, |room, turn| room.link_opened(turn, link, sending));
        }
    }

    /// Shows the room's address where the server spells its name otherwise, since it knows a later Unicode or an earlier
    /// one than the browser.
    fn show_spelling(&self, turn: &mut Turn, room: &RoomName) {
        if self.room_name() != Some(room) {
            turn.order(PageOrder::ShowPath(address::of_room(room), false));
        }
    }

    fn invitation_rings(&mut self, turn: &mut Turn, invitation: &Invitation) {
        let elsewhere = self.page_hidden || self.page_blurred;
        let Some(room) = &mut self.room else { return };
        let ringing = room.rings(turn.now(), invitation);
        if let Some(name) = room.roster.name(ringing.peer)
            && ringing.incoming
            && elsewhere
        {
            turn.order(AlertOrder::NotifyInvitation(name.clone()));
        }
    }
}
