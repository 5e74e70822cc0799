//! Guests, over HTTP and sockets: admitted to one room that allows them, for a while, with each refusal.

use std::time::Duration;

use protocol::http::{NewGuest, ServerInfo, SessionInfo, SignedIn};
use protocol::{
    Access, Ban, ClientMessage, ErrorCode, Hello, RoomName, RoomSettings, ServerMessage, SessionToken,
};
use signaling_server::config::{AttemptRates, GuestRules};

use crate::client::{Client, Raw, hello};
use crate::cookies::attributes;
use crate::http::{Answer, request, signed, signed_with};
use crate::server::{PASSWORD, TestServer};

async fn ask(server: &TestServer, name: &str, room: &str, headers: &[(&str, &str)]) -> Answer {
    let (name, room) = (name.to_owned(), room.to_owned());
    let body = serde_json::to_string(&NewGuest { name, room }).expect("JSON");
    request(server.address, "POST", "/api/guests", headers, &body).await
}

/// Joins `den` as a guest. Returns the token.
async fn guest(server: &TestServer, name: &str) -> SessionToken {
    let answer = ask(server, name, "den", &[]).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json::<SignedIn>().token.expect("a token")
}

async fn refused(server: &TestServer, name: &str, room: &str) -> (u16, ErrorCode) {
    let answer = ask(server, name, room, &[]).await;
    (answer.status, answer.code())
}

async fn set(owner: &mut Client, access: Access, guests: bool) {
    let settings = RoomSettings {
        access,
        guests,
        ..RoomSettings::default()
    };
    let password = (access == Access::Password).then(|| "open sesame".to_owned());
    let settings = settings.into();
    owner.say(ClientMessage::ChangeRoom { settings, password }).await;
    owner
        .expect(|said| matches!(said, ServerMessage::RoomChanged { .. }).then_some(()))
        .await;
}

/// Starts a server. Returns it with the owner of a room that admits guests.
async fn den() -> (TestServer, Client) {
    let server = TestServer::start().await;
    let owner = open_den(&server).await;
    (server, owner)
}

async fn open_den(server: &TestServer) -> Client {
    let owner = server.account("Owner").await;
    let mut owner = Client::enter(server.address, &owner, "den").await;
    set(&mut owner, Access::Open, true).await;
    owner
}

#[tokio::test]
async fn guest_enters_one_room_only_and_is_marked() {
    let (server, mut owner) = den().await;
    let token = guest(&server, " Tom ").await;
    let told = signed(server.address, "GET", "/api/session", &token.0).await;
    let told = told.json::<SessionInfo>();
    assert_eq!(
        (told.name.as_str(), told.guest_of),
        ("Tom", RoomName::parse("den").ok())
    );
    let ice = signed(server.address, "GET", "/api/ice-servers", &token.0).await;
    assert_eq!(ice.status, 200);
    let mut tom = Client::enter(server.address, &token, "Den").await;
    let marked = owner.expect(|said| match said {
        ServerMessage::ParticipantJoined { participant } => Some(participant.guest),
        _ => None,
    });
    assert!(marked.await);
    tom.chat("hello", "n1").await;
    assert!(owner.line().await.0.guest, "so is the message");
    owner.chat("welcome", "n2").await;
    let line = tom.expect(|said| match said {
        ServerMessage::Chat { message } if message.author.as_str() == "Owner" => Some(message.guest),
        _ => None,
    });
    assert!(!line.await);
    let elsewhere = Raw::refused(server.address, hello(&token, "attic")).await;
    assert_eq!(elsewhere, Some(ErrorCode::NotSignedIn));
    let attic = Client::enter(server.address, &owner.token.clone(), "attic").await;
    assert!(attic.welcome.history_complete && attic.welcome.participants.len() == 1);
}

#[tokio::test]
async fn guest_can_be_linked() {
    let (server, mut owner) = den().await;
    let token = guest(&server, "Tom").await;
    let mut tom = Client::enter(server.address, &token, "den").await;
    owner.link(&mut tom).await;
}

#[tokio::test]
async fn rooms_without_guests_answer_alike_existing_or_not() {
    let server = TestServer::start().await;
    let owner = server.account("Owner").await;
    let _owner = Client::enter(server.address, &owner, "den").await;
    for room in ["den", "nowhere"] {
        assert_eq!(
            refused(&server, "Tom", room).await,
            (403, ErrorCode::GuestsNotAdmitted),
            "{room}"
        );
        assert_eq!(
            refused(&server, "Owner", room).await,
            (403, ErrorCode::GuestsNotAdmitted),
            "{room}"
        );
    }
    let made = Client::enter(server.address, &owner, "nowhere").await;
    assert_eq!(
        made.welcome.participants[0].role,
        protocol::Role::Owner,
        "no guest created it"
    );
}

