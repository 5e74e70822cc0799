//! What of a chat outlives its page: the draft, and messages that the server has not confirmed.
//!
//! They lie in the browser's storage by user and room, are written after every change, and are read when the room is
//! entered. A message keeps its nonce, so the server writes it once, whether or not it had come before the page went.

use protocol::{ChatEntry, Nonce, RoomName, UnixMillis, UserName};

use super::{Chat, Line, Pending, Way};

/// The longest draft that is kept, in characters: four messages, since one that is too long stays in its field too.
const DRAFT_CHARS: usize = 4 * protocol::limits::CHAT_CHARS;

/// Unsent messages are kept up to this many bytes of text in all, the oldest first: a hundred messages of two rows, and
/// with twenty rooms well below the 5 MiB that browsers let a page keep.
const UNSENT_BYTES: usize = 64 * 1024;

/// Whose chat it is, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatOwner {
    /// Who writes.
    pub user: UserName,
    /// In which room.
    pub room: RoomName,
}

/// What of a chat is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptChat {
    /// What is written and not sent.
    pub draft: String,
    /// What is sent and not confirmed, oldest first.
    pub unsent: Vec<UnsentMessage>,
}

/// A message that the server has not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsentMessage {
    /// Under which the server counts it once.
    pub nonce: Nonce,
    /// The words.
    pub text: String,
    /// When it was written, by the page's clock.
    pub at: UnixMillis,
}

impl KeptChat {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.unsent.is_empty()
    }
}

impl Chat {
    /// The user changed what is not sent yet.
    pub(crate) fn draft(&mut self, text: &str) {
        self.draft = text.chars().take(DRAFT_CHARS).collect();
        self.recalled.clear();
        self.unkept = true;
    }

    /// What an earlier page kept.
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
        // What has arrived since is kept no longer.
        self.unkept = true;
    }

    /// Whether what is to be kept changed since the last time.
    pub(crate) fn is_unkept(&self) -> bool {
        self.unkept
    }

    /// What is to be kept, if that changed since the last time.
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
