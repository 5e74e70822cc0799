//! Carries out a room's outputs while the room is locked, so that they reach every socket in the order in which
//! they were decided.

use std::sync::Arc;

use protocol::ErrorCode;
use registry::{Output, RawServerMessage, SocketId, UserId};
use tungstenite::Utf8Bytes;

use super::{Goodbye, Hub, Open, Room, Sockets};
use crate::store::end_guest;

impl Hub {
    /// Carries out the outputs of a room. A socket whose outbox is full is closed as too slow.
    pub(super) fn carry_out(
        self: &Arc<Self>,
        room: &Arc<Room>,
        open: &mut Open<'_>,
        mut outputs: Vec<Output>,
    ) {
        while !outputs.is_empty() {
            let mut failed = Vec::new();
            let mut slow = Vec::new();
            // Messages of a list with `Persist` wait until the snapshot is written.
            let keeps = outputs.iter().any(|output| matches!(output, Output::Persist));
            let after = if keeps { self.keep(room.name().clone()) } else { 0 };
            for output in outputs {
                self.metrics.count(&output);
                match output {
                    Output::Persist => {}
                    Output::Watch { socket, closely } => {
                        if let Some(socket) = open.beside.get(&socket) {
                            socket.outbox.set_in_call(closely);
                        }
                    }
                    Output::Send { to, message } => slow.extend(push(open.beside, &to, &message, after)),
                    Output::Close { socket, code, until } => {
                        if let Some(socket) = open.beside.remove(&socket) {
                            socket
                                .outbox
                                .close(code.map(|code| Goodbye { until, ..code.into() }));
                        }
                    }
                    Output::Write(line) => slow.extend(self.write(open.beside, line)),
                    Output::ReadHistory { socket, before } => {
                        slow.extend(self.read(room, open.beside, socket, before));
                    }
                    Output::Order(order) => slow.extend(self.order(room, open.beside, *order)),
                    Output::EndGuest(user) => self.end_guest(user),
                    Output::Admit { socket } => failed.extend(self.admit(room, socket)),
                }
            }
            slow.dedup();
            failed.extend(slow.into_iter().map(|socket| (socket, ErrorCode::TooSlow)));
            outputs = failed
                .into_iter()
                .flat_map(|(socket, code)| open.disconnected(socket, Some(code)))
                .collect();
        }
    }

    /// Ends a guest's session; the socket is closed already.
    fn end_guest(&self, user: UserId) {
        let ended = self.store.submit(
            move |connection| end_guest(connection, user),
            |ended| {
                if let Err(error) = ended {
                    tracing::error!(%error, "cannot end a guest's session");
                }
            },
        );
        if let Err(error) = ended {
            tracing::warn!(%error, "cannot submit the end of a guest's session");
        }
    }
}

/// Returns an output that sends a message to some sockets.
pub(super) fn tell(to: Vec<SocketId>, message: RawServerMessage) -> Output {
    Output::Send {
        to,
        message: Box::new(message),
    }
}

/// Queues a message, serialized once, in outboxes, to be sent after a job. Returns the sockets whose outboxes
/// are full.
pub(super) fn push(
    sockets: &Sockets,
    to: &[SocketId],
    message: &RawServerMessage,
    after: u64,
) -> Vec<SocketId> {
    let text = match serde_json::to_string(message) {
        Ok(text) => Utf8Bytes::from(text),
        Err(error) => {
            tracing::error!(%error, "cannot serialize a message");
            return Vec::new();
        }
    };
    let full = |id: &&SocketId| {
        sockets
            .get(id)
            .is_some_and(|socket| socket.outbox.push(text.clone(), after).is_err())
    };
    to.iter().filter(full).copied().collect()
}
