//! Admission: who enters at once, who is turned away, and who waits.

use protocol::{Access, ClientMessage, ErrorCode, ParticipantId, Role, RoomSettings, ServerMessage};

use super::messages::{name, names};
use super::stage::{self, Page, Stage};
use crate::{Done, Door, SocketId, UserId};

/// Admission by `access`, with a password hash; user 1 owns the room.
fn door(access: Access) -> Door {
    let mut door = stage::door(access, false);
    door.rules.password = Some("hash".to_owned());
    door
}

/// A room with a waiting room; its owner, user 1, is in it.
fn lobby() -> (Stage, Page) {
    let mut stage = Stage::new();
    let socket = stage.knock(1, "lobby", None, false, door(Access::Lobby));
    let (owner, welcome) = stage.welcomed(socket).expect("the owner is always admitted");
    assert_eq!(welcome.participants[0].role, Role::Owner);
    stage.forget();
    (stage, owner)
}

fn waits(stage: &mut Stage, user: i64) -> SocketId {
    let socket = stage.knock(user, "lobby", None, false, door(Access::Lobby));
    assert_eq!(names(&stage.told_by_socket(socket)), ["waiting"]);
    socket
}

fn newcomer(stage: &mut Stage, moderator: &Page) -> ParticipantId {
    match stage.told(moderator).as_slice() {
        [ServerMessage::NewcomerWaiting { newcomer }] => newcomer.id,
        other => panic!("expected a newcomer: {other:?}"),
    }
}

#[test]
fn each_access_admits_the_right_users() {
    let mut proven = door(Access::Password);
    proven.proven = Some("hash".to_owned());
    let mut proven_before = door(Access::Password);
    proven_before.proven = Some("the hash of the old password".to_owned());
    let mut passed = door(Access::Locked);
    passed.passed = true;
    let mut moderator = door(Access::Locked);
    moderator.standing.moderator = true;
    let mut banned = door(Access::Open);
    banned.passed = true;
    banned.standing.banned_until = Some(protocol::UnixMillis(1));
    for (user, door, refused) in [
        (2, door(Access::Open), None),
        (2, door(Access::Locked), Some(ErrorCode::RoomLocked)),
        (2, door(Access::Password), Some(ErrorCode::RoomPasswordRequired)),
        (2, proven, None),
        (2, proven_before, Some(ErrorCode::RoomPasswordRequired)),
        (2, passed, None),
        (2, moderator, None),
        (2, banned, Some(ErrorCode::Banned)),
        (1, door(Access::Locked), None),
    ] {
        let mut stage = Stage::new();
        let said = format!("{door:?}");
        let socket = stage.knock(user, "room", None, false, door);
        assert_eq!(stage.welcomed(socket).err(), refused, "{said}");
    }
}

#[test]
fn waiting_user_neither_sends_nor_receives() {
    let (mut stage, owner) = lobby();
    let socket = waits(&mut stage, 2);
    newcomer(&mut stage, &owner);
    let page = Page {
        socket,
        ..owner.clone()
    };
    stage.say(&page, ClientMessage::Invite { to: owner.id });
    assert_eq!(stage.refusal(&page), ErrorCode::NotAdmitted);
    stage.say(&page, ClientMessage::AdmitNewcomer { newcomer: owner.id });
    assert_eq!(stage.refusal(&page), ErrorCode::NotAdmitted);
    stage.say(&page, ClientMessage::Ping {});
    assert_eq!(names(&stage.told_by_socket(socket)), ["pong"]);
    stage.say(&owner, ClientMessage::JoinConference {});
    assert!(stage.told_by_socket(socket).is_empty());
    assert_eq!(stage.told(&owner).len(), 1, "only that it joined the conference");
}

#[test]
fn admitted_user_enters_like_any_other() {
    let (mut stage, owner) = lobby();
    waits(&mut stage, 2);
    let waiting = newcomer(&mut stage, &owner);
    stage.say(&owner, ClientMessage::AdmitNewcomer { newcomer: waiting });
    assert_eq!(names(&stage.told(&owner)), ["newcomer-gone"]);
    let (page, welcome) = stage.admit().expect("admitted");
    assert_eq!(welcome.participants.len(), 2);
    assert_eq!(names(&stage.told(&owner)), ["participant-joined"]);
    stage.say(&owner, ClientMessage::AdmitNewcomer { newcomer: waiting });
    assert_eq!(stage.refusal(&owner), ErrorCode::UnknownParticipant);
    let again = stage.knock(2, "lobby", Some(page.key), false, door(Access::Lobby));
    let (_, welcome) = stage.welcomed(again).expect("its own seat");
    assert!(welcome.resumed, "a held seat needs no admission");
}

#[test]
fn refused_or_gone_newcomer_leaves_the_list() {
    let (mut stage, owner) = lobby();
    let socket = waits(&mut stage, 2);
    let waiting = newcomer(&mut stage, &owner);
    stage.say(&owner, ClientMessage::RefuseNewcomer { newcomer: waiting });
    assert_eq!(stage.closed, [(socket, Some(ErrorCode::EntryRefused))]);
    assert_eq!(names(&stage.told(&owner)), ["newcomer-gone"]);
    stage.forget();
    let socket = waits(&mut stage, 2);
    newcomer(&mut stage, &owner);
    let outputs = stage.turn_of(socket, |open| open.disconnected(socket, None));
    assert!(outputs.iter().any(|output| matches!(output,
        crate::Output::Send { to, message } if *to == [owner.socket] && name(message) == "newcomer-gone")));
}

