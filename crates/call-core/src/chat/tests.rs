//! Tests of the chat.

use proptest::prelude::*;

use super::*;
use crate::turn::tests::ordered;
use crate::{Effect, SocketOrder};

fn name(text: &str) -> UserName {
    UserName::parse(text).expect("a name")
}

fn text(id: u64, author: &str, nonce: &str) -> ChatMessage {
    ChatMessage {
        id: MessageId(id),
        at: UnixMillis(id),
        author: name(author),
        guest: false,
        entry: ChatEntry::Text {
            text: format!("line {id}"),
            nonce: Nonce(nonce.to_owned()),
        },
    }
}

fn ids(chat: &Chat) -> Vec<u64> {
    chat.lines.iter().filter_map(Line::id).map(|id| id.0).collect()
}

fn me() -> Author {
    by("Ann")
}

/// An author with an account.
fn by(text: &str) -> Author {
    Author {
        name: name(text),
        guest: false,
    }
}

/// The texts of the messages sent now, and the message before which history is requested.
fn due(chat: &mut Chat, now: u64) -> (Vec<String>, Option<u64>) {
    let (mut lines, mut before) = (Vec::new(), None);
    for effect in ordered(Turn::at(UnixMillis(now)), |turn| chat.due(turn)) {
        match effect {
            Effect::Socket(SocketOrder::Send(ClientMessage::SendChat { text, .. })) => lines.push(text),
            Effect::Socket(SocketOrder::Send(ClientMessage::FetchHistory { before: id })) => {
                before = Some(id.0);
            }
            _ => {}
        }
    }
    (lines, before)
}

fn deliveries(chat: &Chat) -> Vec<Delivery> {
    let lines = chat.view(&me(), |_| None).lines.into_iter();
    let delivery = |line: ChatLine| match line.body {
        ChatBody::Text { delivery, .. } => Some(delivery),
        _ => None,
    };
    lines.filter_map(delivery).collect()
}

#[test]
fn own_message_is_pending_until_echoed() {
    let mut chat = Chat::default();
    chat.write(" hello ", Moment::default());
    let nonce = chat.pending[0].nonce.clone();
    assert_eq!(due(&mut chat, 0).0, ["hello"]);
    assert_eq!(due(&mut chat, 0).0, [""; 0], "once");
    assert_eq!(deliveries(&chat), [Delivery::Pending]);
    chat.received(text(4, "Ann", &nonce.0), &me(), false);
    chat.received(text(4, "Ann", &nonce.0), &me(), false);
    assert_eq!(deliveries(&chat), [Delivery::Delivered]);
}

#[test]
fn refused_message_can_be_retried() {
    let mut chat = Chat::default();
    chat.write("hello", Moment::default());
    due(&mut chat, 0);
    let nonce = chat.pending[0].nonce.clone();
    chat.refused(&nonce, ErrorCode::Internal);
    assert_eq!(deliveries(&chat), [Delivery::Refused(ErrorCode::Internal)]);
    assert_eq!(due(&mut chat, 0).0, [""; 0]);
    chat.retry(&ChatKey::Pending(nonce));
    assert_eq!(due(&mut chat, 0).0, ["hello"]);
}

#[test]
fn rate_limited_message_is_retried_first_after_a_pause() {
    let mut chat = Chat::default();
    for line in ["one", "two"] {
        chat.write(line, Moment::default());
    }
    assert_eq!(due(&mut chat, 0).0, ["one", "two"]);
    for nonce in [chat.pending[0].nonce.clone(), chat.pending[1].nonce.clone()] {
        chat.refused(&nonce, ErrorCode::RateLimited);
    }
    assert_eq!(deliveries(&chat), [Delivery::Pending; 2]);
    let effects = ordered(Turn::at(UnixMillis(1)), |turn| chat.due(turn));
    assert!(matches!(
        effects[..],
        [Effect::StartTimer {
            timer: Timer::Chat,
            ..
        }]
    ));
    assert_eq!(due(&mut chat, 9_000).0, [""; 0], "not before the timer fires");
    chat.pause_over();
    assert_eq!(due(&mut chat, 9_000).0, ["one"], "and one at a time");
}

