//! A room's chat: lines that people write, and lines that tell what happened.

use serde::{Deserialize, Serialize};

use crate::{MessageId, Nonce, UnixMillis, UserName};

/// One entry in a room's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Its place in the order of the room.
    pub id: MessageId,
    /// When the server took it.
    pub at: UnixMillis,
    /// Who wrote it, or of whom it tells; stamped by the server.
    pub author: UserName,
    /// Whether the author was a guest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
    /// What it says.
    pub entry: ChatEntry,
}

/// Whether a line says nothing: there is nothing in it that can be seen.
pub fn says_nothing(line: &str) -> bool {
    line.chars().all(crate::names::is_blank)
}

/// What a [`ChatMessage`] says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatEntry {
    /// The author wrote a line.
    Text {
        /// The line: 1 to [`crate::limits::CHAT_CHARS`] characters, of which one can be seen.
        text: String,
        /// As the author's client chose it, so that it knows its own line when it comes back.
        nonce: Nonce,
    },
    /// The author entered the room.
    Joined {},
    /// The author left the room.
    Left {},
    /// The author was put out of the room.
    Removed {
        /// By whom.
        by: UserName,
    },
    /// The author and another began to talk, by invitation.
    CallStarted {
        /// The other.
        with: UserName,
    },
    /// The author and another stopped talking.
    CallEnded {
        /// The other.
        with: UserName,
    },
    /// The author joined the conference.
    ConferenceJoined {},
    /// The author left the conference.
    ConferenceLeft {},
}
