//! A room's chat: messages written by users, and entries that record events.

use serde::{Deserialize, Serialize};

use crate::{MessageId, Nonce, UnixMillis, UserName};

/// One entry in a room's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Position in the room's history; greater is later.
    pub id: MessageId,
    /// When the server accepted it.
    pub at: UnixMillis,
    /// The user who wrote the message, or whom the event concerns; stamped by the server.
    pub author: UserName,
    /// Whether the author was a guest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
    /// The message or event.
    pub entry: ChatEntry,
}

/// Whether a chat message is blank, that is, has no visible character.
pub fn says_nothing(line: &str) -> bool {
    line.chars().all(crate::names::characters::is_blank)
}

/// Removes control characters (Unicode category Cc: NUL, escape, and so on) other than tabs and line breaks,
/// and turns every line break into `\n`.
///
/// Control characters are invisible, and programs that display or search the text elsewhere may stop at them
/// or interpret them.
pub fn without_controls(line: String) -> String {
    let is_good = |c: char| !c.is_control() || c == '\n' || c == '\t';
    if line.chars().all(is_good) {
        return line;
    }
    let one_break = line.replace("\r\n", "\n").replace('\r', "\n");
    one_break.chars().filter(|c| is_good(*c)).collect()
}

/// The content of a [`ChatMessage`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatEntry {
    /// The author wrote a message.
    Text {
        /// The message: 1 to [`crate::limits::CHAT_CHARS`] characters, at least one of them visible.
        text: String,
        /// Chosen by the author's client, which recognises its own message by it.
        nonce: Nonce,
    },
    /// The author entered the room.
    Joined {},
    /// The author left the room.
    Left {},
    /// A moderator removed the author from the room.
    Removed {
        /// The moderator who removed the author.
        by: UserName,
    },
    /// The author started a call with another participant, by an accepted invitation.
    CallStarted {
        /// The other participant.
        with: UserName,
    },
    /// The author's call with another participant ended.
    CallEnded {
        /// The other participant.
        with: UserName,
    },
    /// The author joined the group call.
    ConferenceJoined {},
    /// The author left the group call.
    ConferenceLeft {},
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_removed_and_line_breaks_unified() {
        for (typed, kept) in [
            ("good morning", "good morning"),
            ("a\u{0}b\u{1b}[31mc\u{7f}\u{80}\u{9f}d", "ab[31mcd"),
            ("one\r\ntwo\rthree\n\r\nfive\tsix", "one\ntwo\nthree\n\nfive\tsix"),
            // Not control characters: joiners of emoji and scripts, direction marks.
            (
                "\u{1f468}\u{200d}\u{1f469} \u{200c}\u{200f}",
                "\u{1f468}\u{200d}\u{1f469} \u{200c}\u{200f}",
            ),
            ("\u{0}\u{1b}", ""),
        ] {
            assert_eq!(without_controls(typed.to_owned()), kept, "{typed:?}");
        }
    }
}