#[test]
fn messages_in_flight_are_resent_after_reconnect() {
    let mut chat = Chat::default();
    chat.write("hello", Moment::default());
    due(&mut chat, 0);
    chat.welcome(vec![], true, &me());
    assert_eq!(due(&mut chat, 0).0, ["hello"]);
}

#[test]
fn fetched_pages_are_merged_in_order() {
    let mut chat = Chat::default();
    chat.welcome(vec![text(10, "Bea", "a"), text(11, "Bea", "b")], false, &me());
    chat.load_earlier();
    assert_eq!(due(&mut chat, 0).1, Some(10));
    assert_eq!(due(&mut chat, 0).1, None, "one page at a time");
    chat.history(vec![text(8, "Bea", "c"), text(9, "Bea", "d")], true, &me(), false);
    assert_eq!(ids(&chat), [8, 9, 10, 11]);
    chat.welcome(vec![text(11, "Bea", "b"), text(12, "Bea", "e")], false, &me());
    assert_eq!(ids(&chat), [8, 9, 10, 11, 12]);
    assert_eq!(due(&mut chat, 0).1, None, "nothing is missing");

    chat.welcome(vec![text(40, "Bea", "f")], false, &me());
    assert_eq!(due(&mut chat, 0).1, Some(40));
    chat.received(text(41, "Bea", "g"), &me(), false);
    // The socket breaks before the answer.
    chat.welcome(vec![text(40, "Bea", "f"), text(41, "Bea", "g")], false, &me());
    assert_eq!(due(&mut chat, 0).1, Some(40));
    chat.history(
        vec![text(20, "Bea", "h"), text(21, "Bea", "i")],
        false,
        &me(),
        false,
    );
    assert_eq!(due(&mut chat, 0).1, Some(20));
    chat.history(
        vec![text(12, "Bea", "e"), text(13, "Bea", "j")],
        false,
        &me(),
        false,
    );
    assert_eq!(ids(&chat), [8, 9, 10, 11, 12, 13, 20, 21, 40, 41]);
    assert_eq!(due(&mut chat, 0).1, None);
    let view = chat.view(&me(), |_| None);
    assert!(view.complete && !view.loading);
    assert_eq!(view.unread, 6, "missed messages are unread");
}

