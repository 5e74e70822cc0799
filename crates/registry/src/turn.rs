//! What a room may use while it handles one input: the moment, fresh ids, what spans rooms, and the list of outputs.

use std::time::Duration;

use protocol::{ChatEntry, ErrorCode, RoomName, UnixMillis};

use super::ids::Ids;
use super::ids::SocketId;
use super::output::{Line, Output, RawServerMessage};
use super::seat::Seat;
use super::users::Users;
use super::{Bounds, Timings};

/// The handling of one input in one room.
pub(super) struct Turn<'a> {
    /// When, since the server started.
    pub now: Duration,
    /// The room's name.
    pub room: &'a RoomName,
    /// How long things last.
    pub timings: Timings,
    /// How much there may be.
    pub bounds: Bounds,
    /// Fresh ids.
    pub ids: &'a Ids,
    /// What spans rooms.
    pub users: &'a Users,
    /// What is to be done.
    pub out: Vec<Output>,
}

impl Turn<'_> {
    /// Sends a message to each of some sockets.
    pub fn tell(&mut self, to: Vec<SocketId>, message: RawServerMessage) {
        if !to.is_empty() {
            self.out.push(Output::Tell {
                to,
                message: Box::new(message),
            });
        }
    }

    /// Closes a socket; the code, if any, is the last thing that it is told.
    pub fn close(&mut self, socket: SocketId, code: Option<ErrorCode>) {
        let until = None;
        self.out.push(Output::Close { socket, code, until });
    }

    /// Closes a socket with a code, which holds until a moment if one is known.
    pub fn close_until(&mut self, socket: SocketId, code: ErrorCode, until: Option<UnixMillis>) {
        let code = Some(code);
        self.out.push(Output::Close { socket, code, until });
    }

    /// Keeps the room as it is when the turn is over.
    pub fn keep(&mut self) {
        self.out.push(Output::Keep);
    }

    /// Writes a line that tells what happened.
    pub fn write(&mut self, author: &Seat, entry: ChatEntry) {
        self.out.push(Output::Write(Line {
            room: self.room.clone(),
            user: author.user,
            author: author.name.clone(),
            guest: author.guest,
            entry,
            socket: None,
        }));
    }
}
