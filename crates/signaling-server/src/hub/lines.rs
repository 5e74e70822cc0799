//! The chat, on its way to the disk and back.

use std::sync::Arc;

use protocol::{MessageId, ServerMessage, Subject};
use registry::{History, Line, SocketId};

use super::carrying::{push, tell};
use super::{Hub, Room, Sockets, code_of};
use crate::clock::unix_millis;
use crate::store::{StoreError, Written, page};

impl Hub {
    /// Has a line written; gives its author's socket if that is too slow to hear that it is not.
    pub(super) fn write(self: &Arc<Self>, sockets: &Sockets, line: Line) -> Option<SocketId> {
        let hub = Arc::clone(self);
        let (to_write, at, most) = (line.clone(), unix_millis(), self.quotas.history_lines);
        let job =
            move |connection: &rusqlite::Connection| Written::write_within(connection, &to_write, at, most);
        let refused = line.clone();
        match self.store.submit(job, move |written| hub.written(&line, written)) {
            Ok(()) => None,
            Err(error) => {
                self.metrics.refused(code_of(&error));
                let (to, refusal) = not_written(&refused, &error)?;
                push(sockets, &[to], &refusal, 0).pop()
            }
        }
    }

    /// Tells of a line that is safe: everybody who is in a room of that name by now.
    fn written(self: &Arc<Self>, line: &Line, written: Result<Written, StoreError>) {
        let (to, message) = match written {
            Ok(Written::New(message)) => (None, ServerMessage::Chat { message }),
            Ok(Written::Before(message)) => (Some(line.socket), ServerMessage::Chat { message }),
            Err(error) => {
                let Some((to, refusal)) = not_written(line, &error) else {
                    return self.metrics.refused(code_of(&error));
                };
                (Some(Some(to)), refusal)
            }
        };
        if let Some(room) = self.rooms.find(&line.room) {
            self.change(&room, |open| {
                let to = to.map_or_else(|| open.sockets(), |one| one.into_iter().collect());
                vec![tell(to, message)]
            });
        }
    }

    /// Reads a page of history for a socket; gives that if it is too slow to hear that it cannot be read.
    pub(super) fn read(
        self: &Arc<Self>,
        room: &Arc<Room>,
        sockets: &Sockets,
        socket: SocketId,
        before: MessageId,
    ) -> Option<SocketId> {
        let (hub, asked, name) = (Arc::clone(self), Arc::clone(room), room.name().clone());
        let job = move |connection: &rusqlite::Connection| page(connection, &name, Some(before));
        let then = move |found: Result<History, StoreError>| {
            let message = match found {
                Ok(History { messages, complete }) => ServerMessage::History { messages, complete },
                Err(error) => refusal(&error),
            };
            hub.change(&asked, |_| vec![tell(vec![socket], message)]);
        };
        match self.store.submit(job, then) {
            Ok(()) => None,
            Err(error) => {
                self.metrics.refused(code_of(&error));
                push(sockets, &[socket], &refusal(&error), 0).pop()
            }
        }
    }
}

fn refusal<B>(error: &StoreError) -> ServerMessage<B> {
    ServerMessage::Error {
        code: code_of(error),
        subject: None,
    }
}

/// What a line's author is told when it was not written; a line that no one asked for is only missed in the log.
fn not_written<B>(line: &Line, error: &StoreError) -> Option<(SocketId, ServerMessage<B>)> {
    tracing::warn!(%error, room = %line.room, "a line was not written");
    let subject = line.nonce().cloned().map(Subject::Nonce);
    let code = code_of(error);
    Some((line.socket?, ServerMessage::Error { code, subject }))
}
