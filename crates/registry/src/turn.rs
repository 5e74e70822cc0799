//! What a room needs while it handles one input: the time, fresh ids, state that spans rooms, and the list of outputs.

use std::time::Duration;

use protocol::{ChatEntry, ErrorCode, RoomName, UnixMillis};

use super::ids::Ids;
use super::ids::SocketId;
use super::output::{ChatDraft, Output, RawServerMessage};
use super::seat::Seat;
use super::users::Users;
use super::{Bounds, Timings};

/// The handling of one input in one room.
pub(super) struct Turn<'a> {
    /// Time since the server started.
    pub now: Duration,
    pub room: &'a RoomName,
    pub timings: Timings,
    pub bounds: Bounds,
    pub ids: &'a Ids,
    /// State of users over all rooms.
    pub users: &'a Users,
    /// The outputs so far.
    pub out: Vec<Output>,
}

impl Turn<'_> {
    /// Sends a message to several sockets.
    pub fn send(&mut self, to: Vec<SocketId>, message: RawServerMessage) {
        if !to.is_empty() {
            self.out.push(Output::Send {
                to,
                message: Box::new(message),
            });
        }
    }

    /// Closes a socket; `code`, if any, is sent first.
    pub fn close(&mut self, socket: SocketId, code: Option<ErrorCode>) {
        let until = None;
        self.out.push(Output::Close { socket, code, until });
    }

    /// Closes a socket with a code, and with the time when its reason ends, if known.
    pub fn close_until(&mut self, socket: SocketId, code: ErrorCode, until: Option<UnixMillis>) {
        let code = Some(code);
        self.out.push(Output::Close { socket, code, until });
    }

    /// Requests a snapshot of the room.
    pub fn persist(&mut self) {
        self.out.push(Output::Persist);
    }

    /// Writes a chat entry that records an event.
    pub fn write(&mut self, author: &Seat, entry: ChatEntry) {
        self.out.push(Output::Write(ChatDraft {
            room: self.room.clone(),
            user: author.user,
            author: author.name.clone(),
            guest: author.guest,
            entry,
            socket: None,
        }));
    }
}
