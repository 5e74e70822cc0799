//! Hello: each refusal, coming back, and taking over.

use std::time::Duration;

use protocol::{ClientMessage, ErrorCode, Hello, ServerMessage, limits};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::client::{Client, Raw, hello};
use crate::server::{PASSWORD, TestServer};

#[tokio::test]
async fn first_message_must_be_a_valid_hello() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    for first in [
        Message::text(r#"{"ping":{}}"#),
        Message::text("hello"),
        Message::binary(vec![1, 2, 3]),
    ] {
        let mut raw = Raw::open(server.address).await;
        raw.send(first).await;
        assert_eq!(raw.bye().await, Some(ErrorCode::HelloExpected));
    }
    let mut raw = Raw::open(server.address).await;
    raw.send(Message::text(r#"{"hello":{"version":999,"something":"else"}}"#))
        .await;
    assert_eq!(raw.bye().await, Some(ErrorCode::UnsupportedVersion));
    for (room, token, code) in [
        ("", token.clone(), ErrorCode::InvalidRoomName),
        ("../etc", token.clone(), ErrorCode::InvalidRoomName),
        (
            "lobby",
            protocol::SessionToken("nonsense".to_owned()),
            ErrorCode::NotSignedIn,
        ),
    ] {
        assert_eq!(
            Raw::refused(server.address, hello(&token, room)).await,
            Some(code),
            "{room}"
        );
    }
}

#[tokio::test]
async fn missing_hello_times_out() {
    let server = TestServer::with(|config| config.per_socket.hello_within = Duration::from_millis(50)).await;
    let mut raw = Raw::open(server.address).await;
    assert_eq!(raw.bye().await, Some(ErrorCode::HelloExpected));
}

#[tokio::test]
async fn full_room_is_refused() {
    // The first clients do not read, and so answer no ping, until the last has entered.
    let server = TestServer::with(|config| config.per_socket.silence = Duration::from_secs(600)).await;
    let clients = server.lobby(limits::ROOM_PARTICIPANTS).await;
    let token = server.account("Late").await;
    assert_eq!(
        Raw::refused(server.address, hello(&token, "lobby")).await,
        Some(ErrorCode::RoomFull)
    );
    assert_eq!(clients.len(), limits::ROOM_PARTICIPANTS);
}

#[tokio::test]
async fn second_page_is_refused_unless_it_takes_over() {
    let server = TestServer::start().await;
    let mut watcher = server.someone_in("lobby").await;
    let first = server.someone_in("lobby").await;
    watcher.forget().await;
    let (token, old) = (first.token.clone(), first.id());
    assert_eq!(
        Raw::refused(server.address, hello(&token, "Lobby")).await,
        Some(ErrorCode::SeatOccupied)
    );
    let second = Client::greet(
        server.address,
        Hello {
            take_over: true,
            ..hello(&token, "lobby")
        },
    )
    .await;
    assert_eq!(first.bye().await, Some(ErrorCode::SeatTakenOver));
    assert!(!second.welcome.resumed);
    let mut heard = watcher.forget().await;
    heard.retain(|said| !matches!(said, ServerMessage::Chat { .. }));
    assert!(
        matches!(heard.as_slice(), [
        ServerMessage::ParticipantLeft { participant },
        ServerMessage::ParticipantJoined { participant: new },
    ] if *participant == old && new.id == second.id()),
        "{heard:?}"
    );
}

#[tokio::test]
async fn page_comes_back_to_its_seat_and_links() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(2).await;
    let mut bea = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    let epoch = ann.link(&mut bea).await;
    bea.forget().await;
    let (token, seat, id) = (ann.token.clone(), ann.welcome.seat.clone(), ann.id());
    ann.vanish();
    let mut ann = Client::come_back(server.address, &token, &seat).await;
    assert!(ann.welcome.resumed);
    assert_eq!((ann.id(), ann.welcome.links.len()), (id, 1));
    assert_eq!(bea.opened().await, (id, epoch), "told that the peer is back");
    ann.say(crate::lobby::signal(bea.id(), epoch)).await;
    let heard = bea.hear_but_chat().await;
    assert!(
        matches!(heard, ServerMessage::Signal { from, .. } if from == id),
        "{heard:?}"
    );
}

#[tokio::test]
async fn seat_and_key_expire_after_the_grace_period() {
    let server = TestServer::with(|config| config.timings.seat_grace = Duration::from_millis(100)).await;
    let mut clients = server.lobby(2).await;
    let mut bea = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    ann.link(&mut bea).await;
    let (token, seat, id) = (ann.token.clone(), ann.welcome.seat.clone(), ann.id());
    ann.vanish();
    bea.expect(|said| matches!(said, ServerMessage::LinkClosed { .. }).then_some(()))
        .await;
    bea.expect(|said| {
        matches!(said, ServerMessage::ParticipantLeft { participant } if *participant == id).then_some(())
    })
    .await;
    let ann = Client::come_back(server.address, &token, &seat).await;
    assert!(!ann.welcome.resumed && ann.id() != id && ann.welcome.links.is_empty());
}

#[tokio::test]
async fn leaving_closes_the_socket_without_a_code() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(2).await;
    let mut ann = clients.remove(0);
    let id = ann.id();
    ann.say(ClientMessage::Leave {}).await;
    assert_eq!(ann.bye().await, None);
    let gone = clients[0].hear_but_chat().await;
    assert!(
        matches!(gone, ServerMessage::ParticipantLeft { participant } if participant == id),
        "{gone:?}"
    );
}

#[tokio::test]
async fn user_may_be_in_several_rooms_at_once() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let one = Client::enter(server.address, &token, "one").await;
    let two = Client::enter(server.address, &token, "two").await;
    assert_ne!(one.id(), two.id());
    assert_eq!(server.post("/api/sessions", "Ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn sockets_are_limited_per_address() {
    let server = TestServer::with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().expect("an address")];
        config.per_socket.hello_within = Duration::from_secs(600);
    })
    .await;
    let from = |address| Raw::open_with(server.address, Some(("x-forwarded-for", address)));
    let mut open = Vec::new();
    let refused = loop {
        match from("192.0.2.1").await {
            Ok(raw) => open.push(raw),
            Err(error) => break error,
        }
    };
    assert_eq!(open.len(), 256);
    assert!(
        matches!(*refused, Error::Http(ref answer) if answer.status() == 503),
        "{refused}"
    );
    assert!(from("192.0.2.2").await.is_ok());
}
