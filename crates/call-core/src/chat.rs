//! The room's chat: history, lines on their way, and what the user has not seen.

use protocol::{
    ChatEntry, ChatMessage, ClientMessage, ErrorCode, InvitationId, MessageId, Nonce, UnixMillis, UserName,
};

use crate::{ChatBody, ChatKey, ChatLine, ChatView, Delivery, Moment};

/// The chat of one room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chat {
    lines: Vec<Line>,
    pending: Vec<Pending>,
    complete: bool,
    loading: bool,
    in_view: bool,
    unread: usize,
    sent: u64,
}

#[derive(Clone, Debug)]
enum Line {
    Message(ChatMessage),
    Missed {
        invitation: InvitationId,
        name: UserName,
        at: UnixMillis,
    },
}

/// A line of the user's that is not in the history yet.
#[derive(Clone, Debug)]
struct Pending {
    nonce: Nonce,
    text: String,
    at: UnixMillis,
    refused: Option<ErrorCode>,
}

impl Chat {
    /// Takes the newest page of the history, as the room is entered or come back to.
    ///
    /// What was there stays if the page reaches back to it; otherwise lines between are missing, and the page
    /// takes its place.
    pub(crate) fn welcome(&mut self, page: Vec<ChatMessage>, complete: bool) {
        let newest = self.lines.iter().rev().find_map(Line::id);
        let reaches = newest.is_some_and(|id| page.first().is_some_and(|first| first.id <= id));
        if !reaches {
            self.lines.retain(|line| line.id().is_none());
            self.complete = complete;
        }
        for message in page {
            self.add(message);
        }
        self.loading = false;
    }

    /// Lines that wait for the server, to be sent (again) now that it hears.
    pub(crate) fn unsent(&self) -> Vec<ClientMessage> {
        self.pending
            .iter()
            .filter(|p| p.refused.is_none())
            .map(Pending::message)
            .collect()
    }

