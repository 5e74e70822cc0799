//! Invitations and how they end.

use call_core::{CallIntent, ChatBody, DeviceIntent, NoticeBody, PersonState, RoomIntent};
use protocol::InvitationOutcome;
use sim::World;

#[test]
fn crossing_invitations_make_one_call() {
    for seed in 0..100 {
        let mut world = World::of(&["Ann", "Bea"], seed);
        let (ann, bea) = (world.id(0), world.id(1));
        world.wish(0, CallIntent::Invite(bea));
        let pause = world.chance.u64(..300);
        world.run_for(pause);
        world.wish(1, CallIntent::Invite(ann));
        world.settle();
        world.assert_paired(0, 1);
        for at in 0..2 {
            assert_eq!(*world.view(at).invitations, call_core::InvitationsView::default());
            assert_eq!(*world.view(at).notices, []);
        }
    }
}

#[test]
fn declined_invitation_shows_a_notice_and_stops_devices() {
    let mut world = World::of(&["Ann", "Bea"], 3);
    world.keep_quiet(0);
    let bea = world.id(1);
    world.wish(0, CallIntent::Invite(bea));
    world.run_for(1_000);
    assert_eq!(
        world.people[0].open_devices,
        (false, true),
        "microphone on while it rings"
    );
    let asked = world.view(0).people.iter().find(|person| person.id == bea);
    assert!(matches!(asked.expect("Bea").state, PersonState::Invited(_)));
    let invitation = world.view(1).invitations.incoming[0].id;
    world.wish(1, CallIntent::DeclineInvitation(invitation));
    world.run_for(1_000);
    let notices = world.view(0).notices.clone();
    assert!(matches!(
        &notices[0].body,
        NoticeBody::InvitationEnded { outcome: InvitationOutcome::Declined, peer: Some(peer), .. } if *peer == bea
    ));
    assert_eq!(world.people[0].open_devices, (false, false));
    assert_eq!(*world.view(1).notices, []);
}

#[test]
fn cancelled_invitation_is_missed_and_can_be_returned() {
    let mut world = World::of(&["Ann", "Bea"], 4);
    let (ann, bea) = (world.id(0), world.id(1));
    world.wish(0, CallIntent::Invite(bea));
    world.run_for(1_000);
    let invitation = world.view(0).invitations.outgoing[0].id;
    world.wish(0, CallIntent::CancelInvitation(invitation));
    world.run_for(1_000);
    let view = world.view(1);
    assert!(view.invitations.incoming.is_empty());
    let newest = &view.chat.lines.last().expect("a line").body;
    assert!(matches!(newest, ChatBody::Missed { invite_back: Some(back) } if *back == ann));
    assert!(world.view(0).notices.is_empty());
}

#[test]
fn invitation_to_a_leaving_user_is_withdrawn() {
    let mut world = World::of(&["Ann", "Bea"], 5);
    world.keep_quiet(0);
    let bea = world.id(1);
    world.wish(0, CallIntent::Invite(bea));
    world.run_for(1_000);
    world.wish(1, RoomIntent::Leave);
    world.run_for(1_000);
    assert!(matches!(
        world.view(0).notices[0].body,
        NoticeBody::InvitationEnded {
            outcome: InvitationOutcome::Withdrawn,
            peer: None,
            ..
        }
    ));
    assert_eq!(world.people[0].open_devices, (false, false));
    assert_eq!(world.view(0).people.len(), 1);
}

#[test]
fn answering_without_camera_opens_only_the_microphone() {
    let mut world = World::of(&["Ann", "Bea"], 8);
    let invitation = world.ring(0, 1);
    world.wish(
        1,
        CallIntent::AcceptInvitation {
            invitation,
            camera: false,
        },
    );
    world.run_for(5_000);
    assert_eq!(world.people[1].open_devices, (false, true));
    world.wish(1, DeviceIntent::StartCamera);
    world.run_for(2_000);
    assert!(world.view(0).call.tiles[0].camera);
}

#[test]
fn answer_crossing_a_cancel_stops_devices_on_both_sides() {
    for seed in 0..100 {
        let mut world = World::of(&["Ann", "Bea"], seed);
        world.keep_quiet(0);
        world.keep_quiet(1);
        let invitation = world.ring(0, 1);
        world.wish(
            1,
            CallIntent::AcceptInvitation {
                invitation,
                camera: false,
            },
        );
        let pause = world.chance.u64(..100);
        world.run_for(pause);
        world.wish(0, CallIntent::CancelInvitation(invitation));
        world.settle();
        if world.epoch(0, 1).is_some() {
            world.assert_paired(0, 1);
        } else {
            world.assert_apart(0, 1);
            assert_eq!(
                (world.people[0].open_devices, world.people[1].open_devices),
                ((false, false), (false, false))
            );
        }
        assert_eq!(*world.view(1).invitations, call_core::InvitationsView::default());
    }
}

#[test]
fn accepting_after_meeting_in_the_conference_stops_devices() {
    let mut world = World::of(&["Ann", "Bea"], 13);
    world.keep_quiet(0);
    world.keep_quiet(1);
    let bea = world.id(1);
    world.wish(0, CallIntent::Invite(bea));
    world.run_for(1_000);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.run_for(5_000);
    let invitation = world.view(1).invitations.incoming[0].id;
    world.wish(
        1,
        CallIntent::AcceptInvitation {
            invitation,
            camera: false,
        },
    );
    world.run_for(5_000);
    world.wish(0, CallIntent::HangUpAll);
    world.wish(1, CallIntent::HangUpAll);
    world.settle();
    for at in 0..2 {
        assert_eq!(world.people[at].open_devices, (false, false));
    }
}
