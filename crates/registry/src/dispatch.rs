//! Dispatch of requests to their handlers.

use protocol::{ErrorCode, ParticipantId, ServerMessage};

use super::Message;
use super::ids::SocketId;
use super::output::Output;
use super::refused::Refused;
use super::request::{CallRequest, ChatRequest, Request};
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Handles a message from a participant or a waiting user.
    pub fn handle_message(&mut self, socket: SocketId, message: Message, turn: &mut Turn<'_>) {
        let Some(me) = self.places.get(&socket).copied() else {
            return;
        };
        let request = Request::from(message);
        let done = if self.newcomers.contains_key(&me) {
            self.newcomer_requests(socket, &request, turn)
        } else {
            self.obey(me, socket, request, turn)
        };
        if let Err(Refused { code, subject }) = done {
            turn.send(vec![socket], ServerMessage::Error { code, subject });
        }
    }

    /// Handles a request of a participant; fails if it is refused.
    fn obey(
        &mut self,
        me: ParticipantId,
        socket: SocketId,
        request: Request,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        self.set_closing(me, matches!(request, Request::Closing));
        match request {
            Request::Hello => Err(ErrorCode::AlreadyGreeted.into()),
            Request::Ping => {
                turn.send(vec![socket], ServerMessage::Pong {});
                Ok(())
            }
            Request::Closing => Ok(()),
            Request::Leave => {
                self.left(socket, None, turn);
                Ok(())
            }
            Request::Call(request) => {
                self.call(me, request, turn)?;
                turn.persist();
                Ok(())
            }
            Request::Signal { to, epoch, signal } => self.relay(me, to, epoch, signal, turn),
            Request::Chat(ChatRequest::Send { text, nonce }) => self.send_chat(me, socket, text, nonce, turn),
            Request::Chat(ChatRequest::FetchHistory { before }) => {
                turn.out.push(Output::ReadHistory { socket, before });
                Ok(())
            }
            Request::Moderation(request) => self.moderate(me, socket, request, turn),
            Request::Block(participant) => self.block(me, socket, participant, turn),
            Request::Unblock(name) => {
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