    /// The user writes a line. `None` when there is nothing in it.
    pub(crate) fn write(&mut self, text: &str, moment: Moment) -> Option<ClientMessage> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        self.sent += 1;
        let nonce = Nonce(format!("{:016x}-{}", moment.random, self.sent));
        let pending = Pending {
            nonce,
            text: text.to_owned(),
            at: moment.now,
            refused: None,
        };
        let message = pending.message();
        self.pending.push(pending);
        Some(message)
    }

    /// The user sends a refused line again.
    pub(crate) fn retry(&mut self, key: &ChatKey) -> Option<ClientMessage> {
        let ChatKey::Pending(nonce) = key else { return None };
        let pending = self
            .pending
            .iter_mut()
            .find(|p| p.nonce == *nonce && p.refused.is_some())?;
        pending.refused = None;
        Some(pending.message())
    }

    /// The server did not take a line.
    pub(crate) fn refused(&mut self, nonce: &Nonce, code: ErrorCode) {
        if let Some(pending) = self.pending.iter_mut().find(|p| p.nonce == *nonce) {
            pending.refused = Some(code);
        }
    }

    /// A message came.
    pub(crate) fn received(&mut self, message: ChatMessage, me: &UserName, page_hidden: bool) {
        let news = matches!(message.entry, ChatEntry::Text { .. }) && message.author != *me;
        if self.add(message) && news && (page_hidden || !self.in_view) {
            self.unread += 1;
        }
    }

    /// The user asks for older lines.
    pub(crate) fn load_earlier(&mut self) -> Option<ClientMessage> {
        let before = self.lines.iter().find_map(Line::id)?;
        if self.loading || self.complete {
            return None;
        }
        self.loading = true;
        Some(ClientMessage::FetchHistory { before })
    }

    /// Older lines do not come; they may be asked for again.
    pub(crate) fn loading_failed(&mut self) {
        self.loading = false;
    }

    /// Older lines came.
    pub(crate) fn history(&mut self, messages: Vec<ChatMessage>, complete: bool) {
        self.loading = false;
        self.complete = complete;
        for message in messages {
            self.add(message);
        }
    }

    /// An invitation for the user was missed; it can be answered from the chat.
    pub(crate) fn missed(&mut self, invitation: InvitationId, name: UserName, at: UnixMillis) {
        self.lines.push(Line::Missed { invitation, name, at });
    }

    /// Whether the user can see the chat now.
    pub(crate) fn show(&mut self, in_view: bool, page_hidden: bool) {
        self.in_view = in_view;
        self.look(page_hidden);
    }

    /// The user may have the chat before the eyes now.
    pub(crate) fn look(&mut self, page_hidden: bool) {
        if self.in_view && !page_hidden {
            self.unread = 0;
        }
    }

    /// Puts a message in its place; false when it was there.
    fn add(&mut self, message: ChatMessage) -> bool {
        if let ChatEntry::Text { nonce, .. } = &message.entry {
            self.pending.retain(|p| p.nonce != *nonce);
        }
        let before = self
            .lines
            .iter()
            .rposition(|line| line.id().is_some_and(|id| id <= message.id));
        if before.is_some_and(|at| self.lines[at].id() == Some(message.id)) {
            return false;
        }
        // Behind the last older message, and behind what this page added there itself.
        let mut at = before.map_or(0, |at| at + 1);
        while before.is_some() && self.lines.get(at).is_some_and(|line| line.id().is_none()) {
            at += 1;
        }
        self.lines.insert(at, Line::Message(message));
        true
    }

    /// The chat as `me` sees it; `seat_of` finds who can be invited back.
    pub(crate) fn view(
        &self,
        me: &UserName,
        seat_of: impl Fn(&UserName) -> Option<protocol::ParticipantId>,
    ) -> ChatView {
        let lines = self.lines.iter().map(|line| match line {
            Line::Message(message) => ChatLine {
                key: ChatKey::Message(message.id),
                at: message.at,
                author: message.author.clone(),
                mine: message.author == *me,
                body: body(&message.entry),
            },
            Line::Missed { invitation, name, at } => ChatLine {
                key: ChatKey::Missed(*invitation),
                at: *at,
                author: name.clone(),
                mine: false,
                body: ChatBody::Missed {
                    invite_back: seat_of(name),
                },
            },
        });
        let pending = self.pending.iter().map(|p| ChatLine {
            key: ChatKey::Pending(p.nonce.clone()),
            at: p.at,
            author: me.clone(),
            mine: true,
            body: ChatBody::Text {
                text: p.text.clone(),
                delivery: p.refused.map_or(Delivery::Pending, Delivery::Refused),
            },
        });
        ChatView {
            lines: lines.chain(pending).collect(),
            unread: self.unread,
            complete: self.complete,
            loading: self.loading,
        }
    }
}

impl Line {
    fn id(&self) -> Option<MessageId> {
        match self {
            Self::Message(message) => Some(message.id),
            Self::Missed { .. } => None,
        }
    }
}

