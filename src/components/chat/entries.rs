//! The entries of the log: messages, with a separator where a new day begins.

use call_core::{ChatBody, ChatKey, ChatLine, ChatView};
use protocol::MessageId;

use crate::views::LocalDay;

/// An entry of the log.
pub enum Entry {
    /// A separator before the message with this key, the first of the day.
    Day(LocalDay, ChatKey),
    /// A message.
    Line(ChatLine),
}

impl Entry {
    /// Identifies it among the entries.
    pub fn key(&self) -> (Option<LocalDay>, ChatKey) {
        match self {
            Self::Day(day, first) => (Some(*day), first.clone()),
            Self::Line(line) => (None, line.key.clone()),
        }
    }
}

/// The messages, with a separator where a new day begins, but not before the first one if that is from today.
pub fn entries(lines: &[ChatLine], today: LocalDay) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(lines.len() + 1);
    let mut day = today;
    for line in lines {
        if !day.has(line.at) {
            day = LocalDay::of(line.at);
            entries.push(Entry::Day(day, line.key.clone()));
        }
        entries.push(Entry::Line(line.clone()));
    }
    entries
}

/// The id of the newest message in the history; 0 while there is none.
pub fn newest(chat: &ChatView) -> MessageId {
    let mut ids = chat.lines.iter().rev().filter_map(|line| match line.key {
        ChatKey::Message(id) => Some(id),
        ChatKey::Pending(_) | ChatKey::Missed(_) => None,
    });
    // Messages are in the order of their ids.
    ids.next().unwrap_or(MessageId(0))
}

/// How many messages by others are newer than the last one that the user had in view.
pub fn unseen(chat: &ChatView, last_seen: MessageId) -> usize {
    let newer = chat.lines.iter().rev().take_while(|line| match line.key {
        ChatKey::Message(id) => id > last_seen,
        ChatKey::Pending(_) | ChatKey::Missed(_) => true,
    });
    newer
        .filter(|line| !line.mine && matches!(line.body, ChatBody::Text { .. }))
        .count()
}