#[tokio::test]
async fn forbidden_guests_are_published_and_refused() {
    let server = TestServer::with(|config| config.accounts.sessions.guests = false).await;
    let told = request(server.address, "GET", "/api/server", &[], "").await;
    assert!(!told.json::<ServerInfo>().guests);
    let _owner = open_den(&server).await;
    assert_eq!(
        refused(&server, "Tom", "den").await,
        (403, ErrorCode::GuestsNotAdmitted)
    );
}

#[tokio::test]
async fn guest_cannot_take_an_accounts_name_or_a_lookalike() {
    let (server, _owner) = den().await;
    server.account("paul").await;
    for (name, refusal) in [
        ("Owner", (409, ErrorCode::UserNameTaken)),
        ("ＯＷＮＥＲ", (409, ErrorCode::UserNameTaken)),
        ("pau1", (409, ErrorCode::UserNameTaken)),
        ("deleted-1", (409, ErrorCode::UserNameTaken)),
        ("раul", (400, ErrorCode::InvalidUserName)),
        ("\u{202e}moT", (400, ErrorCode::InvalidUserName)),
        ("To\u{200b}m", (400, ErrorCode::InvalidUserName)),
        ("<b>", (400, ErrorCode::InvalidUserName)),
        ("", (400, ErrorCode::InvalidUserName)),
    ] {
        assert_eq!(refused(&server, name, "den").await, refusal, "{name:?}");
    }
    assert_eq!(
        refused(&server, "Tom", "a/b").await,
        (400, ErrorCode::InvalidRoomName)
    );
    let malformed = request(server.address, "POST", "/api/guests", &[], "{}").await;
    assert_eq!(
        (malformed.status, malformed.code()),
        (400, ErrorCode::MalformedRequest)
    );
}

#[tokio::test]
async fn guests_with_one_name_are_not_in_the_room_together() {
    let (server, _owner) = den().await;
    let (first, second) = (guest(&server, "Tom").await, guest(&server, "TOM").await);
    let tom = Client::enter(server.address, &first, "den").await;
    let other = Raw::refused(server.address, hello(&second, "den")).await;
    assert_eq!(other, Some(ErrorCode::UserNameTaken));
    let mut raw = tom.into_raw();
    raw.say(&ClientMessage::Leave {}).await;
    raw.bye().await;
    Client::enter(server.address, &second, "den").await;
}

