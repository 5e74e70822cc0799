//! Frames that are invalid, truncated, or tiny: each affects its own socket at most, and the client learns why.

use std::time::Duration;

use protocol::{ClientMessage, ErrorCode, ServerMessage};

use crate::client::{Client, hello};
use crate::frames::{
    BINARY, CLOSE, CONTINUATION, FIN, PING, RESERVED, TEXT, Wire, crumbs, frame, head, text,
};
use crate::server::TestServer;

const SAYS_PING: &str = r#"{"ping":{}}"#;

/// For each of these, a user enters the lobby, sends it, and is closed with this code; the same before hello.
/// Others notice no more than that a user was away.
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
async fn invalid_frames_end_their_socket_with_a_code() {
    let mut unmasked = vec![FIN | TEXT, 11];
    unmasked.extend(SAYS_PING.as_bytes());
    let fragmented = [frame(TEXT, b"{"), frame(FIN | TEXT, b"}")].concat();
    let cases = [
        (
            "a reserved bit",
            frame(FIN | RESERVED | TEXT, SAYS_PING.as_bytes()),
        ),
        ("an unknown opcode", frame(FIN | 0x3, SAYS_PING.as_bytes())),
        ("an unknown control frame", frame(FIN | 0xb, b"")),
        ("no mask", unmasked),
        ("a continuation of nothing", frame(FIN | CONTINUATION, b"}")),
        ("a message within a message", fragmented),
        ("a fragmented ping", frame(PING, b"x")),
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
async fn oversized_frame_is_refused_by_its_header() {
    let spaces = vec![b' '; 60_000];
    let cases = [
        ("a gigabyte", head(FIN | TEXT, 1 << 30)),
        ("the largest possible length", head(FIN | BINARY, i64::MAX as u64)),
        (
            "a message that exceeds the limit in fragments",
            [frame(TEXT, &spaces), frame(CONTINUATION, &spaces).repeat(4)].concat(),
        ),
        ("one byte over the limit", frame(FIN | TEXT, &vec![b' '; 65_537])),
    ];
    each_ends_its_socket(&cases, ErrorCode::MessageTooLarge).await;
}

#[tokio::test]
async fn message_in_one_byte_fragments_is_accepted() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let mut wire = Wire::open(server.address).await;
    let greeting = serde_json::to_string(&ClientMessage::<()>::Hello(hello(&token, "lobby"))).expect("JSON");
    wire.send(&crumbs(&greeting)).await;
    assert!(matches!(wire.hear().await, Some(ServerMessage::Welcome(_))));
    // A ping frame may come between the fragments of a message.
    let crumbs = crumbs(SAYS_PING);
    let (first, rest) = crumbs.split_at(frame(TEXT, b"{").len());
    wire.send(&[first, &frame(FIN | PING, b""), rest].concat()).await;
    assert_eq!(wire.hear_but_chat().await, Some(ServerMessage::Pong {}));
}

#[tokio::test]
async fn stalled_message_counts_as_silence() {
    let server = TestServer::with(|config| {
        config.per_socket.silence = Duration::from_millis(300);
        config.per_socket.hello_within = Duration::from_millis(300);
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
async fn tiny_fragments_are_a_flood() {
    let parts = |part: Vec<u8>| [frame(TEXT, b"{"), part.repeat(1000)].concat();
    let cases = [
        ("empty fragments", parts(frame(CONTINUATION, b""))),
        ("fragments of one byte", parts(frame(CONTINUATION, b" "))),
    ];
    each_ends_its_socket(&cases, ErrorCode::Flooding).await;
}

#[tokio::test]
async fn unfinished_message_is_refused_once_too_large() {
    let spaces = vec![b' '; 35_000];
    let cases = [(
        "70 KB without an end",
        [frame(TEXT, &spaces), frame(CONTINUATION, &spaces)].concat(),
    )];
    each_ends_its_socket(&cases, ErrorCode::MessageTooLarge).await;
}

#[tokio::test]
async fn goodbye_reaches_a_client_that_keeps_sending() {
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
        // More than all buffers on the way hold: only a server that keeps reading takes it.
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
async fn truncated_frame_breaks_the_socket_and_the_seat_waits() {
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
    assert_eq!(texts.count(), 0, "nothing of it is written");
}
