//! The outputs of the registry, and the types they need.

use protocol::{ChatEntry, ErrorCode, MessageId, Nonce, RoomName, ServerMessage, UnixMillis, UserName};
use serde_json::value::RawValue;

use super::ids::{SocketId, UserId};
use super::order::Order;

/// A message to a client; signal bodies are raw JSON.
pub type RawServerMessage = ServerMessage<Box<RawValue>>;

/// One action to carry out. The outputs of a list are carried out in order.
#[derive(Clone, Debug)]
pub enum Output {
    /// Send one message to several sockets.
    Send {
        /// The recipients; may be empty.
        to: Vec<SocketId>,
        /// The message to send.
        message: Box<RawServerMessage>,
    },
    /// Monitor a socket closely, to detect soon that it is dead, or at the usual rate.
    Watch {
        /// The socket to monitor.
        socket: SocketId,
        /// Whether to monitor closely, as its seat has a link.
        closely: bool,
    },
    /// Close a socket, after the messages sent to it before.
    Close {
        /// The socket to close.
        socket: SocketId,
        /// The code of a final `bye`, if any.
        code: Option<ErrorCode>,
        /// When the reason ends, if known.
        until: Option<UnixMillis>,
    },
    /// Store a snapshot of the room as it is now ([`super::OpenRoom::snapshot`]), before the messages of this
    /// list are sent.
    Persist,
    /// Write an entry to the room's chat, and send it to the room once it is safe on disk.
    Write(ChatDraft),
    /// Read a page of the room's history and send it to one socket.
    ReadHistory {
        /// The socket that requested it.
        socket: SocketId,
        /// The page ends before this message.
        before: MessageId,
    },
    /// Make a change on disk, and pass the result to [`super::OpenRoom::completed`] of each room concerned
    /// ([`super::Registry::concerned`]).
    Order(Box<Order>),
    /// End the session of a guest who was removed.
    EndGuest(UserId),
    /// Read the room's newest messages for an admitted user, and pass them to [`super::OpenRoom::admitted`].
    Admit {
        /// The socket of the admitted user.
        socket: SocketId,
    },
}

/// A chat entry that is not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatDraft {
    /// The room whose chat it belongs to.
    pub room: RoomName,
    /// The author's account or guest.
    pub user: UserId,
    /// The author's name.
    pub author: UserName,
    /// Whether the author is a guest.
    pub guest: bool,
    /// The message or event.
    pub entry: ChatEntry,
    /// The socket to notify if it cannot be written; `None` for entries that the server writes by itself.
    pub socket: Option<SocketId>,
}

impl ChatDraft {
    /// Returns the nonce, if a user wrote the entry.
    pub fn nonce(&self) -> Option<&Nonce> {
        if let ChatEntry::Text { nonce, .. } = &self.entry {
            Some(nonce)
        } else {
            None
        }
    }
}
