//! Hostile clients that know the protocol: each forgery is refused with its code, or has no effect.

use protocol::{
    ClientMessage, Epoch, ErrorCode, Hello, MessageId, Nonce, ParticipantId, ServerMessage, Subject,
};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Client, Raw, hello, text_of};
use crate::lobby::signal;
use crate::server::TestServer;

/// A character that reverses the direction of text, and an invisible one.
const OVERRIDE: &str = "\u{202e}gpj.exe";
const ZERO_WIDTH: &str = "\u{200b}";
const MARKUP: &str = "<img src=x onerror=alert(1)>";

#[tokio::test]
async fn senders_and_server_messages_cannot_be_forged() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(3).await;
    let (cy, mut bea) = (clients.pop().expect("three"), clients.pop().expect("three"));
    let mut ann = clients.pop().expect("three");
    let epoch = ann.link(&mut bea).await;
    let lie = json!({"signal": {"to": bea.id(), "epoch": epoch, "from": cy.id(), "signal": {"number": 0}}});
    ann.send(Message::text(lie.to_string())).await;
    let from = bea
        .expect(|said| match said {
            ServerMessage::Signal { from, .. } => Some(*from),
            _ => None,
        })
        .await;
    assert_eq!(from, ann.id());
    let lie = json!({"send-chat": {"text": "it was me", "nonce": "1", "author": "user 3", "id": 1, "at": 0}});
    ann.send(Message::text(lie.to_string())).await;
    let (written, _) = bea.line().await;
    assert_eq!(written.author.as_str(), "user 1");
    assert!(written.id > MessageId(1) && written.at.0 > 0);
    // Messages that only the server sends are unknown when a client sends them.
    for lie in [
        json!({"link-opened": {"link": {"peer": cy.id(), "epoch": 1}}}),
        json!({"welcome": {}}),
        json!({"bye": {"code": "seat-taken-over"}}),
    ] {
        ann.send(Message::text(lie.to_string())).await;
        let heard = ann.hear_but_chat().await;
        assert!(
            matches!(
                heard,
                ServerMessage::Error {
                    code: ErrorCode::UnknownMessage,
                    ..
                }
            ),
            "{heard:?}"
        );
    }
}

#[tokio::test]
async fn third_party_cannot_use_a_link() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(3).await;
    let mut eve = clients.pop().expect("three");
    let mut bea = clients.pop().expect("three");
    let mut ann = clients.pop().expect("three");
    let epoch = ann.link(&mut bea).await;
    eve.forget().await;
    for to in [ann.id(), bea.id()] {
        let about = Some(Subject::Participant(to));
        for message in [
            signal(to, epoch),
            ClientMessage::HangUp { peer: to },
            ClientMessage::RestartLink { peer: to, epoch },
        ] {
            assert_eq!(eve.refusal(message).await, (ErrorCode::NotLinked, about.clone()));
        }
    }
    for client in [&mut ann, &mut bea] {
        let heard = client.forget().await;
        let lines = heard
            .iter()
            .all(|said| matches!(said, ServerMessage::Chat { .. }));
        assert!(lines, "{heard:?}");
    }
}

#[tokio::test]
async fn other_rooms_are_out_of_reach() {
    let server = TestServer::start().await;
    let mut ann = server.someone_in("lobby").await;
    let mut bea = server.someone_in("lobby").await;
    ann.link(&mut bea).await;
    ann.say(ClientMessage::Invite { to: bea.id() }).await;
    ann.chat("between us", "1").await;
    let secret = ann.line().await.0.id;
    let mut eve = server.someone_in("elsewhere").await;
    eve.forget().await;
    for to in [ann.id(), bea.id()] {
        for message in [
            ClientMessage::Invite { to },
            signal(to, Epoch(1)),
            ClientMessage::HangUp { peer: to },
        ] {
            let refused = eve.refusal(message).await;
            assert_eq!(
                refused,
                (ErrorCode::UnknownParticipant, Some(Subject::Participant(to)))
            );
        }
    }
    // Message ids are global: one from another room only marks a time here, and gives no access to that room.
    for before in [MessageId(secret.0 + 1), MessageId(u64::MAX), MessageId(0)] {
        eve.say(ClientMessage::FetchHistory { before }).await;
        let texts = eve
            .expect(|said| match said {
                ServerMessage::History { messages, .. } => Some(messages.iter().filter_map(text_of).count()),
                _ => None,
            })
            .await;
        assert_eq!(texts, 0);
    }
    let heard = eve.forget().await;
    assert!(
        heard.is_empty(),
        "presence is seen inside the room only: {heard:?}"
    );
}

