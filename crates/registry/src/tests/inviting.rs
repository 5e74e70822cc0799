//! Invitations: every way in which one can end.

use protocol::{ChatEntry, ErrorCode, InvitationId, InvitationOutcome, ParticipantId, ServerMessage, limits};

use super::messages::{names, opened};
use super::stage::{Message, Page, Stage};
use crate::RawServerMessage;

fn outcome(messages: &[RawServerMessage]) -> Option<InvitationOutcome> {
    messages.iter().find_map(|message| match message {
        ServerMessage::InvitationEnded { outcome, .. } => Some(*outcome),
        _ => None,
    })
}

fn assert_ends(stage: &mut Stage, pages: &[Page], expected: InvitationOutcome) {
    for page in &pages[..2] {
        let told = stage.told(page);
        assert_eq!(outcome(&told), Some(expected), "{told:?}");
    }
    assert!(
        stage.told(&pages[2]).is_empty(),
        "no third participant is notified"
    );
}

#[test]
fn accepted_invitation_links_both_in_one_epoch() {
    let (mut stage, pages) = Stage::with(3);
    let invitation = stage.ring(&pages[0], &pages[1]);
    stage.say(&pages[1], Message::AcceptInvitation { invitation });
    let (one, two) = (stage.told(&pages[0]), stage.told(&pages[1]));
    assert_eq!(names(&one), ["invitation-ended", "link-opened"]);
    let (one, two) = (opened(&one[1]).expect("a link"), opened(&two[1]).expect("a link"));
    assert_eq!((one.0, two.0), (pages[1].id, pages[0].id));
    assert_eq!(one.1, two.1);
    let with = protocol::UserName::parse("user 2").expect("a name");
    assert_eq!(
        stage.lines,
        [("user 1".to_owned(), ChatEntry::CallStarted { with })]
    );
}

#[test]
fn decline_cancel_and_timeout_end_invitation_for_both() {
    let (mut stage, pages) = Stage::with(3);
    let invitation = stage.ring(&pages[0], &pages[1]);
    stage.say(&pages[1], Message::DeclineInvitation { invitation });
    assert_ends(&mut stage, &pages, InvitationOutcome::Declined);

    let invitation = stage.ring(&pages[0], &pages[1]);
    stage.say(&pages[0], Message::CancelInvitation { invitation });
    assert_ends(&mut stage, &pages, InvitationOutcome::Cancelled);

    stage.ring(&pages[0], &pages[1]);
    stage.pass(limits::INVITATION_RINGS);
    assert_ends(&mut stage, &pages, InvitationOutcome::TimedOut);
    assert_eq!(stage.registry.next_deadline(), None);
    assert!(stage.lines.is_empty());
}

#[test]
fn crossing_invitations_are_accepted() {
    let (mut stage, pages) = Stage::with(3);
    stage.ring(&pages[0], &pages[1]);
    stage.say(&pages[1], Message::Invite { to: pages[0].id });
    for page in &pages[..2] {
        let told = stage.told(page);
        assert_eq!(names(&told), ["invitation-ended", "link-opened"]);
        assert_eq!(outcome(&told), Some(InvitationOutcome::Accepted));
    }
    stage.pass(limits::INVITATION_RINGS);
    assert!(stage.told(&pages[0]).is_empty());
}

#[test]
fn only_the_invitee_answers_and_only_the_inviter_cancels() {
    let (mut stage, pages) = Stage::with(3);
    let invitation = stage.ring(&pages[0], &pages[1]);
    for (page, message) in [
        (&pages[0], Message::AcceptInvitation { invitation }),
        (&pages[0], Message::DeclineInvitation { invitation }),
        (&pages[1], Message::CancelInvitation { invitation }),
        (&pages[2], Message::AcceptInvitation { invitation }),
        (
            &pages[1],
            Message::AcceptInvitation {
                invitation: InvitationId(1),
            },
        ),
    ] {
        stage.say(page, message);
        assert_eq!(stage.refusal(page), ErrorCode::UnknownInvitation);
    }
    stage.say(&pages[1], Message::AcceptInvitation { invitation });
    stage.forget();
    stage.say(&pages[1], Message::AcceptInvitation { invitation });
    assert_eq!(stage.refusal(&pages[1]), ErrorCode::UnknownInvitation);
}

#[test]
fn invalid_invitations_are_refused() {
    let (mut stage, pages) = Stage::with(3);
    let refused = |stage: &mut Stage, to: ParticipantId| {
        stage.say(&pages[0], Message::Invite { to });
        stage.refusal(&pages[0])
    };
    assert_eq!(refused(&mut stage, pages[0].id), ErrorCode::NotYourself);
    assert_eq!(
        refused(&mut stage, ParticipantId(1)),
        ErrorCode::UnknownParticipant
    );
    stage.ring(&pages[0], &pages[1]);
    assert_eq!(refused(&mut stage, pages[1].id), ErrorCode::AlreadyInvited);
    stage.link(&pages[0], &pages[2]);
    assert_eq!(refused(&mut stage, pages[2].id), ErrorCode::AlreadyLinked);
}

#[test]
fn ringing_invitations_are_limited() {
    let most = limits::RINGING_INVITATIONS;
    let (mut stage, pages) = Stage::with(i64::try_from(most + 2).expect("few"));
    for page in &pages[1..=most] {
        stage.ring(&pages[0], page);
    }
    stage.say(
        &pages[0],
        Message::Invite {
            to: pages[most + 1].id,
        },
    );
    assert_eq!(stage.refusal(&pages[0]), ErrorCode::TooManyInvitations);
    stage.say(&pages[most + 1], Message::Invite { to: pages[0].id });
    assert_eq!(stage.refusal(&pages[most + 1]), ErrorCode::TooManyInvitations);
}

#[test]
fn resumed_page_learns_of_ringing_invitations() {
    let (mut stage, pages) = Stage::with(2);
    let invitation = stage.ring(&pages[0], &pages[1]);
    stage.lose(&pages[1]);
    stage.pass(limits::SEAT_GRACE / 2);
    let key = Some(pages[1].key.clone());
    let (_, welcome) = stage.enter(2, "lobby", key, false).expect("admitted");
    let left = limits::INVITATION_RINGS.saturating_sub(limits::SEAT_GRACE / 2);
    assert_eq!(welcome.invitations.len(), 1);
    assert_eq!(welcome.invitations[0].id, invitation);
    assert_eq!(u128::from(welcome.invitations[0].rings_for_ms), left.as_millis());
}

#[test]
fn accepting_needs_room_for_the_link() {
    let most = limits::PARTICIPANT_LINKS;
    let (mut stage, pages) = Stage::with(i64::try_from(most + 2).expect("few"));
    let waiting = stage.ring(&pages[most + 1], &pages[0]);
    for page in &pages[1..=most] {
        stage.link(&pages[0], page);
    }
    stage.say(&pages[0], Message::AcceptInvitation { invitation: waiting });
    assert_eq!(stage.refusal(&pages[0]), ErrorCode::TooManyLinks);
    stage.say(&pages[0], Message::HangUp { peer: pages[1].id });
    stage.forget();
    stage.say(&pages[0], Message::AcceptInvitation { invitation: waiting });
    assert_eq!(names(&stage.told(&pages[0])), ["invitation-ended", "link-opened"]);
}
