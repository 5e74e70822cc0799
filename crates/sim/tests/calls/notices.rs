//! Notices that disappear when their cause is gone, or after some time.

use call_core::{CallIntent, ChatBody, NoticeBody, RoomIntent, TileState};

use sim::World;

fn bodies(world: &World, at: usize) -> Vec<NoticeBody> {
    let notices = world.view(at).notices.iter().cloned();
    notices.map(|notice| notice.body).collect()
}

/// Ann and Bea in a room; Ann's page shows that Bea declined.
fn declined(seed: u64) -> World {
    let mut world = World::of(&["Ann", "Bea"], seed);
    let invitation = world.ring(0, 1);
    world.wish(1, CallIntent::DeclineInvitation(invitation));
    world.run_for(500);
    let peer = Some(world.id(1));
    assert!(
        matches!(&bodies(&world, 0)[..], [NoticeBody::InvitationEnded { peer: again, .. }] if *again == peer)
    );
    world
}

/// Ann and Bea in a room; Bea missed Ann's invitation.
fn missed(seed: u64) -> World {
    let mut world = World::of(&["Ann", "Bea"], seed);
    let invitation = world.ring(0, 1);
    world.wish(0, CallIntent::CancelInvitation(invitation));
    world.run_for(500);
    world
}

#[test]
fn inviting_again_clears_a_declined_invitation() {
    let mut world = declined(1);
    let bea = world.id(1);
    world.wish(0, CallIntent::Invite(bea));
    assert_eq!(bodies(&world, 0), [], "at once");
}

#[test]
fn being_invited_clears_a_declined_invitation() {
    let mut world = declined(2);
    let ann = world.id(0);
    world.wish(1, CallIntent::Invite(ann));
    world.run_for(500);
    assert_eq!(bodies(&world, 0), []);
}

#[test]
fn joining_the_conference_clears_a_declined_invitation() {
    let mut world = declined(3);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.run_for(1_000);
    assert_eq!(bodies(&world, 0), []);
}

#[test]
fn inviting_back_clears_a_missed_invitation() {
    let mut world = missed(8);
    let ann = world.id(0);
    assert!(matches!(
        &bodies(&world, 1)[..],
        [NoticeBody::InvitationMissed { .. }]
    ));
    world.wish(1, CallIntent::Invite(ann));
    assert_eq!(bodies(&world, 1), [], "at once");
}

#[test]
fn inviting_again_clears_an_ended_call() {
    let mut world = World::of(&["Ann", "Bea"], 9);
    let (ann, bea) = (world.id(0), world.id(1));
    world.call(0, 1);
    world.wish(0, CallIntent::HangUp(bea));
    world.run_for(500);
    assert!(matches!(&bodies(&world, 1)[..], [NoticeBody::CallEnded { .. }]));
    world.wish(1, CallIntent::Invite(ann));
    assert_eq!(bodies(&world, 1), [], "at once");
}

#[test]
fn user_who_left_cannot_be_invited_again() {
    let mut world = declined(4);
    world.wish(1, RoomIntent::Leave);
    world.run_for(500);
    assert!(
        matches!(
            &bodies(&world, 0)[..],
            [NoticeBody::InvitationEnded { peer: None, .. }]
        ),
        "{:?}",
        bodies(&world, 0)
    );
}

#[test]
fn notice_about_a_user_who_left_expires() {
    let mut world = World::of(&["Ann", "Bea"], 5);
    world.call(0, 1);
    world.wish(1, RoomIntent::Leave);
    world.run_for(1_000);
    assert!(matches!(&bodies(&world, 0)[..], [NoticeBody::CallEnded { .. }]));
    world.run_for(8_000);
    assert_eq!(bodies(&world, 0), []);
}

#[test]
fn failed_connection_is_not_a_hole() {
    let mut world = World::of(&["Ann", "Bea"], 6);
    world.severed = true;
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    for at in 0..2 {
        let view = world.view(at);
        assert_eq!(view.call.tiles[0].state, TileState::Failed);
        assert_eq!(view.call.holes, [], "shown by the tile");
        assert!(matches!(&bodies(&world, at)[..], [NoticeBody::LinkFailed { .. }]));
    }
    world.severed = false;
    let bea = world.id(1);
    world.wish(0, CallIntent::RetryLink(bea));
    world.settle();
    for at in 0..2 {
        assert_eq!(bodies(&world, at), [], "both ends are connected again");
    }
}

#[test]
fn missed_invitation_offers_no_call_back_during_a_call() {
    let mut world = missed(7);
    let ann = world.id(0);
    let back = |world: &World| {
        let lines = world.view(1).chat.lines.iter().cloned();
        let mut missed = lines.filter_map(|line| match line.body {
            ChatBody::Missed { invite_back } => Some(invite_back),
            _ => None,
        });
        missed.next().expect("a missed invitation")
    };
    assert_eq!(back(&world), Some(ann));
    world.wish(1, CallIntent::Invite(ann));
    assert_eq!(back(&world), None, "at once");
    world.run_for(1_000);
    assert_eq!(back(&world), None, "while it rings");
    let invitation = world.view(0).invitations.incoming[0].id;
    let camera = false;
    world.wish(0, CallIntent::AcceptInvitation { invitation, camera });
    world.run_for(3_000);
    assert_eq!(back(&world), None, "in the call");
    world.wish(1, CallIntent::HangUp(ann));
    world.run_for(1_000);
    assert_eq!(back(&world), Some(ann));
}
