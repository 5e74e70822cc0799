//! Frames that break the rules, are cut, or come in crumbs: each costs its own socket at most, and says why.

use std::time::Duration;

use protocol::{ClientMessage, ErrorCode, ServerMessage};

use crate::client::{Client, hello};
use crate::frames::{
    BINARY, CLOSE, CONTINUATION, FIN, PING, RESERVED, TEXT, Wire, crumbs, frame, head, text,
};
use crate::server::TestServer;

const SAYS_PING: &str = r#"{"ping":{}}"#;

/// Somebody in the lobby for each of these, who sends it and hears why the socket ends; nobody else hears of it more
/// than that somebody was away.
async fn each_ends_its_socket(all: &[(&str, Vec<u8>)], code: ErrorCode) {
    let server = TestServer::start().await;
    let mut watcher = server.someone_in("lobby").await;
    for (number, (what, bytes)) in all.iter().enumerate() {
        let token = server.account(&format!("guest {number}")).await;
        let mut wire = Wire::enter(server.address, &token, "lobby").await;
        wire.send(bytes).await;
        assert_eq!(wire.bye().await, Some(code), "{what}");
        let mut wire = Wire::open(server.address).await;
        wire.send(bytes).await;
        assert_eq!(wire.bye().await, Some(code), "{what}, before hello");
    }
    let heard = watcher.forget().await;
    let harmless = heard.iter().all(|said| {
        matches!(
            said,
            ServerMessage::Chat { .. }
                | ServerMessage::ParticipantJoined { .. }
                | ServerMessage::ParticipantAway { .. }
        )
    });
    assert!(harmless, "{heard:?}");
}

#[tokio::test]
async fn frames_that_break_the_rules_end_their_socket_with_a_code() {
    let mut unmasked = vec![FIN | TEXT, 11];
    unmasked.extend(SAYS_PING.as_bytes());
    let fragmented = [frame(TEXT, b"{"), frame(FIN | TEXT, b"}")].concat();
    let cases = [
        (
            "a reserved bit",
            frame(FIN | RESERVED | TEXT, SAYS_PING.as_bytes()),
        ),
        (
            "a kind that there is none of",
            frame(FIN | 0x3, SAYS_PING.as_bytes()),
        ),
        ("a control frame that there is none of", frame(FIN | 0xb, b"")),
        ("no mask", unmasked),
        ("a continuation of nothing", frame(FIN | CONTINUATION, b"}")),
        ("a message within a message", fragmented),
        ("a ping in parts", frame(PING, b"x")),
        ("a long ping", frame(FIN | PING, &[0; 126])),
        ("a close of one byte", frame(FIN | CLOSE, &[3])),
        ("text that is not UTF-8", frame(FIN | TEXT, b"\"\xff\xfe\"")),
        (
            "half a character at the end of a message",
            [frame(TEXT, b"\"\xe5"), frame(FIN | CONTINUATION, b"\"")].concat(),
        ),
    ];
    each_ends_its_socket(&cases, ErrorCode::MalformedMessage).await;
}

#[tokio::test]
async fn a_frame_that_says_it_is_enormous_is_not_waited_for() {
    let spaces = vec![b' '; 60_000];
    let cases = [
        ("a gigabyte", head(FIN | TEXT, 1 << 30)),
        ("the most that can be said", head(FIN | BINARY, i64::MAX as u64)),
        (
            "a message that grows beyond the bound in parts",
            [frame(TEXT, &spaces), frame(CONTINUATION, &spaces).repeat(4)].concat(),
        ),
        (
            "one byte more than may be",
            frame(FIN | TEXT, &vec![b' '; 65_537]),
        ),
    ];
    each_ends_its_socket(&cases, ErrorCode::MessageTooLarge).await;
}

