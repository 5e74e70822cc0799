//! What each wish of the user's leads to.

use protocol::{ClientMessage, InvitationOutcome, UserName};

use crate::entrance::Door;
use crate::place::Place;
use crate::room::Room;
use crate::turn::Turn;
use crate::{
    AlertOrder, CallIntent, ChatIntent, Core, DoorIntent, Entrance, FormError, Intent, Moment, NoticeBody,
    NoticeIntent, RoomIntent, ScreenIntent, Source, StageIntent,
};

impl Core {
    pub(crate) fn intent(&mut self, turn: &mut Turn, intent: Intent) {
        match intent {
            Intent::Door(intent) => self.door_intent(turn, intent),
            Intent::Account(intent) => self.account_intent(turn, intent),
            Intent::Room(intent) => self.room_intent(turn, intent),
            Intent::Call(intent) => self.call_intent(turn, intent),
            Intent::Screen(ScreenIntent::Share) => self.share_screen(turn),
            Intent::Screen(ScreenIntent::Stop) => self.stop_sharing(turn),
            Intent::Devices(intent) => self.device_intent(turn, intent),
            Intent::Stage(intent) => self.stage_intent(intent),
            Intent::Chat(intent) => self.chat_intent(turn.moment, intent),
            Intent::Moderate(act) => self.act(turn, act),
            Intent::Lab(intent) => self.lab_intent(turn, intent),
            Intent::Notices(NoticeIntent::AllowNotifications) => turn.order(AlertOrder::AskForNotifications),
            Intent::Notices(NoticeIntent::Dismiss(id)) => self.notices.dismiss(id),
        }
    }

    fn door_intent(&mut self, turn: &mut Turn, intent: DoorIntent) {
        match intent {
            DoorIntent::CreateAccount(entrance) => self.knock(turn, Door::NewAccount, entrance),
            DoorIntent::SignIn(entrance) => self.knock(turn, Door::Account, entrance),
            DoorIntent::ComeAsGuest(entrance) => self.knock(turn, Door::Guest, entrance),
            DoorIntent::SignOut => self.sign_out(turn),
            DoorIntent::GoOnAsAnother => self.go_on_as_another(turn),
            DoorIntent::SignInAgain => self.sign_in_again(),
        }
    }

    fn room_intent(&mut self, turn: &mut Turn, intent: RoomIntent) {
        match intent {
            RoomIntent::Enter(name) => self.enter_typed(turn, &name),
            RoomIntent::EnterPrepared => {
                let Place::Ready(room) = self.place.clone() else {
                    return;
                };
                self.go_in(turn, room, false);
            }
            RoomIntent::Leave => self.go_to_lobby(turn),
            RoomIntent::LeaveByHistory(leave) => self.leave_by_history(turn, leave),
            RoomIntent::TakeSeatOver => {
                if let Some(room) = self.room_name().cloned() {
                    self.enter(turn, room, true);
                }
            }
            RoomIntent::Retry => self.retry(turn),
            RoomIntent::GivePassword(password) => self.give_password(turn, password),
        }
    }

    fn call_intent(&mut self, turn: &mut Turn, intent: CallIntent) {
        match intent {
            CallIntent::Invite(peer) => self.invite(turn, peer),
            CallIntent::CancelInvitation(invitation) => self.end_invitation(
                turn,
                invitation,
                InvitationOutcome::Cancelled,
                ClientMessage::CancelInvitation { invitation },
            ),
            CallIntent::AcceptInvitation { invitation, camera } => self.accept(turn, invitation, camera),
            CallIntent::DeclineInvitation(invitation) => self.end_invitation(
                turn,
                invitation,
                InvitationOutcome::Declined,
                ClientMessage::DeclineInvitation { invitation },
            ),
            CallIntent::JoinConference => self.join_conference(turn),
            CallIntent::HangUp(peer) => self.in_room(turn, |room, turn| room.hang_up(turn, peer)),
            CallIntent::HangUpAll => self.in_room(turn, Room::hang_up_all),
            CallIntent::RetryLink(peer) => self.retry_link(turn, peer),
        }
    }

    /// The user wants to see or hear the call in another way.
    fn stage_intent(&mut self, intent: StageIntent) {
        match intent {
            StageIntent::Pin(tile) => self.stage.pin(tile),
            StageIntent::Unpin => self.stage.unpin(),
            StageIntent::Spotlight(large) => self.stage.spotlight(large),
            StageIntent::HideSelf(hide) => self.stage.hide_self(hide),
            StageIntent::SetVolume { peer, percent } => {
                if let Some(room) = &mut self.room {
                    room.set_volume(peer, percent);
                }
            }
            StageIntent::InspectConnection(peer) => self.inspected = peer,
        }
    }

