//! Blocking users, and limits for invitations after they were declined.

use std::time::Duration;

use protocol::{
    Access, ErrorCode, InvitationOutcome, RoomChanges, RoomSettings, ServerMessage, UserName, Welcome,
};

use super::messages::names;
use super::stage::{Message, Page, Stage, door};
use crate::{Done, Door, UserId};

fn user(number: i64) -> (UserId, UserName) {
    let name = UserName::parse(&format!("user {number}")).expect("a name");
    (UserId(number), name)
}

#[test]
fn blocked_user_cannot_invite_in_any_room() {
    let (mut stage, pages) = Stage::with(2);
    let [ann, bea] = &pages[..] else { unreachable!() };
    let (elsewhere, _) = stage.enter(2, "elsewhere", None, false).expect("open");
    stage.forget();
    let ringing = stage.ring(ann, bea);
    stage.say(bea, Message::BlockPerson { participant: ann.id });
    stage.completed(&Done::Blocked(vec![user(1)]));
    assert_eq!(names(&stage.told(&elsewhere)), ["blocked"]);
    assert_eq!(names(&stage.told(bea)), ["blocked", "invitation-ended"]);
    let told = stage.told(ann);
    assert!(
        matches!(told.as_slice(), [ServerMessage::InvitationEnded { invitation, outcome: InvitationOutcome::Declined }]
            if *invitation == ringing),
        "nothing else is sent: {told:?}"
    );
    stage.say(ann, Message::Invite { to: bea.id });
    assert_eq!(stage.refusal(ann), ErrorCode::InvitationNotTaken);
    assert!(stage.told(bea).is_empty());
    stage.say(bea, Message::Invite { to: ann.id });
    assert_eq!(
        names(&stage.told(ann)),
        ["invitation-ringing"],
        "the other direction still rings"
    );
    stage.forget();
    let (_, name) = user(1);
    stage.say(bea, Message::UnblockPerson { name });
    stage.completed(&Done::Blocked(Vec::new()));
    stage.forget();
    let invitation = stage.registry.figures().ringing;
    assert_eq!(invitation, 1);
}

/// A room with a waiting room: user 1 is in the room, and user 2 waits.
fn lobby() -> (Stage, Page) {
    let mut stage = Stage::new();
    let (ann, _) = welcomed(&mut stage, 1, lobby_door());
    stage.knock(2, "lobby", None, false, lobby_door());
    stage.forget();
    (stage, ann)
}

fn lobby_door() -> Door {
    door(Access::Lobby, false)
}

fn welcomed(stage: &mut Stage, user: i64, door: Door) -> (Page, Welcome) {
    let socket = stage.knock(user, "lobby", None, false, door);
    stage.welcomed(socket).expect("admitted")
}

#[test]
fn blocking_while_waiting_elsewhere_holds_once_admitted() {
    let (mut stage, ann) = lobby();
    let (bea, _) = stage.enter(2, "elsewhere", None, false).expect("open");
    let (ann_there, _) = stage.enter(1, "elsewhere", None, false).expect("open");
    let participant = ann_there.id;
    stage.say(&bea, Message::BlockPerson { participant });
    stage.completed(&Done::Blocked(vec![user(1)]));
    stage.say(
        &ann,
        Message::ChangeRoom {
            settings: RoomChanges::default(),
            password: None,
        },
    );
    stage.completed(&Done::Settings(RoomSettings::default(), None));
    let (_, welcome) = stage.admit().expect("the room is open now");
    assert_eq!(welcome.blocked, [user(1).1]);
    stage.forget();
    stage.say(&ann, Message::Invite { to: welcome.you });
    assert_eq!(stage.refusal(&ann), ErrorCode::InvitationNotTaken);
}

#[test]
fn block_list_is_sent_once_while_another_page_waits() {
    let (mut stage, ann) = lobby();
    let passed = Door {
        passed: true,
        ..lobby_door()
    };
    let (bea, _) = welcomed(&mut stage, 2, passed);
    stage.forget();
    stage.say(&bea, Message::BlockPerson { participant: ann.id });
    stage.completed(&Done::Blocked(vec![user(1)]));
    assert_eq!(names(&stage.told(&bea)), ["blocked"]);
}

#[test]
fn invitations_after_declines_are_rate_limited() {
    let (mut stage, pages) = Stage::with(2);
    let [ann, bea] = &pages[..] else { unreachable!() };
    for _ in 0..=20 {
        let invitation = stage.ring(ann, bea);
        stage.say(bea, Message::DeclineInvitation { invitation });
        stage.forget();
    }
    stage.say(ann, Message::Invite { to: bea.id });
    assert_eq!(stage.refusal(ann), ErrorCode::DeclinedTooOften);
    stage.pass(Duration::from_secs(3600 / 20));
    stage.ring(ann, bea);
}
