//! Rate limits of messages, and timeouts for silence.

use std::time::Duration;

use protocol::{ClientMessage, ErrorCode, Nonce, ServerMessage, Subject, limits};
use serde_json::json;
use signaling_server::config::Rate;
use tokio_tungstenite::tungstenite::Message;

use crate::client::Said;
use crate::lobby::signal;
use crate::server::TestServer;

#[tokio::test]
async fn excess_messages_are_dropped_then_the_socket_closes() {
    let slow = |burst| Rate {
        burst,
        per_second: 0.001,
    };
    let server = TestServer::with(|config| {
        config.per_socket.chat = slow(1.0);
        config.per_socket.others = slow(4.0);
        config.per_socket.forgiven = slow(3.0);
    })
    .await;
    let mut ann = server.someone_in("lobby").await;
    ann.chat("one", "1").await;
    assert_eq!(ann.line().await.1, "one");
    let two = ClientMessage::SendChat {
        text: "two".to_owned(),
        nonce: Nonce("2".to_owned()),
    };
    let refused = ann.refusal(two).await;
    assert_eq!(
        refused,
        (
            ErrorCode::RateLimited,
            Some(Subject::Nonce(Nonce("2".to_owned())))
        )
    );
    // A request that makes the server write a chat message costs the same as sending one.
    assert_eq!(
        ann.refusal(ClientMessage::JoinConference {}).await,
        (ErrorCode::RateLimited, None)
    );
    for _ in 0..4 {
        ann.say(ClientMessage::Ping {}).await;
        assert_eq!(ann.hear_but_chat().await, ServerMessage::Pong {});
    }
    assert_eq!(
        ann.refusal(ClientMessage::Ping {}).await,
        (ErrorCode::RateLimited, None)
    );
    ann.send(Message::text("nonsense")).await;
    assert_eq!(ann.bye().await, Some(ErrorCode::Flooding));
}

#[tokio::test]
async fn flood_of_websocket_pings_closes_the_socket() {
    let slow = |burst| Rate {
        burst,
        per_second: 0.001,
    };
    let server = TestServer::with(|config| {
        config.per_socket.others = slow(2.0);
        config.per_socket.forgiven = slow(1.0);
    })
    .await;
    let mut ann = server.someone_in("lobby").await;
    for _ in 0..4 {
        ann.send(Message::Ping(Vec::new().into())).await;
    }
    ann.send(Message::text(r#"{"leave":{}}"#)).await;
    assert_eq!(ann.bye().await, Some(ErrorCode::Flooding));
}

#[tokio::test]
async fn conference_of_eight_may_send_all_candidates_at_once() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(limits::CONFERENCE_PARTICIPANTS).await;
    for client in &mut clients {
        client.say(ClientMessage::JoinConference {}).await;
    }
    let (ann, others) = clients.split_first_mut().expect("eight");
    let mut epochs = Vec::new();
    for _ in 0..others.len() {
        epochs.push(ann.opened().await);
    }
    for (peer, epoch) in &epochs {
        for _ in 0..30 {
            ann.say(signal(*peer, *epoch)).await;
        }
    }
    for other in others {
        for _ in 0..30 {
            other
                .expect(|said| matches!(said, ServerMessage::Signal { .. }).then_some(()))
                .await;
        }
    }
    let heard = ann.forget().await;
    assert!(
        !heard
            .iter()
            .any(|said| matches!(said, ServerMessage::Error { .. })),
        "{heard:?}"
    );
}

#[tokio::test]
async fn silent_client_is_dropped_unless_it_answers_pings() {
    let server = TestServer::with(|config| {
        config.per_socket.ping_every = Duration::from_millis(50);
        config.per_socket.silence = Duration::from_secs(3);
        config.timings.seat_grace = Duration::from_millis(50);
    })
    .await;
    // A client that does not read answers no pings.
    let mute = server.someone_in("lobby").await;
    let id = mute.id();
    let mut listening = server.someone_in("lobby").await;
    listening
        .expect(|said| {
            matches!(said, ServerMessage::ParticipantLeft { participant } if *participant == id).then_some(())
        })
        .await;
    listening.forget().await;
    assert_eq!(mute.bye().await, Some(ErrorCode::Silent));
}

#[tokio::test]
async fn silence_times_out_sooner_in_a_call() {
    assert!(limits::CALL_SILENCE + limits::CALL_PING_INTERVAL < Duration::from_secs(8));
    let server = TestServer::with(|config| {
        config.per_socket.call_ping_every = Duration::from_millis(50);
        config.per_socket.call_silence = Duration::from_millis(400);
    })
    .await;
    let mut idle = server.someone_in("lobby").await;
    let mut mute = server.someone_in("lobby").await;
    let mut listening = server.someone_in("lobby").await;
    listening.link(&mut mute).await;
    let id = mute.id();
    let away = |said: &Said| match said {
        ServerMessage::ParticipantAway { participant } => Some(*participant),
        _ => None,
    };
    assert_eq!(listening.expect(away).await, id);
    assert_eq!(mute.bye().await, Some(ErrorCode::Silent));
    // As silent as the other one, but not in a call: still there.
    assert!(
        idle.forget()
            .await
            .iter()
            .all(|said| away(said) != Some(idle.id()))
    );
}

#[tokio::test]
async fn client_that_does_not_read_is_dropped() {
    let many = Rate {
        burst: 1e9,
        per_second: 1e9,
    };
    let server = TestServer::with(|config| {
        (
            config.per_socket.signals,
            config.per_socket.signal_bytes,
            config.per_socket.others,
        ) = (many, many, many);
        config.per_socket.largest_signal = 64 * 1024;
        config.timings.seat_grace = Duration::from_millis(50);
    })
    .await;
    let mut clients = server.lobby(2).await;
    let mut slow = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    let epoch = ann.link(&mut slow).await;
    let (to, body) = (slow.id(), "x".repeat(60_000));
    let left = loop {
        let large = ClientMessage::Signal {
            to,
            epoch,
            signal: json!({ "x": body }),
        };
        ann.say(large).await;
        let heard = ann.forget().await;
        if heard
            .iter()
            .any(|said| matches!(said, ServerMessage::ParticipantLeft { participant } if *participant == to))
        {
            break true;
        }
    };
    assert!(left);
    assert_eq!(slow.bye().await, Some(ErrorCode::TooSlow));
}
