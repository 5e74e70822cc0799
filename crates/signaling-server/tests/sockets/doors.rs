//! Access to rooms, over real sockets and a real disk: passwords, passes, the waiting room, bans, and owners.

use protocol::{
    Access, Ban, ClientMessage, ErrorCode, Hello, Participant, PassCode, Role, RoomChanges, RoomSettings,
    ServerMessage, SessionToken,
};

use crate::client::{Client, Raw, Said, Say, hello};
use crate::server::TestServer;

/// Returns the owner of a new room, and the token of another user.
async fn two(server: &TestServer) -> (Client, SessionToken) {
    let owner = server.account("Owner").await;
    let owner = Client::enter(server.address, &owner, "den").await;
    (owner, server.account("Ann").await)
}

fn change(access: Access, password: Option<&str>) -> Say {
    ClientMessage::ChangeRoom {
        settings: RoomSettings {
            access,
            ..RoomSettings::default()
        }
        .into(),
        password: password.map(str::to_owned),
    }
}

async fn changed(owner: &mut Client, message: Say) {
    owner.say(message).await;
    owner
        .expect(|said| matches!(said, ServerMessage::RoomChanged { .. }).then_some(()))
        .await;
}

fn with_password(token: &SessionToken, password: &str) -> Hello {
    Hello {
        password: Some(password.to_owned()),
        ..hello(token, "den")
    }
}

fn with_pass(token: &SessionToken, code: &PassCode) -> Hello {
    Hello {
        invite: Some(code.clone()),
        ..hello(token, "den")
    }
}

fn role(client: &Client) -> Role {
    let me = client
        .welcome
        .participants
        .iter()
        .find(|one| one.id == client.id());
    me.map(|me| me.role).expect("in the room")
}

async fn newcomer(owner: &mut Client) -> Participant {
    owner
        .expect(|said| match said {
            ServerMessage::NewcomerWaiting { newcomer } => Some(newcomer.clone()),
            _ => None,
        })
        .await
}

async fn pass(owner: &mut Client) -> (PassCode, protocol::PassId) {
    owner.say(ClientMessage::CreatePass { minutes: 60 }).await;
    owner
        .expect(|said| match said {
            ServerMessage::PassCreated { code, pass } => Some((code.clone(), pass.id)),
            _ => None,
        })
        .await
}

