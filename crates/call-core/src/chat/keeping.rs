//! The part of a chat that survives a reload: the draft, and messages that the server has not confirmed.
//!
//! Both are stored in the browser by user and room, after every change, and loaded when the room is entered. A message
//! keeps its nonce, so the server records it once even if it had already arrived before the reload.

use protocol::{ChatEntry, Nonce, RoomName, UnixMillis, UserName};

use super::{Chat, Line, Pending, Way};

/// Maximum length of a stored draft, in characters: four messages (chosen), since a text that is too long to send stays
/// in the input field.
const DRAFT_CHARS: usize = 4 * protocol::limits::CHAT_CHARS;

/// Maximum text of unsent messages stored per chat, in bytes, oldest first: 16 of the longest messages in ASCII, and
/// with twenty rooms well below the 5 MiB that browsers let a page store.
const UNSENT_BYTES: usize = 64 * 1024;

/// Key of a stored chat: its user and its room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatOwner {
    /// The user who writes.
    pub user: UserName,
    /// The room of the chat.
    pub room: RoomName,
}

/// The stored part of a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptChat {
    /// Text that is typed and not sent.
    pub draft: String,
    /// Messages that are not confirmed, oldest first.
    pub unsent: Vec<UnsentMessage>,
}

/// A message that the server has not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsentMessage {
    /// Identifies the message, so that the server records it once.
    pub nonce: Nonce,
    /// The text of the message.
    pub text: String,
    /// Time of writing, by the page's clock.
    pub at: UnixMillis,
}

impl KeptChat {
    /// Returns whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.unsent.is_empty()
    }
}

impl Chat {
    /// Updates the draft, truncated to its limit.
    pub(crate) fn draft(&mut self, text: &str) {
        self.draft = text.chars().take(DRAFT_CHARS).collect();
        self.recalled.clear();
        self.unkept = true;
    }

    /// Restores what an earlier page stored, before messages that were written meanwhile.
    pub(crate) fn recall(&mut self, kept: KeptChat) {
        self.recalled.clone_from(&kept.draft);
        self.draft = kept.draft;
        let new = |unsent: &UnsentMessage| {
            self.pending.iter().all(|p| p.nonce != unsent.nonce)
                && self.lines.iter().all(|line| !line.has_nonce(&unsent.nonce))
        };
        let unsent: Vec<_> = kept.unsent.into_iter().filter(new).collect();
        let pending = unsent
            .into_iter()
            .map(|UnsentMessage { nonce, text, at }| Pending {
                nonce,
                text,
                at,
                way: Way::Waiting,
            });
        self.pending.splice(0..0, pending);
        // Store again, without the messages that have arrived since.
        self.unkept = true;
    }

    /// Returns whether the part to store has changed since it was last taken.
    pub(crate) fn is_unkept(&self) -> bool {
        self.unkept
    }

    /// Takes the part to store, if it has changed since the last call.
    pub(crate) fn take_unkept(&mut self) -> Option<KeptChat> {
        if !std::mem::take(&mut self.unkept) {
            return None;
        }
        let mut left = UNSENT_BYTES;
        let fits = |p: &&Pending| {
            let fits = p.text.len() <= left;
            left = left.saturating_sub(p.text.len());
            fits
        };
        let unsent = self.pending.iter().take_while(fits).map(|p| UnsentMessage {
            nonce: p.nonce.clone(),
            text: p.text.clone(),
            at: p.at,
        });
        Some(KeptChat {
            unsent: unsent.collect(),
            draft: self.draft.clone(),
        })
    }
}

impl Line {
    fn has_nonce(&self, wanted: &Nonce) -> bool {
        match self {
            Self::Message(message) => match &message.entry {
                ChatEntry::Text { nonce, .. } => nonce == wanted,
                ChatEntry::Joined {}
                | ChatEntry::Left {}
                | ChatEntry::Removed { .. }
                | ChatEntry::CallStarted { .. }
                | ChatEntry::CallEnded { .. }
                | ChatEntry::ConferenceJoined {}
                | ChatEntry::ConferenceLeft {} => false,
            },
            Self::Missed { .. } => false,
        }
    }
}
