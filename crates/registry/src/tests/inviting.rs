//! Invitations: every way in which one can end.

use protocol::{ChatEntry, ErrorCode, InvitationId, InvitationOutcome, ParticipantId, ServerMessage, limits};

use super::stage::{Message, Page, Stage, names, opened};
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
    assert!(stage.told(&pages[2]).is_empty(), "it is nobody else's business");
}

#[test]
fn an_accepted_invitation_links_the_two_with_one_epoch_and_says_so_in_the_chat() {
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
fn declining_cancelling_and_time_end_an_invitation_for_both() {
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
fn two_invitations_that_cross_are_one_that_was_accepted() {
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
fn an_invitation_is_answered_only_by_the_one_asked_and_taken_back_only_by_the_one_who_asks() {
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
fn nobody_invites_themselves_a_stranger_a_peer_or_the_same_one_twice() {
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
fn only_so_many_invitations_ring_at_once() {
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
fn who_comes_back_is_told_what_still_rings_and_for_how_long() {
    let (mut stage, pages) = Stage::with(2);
    let invitation = stage.ring(&pages[0], &pages[1]);
    stage.lose(&pages[1]);
    stage.pass(limits::SEAT_GRACE / 2);
    let key = Some(pages[1].key.clone());
    let (_, welcome) = stage.enter(2, "lobby", key, false).expect("to be let in");
    let left = limits::INVITATION_RINGS.saturating_sub(limits::SEAT_GRACE / 2);
    assert_eq!(welcome.invitations.len(), 1);
    assert_eq!(welcome.invitations[0].id, invitation);
    assert_eq!(u128::from(welcome.invitations[0].rings_for_ms), left.as_millis());
}

#[test]
fn an_invitation_cannot_be_accepted_by_who_has_no_room_for_another_link() {
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
