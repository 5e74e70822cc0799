//! What is shown of the chat.

use protocol::{ErrorCode, InvitationId, MessageId, Nonce, ParticipantId, UnixMillis, UserName};

/// The chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatView {
    /// Oldest first.
    pub lines: Vec<ChatLine>,
    /// Lines by others that came while the chat was out of view.
    pub unread: usize,
    /// Whether there is nothing older.
    pub complete: bool,
    /// Whether older lines are on their way.
    pub loading: bool,
    /// What an earlier page left in the field, until the user changes it.
    pub draft: String,
}

/// One line of the chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatLine {
    /// Names the line for as long as the page lives.
    pub key: ChatKey,
    /// When, by the server's clock; by the page's for a line that is not there yet.
    pub at: UnixMillis,
    /// Who wrote it, or of whom it tells.
    pub author: UserName,
    /// Whether that is a guest.
    pub guest: bool,
    /// Whether that is the user.
    pub mine: bool,
    /// What it says.
    pub body: ChatBody,
}

/// Names a line of the chat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChatKey {
    /// It is in the room's history.
    Message(MessageId),
    /// The user's own, sent and not there yet.
    Pending(Nonce),
    /// Made on this page: an invitation that was missed.
    Missed(InvitationId),
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatBody {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Where they are.
        delivery: Delivery,
    },
    /// The author entered the room.
    Joined,
    /// The author left it.
    Left,
    /// The author was put out of it.
    Removed {
        /// By whom.
        by: UserName,
    },
    /// The author and another began to talk.
    CallStarted {
        /// The other.
        with: UserName,
    },
    /// The author and another stopped.
    CallEnded {
        /// The other.
        with: UserName,
    },
    /// The author joined the conference.
    ConferenceJoined,
    /// The author left it.
    ConferenceLeft,
    /// The author asked the user to talk, in vain.
    Missed {
        /// The author's seat, if still in the room and free to be invited back.
        invite_back: Option<ParticipantId>,
    },
}

/// Where a line of words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// In the room's history.
    Delivered,
    /// On its way.
    Pending,
    /// Not taken; the user may send it again.
    Refused(ErrorCode),
}
