//! Handles the requests of participants.

use protocol::{ErrorCode, ParticipantId, ServerMessage};

use super::output::{Output, Refused, SocketId};
use super::request::{CallRequest, ChatRequest, RoomRequest};
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Does what a participant asks for, or says why not.
    pub fn obey(
        &mut self,
        me: ParticipantId,
        socket: SocketId,
        request: RoomRequest,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        self.set_closing(me, matches!(request, RoomRequest::Closing));
        match request {
            RoomRequest::Hello => Err(ErrorCode::AlreadyGreeted.into()),
            RoomRequest::Ping => {
                turn.tell(vec![socket], ServerMessage::Pong {});
                Ok(())
            }
            RoomRequest::Closing => Ok(()),
            RoomRequest::Call(request) => {
                self.call(me, request, turn)?;
                turn.keep();
                Ok(())
            }
            RoomRequest::Signal { to, epoch, signal } => self.relay(me, to, epoch, signal, turn),
            RoomRequest::Chat(ChatRequest::Send { text, nonce }) => {
                self.send_chat(me, socket, text, nonce, turn)
            }
            RoomRequest::Chat(ChatRequest::FetchHistory { before }) => {
                let room = turn.room.clone();
                turn.out.push(Output::ReadHistory { socket, room, before });
                Ok(())
            }
            RoomRequest::Moderation(request) => self.moderate(me, socket, request, turn),
            RoomRequest::Block(participant) => self.block(me, socket, participant, turn),
            RoomRequest::Unblock(name) => {
                self.unblock(me, socket, name, turn);
                Ok(())
            }
        }
    }

    fn call(&mut self, me: ParticipantId, request: CallRequest, turn: &mut Turn<'_>) -> Result<(), Refused> {
        match request {
            CallRequest::Invite(to) => self.invite(me, to, turn),
            CallRequest::Cancel(invitation) => self.cancel(me, invitation, turn),
            CallRequest::Accept(invitation) => self.accept(me, invitation, turn),
            CallRequest::Decline(invitation) => self.decline(me, invitation, turn),
            CallRequest::JoinConference => self.join_conference(me, turn),
            CallRequest::LeaveConference => self.leave_conference(me, turn),
            CallRequest::HangUp(peer) => self.hang_up(me, peer, turn),
            CallRequest::RestartLink { peer, epoch } => self.restart_link(me, peer, epoch, turn),
        }
    }
}