#[test]
fn messages_by_others_are_unread_while_chat_is_out_of_view() {
    let mut chat = Chat::default();
    let me = me();
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
fn missed_invitation_keeps_its_place() {
    let mut chat = Chat::default();
    let me = me();
    chat.received(text(1, "Bea", "a"), &me, false);
    chat.missed(InvitationId(7), by("Bea"), UnixMillis(2));
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

/// An event of a chat whose server has pages of three messages.
#[derive(Clone, Copy, Debug)]
enum Happening {
    /// Another user sends this many messages.
    Said(u64),
    /// The socket breaks, and everything in flight is lost.
    Broke,
    /// The session resumes.
    Back,
    /// The requested page arrives.
    PageCame,
    /// The user asks for older messages.
    Earlier,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        (1..6_u64).prop_map(Happening::Said),
        Just(Happening::Broke),
        Just(Happening::Back),
        Just(Happening::PageCame),
        Just(Happening::PageCame),
        Just(Happening::Earlier),
    ]
}

/// A chat and its server.
struct Talk {
    chat: Chat,
    said: u64,
    online: bool,
    asked: Option<u64>,
}

/// The page before a message, and whether it reaches the beginning.
fn page(before: u64) -> (Vec<ChatMessage>, bool) {
    let first = before.saturating_sub(3).max(1);
    let lines = (first..before).map(|id| text(id, "Bea", &id.to_string()));
    (lines.collect(), first == 1)
}

impl Talk {
    fn happens(&mut self, what: Happening) {
        match what {
            Happening::Said(lines) => {
                for _ in 0..lines {
                    self.said += 1;
                    if self.online {
                        let line = text(self.said, "Bea", &self.said.to_string());
                        self.chat.received(line, &me(), false);
                    }
                }
            }
            Happening::Broke => (self.online, self.asked) = (false, None),
            Happening::Back if !self.online => {
                let (page, complete) = page(self.said + 1);
                self.chat.welcome(page, complete, &me());
                self.online = true;
            }
            Happening::PageCame => {
                if let Some(before) = self.asked.take() {
                    let (page, complete) = page(before);
                    self.chat.history(page, complete, &me(), false);
                }
            }
            Happening::Earlier => self.chat.load_earlier(),
            Happening::Back => {}
        }
        if self.online
            && let (_, Some(before)) = due(&mut self.chat, 0)
        {
            assert_eq!(self.asked.replace(before), None, "one page at a time");
        }
    }
}

proptest! {
    #[test]
    fn messages_end_up_once_and_in_order(
        before in 0..12_u64,
        happenings in prop::collection::vec(happening(), 0..60),
    ) {
        let mut talk = Talk { chat: Chat::default(), said: before, online: false, asked: None };
        talk.happens(Happening::Back);
        let oldest = ids(&talk.chat).first().copied();
        for what in happenings {
            talk.happens(what);
        }
        talk.happens(Happening::Back);
        while talk.asked.is_some() {
            talk.happens(Happening::PageCame);
        }
        let ids = ids(&talk.chat);
        let first = ids.first().copied().unwrap_or(1);
        prop_assert!(oldest.is_none_or(|oldest| first <= oldest), "known messages stay");
        prop_assert_eq!(ids, (first..=talk.said).collect::<Vec<_>>());
        prop_assert!(!talk.chat.view(&me(), |_| None).loading);
    }
}

#[test]
fn unsent_messages_count_once_after_reload() {
    let mut chat = Chat::default();
    for line in ["one", "two", "three"] {
        chat.write(line, Moment::default());
    }
    chat.draft("four, half wr");
    let kept = chat.take_unkept().expect("something changed");
    assert_eq!(chat.take_unkept(), None, "once");
    let nonces: Vec<_> = kept.unsent.iter().map(|unsent| unsent.nonce.clone()).collect();

    // The first one had arrived before the page was closed.
    let mut chat = Chat::default();
    chat.welcome(vec![text(1, "Ann", &nonces[0].0)], true, &me());
    chat.recall(kept);
    assert_eq!(chat.view(&me(), |_| None).draft, "four, half wr");
    assert_eq!(due(&mut chat, 0).0, ["two", "three"]);
    assert_eq!(
        [&chat.pending[0].nonce, &chat.pending[1].nonce],
        [&nonces[1], &nonces[2]]
    );
    chat.received(text(2, "Ann", &nonces[1].0), &me(), false);
    let kept = chat.take_unkept().expect("one arrived");
    assert_eq!(kept.unsent.len(), 1);

    chat.write("four, written", Moment::default());
    assert_eq!(chat.take_unkept().expect("it is sent").draft, "");
    assert_eq!(chat.view(&me(), |_| None).draft, "");
}

#[test]
fn stored_messages_come_once_and_before_newer_ones() {
    let mut chat = Chat::default();
    chat.write("one", Moment::default());
    let kept = chat.take_unkept().expect("something changed");
    chat.recall(kept.clone());
    assert_eq!(due(&mut chat, 0).0, ["one"], "it is pending already");

    let mut chat = Chat::default();
    let meanwhile = Moment {
        random: 1,
        ..Moment::default()
    };
    chat.write("two", meanwhile);
    chat.recall(kept);
    assert_eq!(due(&mut chat, 0).0, ["one", "two"]);
}

#[test]
fn arrived_message_is_no_longer_stored() {
    let mut chat = Chat::default();
    chat.write("one", Moment::default());
    let kept = chat.take_unkept().expect("something changed");
    due(&mut chat, 0);
    chat.received(text(1, "Ann", &kept.unsent[0].nonce.0), &me(), false);
    let kept = chat.take_unkept().expect("it arrived");
    assert!(kept.is_empty(), "{kept:?}");
}

#[test]
fn kept_chat_is_bounded() {
    let mut chat = Chat::default();
    for _ in 0..100 {
        chat.write(&"a".repeat(4_000), Moment::default());
    }
    chat.draft(&"b".repeat(1_000_000));
    let kept = chat.take_unkept().expect("something changed");
    assert_eq!(kept.unsent.len(), 16, "64 KiB");
    assert_eq!(kept.draft.len(), 16_000);
    assert_eq!(chat.pending.len(), 100, "the page itself keeps all");
}
