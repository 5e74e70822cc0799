//! Handles the events of the socket.

use protocol::{ErrorCode, ServerMessage};

use crate::turn::Turn;
use crate::{Core, NoticeBody, SocketEvent, SocketId};

impl Core {
    pub(crate) fn socket_event(&mut self, turn: &mut Turn, socket: SocketId, event: SocketEvent) {
        match event {
            SocketEvent::Opened => self.socket_opened(turn, socket),
            SocketEvent::Closed => {
                if self.page.wants_socket() {
                    self.signaling.closed(turn, socket);
                }
            }
            SocketEvent::Received(message) => self.message_received(turn, socket, message),
        }
    }

    fn socket_opened(&mut self, turn: &mut Turn, socket: SocketId) {
        let (Some(user), Some(room)) = (&self.user, self.page.room()) else {
            return;
        };
        let credentials = self.credentials.for_room(room);
        self.signaling.opened(turn, socket, user, room, credentials);
    }

    fn message_received(
        &mut self,
        turn: &mut Turn,
        socket: SocketId,
        message: Result<ServerMessage, ErrorCode>,
    ) {
        if !self.signaling.is_current(socket) {
            return;
        }
        match message {
            Ok(message) => self.message(turn, message),
            // A newer server may send messages that this page does not need.
            Err(ErrorCode::UnknownMessage) => {}
            Err(_) => turn.notify(NoticeBody::Outdated),
        }
    }
}
