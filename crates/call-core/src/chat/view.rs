//! View of the chat.

use protocol::{ErrorCode, InvitationId, MessageId, Nonce, ParticipantId, UnixMillis, UserName};

/// The chat of the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatView {
    /// The lines, oldest first; pending messages come last.
    pub lines: Vec<ChatLine>,
    /// Number of messages by others that arrived while the chat was out of view.
    pub unread: usize,
    /// Whether there are no older messages.
    pub complete: bool,
    /// Whether messages are being fetched.
    pub loading: bool,
    /// Draft restored from an earlier page, until the user changes it.
    pub draft: String,
}

/// One line of the chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatLine {
    /// Identifies the line as long as the page lives.
    pub key: ChatKey,
    /// Time of the line: by the server's clock for lines of the history, by the page's for others.
    pub at: UnixMillis,
    /// The author of the message, or the participant whom the line is about.
    pub author: UserName,
    /// Whether the author is a guest.
    pub guest: bool,
    /// Whether the author is the user.
    pub mine: bool,
    /// The content of the line.
    pub body: ChatBody,
}

/// Identifies a line of the chat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChatKey {
    /// A message in the room's history.
    Message(MessageId),
    /// A message of the user that is not in the history yet.
    Pending(Nonce),
    /// An invitation that the user missed; known on this page only.
    Missed(InvitationId),
}

/// The content of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatBody {
    /// A text message.
    Text {
        /// The text as written.
        text: String,
        /// Delivery state of the message.
        delivery: Delivery,
    },
    /// The author entered the room.
    Joined,
    /// The author left the room.
    Left,
    /// The author was removed from the room.
    Removed {
        /// The moderator who removed the author.
        by: UserName,
    },
    /// A call between the author and another participant started.
    CallStarted {
        /// The other participant.
        with: UserName,
    },
    /// The call between the author and another participant ended.
    CallEnded {
        /// The other participant.
        with: UserName,
    },
    /// The author joined the group call.
    ConferenceJoined,
    /// The author left the group call.
    ConferenceLeft,
    /// The user missed an invitation from the author.
    Missed {
        /// The author's seat, if they are still in the room and not engaged with the user.
        invite_back: Option<ParticipantId>,
    },
}

/// Delivery state of a text message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// In the room's history.
    Delivered,
    /// Not in the history yet.
    Pending,
    /// Refused by the server; the user may retry.
    Refused(ErrorCode),
}
