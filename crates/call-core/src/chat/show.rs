//! Builds the view of the chat.

use protocol::{ChatEntry, ParticipantId, UserName};

use super::view::{ChatBody, ChatKey, ChatLine, ChatView, Delivery};
use super::{Author, Chat, Line, Way};
use crate::room::Room;

impl ChatView {
    /// Builds the view of a room's chat; a missed invitation can be returned if its sender is present and not engaged.
    pub(crate) fn of(room: &Room) -> Self {
        room.chat.view(&room.me, |name| {
            room.roster.seat_of(name).filter(|seat| !room.is_engaged(*seat))
        })
    }
}

impl Chat {
    /// Builds the view for `me`; `seat_of` returns the seat of a user who can be invited back.
    pub(crate) fn view(&self, me: &Author, seat_of: impl Fn(&UserName) -> Option<ParticipantId>) -> ChatView {
        let lines = self.lines.iter().map(|line| match line {
            Line::Message(message) => ChatLine {
                key: ChatKey::Message(message.id),
                at: message.at,
                author: message.author.clone(),
                guest: message.guest,
                mine: me.wrote(message),
                body: body(&message.entry),
            },
            Line::Missed { invitation, from, at } => ChatLine {
                key: ChatKey::Missed(*invitation),
                at: *at,
                author: from.name.clone(),
                guest: from.guest,
                mine: false,
                body: ChatBody::Missed {
                    invite_back: seat_of(&from.name),
                },
            },
        });
        let pending = self.pending.iter().map(|p| ChatLine {
            key: ChatKey::Pending(p.nonce.clone()),
            at: p.at,
            author: me.name.clone(),
            guest: me.guest,
            mine: true,
            body: ChatBody::Text {
                text: p.text.clone(),
                delivery: match p.way {
                    Way::Refused(code) => Delivery::Refused(code),
                    Way::Waiting | Way::Sent => Delivery::Pending,
                },
            },
        });
        ChatView {
            lines: lines.chain(pending).collect(),
            unread: self.unread,
            complete: self.missing.complete,
            loading: self.missing.is_loading(),
            draft: self.recalled.clone(),
        }
    }
}

fn body(entry: &ChatEntry) -> ChatBody {
    match entry {
        ChatEntry::Text { text, .. } => ChatBody::Text {
            text: text.clone(),
            delivery: Delivery::Delivered,
        },
        ChatEntry::Joined {} => ChatBody::Joined,
        ChatEntry::Left {} => ChatBody::Left,
        ChatEntry::Removed { by } => ChatBody::Removed { by: by.clone() },
        ChatEntry::CallStarted { with } => ChatBody::CallStarted { with: with.clone() },
        ChatEntry::CallEnded { with } => ChatBody::CallEnded { with: with.clone() },
        ChatEntry::ConferenceJoined {} => ChatBody::ConferenceJoined,
        ChatEntry::ConferenceLeft {} => ChatBody::ConferenceLeft,
    }
}