impl Pending {
    fn message(&self) -> ClientMessage {
        ClientMessage::SendChat {
            text: self.text.clone(),
            nonce: self.nonce.clone(),
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
        ChatEntry::CallStarted { with } => ChatBody::CallStarted { with: with.clone() },
        ChatEntry::CallEnded { with } => ChatBody::CallEnded { with: with.clone() },
        ChatEntry::ConferenceJoined {} => ChatBody::ConferenceJoined,
        ChatEntry::ConferenceLeft {} => ChatBody::ConferenceLeft,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> UserName {
        UserName::parse(text).expect("a name")
    }

    fn text(id: u64, author: &str, nonce: &str) -> ChatMessage {
        ChatMessage {
            id: MessageId(id),
            at: UnixMillis(id),
            author: name(author),
            entry: ChatEntry::Text {
                text: format!("line {id}"),
                nonce: Nonce(nonce.to_owned()),
            },
        }
    }

    fn ids(chat: &Chat) -> Vec<u64> {
        chat.lines.iter().filter_map(Line::id).map(|id| id.0).collect()
    }

    #[test]
    fn a_line_of_ones_own_is_pending_until_it_comes_back_once() {
        let mut chat = Chat::default();
        let me = name("Ann");
        let Some(ClientMessage::SendChat { nonce, .. }) = chat.write(" hello ", Moment::default()) else {
            unreachable!("a line with words is sent")
        };
        let shown = chat.view(&me, |_| None).lines;
        assert!(matches!(
            &shown[..],
            [ChatLine {
                body: ChatBody::Text {
                    delivery: Delivery::Pending,
                    ..
                },
                ..
            }]
        ));
        chat.received(text(4, "Ann", &nonce.0), &me, false);
        chat.received(text(4, "Ann", &nonce.0), &me, false);
        let shown = chat.view(&me, |_| None).lines;
        assert!(matches!(
            &shown[..],
            [ChatLine {
                body: ChatBody::Text {
                    delivery: Delivery::Delivered,
                    ..
                },
                ..
            }]
        ));
    }

    #[test]
    fn a_refused_line_can_be_sent_again_and_is_not_lost() {
        let mut chat = Chat::default();
        let Some(sent @ ClientMessage::SendChat { .. }) = chat.write("hello", Moment::default()) else {
            unreachable!("a line with words is sent")
        };
        let ClientMessage::SendChat { nonce, .. } = &sent else {
            unreachable!()
        };
        chat.refused(nonce, ErrorCode::RateLimited);
        assert_eq!(chat.unsent(), []);
        assert_eq!(chat.retry(&ChatKey::Pending(nonce.clone())), Some(sent.clone()));
        assert_eq!(chat.unsent(), [sent]);
    }

    #[test]
    fn history_goes_before_and_a_page_that_does_not_reach_back_replaces() {
        let mut chat = Chat::default();
        chat.welcome(vec![text(10, "Bea", "a"), text(11, "Bea", "b")], false);
        assert_eq!(
            chat.load_earlier(),
            Some(ClientMessage::FetchHistory {
                before: MessageId(10)
            })
        );
        assert_eq!(chat.load_earlier(), None, "one page at a time");
        chat.history(vec![text(8, "Bea", "c"), text(9, "Bea", "d")], true);
        assert_eq!(ids(&chat), [8, 9, 10, 11]);
        chat.welcome(vec![text(11, "Bea", "b"), text(12, "Bea", "e")], false);
        assert_eq!(ids(&chat), [8, 9, 10, 11, 12]);
        chat.welcome(vec![text(40, "Bea", "f")], false);
        assert_eq!(ids(&chat), [40]);
    }

    #[test]
    fn lines_by_others_count_as_unread_while_the_chat_is_out_of_view() {
        let mut chat = Chat::default();
        let me = name("Ann");
        chat.received(text(1, "Bea", "a"), &me, false);
        chat.received(text(2, "Ann", "b"), &me, false);
        assert_eq!(chat.view(&me, |_| None).unread, 1);
        chat.show(true, false);
        assert_eq!(chat.view(&me, |_| None).unread, 0);
        chat.received(text(3, "Bea", "c"), &me, true);
        assert_eq!(chat.view(&me, |_| None).unread, 1);
        chat.look(false);
        assert_eq!(chat.view(&me, |_| None).unread, 0);
    }

    #[test]
    fn a_missed_invitation_keeps_its_place_among_the_lines() {
        let mut chat = Chat::default();
        let me = name("Ann");
        chat.received(text(1, "Bea", "a"), &me, false);
        chat.missed(InvitationId(7), name("Bea"), UnixMillis(2));
        chat.received(text(3, "Bea", "b"), &me, false);
        let keys: Vec<_> = chat
            .view(&me, |_| None)
            .lines
            .into_iter()
            .map(|line| line.key)
            .collect();
        assert_eq!(
            keys,
            [
                ChatKey::Message(MessageId(1)),
                ChatKey::Missed(InvitationId(7)),
                ChatKey::Message(MessageId(3))
            ]
        );
    }
}