async fn access(owner: &mut Client, message: Say) -> (usize, Vec<Ban>) {
    owner.say(message).await;
    owner
        .expect(|said| match said {
            ServerMessage::RoomAccess { passes, bans } => Some((passes.len(), bans.clone())),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn first_user_owns_the_room_for_good() {
    let server = TestServer::start().await;
    let (owner, ann) = two(&server).await;
    assert_eq!(role(&owner), Role::Owner);
    let token = owner.token.clone();
    let mut raw = owner.into_raw();
    raw.say(&ClientMessage::Leave {}).await;
    assert_eq!(raw.bye().await, None);
    let ann = Client::enter(server.address, &ann, "den").await;
    assert_eq!(role(&ann), Role::Participant);
    let owner = Client::enter(server.address, &token, "den").await;
    assert_eq!(role(&owner), Role::Owner);
}

#[tokio::test]
async fn pass_opens_a_locked_room_until_revoked() {
    let server = TestServer::start().await;
    let (mut owner, ann) = two(&server).await;
    changed(&mut owner, change(Access::Locked, None)).await;
    let refused = Raw::refused(server.address, hello(&ann, "den")).await;
    assert_eq!(refused, Some(ErrorCode::RoomLocked));
    let (code, id) = pass(&mut owner).await;
    let other_room = Hello {
        room: "attic".to_owned(),
        ..with_pass(&ann, &code)
    };
    let in_attic = Client::greet(server.address, other_room).await;
    assert_eq!(role(&in_attic), Role::Owner, "a pass is not valid elsewhere");
    let inside = Client::greet(server.address, with_pass(&ann, &code)).await;
    let mut inside = inside.into_raw();
    inside.say(&ClientMessage::Leave {}).await;
    assert_eq!(inside.bye().await, None);
    assert_eq!(access(&mut owner, ClientMessage::FetchRoomAccess {}).await.0, 1);
    assert_eq!(
        access(&mut owner, ClientMessage::RevokePass { pass: id }).await.0,
        0
    );
    let refused = Raw::refused(server.address, with_pass(&ann, &code)).await;
    assert_eq!(refused, Some(ErrorCode::RoomLocked));
}

#[tokio::test]
async fn concurrent_changes_of_different_settings_both_apply() {
    let server = TestServer::start().await;
    let (mut owner, ann) = two(&server).await;
    let mut ann = Client::enter(server.address, &ann, "den").await;
    let (participant, moderator) = (ann.id(), true);
    owner
        .say(ClientMessage::SetModerator {
            participant,
            moderator,
        })
        .await;
    let promoted = |said: &Said| matches!(said, ServerMessage::ParticipantChanged { .. }).then_some(());
    ann.expect(promoted).await;
    let none = RoomChanges::default();
    let nobody_new = RoomChanges {
        access: Some(Access::Locked),
        ..none
    };
    let smaller = RoomChanges {
        size: Some(8),
        ..none
    };
    let password = None;
    owner
        .say(ClientMessage::ChangeRoom {
            settings: nobody_new,
            password: password.clone(),
        })
        .await;
    ann.say(ClientMessage::ChangeRoom {
        settings: smaller,
        password,
    })
    .await;
    let mut told = Vec::new();
    while told.len() < 2 {
        told.push(
            ann.expect(|said| match said {
                ServerMessage::RoomChanged { settings, .. } => Some(*settings),
                _ => None,
            })
            .await,
        );
    }
    let both = RoomSettings {
        access: Access::Locked,
        size: 8,
        guests: false,
    };
    assert_eq!(told[1], both);
}

#[tokio::test]
async fn concurrent_right_passwords_are_not_refused() {
    let server = TestServer::start().await;
    let (mut owner, ann) = two(&server).await;
    changed(&mut owner, change(Access::Password, Some("open sesame"))).await;
    let entering = (0..12).map(|_| async {
        let mut raw = Raw::open(server.address).await;
        let hello = with_password(&ann, "open sesame");
        raw.say(&ClientMessage::Hello(hello)).await;
        raw.hear().await
    });
    for said in futures_util::future::join_all(entering).await {
        // One of Ann's pages already has her seat.
        let harmless = match &said {
            Some(ServerMessage::Welcome(_)) => true,
            Some(ServerMessage::Bye { code, .. }) => *code == ErrorCode::SeatOccupied,
            _ => false,
        };
        assert!(harmless, "{said:?}");
    }
}

#[tokio::test]
async fn room_password_is_required_and_guesses_are_limited() {
    let server = TestServer::start().await;
    let (mut owner, ann) = two(&server).await;
    changed(&mut owner, change(Access::Password, Some("open sesame"))).await;
    let refused = Raw::refused(server.address, hello(&ann, "den")).await;
    assert_eq!(refused, Some(ErrorCode::RoomPasswordRequired));
    let refused = Raw::refused(server.address, with_password(&ann, "close sesame")).await;
    assert_eq!(refused, Some(ErrorCode::WrongRoomPassword));
    let inside = Client::greet(server.address, with_password(&ann, "open sesame")).await;
    assert_eq!(role(&inside), Role::Participant);
    let bea = server.account("Bea").await;
    let mut wrong = 0;
    let refused = loop {
        match Raw::refused(server.address, with_password(&bea, "guess")).await {
            Some(ErrorCode::WrongRoomPassword) => wrong += 1,
            other => break other,
        }
    };
    assert_eq!((wrong, refused), (10, Some(ErrorCode::TooManyAttempts)));
    let owner_token = owner.token.clone();
    drop(owner);
    Client::greet(
        server.address,
        Hello {
            take_over: true,
            ..hello(&owner_token, "den")
        },
    )
    .await;
}

#[tokio::test]
async fn waiting_user_sees_nothing_until_admitted() {
    let server = TestServer::start().await;
    let (mut owner, ann) = two(&server).await;
    changed(&mut owner, change(Access::Lobby, None)).await;
    let mut raw = Raw::open(server.address).await;
    raw.say(&ClientMessage::Hello(hello(&ann, "den"))).await;
    assert!(matches!(raw.hear().await, Some(ServerMessage::Waiting { .. })));
    let waiting = newcomer(&mut owner).await;
    assert_eq!(waiting.name.as_str(), "Ann");
    owner.chat("she waits", "n1").await;
    owner.line().await;
    raw.say(&ClientMessage::Invite { to: owner.id() }).await;
    let refused: Option<Said> = raw.hear().await;
    assert!(
        matches!(
            refused,
            Some(ServerMessage::Error {
                code: ErrorCode::NotAdmitted,
                ..
            })
        ),
        "{refused:?}"
    );
    let newcomer = waiting.id;
    owner.say(ClientMessage::AdmitNewcomer { newcomer }).await;
    let Some(ServerMessage::Welcome(welcome)) = raw.hear().await else {
        panic!("a welcome was expected");
    };
    let lines = welcome.messages.iter().map(crate::client::text_of);
    assert!(
        lines.flatten().any(|line| line == "she waits"),
        "the history is current"
    );
    raw.say(&ClientMessage::Leave {}).await;
    raw.bye().await;
    let mut raw = Raw::open(server.address).await;
    raw.say(&ClientMessage::Hello(hello(&ann, "den"))).await;
    raw.hear().await;
    let newcomer = self::newcomer(&mut owner).await.id;
    owner.say(ClientMessage::RefuseNewcomer { newcomer }).await;
    assert_eq!(raw.bye().await, Some(ErrorCode::EntryRefused));
}

#[tokio::test]
async fn ban_has_an_end_and_can_be_lifted() {
    let server = TestServer::start().await;
    let (mut owner, ann) = two(&server).await;
    let inside = Client::enter(server.address, &ann, "den").await;
    let (participant, minutes) = (inside.id(), 60);
    owner
        .say(ClientMessage::BanParticipant { participant, minutes })
        .await;
    let mut inside = inside.into_raw();
    let bye = loop {
        match inside.hear().await {
            Some(ServerMessage::Bye { code, until, .. }) => break (code, until),
            Some(_) => {}
            None => panic!("a bye was expected"),
        }
    };
    assert!(matches!(bye, (ErrorCode::Banned, Some(_))), "{bye:?}");
    let (code, _) = pass(&mut owner).await;
    for hello in [hello(&ann, "den"), with_pass(&ann, &code)] {
        let refused = Raw::refused(server.address, hello).await;
        assert_eq!(refused, Some(ErrorCode::Banned));
    }
    let (_, bans) = access(&mut owner, ClientMessage::FetchRoomAccess {}).await;
    let [Ban { name, .. }] = bans.as_slice() else {
        panic!("one ban was expected: {bans:?}")
    };
    let name = name.clone();
    assert_eq!(access(&mut owner, ClientMessage::LiftBan { name }).await.1, []);
    Client::enter(server.address, &ann, "den").await;
}

#[tokio::test]
async fn decisions_outlive_the_room_and_the_visit() {
    let server = TestServer::start().await;
    let (mut owner, ann) = two(&server).await;
    let mut inside = Client::enter(server.address, &ann, "den").await;
    let participant = inside.id();
    owner
        .say(ClientMessage::SetModerator {
            participant,
            moderator: true,
        })
        .await;
    let changed_role = inside.expect(|said| match said {
        ServerMessage::ParticipantChanged { participant } => Some(participant.role),
        _ => None,
    });
    assert_eq!(changed_role.await, Role::Moderator);
    changed(&mut inside, change(Access::Locked, None)).await;
    inside
        .say(ClientMessage::BlockPerson {
            participant: owner.id(),
        })
        .await;
    inside
        .expect(|said| matches!(said, ServerMessage::Blocked { names } if names.len() == 1).then_some(()))
        .await;
    for client in [owner, inside] {
        let mut raw = client.into_raw();
        raw.say(&ClientMessage::Leave {}).await;
        raw.bye().await;
    }
    let inside = Client::enter(server.address, &ann, "den").await;
    assert_eq!(role(&inside), Role::Moderator);
    assert_eq!(inside.welcome.settings.access, Access::Locked);
    assert_eq!(inside.welcome.blocked.len(), 1);
}
