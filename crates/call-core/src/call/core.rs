//! The core's handling of calls: invitations, answers and the group call.

use protocol::{ClientMessage, InvitationOutcome};

use crate::media::LocalMediaState;
use crate::room::Room;
use crate::turn::Turn;
use crate::{CallIntent, Core, NoticeBody, Source};

impl Core {
    pub(crate) fn call_intent(&mut self, turn: &mut Turn, intent: CallIntent) {
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

    fn invite(&mut self, turn: &mut Turn, peer: protocol::ParticipantId) {
        if !self.signaling.is_joined() {
            return turn.notify(NoticeBody::Offline);
        }
        // The peer's invitation rings here already: inviting them back accepts it.
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
            self.notify_sources(turn, &[Source::Camera]);
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
        // It rings until the server confirms: the peer may have ended it at the same moment.
        self.in_room(turn, |room, turn| {
            room.expect(peer);
            turn.send(ClientMessage::AcceptInvitation { invitation });
        });
    }

    /// Ends an invitation here at once, and notifies the server. If the message is lost, the next snapshot of the room
    /// makes the invitation ring again.
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

    /// Returns which sources are sent now.
    pub(crate) fn sending(&self) -> LocalMediaState {
        LocalMediaState {
            camera: self.media.camera_on(),
            microphone: self.media.heard(),
            screen: self.screen.is_on(),
        }
    }
}