#[tokio::test]
async fn a_message_in_crumbs_of_one_byte_is_a_message_as_every_other() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let mut wire = Wire::open(server.address).await;
    let greeting = serde_json::to_string(&ClientMessage::<()>::Hello(hello(&token, "lobby"))).expect("JSON");
    wire.send(&crumbs(&greeting)).await;
    assert!(matches!(wire.hear().await, Some(ServerMessage::Welcome(_))));
    // A ping of the WebSocket may come between the parts of a message.
    let crumbs = crumbs(SAYS_PING);
    let (first, rest) = crumbs.split_at(frame(TEXT, b"{").len());
    wire.send(&[first, &frame(FIN | PING, b""), rest].concat()).await;
    assert_eq!(wire.hear_but_chat().await, Some(ServerMessage::Pong {}));
}

#[tokio::test]
async fn message_that_does_not_go_on_is_silence() {
    let server = TestServer::with(|config| {
        config.pace.silence = Duration::from_millis(300);
        config.pace.hello_within = Duration::from_millis(300);
    })
    .await;
    let token = server.account("Ann").await;
    let mut inside = Wire::enter(server.address, &token, "lobby").await;
    let mut outside = Wire::open(server.address).await;
    for (wire, code) in [
        (&mut inside, ErrorCode::Silent),
        (&mut outside, ErrorCode::HelloExpected),
    ] {
        wire.send(&frame(TEXT, b"{")).await;
        wire.send(&frame(CONTINUATION, b"").repeat(10)).await;
        assert_eq!(wire.bye().await, Some(code));
    }
}

#[tokio::test]
async fn empty_parts_of_a_message_are_a_flood() {
    let parts = |part: Vec<u8>| [frame(TEXT, b"{"), part.repeat(1000)].concat();
    let cases = [
        ("empty parts", parts(frame(CONTINUATION, b""))),
        ("parts of one byte", parts(frame(CONTINUATION, b" "))),
    ];
    each_ends_its_socket(&cases, ErrorCode::Flooding).await;
}

#[tokio::test]
async fn unfinished_message_is_refused_when_it_is_too_large() {
    let spaces = vec![b' '; 35_000];
    let cases = [(
        "70 KB of which no end is seen",
        [frame(TEXT, &spaces), frame(CONTINUATION, &spaces)].concat(),
    )];
    each_ends_its_socket(&cases, ErrorCode::MessageTooLarge).await;
}

#[tokio::test]
async fn bye_reaches_a_client_that_goes_on_sending() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let mut unmasked = vec![FIN | TEXT, 11];
    unmasked.extend(SAYS_PING.as_bytes());
    for (first, code) in [
        (head(FIN | TEXT, 1 << 30), ErrorCode::MessageTooLarge),
        (unmasked, ErrorCode::MalformedMessage),
        (frame(FIN | PING, b"").repeat(400), ErrorCode::Flooding),
    ] {
        let mut wire = Wire::enter(server.address, &token, "lobby").await;
        wire.send(&first).await;
        // More than all buffers on the way hold: it is taken only by a server that reads on.
        let rest = frame(FIN | BINARY, &vec![0; 60_000]);
        for _ in 0..300 {
            wire.send_all(&rest).await.expect("no reset");
        }
        assert_eq!(wire.bye().await, Some(code));
        wire.send_all(&frame(FIN | CLOSE, b"")).await.expect("no reset");
        assert!(wire.is_at_end().await, "the server closes once it is answered");
    }
}

#[tokio::test]
async fn a_frame_that_is_cut_is_a_broken_socket_whose_seat_waits() {
    let server = TestServer::start().await;
    let mut watcher = server.someone_in("lobby").await;
    let token = server.account("Ann").await;
    let whole = text(&ClientMessage::SendChat {
        text: "half a line".to_owned(),
        nonce: protocol::Nonce("1".to_owned()),
    });
    let mut wire = Wire::enter(server.address, &token, "lobby").await;
    wire.send(&whole[..whole.len() / 2]).await;
    wire.stop_sending().await;
    watcher
        .expect(|said| matches!(said, ServerMessage::ParticipantAway { .. }).then_some(()))
        .await;
    let back = Client::enter(server.address, &token, "lobby").await;
    let texts = back.welcome.messages.iter().filter_map(crate::client::text_of);
    assert_eq!(texts.count(), 0, "nothing of the half is written");
}
