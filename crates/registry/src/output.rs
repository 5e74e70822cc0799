//! What the registry wants done, and the few words that it needs to say so.

use protocol::{ChatEntry, ErrorCode, MessageId, Nonce, RoomName, ServerMessage, UnixMillis, UserName};
use serde_json::value::RawValue;

use super::ids::{SocketId, UserId};
use super::order::Order;

/// A message to a client; the bodies of signals are the text that came in.
pub type RawServerMessage = ServerMessage<Box<RawValue>>;

/// One thing to be done. All of a list are done in order.
#[derive(Clone, Debug)]
pub enum Output {
    /// Send a message, the same one to each.
    Tell {
        /// To these sockets; may be none.
        to: Vec<SocketId>,
        /// What.
        message: Box<RawServerMessage>,
    },
    /// Find out soon when a socket is dead, as its seat has a link; or take the time.
    Watch {
        /// Which.
        socket: SocketId,
        /// Whether there is a link.
        closely: bool,
    },
    /// Close a socket, after what was told to it before.
    Close {
        /// Which.
        socket: SocketId,
        /// What to say last, if anything.
        code: Option<ErrorCode>,
        /// Until when it is so, where that is known.
        until: Option<UnixMillis>,
    },
    /// Keep the room as it is now ([`super::OpenRoom::kept`]), before what is told in this list is told.
    Keep,
    /// Write a line to the room's chat, and tell the room when it is safe on disk.
    Write(Line),
    /// Read a page of the room's history and send it to one socket.
    ReadHistory {
        /// Who asked.
        socket: SocketId,
        /// For what comes before this message.
        before: MessageId,
    },
    /// Have something changed on disk, and hand what comes of it to [`super::OpenRoom::done`] of each room that it
    /// concerns ([`super::Registry::concerned`]).
    Order(Box<Order>),
    /// End the session of a guest, who was put out.
    EndGuest(UserId),
    /// Read the room's newest messages for someone who waited, and hand them to [`super::OpenRoom::admitted`].
    Admit {
        /// Who waited.
        socket: SocketId,
    },
}

/// A line of chat that is not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// In which room.
    pub room: RoomName,
    /// Whose account.
    pub user: UserId,
    /// Its name.
    pub author: UserName,
    /// Whether that is a guest.
    pub guest: bool,
    /// What it says.
    pub entry: ChatEntry,
    /// Whom to tell when it cannot be written; nobody for the lines that the server writes by itself.
    pub socket: Option<SocketId>,
}

impl Line {
    /// The nonce that its author gave it, if a person wrote it.
    pub fn nonce(&self) -> Option<&Nonce> {
        if let ChatEntry::Text { nonce, .. } = &self.entry {
            Some(nonce)
        } else {
            None
        }
    }
}