    /// The user writes, or reads what was written; what is to be sent for it goes out when its time has come.
    fn chat_intent(&mut self, moment: Moment, intent: ChatIntent) {
        if let ChatIntent::Show(in_view) = intent {
            self.chat_in_view = in_view;
        }
        let Some(room) = &mut self.room else { return };
        match intent {
            ChatIntent::Send(text) => room.chat.write(&text, moment),
            ChatIntent::Draft(text) => room.chat.draft(&text),
            ChatIntent::Retry(key) => room.chat.retry(&key),
            ChatIntent::LoadEarlier => room.chat.load_earlier(),
            ChatIntent::Show(in_view) => room.chat.show(in_view, self.page_hidden),
        }
    }

    fn knock(&mut self, turn: &mut Turn, door: Door, entrance: Entrance) {
        self.as_guest = door == Door::Guest;
        let room = self.take_typed(&entrance.room);
        let room = match check(door, &entrance).and(room) {
            Ok(room) => room,
            Err(error) => {
                self.place = Place::door(Some(error));
                return;
            }
        };
        self.call_door(turn, door, entrance, room);
    }

    fn invite(&mut self, turn: &mut Turn, peer: protocol::ParticipantId) {
        if !self.signaling.is_joined() {
            return turn.notify(NoticeBody::Offline);
        }
        // Theirs rings here already: to ask back is to say yes.
        let theirs = self
            .room
            .as_ref()
            .and_then(|room| room.invitations.with(peer).copied());
        match theirs {
            Some(ringing) if ringing.incoming => return self.answer(turn, ringing.id),
            Some(_) => return,
            None => {}
        }
        self.open_for_call(turn);
        self.in_room(turn, |room, turn| {
            room.expect(peer);
            turn.send(ClientMessage::Invite { to: peer });
        });
    }

    fn accept(&mut self, turn: &mut Turn, invitation: protocol::InvitationId, camera: bool) {
        if self
            .room
            .as_ref()
            .is_none_or(|room| room.invitations.get(invitation).is_none())
        {
            return;
        }
        if self.media.answer(turn, camera) {
            self.tell_sources(turn, &[Source::Camera]);
        }
        self.answer(turn, invitation);
    }

    fn answer(&mut self, turn: &mut Turn, invitation: protocol::InvitationId) {
        let Some(peer) = self
            .room
            .as_ref()
            .and_then(|r| r.invitations.get(invitation))
            .map(|i| i.peer)
        else {
            return;
        };
        self.open_for_call(turn);
        // It rings until the server says that it is accepted: the other may have ended it at the same moment.
        self.in_room(turn, |room, turn| {
            room.expect(peer);
            turn.send(ClientMessage::AcceptInvitation { invitation });
        });
    }

    /// Ends an invitation as the user wishes, here at once, and tells the server. One whose end the server does
    /// not hear of rings again when the room is told anew.
    fn end_invitation(
        &mut self,
        turn: &mut Turn,
        invitation: protocol::InvitationId,
        outcome: InvitationOutcome,
        message: ClientMessage,
    ) {
        self.in_room(turn, |room, turn| {
            room.invitations.end(invitation, outcome);
            turn.send(message);
        });
    }

    fn join_conference(&mut self, turn: &mut Turn) {
        if self.room.as_ref().is_none_or(Room::in_conference) {
            return;
        }
        if !self.signaling.is_joined() {
            return turn.notify(NoticeBody::Offline);
        }
        self.open_for_call(turn);
        self.in_room(turn, Room::join_conference);
    }

    fn retry_link(&mut self, turn: &mut Turn, peer: protocol::ParticipantId) {
        let link = self
            .room
            .as_mut()
            .and_then(|room| room.links.iter_mut().find(|link| link.peer == peer));
        if let Some(link) = link {
            link.retry(turn);
        }
    }
}

/// Whether the entrance can be tried at all: what the server would refuse is said beside its field at once.
fn check(door: Door, entrance: &Entrance) -> Result<(), FormError> {
    UserName::parse(&entrance.name).map_err(FormError::UserName)?;
    if door != Door::Guest && !password_fits(&entrance.password) {
        return Err(FormError::Password);
    }
    Ok(())
}

/// Whether a password is as long as it must be, and no longer than it may be.
pub(crate) fn password_fits(password: &str) -> bool {
    protocol::password::of_account(password).is_ok()
}
