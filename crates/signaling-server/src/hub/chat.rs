//! Chat: writes and reads messages in the store.

use std::sync::Arc;

use protocol::{MessageId, ServerMessage, Subject};
use registry::{ChatDraft, History, SocketId};

use super::outputs::{push, tell};
use super::{Hub, Room, Sockets, code_of};
use crate::clock::unix_millis;
use crate::store::{StoreError, Written, page};

impl Hub {
    /// Submits a message to be written. If the store refuses, returns its author's socket when that is too slow
    /// for the refusal.
    pub(super) fn write(self: &Arc<Self>, sockets: &Sockets, line: ChatDraft) -> Option<SocketId> {
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

    /// Sends a written message to all who are in the room by now, or a repeated one to its author only.
    fn written(self: &Arc<Self>, line: &ChatDraft, written: Result<Written, StoreError>) {
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

    /// Reads a page of history for a socket. If the store refuses, returns the socket when it is too slow for
    /// the refusal.
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

/// Returns the error for the author of a message that was not written. For one that no socket sent, the failure
/// is only logged.
fn not_written<B>(line: &ChatDraft, error: &StoreError) -> Option<(SocketId, ServerMessage<B>)> {
    tracing::warn!(%error, room = %line.room, "a chat message was not written");
    let subject = line.nonce().cloned().map(Subject::Nonce);
    let code = code_of(error);
    Some((line.socket?, ServerMessage::Error { code, subject }))
}
