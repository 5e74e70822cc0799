//! Negotiation: whatever the network does, every pair ends stable with matching descriptions.

use call_core::{CallIntent, Event, PeerEvent, SignalingState};

use sim::World;

/// Seeds, each for a world with its own timing.
const SEEDS: std::ops::Range<u64> = 0..300;

/// Triggers negotiation at one end.
fn change(world: &mut World, at: usize, with: usize) {
    let id = world.id(with);
    for event in world.people[at].browser.change(id) {
        world.report(at, event);
    }
}

/// The browser of one end fails to set a description.
fn fail(world: &mut World, at: usize, with: usize) {
    let (peer, epoch) = (world.id(with), world.epoch(at, with).expect("a connection"));
    let event = Event::Peer {
        peer,
        epoch,
        event: PeerEvent::DescriptionFailed(SignalingState::Stable),
    };
    world.report(at, event);
}

#[test]
fn accepted_invitation_ends_stable() {
    for seed in SEEDS {
        let mut world = World::of(&["Ann", "Bea"], seed);
        world.call(0, 1);
        world.settle();
        world.assert_paired(0, 1);
    }
}

#[test]
fn crossing_offers_end_stable() {
    for seed in SEEDS {
        let mut world = World::of(&["Ann", "Bea"], seed);
        world.wish(0, CallIntent::JoinConference);
        world.wish(1, CallIntent::JoinConference);
        for _ in 0..20 {
            let pause = world.chance.u64(..150);
            world.run_for(pause);
            let at = usize::from(world.chance.bool());
            change(&mut world, at, 1 - at);
        }
        world.settle();
        world.assert_paired(0, 1);
    }
}

#[test]
fn simultaneous_renegotiation_of_three_ends_stable() {
    for seed in SEEDS {
        let mut world = World::of(&["Ann", "Bea", "Cy"], seed);
        for at in 0..3 {
            world.wish(at, CallIntent::JoinConference);
        }
        world.run_for(seed % 700);
        for (at, with) in [(0, 1), (1, 0), (1, 2), (2, 1), (2, 0), (0, 2)] {
            change(&mut world, at, with);
        }
        world.settle();
        for (a, b) in [(0, 1), (1, 2), (0, 2)] {
            world.assert_paired(a, b);
        }
    }
}

#[test]
fn restarts_from_both_ends_give_one_new_epoch() {
    for seed in SEEDS {
        let mut world = World::of(&["Ann", "Bea"], seed);
        world.wish(0, CallIntent::JoinConference);
        world.wish(1, CallIntent::JoinConference);
        world.settle();
        let before = world.epoch(0, 1);
        fail(&mut world, 0, 1);
        fail(&mut world, 1, 0);
        world.settle();
        assert!(world.epoch(0, 1) > before);
        assert_eq!(world.people[0].browser.opened, 2, "one new connection, not two");
        world.assert_paired(0, 1);
    }
}

#[test]
fn broken_sockets_do_not_keep_a_pair_apart() {
    for seed in SEEDS {
        let mut world = World::of(&["Ann", "Bea", "Cy"], seed);
        for at in 0..3 {
            world.wish(at, CallIntent::JoinConference);
        }
        for _ in 0..4 {
            let pause = world.chance.u64(..400);
            world.run_for(pause);
            let at = world.chance.usize(..3);
            world.break_socket(at);
        }
        world.settle();
        for (a, b) in [(0, 1), (1, 2), (0, 2)] {
            world.assert_paired(a, b);
        }
    }
}

#[test]
fn events_of_a_replaced_connection_are_ignored() {
    let mut world = World::of(&["Ann", "Bea"], 1);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    let (ann, old) = (world.id(0), world.epoch(1, 0).expect("a connection"));
    fail(&mut world, 1, 0);
    world.settle();
    assert!(world.epoch(1, 0) > Some(old));
    let stale = Event::Peer {
        peer: ann,
        epoch: old,
        event: PeerEvent::NegotiationNeeded,
    };
    world.report(1, stale);
    world.settle();
    world.assert_paired(0, 1);
}