#[tokio::test]
async fn seat_key_is_useless_to_others_and_in_other_rooms() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(2).await;
    let mut bea = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    let epoch = ann.link(&mut bea).await;
    let (seat, id) = (ann.welcome.seat.clone(), ann.id());
    let eve = server.account("Eve").await;
    let stolen = |room: &str| Hello {
        seat: Some(seat.clone()),
        take_over: true,
        ..hello(&eve, room)
    };
    for room in ["lobby", "elsewhere"] {
        let thief = Client::greet(server.address, stolen(room)).await;
        assert!(!thief.welcome.resumed && thief.id() != id, "{room}");
        assert!(
            thief.welcome.links.is_empty() && thief.welcome.seat != seat,
            "{room}"
        );
    }
    // A wrong key is as useless as none, even to the user whose seat it is.
    let guessed = Hello {
        seat: Some(protocol::SeatKey("guessed".to_owned())),
        ..hello(&bea.token, "lobby")
    };
    assert_eq!(
        Raw::refused(server.address, guessed).await,
        Some(ErrorCode::SeatOccupied)
    );
    ann.say(signal(bea.id(), epoch)).await;
    let from = bea
        .expect(|said| match said {
            ServerMessage::Signal { from, .. } => Some(*from),
            _ => None,
        })
        .await;
    assert_eq!(from, id, "the seat is still its owner's");
}

#[tokio::test]
async fn malformed_json_is_refused_however_deep() {
    let server = TestServer::start().await;
    let mut ann = server.lobby(1).await.remove(0);
    let deep = 10_000;
    let cases = [
        format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
        format!(
            r#"{{"invite":{{"to":{}7{}}}}}"#,
            r#"{"x":"#.repeat(deep),
            "}".repeat(deep)
        ),
        r#"{"send-chat":{"text":"\ud800","nonce":"1"}}"#.to_owned(),
        r#"{"send-chat":{"text":"\udc00\ud800","nonce":"1"}}"#.to_owned(),
        r#"{"send-chat":{"text":7,"nonce":"1"}}"#.to_owned(),
        r#"{"send-chat":{"text":["a"],"nonce":{}}}"#.to_owned(),
        r#"{"invite":{"to":-1}}"#.to_owned(),
        r#"{"invite":{"to":1.5}}"#.to_owned(),
        r#"{"invite":{"to":18446744073709551616}}"#.to_owned(),
        r#"{"invite":{"to":1e400}}"#.to_owned(),
        r#"{"invite":{"to":null}}"#.to_owned(),
        r#"{"invite":{"to":7,"to":8}}"#.to_owned(),
        r#"{"invite":7}"#.to_owned(),
        r#"{"invite":{"to":7}} {"ping":{}}"#.to_owned(),
        "{\"ping\":{}}\0".to_owned(),
        "\u{feff}{\"ping\":{}}".to_owned(),
        "NaN".to_owned(),
        String::new(),
    ];
    for case in cases {
        ann.send(Message::text(case.clone())).await;
        let heard = ann.hear_but_chat().await;
        let refused = matches!(
            heard,
            ServerMessage::Error {
                code: ErrorCode::MalformedMessage,
                subject: None,
                ..
            }
        );
        assert!(refused, "{case:.60}: {heard:?}");
    }
}

#[tokio::test]
async fn signals_are_relayed_up_to_the_size_limit() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(2).await;
    let mut bea = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    let epoch = ann.link(&mut bea).await;
    ann.forget().await;
    let (to, bound) = (bea.id(), 32 * 1024);
    let of_bytes = |bytes: usize| ClientMessage::Signal {
        to,
        epoch,
        signal: json!("x".repeat(bytes - 2)),
    };
    assert_eq!(
        ann.refusal(of_bytes(bound + 1)).await,
        (ErrorCode::MessageTooLarge, Some(Subject::Participant(to)))
    );
    ann.say(of_bytes(bound)).await;
    let length = bea
        .expect(|said| match said {
            ServerMessage::Signal { signal, .. } => Some(signal.to_string().len()),
            _ => None,
        })
        .await;
    assert_eq!(length, bound);
}

