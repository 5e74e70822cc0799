//! What each wish of the user's leads to.

use protocol::{ClientMessage, InvitationOutcome, UserName};

use crate::entrance::Door;
use crate::place::Place;
use crate::room::News;
use crate::{Core, Effect, Entrance, FormError, Intent, Moment, NoticeBody, Source};

impl Core {
    pub(crate) fn intent(&mut self, moment: Moment, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::CreateAccount(entrance) => self.knock(Door::NewAccount, entrance),
            Intent::SignIn(entrance) => self.knock(Door::Account, entrance),
            Intent::ComeAsGuest(entrance) => self.knock(Door::Guest, entrance),
            Intent::SignOut => self.sign_out(),
            Intent::OpenAccount
            | Intent::CloseAccount
            | Intent::ChangePassword { .. }
            | Intent::SignOutEverywhere
            | Intent::EndAccount { .. } => self.account_wish(intent),
            Intent::EnterRoom(name) => self.enter_typed(&name),
            Intent::EnterPrepared => match self.place.clone() {
                Place::Ready(room) => self.go_in(room, false),
                _ => Vec::new(),
            },
            Intent::LeaveRoom => self.go_to_lobby(),
            Intent::LeaveByHistory(leave) => self.leave_by_history(leave),
            Intent::TakeSeatOver => match self.room_name().cloned() {
                Some(room) => self.enter(room, true),
                None => Vec::new(),
            },
            Intent::GoOnAsAnother => self.go_on_as_another(),
            Intent::SignInAgain => self.sign_in_again(),
            Intent::Retry => self.retry(),
            Intent::Invite(peer) => self.invite(peer),
            Intent::CancelInvitation(invitation) => self.end_invitation(
                invitation,
                InvitationOutcome::Cancelled,
                ClientMessage::CancelInvitation { invitation },
            ),
            Intent::AcceptInvitation { invitation, camera } => self.accept(invitation, camera),
            Intent::DeclineInvitation(invitation) => self.end_invitation(
                invitation,
                InvitationOutcome::Declined,
                ClientMessage::DeclineInvitation { invitation },
            ),
            Intent::JoinConference => self.join_conference(),
            Intent::HangUp(peer) => self.in_room(|room| room.hang_up(peer)),
            Intent::HangUpAll => self.in_room(|room| room.hang_up_all()),
            Intent::RetryLink(peer) => self.retry_link(peer),
            Intent::StartCamera | Intent::StopCamera | Intent::UnmuteMicrophone | Intent::MuteMicrophone => {
                self.device_wish(&intent)
            }
            Intent::ShareScreen => self.share_screen(),
            Intent::StopSharing => self.stop_sharing(),
            Intent::SetVolume { peer, percent } => {
                if let Some(room) = &mut self.room {
                    room.set_volume(peer, percent);
                }
                Vec::new()
            }
            Intent::HideAddress(hidden) => self.wish_address_hidden(hidden),
            Intent::ChooseDevice(kind, id) => self.choose_device(kind, &id),
            Intent::TestSpeaker => self.test_speaker(),
            Intent::Pin(_) | Intent::Unpin | Intent::Spotlight(_) | Intent::HideSelf(_) => {
                self.arrange(&intent);
                Vec::new()
            }
            Intent::InspectConnection(peer) => {
                self.inspected = peer;
                Vec::new()
            }
            Intent::SendChat(_)
            | Intent::DraftChat(_)
            | Intent::RetryChat(_)
            | Intent::LoadEarlierChat
            | Intent::ShowChat(_) => {
                self.chat_wish(moment, intent);
                Vec::new()
            }
            Intent::OpenLab(_)
            | Intent::CloseLab
            | Intent::StartCapture
            | Intent::StopCapture
            | Intent::StartRecording
            | Intent::StopRecording
            | Intent::HeardTestSound(_)
            | Intent::StartLoopback
            | Intent::CallLoopback
            | Intent::HangUpLoopback
            | Intent::CheckServers
            | Intent::AskWhy(_)
            | Intent::CloseWhy => self.lab_wish(&intent),
            Intent::Moderate(act) => self.act(act),
            Intent::GivePassword(password) => self.give_password(password),
            Intent::AllowNotifications => vec![Effect::AskForNotifications],
            Intent::DismissNotice(id) => {
                self.notices.dismiss(id);
                Vec::new()
            }
        }
    }

    /// The user wants to see the call in another way.
    fn arrange(&mut self, wish: &Intent) {
        match wish {
            Intent::Pin(tile) => self.stage.pin(*tile),
            Intent::Spotlight(large) => self.stage.spotlight(*large),
            Intent::HideSelf(hide) => self.stage.hide_self(*hide),
            _ => self.stage.unpin(),
        }
    }

    /// The user writes, or reads what was written; what is to be sent for it goes out when its time has come.
    fn chat_wish(&mut self, moment: Moment, wish: Intent) {
        if let Intent::ShowChat(in_view) = wish {
            self.chat_in_view = in_view;
        }
        let Some(room) = &mut self.room else { return };
        match wish {
            Intent::SendChat(text) => room.chat.write(&text, moment),
            Intent::DraftChat(text) => room.chat.draft(&text),
            Intent::RetryChat(key) => room.chat.retry(&key),
            Intent::LoadEarlierChat => room.chat.load_earlier(),
            _ => room.chat.show(self.chat_in_view, self.page_hidden),
        }
    }

    fn knock(&mut self, door: Door, entrance: Entrance) -> Vec<Effect> {
        self.as_guest = door == Door::Guest;
        let room = self.take_typed(&entrance.room);
        let room = match check(door, &entrance).and(room) {
            Ok(room) => room,
            Err(error) => {
                self.place = Place::door(Some(error));
                return Vec::new();
            }
        };
        self.call_door(door, entrance, room)
    }

    fn invite(&mut self, peer: protocol::ParticipantId) -> Vec<Effect> {
        if !self.signaling.is_joined() {
            return self.notify(NoticeBody::Offline);
        }
        // Theirs rings here already: to ask back is to say yes.
        let theirs = self
            .room
            .as_ref()
            .and_then(|room| room.invitations.with(peer).copied());
        match theirs {
            Some(ringing) if ringing.incoming => return self.answer(ringing.id),
            Some(_) => return Vec::new(),
            None => {}
        }
        let mut effects = self.open_for_call();
        effects.extend(self.in_room(|room| {
            room.expect(peer);
            News::message(ClientMessage::Invite { to: peer })
        }));
        effects
    }

    fn accept(&mut self, invitation: protocol::InvitationId, camera: bool) -> Vec<Effect> {
        if self
            .room
            .as_ref()
            .is_none_or(|room| room.invitations.get(invitation).is_none())
        {
            return Vec::new();
        }
        let mut effects = self.media.answer(camera);
        if !effects.is_empty() {
            effects.extend(self.tell_sources(&[Source::Camera]));
        }
        effects.extend(self.answer(invitation));
        effects
    }

    fn answer(&mut self, invitation: protocol::InvitationId) -> Vec<Effect> {
        let Some(peer) = self
            .room
            .as_ref()
            .and_then(|r| r.invitations.get(invitation))
            .map(|i| i.peer)
        else {
            return Vec::new();
        };
        let mut effects = self.open_for_call();
        // It rings until the server says that it is accepted: the other may have ended it at the same moment.
        effects.extend(self.in_room(|room| {
            room.expect(peer);
            News::message(ClientMessage::AcceptInvitation { invitation })
        }));
        effects
    }

    /// Ends an invitation as the user wishes, here at once, and tells the server. One whose end the server does
    /// not hear of rings again when the room is told anew.
    fn end_invitation(
        &mut self,
        invitation: protocol::InvitationId,
        outcome: InvitationOutcome,
        message: ClientMessage,
    ) -> Vec<Effect> {
        self.in_room(|room| {
            room.invitations.end(invitation, outcome);
            News::message(message)
        })
    }

    fn join_conference(&mut self) -> Vec<Effect> {
        if self.room.as_ref().is_none_or(crate::room::Room::in_conference) {
            return Vec::new();
        }
        if !self.signaling.is_joined() {
            return self.notify(NoticeBody::Offline);
        }
        let mut effects = self.open_for_call();
        effects.extend(self.in_room(|room| room.join_conference()));
        effects
    }

    fn retry_link(&mut self, peer: protocol::ParticipantId) -> Vec<Effect> {
        let link = self
            .room
            .as_mut()
            .and_then(|room| room.links.iter_mut().find(|link| link.peer == peer));
        let effects = link.map(crate::link::Link::retry).unwrap_or_default();
        self.route(effects)
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
