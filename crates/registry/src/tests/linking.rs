//! Links by invitation: signals, new epochs, and closing; chat messages.

use protocol::{ChatEntry, Epoch, ErrorCode, LinkCloseReason, Nonce, ServerMessage, limits};
use serde_json::value::RawValue;

use super::messages::{names, opened};
use super::stage::{Message, Page, Stage};

fn signal(to: &Page, epoch: Epoch) -> Message {
    let signal = RawValue::from_string(r#"{"what": "ever",  "it":"is"}"#.to_owned()).expect("JSON");
    Message::Signal {
        to: to.id,
        epoch,
        signal,
    }
}

#[test]
fn signal_reaches_only_its_peer_verbatim_with_sender() {
    let (mut stage, pages) = Stage::with(3);
    let epoch = stage.link(&pages[0], &pages[1]);
    stage.forget();
    stage.say(&pages[0], signal(&pages[1], epoch));
    let told = stage.told(&pages[1]);
    let text = serde_json::to_string(&told[0]).expect("JSON");
    let (from, epoch) = (pages[0].id.0, epoch.0);
    let expected =
        format!(r#"{{"signal":{{"from":{from},"epoch":{epoch},"signal":{{"what": "ever",  "it":"is"}}}}}}"#);
    assert_eq!(text, expected);
    assert!(stage.told(&pages[0]).is_empty() && stage.told(&pages[2]).is_empty());
}

#[test]
fn signal_needs_a_link_of_its_epoch() {
    let (mut stage, pages) = Stage::with(3);
    let epoch = stage.link(&pages[0], &pages[1]);
    stage.forget();
    for message in [
        signal(&pages[2], epoch),
        signal(&pages[1], Epoch(epoch.0 - 1)),
        signal(&pages[1], Epoch(epoch.0 + 1)),
    ] {
        stage.say(&pages[0], message);
        assert_eq!(stage.refusal(&pages[0]), ErrorCode::NotLinked);
    }
    stage.say(&pages[0], signal(&pages[0], epoch));
    assert_eq!(stage.refusal(&pages[0]), ErrorCode::NotYourself);
    assert!(stage.told(&pages[1]).is_empty() && stage.told(&pages[2]).is_empty());
}

#[test]
fn signal_to_an_absent_peer_is_dropped_without_error() {
    let (mut stage, pages) = Stage::with(2);
    let epoch = stage.link(&pages[0], &pages[1]);
    stage.lose(&pages[1]);
    stage.forget();
    stage.say(&pages[0], signal(&pages[1], epoch));
    assert!(stage.told(&pages[0]).is_empty() && stage.told(&pages[1]).is_empty());
}

#[test]
fn restarts_from_both_ends_give_one_new_epoch() {
    let (mut stage, pages) = Stage::with(2);
    let failed = stage.link(&pages[0], &pages[1]);
    stage.forget();
    stage.say(
        &pages[0],
        Message::RestartLink {
            peer: pages[1].id,
            epoch: failed,
        },
    );
    stage.say(
        &pages[1],
        Message::RestartLink {
            peer: pages[0].id,
            epoch: failed,
        },
    );
    let (one, two) = (stage.told(&pages[0]), stage.told(&pages[1]));
    assert_eq!((one.len(), two.len()), (1, 1));
    let (_, epoch) = opened(&one[0]).expect("a link");
    assert!(epoch > failed);
    assert_eq!(opened(&two[0]).map(|(_, epoch)| epoch), Some(epoch));
    stage.say(&pages[0], signal(&pages[1], failed));
    assert_eq!(stage.refusal(&pages[0]), ErrorCode::NotLinked);
    assert!(stage.lines.is_empty(), "a new epoch is the same call");
}

#[test]
fn hanging_up_closes_only_that_link() {
    let (mut stage, pages) = Stage::with(3);
    stage.link(&pages[0], &pages[1]);
    let other = stage.link(&pages[0], &pages[2]);
    stage.forget();
    stage.say(&pages[1], Message::HangUp { peer: pages[0].id });
    for page in &pages[..2] {
        let told = stage.told(page);
        assert!(
            matches!(
                told.as_slice(),
                [ServerMessage::LinkClosed {
                    reason: LinkCloseReason::HungUp,
                    ..
                }]
            ),
            "{told:?}"
        );
    }
    let with = protocol::UserName::parse("user 1").expect("a name");
    assert_eq!(
        stage.lines,
        [("user 2".to_owned(), ChatEntry::CallEnded { with })]
    );
    stage.say(&pages[0], signal(&pages[2], other));
    assert_eq!(names(&stage.told(&pages[2])), ["signal"]);
    stage.say(&pages[1], Message::HangUp { peer: pages[0].id });
    assert_eq!(stage.refusal(&pages[1]), ErrorCode::NotLinked);
}

#[test]
fn rooms_are_isolated_from_each_other() {
    let (mut stage, pages) = Stage::with(1);
    let (elsewhere, _) = stage.enter(2, "elsewhere", None, false).expect("admitted");
    assert!(stage.told(&pages[0]).is_empty());
    stage.say(&elsewhere, Message::Invite { to: pages[0].id });
    assert_eq!(stage.refusal(&elsewhere), ErrorCode::UnknownParticipant);
}

#[test]
fn chat_is_written_unless_blank_or_too_long() {
    let (mut stage, pages) = Stage::with(1);
    let mut send = |text: String, nonce: &str| {
        stage.say(
            &pages[0],
            Message::SendChat {
                text,
                nonce: Nonce(nonce.to_owned()),
            },
        );
        (stage.lines.len(), stage.told(&pages[0]))
    };
    let refused_with =
        |code, told: &[_]| matches!(told, [ServerMessage::Error { code: given, .. }] if *given == code);
    let (written, told) = send(" \n".to_owned(), "1");
    assert!(written == 0 && refused_with(ErrorCode::ChatEmpty, &told));
    let (written, told) = send("字".repeat(limits::CHAT_CHARS + 1), "2");
    assert!(written == 0 && refused_with(ErrorCode::ChatTooLong, &told));
    let (written, told) = send("x".to_owned(), &"n".repeat(65));
    assert!(written == 0 && refused_with(ErrorCode::MalformedMessage, &told));
    let (written, told) = send("字".repeat(limits::CHAT_CHARS), "3");
    assert!(written == 1 && told.is_empty());
}

#[test]
fn control_characters_are_removed_from_chat() {
    let (mut stage, pages) = Stage::with(1);
    for (number, (text, written)) in [
        ("a\u{0}b\u{1b}[31mc\u{7f}\u{85}\u{9b}", "ab[31mc"),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("\u{1f468}\u{200d}\u{1f469}", "\u{1f468}\u{200d}\u{1f469}"),
    ]
    .into_iter()
    .enumerate()
    {
        let nonce = Nonce(number.to_string());
        let (text, written) = (text.to_owned(), written.to_owned());
        stage.say(
            &pages[0],
            Message::SendChat {
                text,
                nonce: nonce.clone(),
            },
        );
        let last = stage.lines.last().map(|(_, entry)| entry.clone());
        assert_eq!(last, Some(ChatEntry::Text { text: written, nonce }));
    }
}

#[test]
fn sockets_with_links_are_monitored_closely() {
    let (mut stage, pages) = Stage::with(3);
    assert!(stage.watched.is_empty());
    stage.link(&pages[0], &pages[1]);
    let watched = |stage: &Stage| stage.watched.iter().copied().collect::<Vec<_>>();
    assert_eq!(watched(&stage), [pages[0].socket, pages[1].socket]);
    stage.lose(&pages[0]);
    let key = Some(pages[0].key.clone());
    let (back, _) = stage.enter(1, "lobby", key, false).expect("admitted");
    assert!(stage.watched.contains(&back.socket));
    stage.say(&back, Message::HangUp { peer: pages[1].id });
    assert!(!stage.watched.contains(&back.socket) && !stage.watched.contains(&pages[1].socket));
}
