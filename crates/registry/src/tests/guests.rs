//! Guests: let in where the room's rule says so, by the same door, and never more than participants.

use protocol::{Access, ErrorCode, ServerMessage};

use super::stage::{GUESTS, Message, Page, Stage, door, names};
use crate::{Done, Door, UserId};

const GUEST: i64 = GUESTS + 1;

/// User 1 owns a room and is in it.
fn den(access: Access, guests: bool) -> (Stage, Page) {
    let mut stage = Stage::new();
    let socket = stage.knock(1, "lobby", None, false, door(access, guests));
    let (owner, _) = stage.welcomed(socket).expect("the owner is let in always");
    stage.forget();
    (stage, owner)
}

fn comes(stage: &mut Stage, user: i64, door: Door) -> Result<Page, ErrorCode> {
    let socket = stage.knock(user, "lobby", None, false, door);
    stage.welcomed(socket).map(|(page, _)| page)
}

#[test]
fn a_guest_comes_in_where_the_rule_says_so_and_is_marked_for_everybody() {
    let (mut stage, owner) = den(Access::Open, true);
    let socket = stage.knock(GUEST, "lobby", None, false, door(Access::Open, true));
    let (_, welcome) = stage.welcomed(socket).expect("let in");
    let marks: Vec<bool> = welcome.participants.iter().map(|one| one.guest).collect();
    assert_eq!(marks, [false, true]);
    assert!(matches!(stage.told(&owner).as_slice(),
        [ServerMessage::ParticipantJoined { participant }] if participant.guest));
}

#[test]
fn without_the_rule_no_guest_is_let_in_not_even_by_a_pass() {
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
fn a_guest_goes_by_the_rooms_other_doors_as_everybody_does() {
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
        other => panic!("a guest was expected: {other:?}"),
    };
    stage.say(&owner, Message::AdmitNewcomer { newcomer });
    stage.admit().expect("let in");
}

#[test]
fn when_the_rule_is_taken_back_who_is_in_stays_and_comes_back_and_who_waits_goes() {
    let (mut stage, owner) = den(Access::Lobby, true);
    let mut passed = door(Access::Lobby, true);
    passed.passed = true;
    let inside = comes(&mut stage, GUEST, passed).expect("let in");
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
    stage.done(&Done::Settings(settings, None));
    assert_eq!(stage.closed, [(waiting, Some(ErrorCode::GuestsNotAdmitted))]);
    assert!(
        stage.told_by_socket(user).is_empty(),
        "who has an account waits on"
    );
    stage.forget();
    let key = Some(inside.key.clone());
    let back = stage.knock(GUEST, "lobby", key, false, door(Access::Lobby, false));
    let (_, welcome) = stage.welcomed(back).expect("the seat is there");
    assert!(welcome.resumed);
}

#[test]
fn a_guest_has_no_name_that_looks_like_that_of_somebody_in_the_room() {
    let (mut stage, _) = den(Access::Open, true);
    // The figure one and a small L look alike.
    for (user, refused) in [("USER 1", true), ("user l", true), ("user 11", false)] {
        let socket = stage.knock_as(GUEST, user, "lobby", door(Access::Open, true));
        let let_in = stage.welcomed(socket).map(|_| ());
        assert_eq!(let_in.is_err(), refused, "{user}");
        if refused {
            assert_eq!(let_in, Err(ErrorCode::UserNameTaken));
        }
        stage.forget();
    }
    comes(&mut stage, 11, door(Access::Open, true)).expect("an account's name is nobody else's");
}

#[test]
fn a_guest_is_never_made_a_moderator_and_has_no_session_any_more_when_put_out() {
    let (mut stage, owner) = den(Access::Open, true);
    let guest = comes(&mut stage, GUEST, door(Access::Open, true)).expect("let in");
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
fn somebody_with_an_account_who_is_put_out_keeps_the_session() {
    let (mut stage, owner) = den(Access::Open, true);
    let ann = comes(&mut stage, 2, door(Access::Open, true)).expect("let in");
    stage.say(&owner, Message::RemoveParticipant { participant: ann.id });
    assert_eq!(stage.ended, []);
}

#[test]
fn a_guest_is_one_after_the_server_was_started_again_too() {
    let (mut stage, owner) = den(Access::Open, true);
    comes(&mut stage, GUEST, door(Access::Open, true)).expect("let in");
    stage.restart(std::time::Duration::from_secs(1));
    let key = Some(owner.key.clone());
    let socket = stage.knock(1, "lobby", key, false, door(Access::Open, true));
    let (_, welcome) = stage.welcomed(socket).expect("the seat is there");
    let marks: Vec<bool> = welcome.participants.iter().map(|one| one.guest).collect();
    assert_eq!(marks, [false, true]);
}
