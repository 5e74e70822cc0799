//! Notices that go when their cause is gone, or by themselves.

use call_core::{Intent, NoticeBody, TileState};

use crate::world::World;

fn bodies(world: &World, at: usize) -> Vec<NoticeBody> {
    let notices = world.view(at).notices.into_iter();
    notices.map(|notice| notice.body).collect()
}

/// Ann and Bea, and Ann's page says that Bea declined.
fn declined(seed: u64) -> World {
    let mut world = World::of(&["Ann", "Bea"], seed);
    let bea = world.id(1);
    world.wish(0, Intent::Invite(bea));
    world.run_for(1_000);
    let invitation = world.view(1).invitations.incoming[0].id;
    world.wish(1, Intent::DeclineInvitation(invitation));
    world.run_for(500);
    let peer = Some(bea);
    assert!(
        matches!(&bodies(&world, 0)[..], [NoticeBody::InvitationEnded { peer: again, .. }] if *again == peer)
    );
    world
}

#[test]
fn asking_again_settles_a_declined_invitation() {
    let mut world = declined(1);
    let bea = world.id(1);
    world.wish(0, Intent::Invite(bea));
    assert_eq!(bodies(&world, 0), [], "at once");
}

#[test]
fn being_asked_settles_a_declined_invitation() {
    let mut world = declined(2);
    let ann = world.id(0);
    world.wish(1, Intent::Invite(ann));
    world.run_for(500);
    assert_eq!(bodies(&world, 0), []);
}

#[test]
fn conference_settles_a_declined_invitation() {
    let mut world = declined(3);
    world.wish(0, Intent::JoinConference);
    world.wish(1, Intent::JoinConference);
    world.run_for(1_000);
    assert_eq!(bodies(&world, 0), []);
}

#[test]
fn who_left_cannot_be_asked_again() {
    let mut world = declined(4);
    world.wish(1, Intent::LeaveRoom);
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
fn news_of_who_left_goes_by_itself() {
    let mut world = World::of(&["Ann", "Bea"], 5);
    let bea = world.id(1);
    world.wish(0, Intent::Invite(bea));
    world.run_for(1_000);
    let invitation = world.view(1).invitations.incoming[0].id;
    world.wish(
        1,
        Intent::AcceptInvitation {
            invitation,
            camera: false,
        },
    );
    world.run_for(3_000);
    world.wish(1, Intent::LeaveRoom);
    world.run_for(1_000);
    assert!(matches!(&bodies(&world, 0)[..], [NoticeBody::CallEnded { .. }]));
    world.run_for(8_000);
    assert_eq!(bodies(&world, 0), []);
}

#[test]
fn given_up_connection_is_not_a_hole() {
    let mut world = World::of(&["Ann", "Bea"], 6);
    world.severed = true;
    world.wish(0, Intent::JoinConference);
    world.wish(1, Intent::JoinConference);
    world.settle();
    for at in 0..2 {
        let view = world.view(at);
        assert_eq!(view.call.tiles[0].state, TileState::Failed);
        assert_eq!(view.call.holes, [], "the tile says it");
        assert!(matches!(&bodies(&world, at)[..], [NoticeBody::LinkFailed { .. }]));
    }
    world.severed = false;
    let bea = world.id(1);
    world.wish(0, Intent::RetryLink(bea));
    world.settle();
    for at in 0..2 {
        assert_eq!(bodies(&world, at), [], "both ends are connected again");
    }
}