#[tokio::test]
async fn flood_ends_its_socket_and_delays_no_one_else() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(3).await;
    let mut bea = clients.pop().expect("three");
    let floods: [fn(usize) -> String; 2] = [
        |_| r#"{"join-conference":{}}"#.to_owned(),
        |n| format!(r#"{{"send-chat":{{"text":"{n}","nonce":"{n}"}}}}"#),
    ];
    for flood in floods {
        let mut raw = clients.pop().expect("three").into_raw();
        // More than twice as many as a burst and what is forgiven.
        for n in 0..600 {
            raw.try_send(Message::text(flood(n))).await;
        }
        let mut codes = Vec::new();
        while let Some(said) = raw.hear().await {
            match said {
                ServerMessage::Error { code, .. } | ServerMessage::Bye { code, .. } => codes.push(code),
                _ => {}
            }
        }
        assert_eq!(codes.pop(), Some(ErrorCode::Flooding));
        assert!(codes.contains(&ErrorCode::RateLimited), "{codes:?}");
        bea.forget().await;
    }
}

#[tokio::test]
async fn names_with_markup_or_invisible_characters_are_refused() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    for name in [
        MARKUP,
        OVERRIDE,
        ZERO_WIDTH,
        "A\u{200b}nn",
        "\u{2066}Ann\u{2069}",
        "Ann\u{0}",
        "A\u{feff}nn",
    ] {
        let refused = server.post("/api/accounts", name, crate::server::PASSWORD).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, ErrorCode::InvalidUserName),
            "{name:?}"
        );
        assert_eq!(
            Raw::refused(server.address, hello(&token, name)).await,
            Some(ErrorCode::InvalidRoomName),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn invisible_text_is_empty_and_other_text_is_unchanged() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(2).await;
    let mut bea = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    for (number, nothing) in [
        "",
        " \n\t",
        ZERO_WIDTH,
        "\u{2060} \u{feff}",
        "\u{202e}\u{202c}",
        "\u{0}\u{1b}\u{7f}",
    ]
    .into_iter()
    .enumerate()
    {
        let nonce = Nonce(format!("nothing {number}"));
        let line = ClientMessage::SendChat {
            text: nothing.to_owned(),
            nonce: nonce.clone(),
        };
        assert_eq!(
            ann.refusal(line).await,
            (ErrorCode::ChatEmpty, Some(Subject::Nonce(nonce))),
            "{nothing:?}"
        );
    }
    // Clients must not treat text as markup, and nothing of it is lost on the way.
    let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
    for (number, text) in [MARKUP, OVERRIDE, family, "a\n\tb", "'; DROP TABLE messages; --"]
        .into_iter()
        .enumerate()
    {
        ann.chat(text, &number.to_string()).await;
        assert_eq!(bea.line().await.1, text);
    }
    ann.chat("c\u{0}\u{1b}\r\nd\u{9f}", "controls").await;
    assert_eq!(bea.line().await.1, "c\nd", "without control characters");
    let late = server.someone_in("lobby").await;
    let texts: Vec<String> = late.welcome.messages.iter().filter_map(text_of).collect();
    assert_eq!(texts.len(), 6);
    assert_eq!(texts[3..], ["a\n\tb", "'; DROP TABLE messages; --", "c\nd"]);
}

#[tokio::test]
async fn unissued_ids_are_unknown() {
    let server = TestServer::start().await;
    let mut ann = server.lobby(1).await.remove(0);
    for id in [0, 1, ann.id().0 + 1, 1 << 53, u64::MAX] {
        let to = ParticipantId(id);
        for message in [
            ClientMessage::Invite { to },
            signal(to, Epoch(id)),
            ClientMessage::RestartLink {
                peer: to,
                epoch: Epoch(id),
            },
        ] {
            assert_eq!(
                ann.refusal(message).await,
                (ErrorCode::UnknownParticipant, Some(Subject::Participant(to)))
            );
        }
    }
}
