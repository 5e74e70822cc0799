//! Each refusal on a socket that stays open, and each reason for closing one.

use protocol::{
    ClientMessage, Epoch, ErrorCode, InvitationId, Nonce, ParticipantId, ServerMessage, Subject, limits,
};
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Say, hello};
use crate::lobby::signal;
use crate::server::TestServer;

#[tokio::test]
async fn malformed_messages_are_refused_and_the_socket_stays() {
    let server = TestServer::start().await;
    let mut ann = server.lobby(1).await.remove(0);
    for (message, expected) in [
        (Message::text("{"), ErrorCode::MalformedMessage),
        (Message::text("[]"), ErrorCode::MalformedMessage),
        (
            Message::text(r#"{"invite":{"to":"Bea"}}"#),
            ErrorCode::MalformedMessage,
        ),
        (
            Message::text(r#"{"ping":{},"leave":{}}"#),
            ErrorCode::MalformedMessage,
        ),
        (Message::text("[".repeat(50_000)), ErrorCode::MalformedMessage),
        (
            Message::binary(b"{\"ping\":{}}".to_vec()),
            ErrorCode::MalformedMessage,
        ),
        (Message::text(r#"{"dance":{}}"#), ErrorCode::UnknownMessage),
    ] {
        ann.send(message).await;
        let heard = ann.hear_but_chat().await;
        assert!(
            matches!(heard, ServerMessage::Error { code, .. } if code == expected),
            "{heard:?}"
        );
    }
    let again = ClientMessage::Hello(hello(&ann.token, "lobby"));
    assert_eq!(ann.refusal(again).await.0, ErrorCode::AlreadyGreeted);
    let heard = ann.forget().await;
    assert!(
        heard
            .iter()
            .all(|said| matches!(said, ServerMessage::Chat { .. })),
        "{heard:?}"
    );
}

#[tokio::test]
async fn invalid_requests_are_refused_with_their_subject() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(4).await;
    let ids: Vec<ParticipantId> = clients.iter().map(crate::client::Client::id).collect();
    let (me, bea, cy) = (ids[0], ids[1], ids[2]);
    let (ann, rest) = clients.split_first_mut().expect("four");
    let epoch = ann.link(&mut rest[0]).await;
    ann.forget().await;
    ann.say(ClientMessage::Invite { to: cy }).await;
    let ringing = ann.ringing().await;
    let stranger = ParticipantId(1);
    let about = |id| Some(Subject::Participant(id));
    let nonce = |text: &str| Nonce(text.to_owned());
    let invitation = |id| Some(Subject::Invitation(id));
    let cases: Vec<(Say, ErrorCode, Option<Subject>)> = vec![
        (
            ClientMessage::Invite { to: stranger },
            ErrorCode::UnknownParticipant,
            about(stranger),
        ),
        (
            ClientMessage::Invite { to: me },
            ErrorCode::NotYourself,
            about(me),
        ),
        (
            ClientMessage::Invite { to: cy },
            ErrorCode::AlreadyInvited,
            about(cy),
        ),
        (
            ClientMessage::Invite { to: bea },
            ErrorCode::AlreadyLinked,
            about(bea),
        ),
        (
            ClientMessage::AcceptInvitation { invitation: ringing },
            ErrorCode::UnknownInvitation,
            invitation(ringing),
        ),
        (
            ClientMessage::CancelInvitation {
                invitation: InvitationId(1),
            },
            ErrorCode::UnknownInvitation,
            invitation(InvitationId(1)),
        ),
        (signal(cy, epoch), ErrorCode::NotLinked, about(cy)),
        (signal(bea, Epoch(epoch.0 - 1)), ErrorCode::NotLinked, about(bea)),
        (
            ClientMessage::HangUp { peer: cy },
            ErrorCode::NotLinked,
            about(cy),
        ),
        (
            ClientMessage::RestartLink { peer: cy, epoch },
            ErrorCode::NotLinked,
            about(cy),
        ),
        (
            ClientMessage::LeaveConference {},
            ErrorCode::NotInConference,
            None,
        ),
        (
            ClientMessage::SendChat {
                text: "  ".to_owned(),
                nonce: nonce("1"),
            },
            ErrorCode::ChatEmpty,
            Some(Subject::Nonce(nonce("1"))),
        ),
        (
            ClientMessage::SendChat {
                text: "x".repeat(limits::CHAT_CHARS + 1),
                nonce: nonce("2"),
            },
            ErrorCode::ChatTooLong,
            Some(Subject::Nonce(nonce("2"))),
        ),
    ];
    for (message, code, subject) in cases {
        assert_eq!(ann.refusal(message).await, (code, subject));
    }
    assert!(
        rest[2]
            .forget()
            .await
            .iter()
            .all(|said| matches!(said, ServerMessage::Chat { .. }))
    );
}

#[tokio::test]
async fn links_and_ringing_invitations_are_limited() {
    let server = TestServer::start().await;
    let most = limits::PARTICIPANT_LINKS;
    assert_eq!(most, limits::RINGING_INVITATIONS);
    let mut clients = server.lobby(most + 2).await;
    let mut last = clients.pop().expect("many");
    let (ann, rest) = clients.split_first_mut().expect("many");
    for other in rest.iter_mut() {
        ann.say(ClientMessage::Invite { to: other.id() }).await;
        ann.ringing().await;
    }
    let refused = ann.refusal(ClientMessage::Invite { to: last.id() }).await;
    assert_eq!(refused.0, ErrorCode::TooManyInvitations);
    for other in rest.iter_mut() {
        let invitation = other.ringing().await;
        other.say(ClientMessage::AcceptInvitation { invitation }).await;
        other.opened().await;
    }
    ann.forget().await;
    ann.say(ClientMessage::Invite { to: last.id() }).await;
    let invitation = last.ringing().await;
    let refused = last.refusal(ClientMessage::AcceptInvitation { invitation }).await;
    assert_eq!(
        refused,
        (ErrorCode::TooManyLinks, Some(Subject::Invitation(invitation)))
    );
}

#[tokio::test]
async fn conference_is_limited_and_joined_only_once() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(limits::CONFERENCE_PARTICIPANTS + 1).await;
    let mut last = clients.pop().expect("many");
    for client in &mut clients {
        client.say(ClientMessage::JoinConference {}).await;
        client.forget().await;
    }
    last.forget().await;
    assert_eq!(
        last.refusal(ClientMessage::JoinConference {}).await.0,
        ErrorCode::ConferenceFull
    );
    let again = clients.last_mut().expect("many");
    again.forget().await;
    assert_eq!(
        again.refusal(ClientMessage::JoinConference {}).await.0,
        ErrorCode::AlreadyInConference
    );
}

#[tokio::test]
async fn oversized_message_ends_the_socket() {
    let server = TestServer::start().await;
    let mut ann = server.lobby(1).await.remove(0);
    let fits = format!(
        r#"{{"ping":{{"x":"{}"}}}}"#,
        "x".repeat(limits::MESSAGE_BYTES - 17)
    );
    assert_eq!(fits.len(), limits::MESSAGE_BYTES);
    ann.send(Message::text(fits.clone())).await;
    assert_eq!(ann.hear_but_chat().await, ServerMessage::Pong {});
    ann.send(Message::text(format!("{fits} "))).await;
    assert_eq!(ann.bye().await, Some(ErrorCode::MessageTooLarge));
    let mut bea = server.someone_in("lobby").await;
    bea.send(Message::text("x".repeat(4 * limits::MESSAGE_BYTES)))
        .await;
    assert_eq!(bea.bye().await, Some(ErrorCode::MessageTooLarge));
    let mut raw = crate::client::Raw::open(server.address).await;
    raw.send(Message::text(format!("{fits} "))).await;
    assert_eq!(raw.bye().await, Some(ErrorCode::MessageTooLarge));
}
