//! Guests: admitted where the room's settings allow it, under the same rules as users, and never as moderators.

use protocol::{Access, ErrorCode, ServerMessage};

use super::messages::names;
use super::stage::{GUESTS, Message, Page, Stage, door};
use crate::{Done, Door, UserId};

const GUEST: i64 = GUESTS + 1;

/// User 1 owns a room and is in it.
fn den(access: Access, guests: bool) -> (Stage, Page) {
    let mut stage = Stage::new();
    let socket = stage.knock(1, "lobby", None, false, door(access, guests));
    let (owner, _) = stage.welcomed(socket).expect("the owner is always admitted");
    stage.forget();
    (stage, owner)
}

fn comes(stage: &mut Stage, user: i64, door: Door) -> Result<Page, ErrorCode> {
    let socket = stage.knock(user, "lobby", None, false, door);
    stage.welcomed(socket).map(|(page, _)| page)
}

#[test]
fn guest_is_admitted_where_allowed_and_marked() {
    let (mut stage, owner) = den(Access::Open, true);
    let socket = stage.knock(GUEST, "lobby", None, false, door(Access::Open, true));
    let (_, welcome) = stage.welcomed(socket).expect("admitted");
    let marks: Vec<bool> = welcome.participants.iter().map(|one| one.guest).collect();
    assert_eq!(marks, [false, true]);
    assert!(matches!(stage.told(&owner).as_slice(),
        [ServerMessage::ParticipantJoined { participant }] if participant.guest));
}

#[test]
fn guests_not_allowed_means_none_even_with_a_pass() {
    let (mut stage, _) = den(Access::Open, false);
    let mut passed = door(Access::Open, false);
    passed.passed = true;
    for door in [door(Access::Open, false), passed] {
        assert_eq!(
            comes(&mut stage, GUEST, door).err(),
            Some(ErrorCode::GuestsNotAdmitted)
        );
    }
}

#[test]
fn guests_follow_the_rooms_access_rules() {
    for (access, refused) in [
        (Access::Locked, ErrorCode::RoomLocked),
        (Access::Password, ErrorCode::RoomPasswordRequired),
    ] {
        let (mut stage, _) = den(access, true);
        assert_eq!(comes(&mut stage, GUEST, door(access, true)).err(), Some(refused));
    }
    let (mut stage, owner) = den(Access::Lobby, true);
    let socket = stage.knock(GUEST, "lobby", None, false, door(Access::Lobby, true));
    assert_eq!(names(&stage.told_by_socket(socket)), ["waiting"]);
    let newcomer = match stage.told(&owner).as_slice() {
        [ServerMessage::NewcomerWaiting { newcomer }] if newcomer.guest => newcomer.id,
        other => panic!("expected a guest: {other:?}"),
    };
    stage.say(&owner, Message::AdmitNewcomer { newcomer });
    stage.admit().expect("admitted");
}

#[test]
fn disallowing_guests_refuses_only_waiting_ones() {
    let (mut stage, owner) = den(Access::Lobby, true);
    let mut passed = door(Access::Lobby, true);
    passed.passed = true;
    let inside = comes(&mut stage, GUEST, passed).expect("admitted");
    let waiting = stage.knock(GUEST + 1, "lobby", None, false, door(Access::Lobby, true));
    let user = stage.knock(2, "lobby", None, false, door(Access::Lobby, true));
    stage.forget();
    let rules = door(Access::Lobby, false).rules;
    let settings = rules.settings;
    stage.say(
        &owner,
        Message::ChangeRoom {
            settings: settings.into(),
            password: None,
        },
    );
    stage.completed(&Done::Settings(settings, None));
    assert_eq!(stage.closed, [(waiting, Some(ErrorCode::GuestsNotAdmitted))]);
    assert!(
        stage.told_by_socket(user).is_empty(),
        "a user with an account keeps waiting"
    );
    stage.forget();
    let key = Some(inside.key.clone());
    let back = stage.knock(GUEST, "lobby", key, false, door(Access::Lobby, false));
    let (_, welcome) = stage.welcomed(back).expect("the seat is held");
    assert!(welcome.resumed);
}

#[test]
fn guest_name_may_not_look_like_a_participants() {
    let (mut stage, _) = den(Access::Open, true);
    // The digit one and a lower-case L look alike.
    for (user, refused) in [("USER 1", true), ("user l", true), ("user 11", false)] {
        let socket = stage.knock_as(GUEST, user, "lobby", door(Access::Open, true));
        let let_in = stage.welcomed(socket).map(|_| ());
        assert_eq!(let_in.is_err(), refused, "{user}");
        if refused {
            assert_eq!(let_in, Err(ErrorCode::UserNameTaken));
        }
        stage.forget();
    }
    comes(&mut stage, 11, door(Access::Open, true)).expect("the name of an account is always accepted");
}

#[test]
fn guest_cannot_moderate_and_loses_the_session_when_removed() {
    let (mut stage, owner) = den(Access::Open, true);
    let guest = comes(&mut stage, GUEST, door(Access::Open, true)).expect("admitted");
    stage.forget();
    let (participant, moderator) = (guest.id, true);
    stage.say(
        &owner,
        Message::SetModerator {
            participant,
            moderator,
        },
    );
    assert_eq!(stage.refusal(&owner), ErrorCode::NotAllowed);
    stage.say(&owner, Message::RemoveParticipant { participant });
    assert_eq!(stage.closed, [(guest.socket, Some(ErrorCode::Removed))]);
    assert_eq!(stage.ended, [UserId(GUEST)]);
}

#[test]
fn removed_user_with_an_account_keeps_the_session() {
    let (mut stage, owner) = den(Access::Open, true);
    let ann = comes(&mut stage, 2, door(Access::Open, true)).expect("admitted");
    stage.say(&owner, Message::RemoveParticipant { participant: ann.id });
    assert_eq!(stage.ended, []);
}

#[test]
fn guest_is_still_a_guest_after_a_restart() {
    let (mut stage, owner) = den(Access::Open, true);
    comes(&mut stage, GUEST, door(Access::Open, true)).expect("admitted");
    stage.restart(std::time::Duration::from_secs(1));
    let key = Some(owner.key.clone());
    let socket = stage.knock(1, "lobby", key, false, door(Access::Open, true));
    let (_, welcome) = stage.welcomed(socket).expect("the seat is held");
    let marks: Vec<bool> = welcome.participants.iter().map(|one| one.guest).collect();
    assert_eq!(marks, [false, true]);
}
