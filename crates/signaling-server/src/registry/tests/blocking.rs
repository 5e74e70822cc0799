//! People who do not want to be asked: by somebody at all, or again and again.

use std::time::Duration;

use protocol::{ErrorCode, InvitationOutcome, ServerMessage, UserName};

use super::stage::{Message, Stage, names};
use crate::registry::{Done, UserId};

fn user(number: i64) -> (UserId, UserName) {
    let name = UserName::parse(&format!("user {number}")).expect("a name");
    (UserId(number), name)
}

#[test]
fn an_invitation_of_somebody_blocked_is_not_taken_wherever_the_user_is() {
    let (mut stage, pages) = Stage::with(2);
    let [ann, bea] = &pages[..] else { unreachable!() };
    let (elsewhere, _) = stage.enter(2, "elsewhere", None, false).expect("open");
    stage.forget();
    let ringing = stage.ring(ann, bea);
    stage.say(bea, Message::BlockPerson { participant: ann.id });
    stage.done(Done::Blocked(vec![user(1)]));
    assert_eq!(names(&stage.told(&elsewhere)), ["blocked"]);
    assert_eq!(names(&stage.told(bea)), ["blocked", "invitation-ended"]);
    let told = stage.told(ann);
    assert!(
        matches!(told.as_slice(), [ServerMessage::InvitationEnded { invitation, outcome: InvitationOutcome::Declined }]
            if *invitation == ringing),
        "no more is told than that: {told:?}"
    );
    stage.say(ann, Message::Invite { to: bea.id });
    assert_eq!(stage.refusal(ann), ErrorCode::InvitationNotTaken);
    assert!(stage.told(bea).is_empty());
    stage.say(bea, Message::Invite { to: ann.id });
    assert_eq!(
        names(&stage.told(ann)),
        ["invitation-ringing"],
        "the other way it rings"
    );
    stage.forget();
    let (_, name) = user(1);
    stage.say(bea, Message::UnblockPerson { name });
    stage.done(Done::Blocked(Vec::new()));
    stage.forget();
    let invitation = stage.registry.figures().ringing;
    assert_eq!(invitation, 1);
}

#[test]
fn who_declined_is_asked_only_so_often_in_an_hour() {
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
