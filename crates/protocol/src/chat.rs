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
    line.chars().all(crate::names::characters::is_blank)
}

/// A line as it is kept: without control characters (Unicode category Cc: NUL, escape, and so on), but for line breaks, all of
/// which become `\n`, and tabs.
///
/// Nothing of them can be seen, and what shows or searches the line elsewhere may stop at them or obey them.
pub fn without_controls(line: String) -> String {
    let is_good = |c: char| !c.is_control() || c == '\n' || c == '\t';
    if line.chars().all(is_good) {
        return line;
    }
    let one_break = line.replace("\r\n", "\n").replace('\r', "\n");
    one_break.chars().filter(|c| is_good(*c)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_left_out_and_breaks_become_one() {
        for (typed, kept) in [
            ("good morning", "good morning"),
            ("a\u{0}b\u{1b}[31mc\u{7f}\u{80}\u{9f}d", "ab[31mcd"),
            ("one\r\ntwo\rthree\n\r\nfive\tsix", "one\ntwo\nthree\n\nfive\tsix"),
            // No control characters: joiners of emoji and of scripts, marks of direction.
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