#[test]
fn second_waiting_page_replaces_the_first() {
    let (mut stage, owner) = lobby();
    let first = waits(&mut stage, 2);
    let second = waits(&mut stage, 2);
    assert_eq!(stage.closed, [(first, Some(ErrorCode::SeatTakenOver))]);
    assert_eq!(
        names(&stage.told(&owner)),
        ["newcomer-waiting", "newcomer-gone", "newcomer-waiting"]
    );
    assert_ne!(first, second);
}

#[test]
fn only_moderators_see_the_waiting_room() {
    let mut stage = Stage::new();
    waits(&mut stage, 2);
    let socket = stage.knock(1, "lobby", None, false, door(Access::Lobby));
    let (owner, welcome) = stage.welcomed(socket).expect("the owner");
    assert_eq!(welcome.newcomers.len(), 1);
    let mut passed = door(Access::Lobby);
    passed.passed = true;
    let socket = stage.knock(3, "lobby", None, false, passed);
    let (guest, welcome) = stage.welcomed(socket).expect("a pass");
    assert_eq!(welcome.newcomers, []);
    stage.say(
        &owner,
        ClientMessage::SetModerator {
            participant: guest.id,
            moderator: true,
        },
    );
    stage.completed(&Done::Moderator(UserId(3), true));
    assert_eq!(
        names(&stage.told(&guest)),
        ["participant-changed", "newcomer-waiting"]
    );
}

#[test]
fn opening_admits_waiting_users_and_locking_refuses_them() {
    for (access, refused) in [
        (Access::Open, None),
        (Access::Locked, Some(ErrorCode::RoomLocked)),
    ] {
        let (mut stage, owner) = lobby();
        let socket = waits(&mut stage, 2);
        let settings = RoomSettings {
            access,
            ..RoomSettings::default()
        };
        let password = None;
        let changes = settings.into();
        stage.say(
            &owner,
            ClientMessage::ChangeRoom {
                settings: changes,
                password,
            },
        );
        stage.completed(&Done::Settings(settings, None));
        match refused {
            None => assert!(stage.admit().is_ok()),
            Some(_) => assert_eq!(stage.closed, [(socket, refused)]),
        }
    }
}

#[test]
fn small_room_is_full_except_for_moderators() {
    let small = |user| {
        let mut door = door(Access::Open);
        door.rules.settings.size = 1;
        (user, door)
    };
    let mut stage = Stage::new();
    let mut come = |(user, door)| {
        let socket = stage.knock(user, "small", None, false, door);
        stage.welcomed(socket).err()
    };
    assert_eq!(come(small(2)), None);
    assert_eq!(come(small(3)), Some(ErrorCode::RoomFull));
    assert_eq!(come(small(1)), None);
}

#[test]
fn server_bounds_the_room_size_that_moderators_set() {
    let mut stage = Stage::new();
    stage.registry.common.bounds.room_participants = 100;
    let (owner, welcome) = {
        let socket = stage.knock(1, "hall", None, false, door(Access::Open));
        stage.welcomed(socket).expect("admitted")
    };
    assert_eq!((welcome.settings.size, welcome.largest_size), (64, 100));
    let sized = |size| ClientMessage::ChangeRoom {
        settings: RoomSettings {
            size,
            ..RoomSettings::default()
        }
        .into(),
        password: None,
    };
    stage.say(&owner, sized(101));
    assert_eq!(stage.refusal(&owner), ErrorCode::OutOfBounds);
    stage.say(&owner, sized(100));
    assert_eq!(stage.orders.len(), 1);
    let mut decided = door(Access::Open);
    decided.rules.settings.size = 100;
    for user in 2..=100 {
        let socket = stage.knock(user, "hall", None, false, decided.clone());
        assert!(stage.welcomed(socket).is_ok(), "{user}");
    }
    let socket = stage.knock(101, "hall", None, false, decided.clone());
    assert_eq!(stage.welcomed(socket).err(), Some(ErrorCode::RoomFull));

    stage.registry.common.bounds.room_participants = 2;
    for (user, refused) in [(1, None), (2, None), (3, Some(ErrorCode::RoomFull))] {
        let socket = stage.knock(user, "cell", None, false, decided.clone());
        match stage.welcomed(socket) {
            Ok((_, welcome)) => assert_eq!((welcome.settings.size, welcome.largest_size), (2, 2)),
            Err(code) => assert_eq!(Some(code), refused),
        }
    }
}

#[test]
fn room_with_only_a_waiting_user_ends_with_them() {
    let mut stage = Stage::new();
    let socket = waits(&mut stage, 2);
    assert_eq!(stage.registry.figures().rooms, 1);
    stage.turn_of(socket, |open| open.left(socket, None));
    let figures = stage.registry.figures();
    assert_eq!((figures.rooms, figures.seats), (0, 0));
}
