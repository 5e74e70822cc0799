//! What each message from the server leads to.

use std::time::Duration;

use protocol::{ErrorCode, Invitation, RoomName, ServerMessage, Welcome};

use crate::place::Place;
use crate::room::Room;
use crate::{Core, Effect, HeldSeat, Moment, address};

impl Core {
    pub(crate) fn message(&mut self, moment: Moment, message: ServerMessage) -> Vec<Effect> {
        match message {
            ServerMessage::Welcome(welcome) => self.welcome(moment, *welcome),
            ServerMessage::Waiting { room } => self.waits(room),
            ServerMessage::Pong {} => self.signaling.pong(),
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
                    Some(session) if code == ErrorCode::AnotherUser => self.another_user(session),
                    _ => self.turned_away(code, until),
                }
            }
            ServerMessage::Error { code, .. } if !self.signaling.is_joined() => self.turned_away(code, None),
            ServerMessage::Error { code, subject } => {
                self.in_room(|room| room.refused(code, subject.as_ref()))
            }
            ServerMessage::InvitationRinging { invitation } => self.invitation_rings(moment, &invitation),
            ServerMessage::LinkOpened { link } => {
                let sending = self.sending();
                let mut effects = self.ready_ice_servers();
                let servers = self.usable_ice_servers();
                effects.extend(self.in_room(|room| room.link_opened(link, servers.as_ref(), sending)));
                effects
            }
            ServerMessage::LinkClosed { link, reason } => self.in_room(|room| room.link_closed(link, reason)),
            ServerMessage::Signal { from, epoch, signal } => {
                let effects = self
                    .room
                    .as_mut()
                    .map(|room| room.signal(moment.now, from, epoch, signal))
                    .unwrap_or_default();
                self.route(effects)
            }
            ServerMessage::InvitationEnded { invitation, outcome } => {
                self.in_room(|room| room.invitation_ended(invitation, outcome, moment))
            }
            ServerMessage::Chat { message } => {
                let page_hidden = self.page_hidden;
                self.in_room(|room| room.chat_received(message, page_hidden))
            }
            ServerMessage::ParticipantLeft { participant } => self.in_room(|room| room.left(participant)),
            message @ (ServerMessage::ParticipantChanged { .. }
            | ServerMessage::ParticipantMuted { .. }
            | ServerMessage::NewcomerWaiting { .. }
            | ServerMessage::NewcomerGone { .. }
            | ServerMessage::RoomChanged { .. }
            | ServerMessage::RoomAccess { .. }
            | ServerMessage::PassCreated { .. }
            | ServerMessage::Blocked { .. }) => self.moderated(message),
            other => {
                let page_hidden = self.page_hidden;
                if let Some(room) = &mut self.room {
                    tell(room, other, page_hidden);
                }
                Vec::new()
            }
        }
    }

    /// A moderator has to let the user in. What there was of an earlier seat is gone.
    fn waits(&mut self, room: RoomName) -> Vec<Effect> {
        self.cookie_kept = true;
        let mut effects = self.signaling.waits();
        effects.extend(self.leave_seat());
        effects.extend(self.show_spelling(&room));
        self.place = Place::Waiting(room);
        effects
    }

    /// The server let us in, for the first time or after a break.
    fn welcome(&mut self, moment: Moment, welcome: Welcome) -> Vec<Effect> {
        let Some(user) = &mut self.user else {
            return Vec::new();
        };
        self.cookie_kept = true;
        let resumed = welcome.resumed;
        let mut effects = vec![Effect::StoreSeat(Some(HeldSeat {
            room: welcome.room.clone(),
            key: welcome.seat.clone(),
        }))];
        // The others see that name.
        let seat = welcome.participants.iter().find(|one| one.id == welcome.you);
        if let Some(seat) = seat.filter(|seat| seat.name != user.name) {
            user.name.clone_from(&seat.name);
            effects.push(Effect::StoreSession(user.clone()));
        }
        let name = user.name.clone();
        effects.extend(self.signaling.joined(welcome.seat.clone(), resumed));
        effects.extend(self.show_spelling(&welcome.room));
        self.place = Place::Inside(welcome.room.clone());
        let entered = self.room.is_none();
        let loaded_anew = resumed && entered;
        let mut room = self
            .room
            .take()
            .unwrap_or_else(|| Room::new(name.clone(), &welcome));
        room.me.name = name;
        let links = welcome.links.clone();
        let news = room.welcomed(welcome, moment);
        room.chat.show(self.chat_in_view, self.page_hidden);
        self.room = Some(room);
        if entered {
            effects.extend(self.chat_owner().map(Effect::RecallChat));
        }
        effects.extend(self.spread(news));
        if loaded_anew {
            if !links.is_empty() {
                effects.extend(self.open_for_call());
            }
            // The connections went with the page that had them.
            effects.extend(self.in_room(|room| room.begin_anew(&links)));
            return effects;
        }
        let sending = self.sending();
        if !links.is_empty() {
            effects.extend(self.ready_ice_servers());
        }
        let servers = self.usable_ice_servers();
        for link in links {
            effects.extend(self.in_room(|room| room.link_opened(link, servers.as_ref(), sending)));
        }
        effects
    }

    /// Shows the room's address where the server spells its name otherwise, since it knows a later Unicode or an earlier
    /// one than the browser.
    fn show_spelling(&self, room: &RoomName) -> Option<Effect> {
        (self.room_name() != Some(room)).then(|| Effect::ShowPath(address::of_room(room), false))
    }

    fn invitation_rings(&mut self, moment: Moment, invitation: &Invitation) -> Vec<Effect> {
        let elsewhere = self.page_hidden || self.page_blurred;
        let Some(room) = &mut self.room else {
            return Vec::new();
        };
        let ringing = room.rings(invitation, moment);
        match room.roster.name(ringing.peer) {
            Some(name) if ringing.incoming && elsewhere => vec![Effect::NotifyInvitation(name.clone())],
            _ => Vec::new(),
        }
    }
}

/// Messages that change what the room knows, and nothing else.
fn tell(room: &mut Room, message: ServerMessage, page_hidden: bool) {
    match message {
        ServerMessage::ParticipantJoined { participant } => room.roster.joined(participant),
        ServerMessage::ParticipantAway { participant } => room.roster.set_away(participant, true),
        ServerMessage::ParticipantBack { participant } => room.roster.set_away(participant, false),
        ServerMessage::ConferenceJoined { participant } => room.conference_joined(participant),
        ServerMessage::ConferenceLeft { participant } => room.conference_left(participant),
        ServerMessage::History { messages, complete } => {
            room.history_came(messages, complete, page_hidden);
        }
        _ => {}
    }
}