#[tokio::test]
async fn guest_cannot_change_accounts_or_rooms() {
    let (server, owner) = den().await;
    let token = guest(&server, "Tom").await;
    let change = r#"{"current":"correct horse","new":"battery staple"}"#;
    for (method, path, body) in [
        ("DELETE", "/api/sessions", ""),
        ("POST", "/api/account/password", change),
        ("POST", "/api/account/end", r#"{"password":"correct horse"}"#),
    ] {
        let no = signed_with(server.address, method, path, &token.0, body).await;
        assert_eq!((no.status, no.code()), (403, ErrorCode::NotAllowed), "{path}");
    }
    let signed_in = server.post("/api/sessions", "Tom", "").await;
    assert_eq!(signed_in.code(), ErrorCode::WrongCredentials);
    let mut tom = Client::enter(server.address, &token, "den").await;
    tom.forget().await;
    let (participant, minutes) = (owner.id(), 60);
    for message in [
        ClientMessage::CreatePass { minutes },
        ClientMessage::FetchRoomAccess {},
        ClientMessage::RemoveParticipant { participant },
        ClientMessage::ChangeRoom {
            settings: RoomSettings::default().into(),
            password: None,
        },
    ] {
        assert_eq!(tom.refusal(message).await.0, ErrorCode::NotAllowed);
    }
}

#[tokio::test]
async fn removed_guest_has_to_join_again() {
    let (server, mut owner) = den().await;
    let token = guest(&server, "Tom").await;
    let tom = Client::enter(server.address, &token, "den").await;
    let participant = tom.id();
    owner.say(ClientMessage::RemoveParticipant { participant }).await;
    assert_eq!(tom.bye().await, Some(ErrorCode::Removed));
    let again = Raw::refused(server.address, hello(&token, "den")).await;
    assert_eq!(again, Some(ErrorCode::NotSignedIn));
    let token = guest(&server, "Tom").await;
    Client::enter(server.address, &token, "den").await;
}

#[tokio::test]
async fn ban_ends_the_session_and_covers_guests_of_that_name() {
    let (server, mut owner) = den().await;
    let token = guest(&server, "Tom").await;
    let tom = Client::enter(server.address, &token, "den").await;
    let (participant, minutes) = (tom.id(), 60);
    owner
        .say(ClientMessage::BanParticipant { participant, minutes })
        .await;
    assert_eq!(tom.bye().await, Some(ErrorCode::Banned));
    let again = Raw::refused(server.address, hello(&token, "den")).await;
    assert_eq!(again, Some(ErrorCode::NotSignedIn));
    assert_eq!(refused(&server, "TOM", "den").await, (403, ErrorCode::Banned));
    let account = server.account("Tom").await;
    Client::enter(server.address, &account, "den").await;
    let lift = ClientMessage::LiftBan {
        name: protocol::UserName::parse("Tom").expect("a name"),
    };
    for (message, bans) in [(ClientMessage::FetchRoomAccess {}, 1), (lift, 0)] {
        owner.say(message).await;
        let told = owner.expect(|said| match said {
            ServerMessage::RoomAccess { bans, .. } => Some(bans.clone()),
            _ => None,
        });
        let told: Vec<Ban> = told.await;
        assert_eq!(told.len(), bans);
        assert!(told.iter().all(|ban| ban.guest));
    }
}

#[tokio::test]
async fn guests_share_the_limit_of_password_guesses() {
    let (server, mut owner) = den().await;
    set(&mut owner, Access::Password, true).await;
    let mut wrong = 0;
    let refusal = loop {
        let token = guest(&server, &format!("Tom {wrong}")).await;
        let guess = Hello {
            password: Some("close sesame".to_owned()),
            ..hello(&token, "den")
        };
        match Raw::refused(server.address, guess).await {
            Some(ErrorCode::WrongRoomPassword) => wrong += 1,
            other => break other,
        }
    };
    assert_eq!((wrong, refusal), (10, Some(ErrorCode::TooManyAttempts)));
}

#[tokio::test]
async fn requests_and_guests_are_limited_per_address() {
    let hour = Duration::from_secs(3600);
    let server = TestServer::with(|config| {
        config.accounts.attempts = AttemptRates::within(100, 100, 100, 2, hour);
    })
    .await;
    for _ in 0..2 {
        assert_eq!(
            refused(&server, "Tom", "nowhere").await.1,
            ErrorCode::GuestsNotAdmitted
        );
    }
    let third = ask(&server, "Tom", "nowhere", &[]).await;
    assert_eq!((third.status, third.code()), (429, ErrorCode::TooManyAttempts));
    assert!(third.header("retry-after").is_some());

    let server = TestServer::with(|config| {
        config.accounts.guests = GuestRules { lasts: hour, most: 1 };
    })
    .await;
    let _owner = open_den(&server).await;
    let token = guest(&server, "Tom").await;
    let second = ask(&server, "Tim", "den", &[]).await;
    assert_eq!((second.status, second.code()), (429, ErrorCode::TooManyAttempts));
    let wait: u64 = second
        .header("retry-after")
        .and_then(|wait| wait.parse().ok())
        .expect("when");
    assert!((3000..=3601).contains(&wait), "{wait}");
    let left = signed(server.address, "DELETE", "/api/session", &token.0).await;
    assert_eq!(left.status, 204);
    guest(&server, "Tim").await;
}

#[tokio::test]
async fn own_page_has_the_guest_session_in_its_cookie() {
    let (server, mut owner) = den().await;
    let origin = format!("http://{}", server.address);
    let own = [("origin", origin.as_str())];
    let begun = ask(&server, "Tom", "den", &own).await;
    assert_eq!((begun.status, begun.json::<SignedIn>().token), (201, None));
    let cookie = begun.header("set-cookie").expect("a cookie").to_owned();
    let expected = ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Strict"];
    assert_eq!(attributes(&cookie), expected);
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    for (headers, status) in [
        (
            vec![("cookie", cookie.as_str()), ("origin", "https://evil.example")],
            403,
        ),
        (vec![("cookie", cookie.as_str())], 401),
    ] {
        let forged = request(server.address, "DELETE", "/api/session", &headers, "").await;
        assert_eq!(forged.status, status, "{headers:?}");
    }
    // Joining another room as a guest ends this session.
    let mut attic = Client::enter(server.address, &owner.token.clone(), "attic").await;
    set(&mut attic, Access::Open, true).await;
    let both = [("origin", origin.as_str()), ("cookie", cookie.as_str())];
    assert_eq!(ask(&server, "Tom", "attic", &both).await.status, 201);
    let told = request(server.address, "GET", "/api/session", &both[1..], "").await;
    assert_eq!((told.status, told.code()), (401, ErrorCode::NotSignedIn));
    set(&mut owner, Access::Open, false).await;
    assert_eq!(
        ask(&server, "Tim", "den", &own).await.code(),
        ErrorCode::GuestsNotAdmitted
    );
    let evil = [("origin", "https://evil.example")];
    assert_eq!(
        ask(&server, "Tim", "attic", &evil).await.code(),
        ErrorCode::OriginNotAllowed
    );
    let signed_in = server.post("/api/sessions", "Owner", PASSWORD).await;
    assert_eq!(signed_in.status, 200);
}
