//! What a room may use while it handles one input: the moment, fresh ids, deadlines, and the list of outputs.

use std::time::Duration;

use protocol::{ChatEntry, RoomName};

use super::blocking::Declines;
use super::deadlines::Deadlines;
use super::output::{Line, Output, RawServerMessage, SocketId};
use super::seat::Seat;
use super::{Bounds, Ids, Timings};

/// The handling of one input in one room.
pub(super) struct Turn<'a> {
    /// When, since the server started.
    pub now: Duration,
    /// The room's name.
    pub room: RoomName,
    /// How long things last.
    pub timings: Timings,
    /// How much there may be.
    pub bounds: Bounds,
    /// Fresh ids.
    pub ids: &'a mut Ids,
    /// Who was declined.
    pub declines: &'a mut Declines,
    /// When to look again.
    pub deadlines: &'a mut Deadlines,
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

    /// Keeps the room as it is when the turn is over.
    pub fn keep(&mut self) {
        self.out.push(Output::Keep(self.room.clone()));
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
