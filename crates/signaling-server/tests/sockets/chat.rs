//! Chat: each message once, in order, with history, and in its own room only.

use std::time::Duration;

use protocol::{ChatEntry, ClientMessage, MessageId, ServerMessage, limits};
use signaling_server::config::Rate;

use crate::client::{Client, text_of};
use crate::server::TestServer;

#[tokio::test]
async fn message_reaches_everyone_once_and_in_order() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(3).await;
    for n in 0..10 {
        for (who, client) in clients.iter_mut().enumerate() {
            client.chat(&format!("{who} says {n}"), &n.to_string()).await;
        }
    }
    let mut heard = Vec::new();
    for client in &mut clients {
        let mut lines = Vec::new();
        for _ in 0..30 {
            lines.push(client.line().await);
        }
        assert!(
            lines.windows(2).all(|pair| pair[0].0.id < pair[1].0.id),
            "ids grow"
        );
        assert!(client.forget().await.is_empty(), "nothing comes twice");
        heard.push(lines);
    }
    assert_eq!(heard[0], heard[1]);
    assert_eq!(heard[0], heard[2]);
    for who in 0..3 {
        let own: Vec<&String> = heard[0]
            .iter()
            .map(|(_, text)| text)
            .filter(|text| text.starts_with(&format!("{who} ")))
            .collect();
        let said: Vec<String> = (0..10).map(|n| format!("{who} says {n}")).collect();
        assert_eq!(own, said.iter().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn history_is_for_latecomers_of_the_same_room() {
    let server = TestServer::start().await;
    let mut ann = server.someone_in("lobby").await;
    let mut elsewhere = server.someone_in("elsewhere").await;
    ann.chat("good morning", "1").await;
    ann.line().await;
    let late = server.someone_in("lobby").await;
    let texts: Vec<String> = late.welcome.messages.iter().filter_map(text_of).collect();
    assert_eq!(texts, ["good morning"]);
    assert!(
        late.welcome
            .messages
            .iter()
            .any(|message| message.entry == ChatEntry::Joined {})
    );
    assert!(late.welcome.history_complete);
    ann.expect(|said| match said {
        ServerMessage::Chat { message } if message.entry == (ChatEntry::Joined {}) => {
            (message.author.as_str() == "user 3").then_some(())
        }
        _ => None,
    })
    .await;
    let heard = elsewhere.forget().await;
    assert!(
        heard
            .iter()
            .all(|said| matches!(said, ServerMessage::Chat { message } if text_of(message).is_none()))
    );
    assert!(
        elsewhere
            .welcome
            .messages
            .iter()
            .all(|message| text_of(message).is_none())
    );
}

#[tokio::test]
async fn repeated_message_is_written_and_announced_once() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(2).await;
    let (ann, bea) = clients.split_first_mut().expect("two");
    ann.chat("once", "same").await;
    let first = ann.line().await;
    ann.chat("once", "same").await;
    assert_eq!(ann.line().await, first);
    ann.chat("twice", "other").await;
    assert_eq!(bea[0].line().await, first);
    assert_eq!(bea[0].line().await.1, "twice");
    // Nonces are per user.
    bea[0].chat("mine", "same").await;
    assert_eq!(bea[0].line().await.1, "mine");
}

#[tokio::test]
async fn history_is_fetched_page_by_page() {
    let many = Rate {
        burst: 1e6,
        per_second: 1e6,
    };
    let server = TestServer::with(|config| config.per_socket.chat = many).await;
    let mut ann = server.someone_in("lobby").await;
    let total = limits::HISTORY_PAGE * 2 + 10;
    for n in 0..total {
        ann.chat(&n.to_string(), &n.to_string()).await;
    }
    for _ in 0..total {
        ann.line().await;
    }
    let mut late = server.someone_in("lobby").await;
    let mut messages = late.welcome.messages.clone();
    let mut complete = late.welcome.history_complete;
    assert_eq!((messages.len(), complete), (limits::HISTORY_PAGE, false));
    while !complete {
        let before: MessageId = messages[0].id;
        late.say(ClientMessage::FetchHistory { before }).await;
        let (page, done) = late
            .expect(|said| match said {
                ServerMessage::History { messages, complete } => Some((messages.clone(), *complete)),
                _ => None,
            })
            .await;
        messages.splice(0..0, page);
        complete = done;
    }
    let texts: Vec<String> = messages.iter().filter_map(text_of).collect();
    assert_eq!(texts, (0..total).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn entering_neither_misses_nor_repeats_a_message() {
    let many = Rate {
        burst: 1e6,
        per_second: 1e6,
    };
    let server = TestServer::with(|config| {
        config.per_socket.chat = many;
        config.timings.seat_grace = Duration::from_millis(1);
    })
    .await;
    let mut ann = server.someone_in("lobby").await;
    let token = server.account("Late").await;
    for round in 0..10 {
        let writing = async {
            for n in 0..10 {
                ann.chat("x", &format!("{round}-{n}")).await;
                ann.line().await;
            }
        };
        let coming = Client::enter(server.address, &token, "lobby");
        let ((), mut late) = tokio::join!(writing, coming);
        let mut seen: Vec<MessageId> = late.welcome.messages.iter().map(|message| message.id).collect();
        seen.extend(late.forget().await.iter().filter_map(|said| match said {
            ServerMessage::Chat { message } => Some(message.id),
            _ => None,
        }));
        let newest = seen.iter().map(|id| id.0).max().unwrap_or_default();
        let oldest = seen[0].0;
        let expected: Vec<MessageId> = (oldest..=newest).map(MessageId).collect();
        assert_eq!(seen, expected, "every message of this one room, each once");
        late.say(ClientMessage::Leave {}).await;
        late.bye().await;
    }
}
