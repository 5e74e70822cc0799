//! Screen sharing: on and off at any moment, several at once, through every failure; never captured unless shared.

use call_core::{
    CallIntent, Event, NoticeBody, PeerEvent, RoomIntent, ScreenError, ScreenIntent, ScreenView,
    SignalingState, TileKey,
};

use sim::World;

const SEEDS: std::ops::Range<u64> = 0..200;

/// All are connected in the group call.
fn conference(names: &[&str], seed: u64) -> World {
    let mut world = World::of(names, seed);
    for at in 0..names.len() {
        world.wish(at, CallIntent::JoinConference);
    }
    world.settle();
    world
}

/// Whether one user sees the screen of another. Asserts that it is announced exactly if it is sent.
fn sees(world: &World, at: usize, of: usize) -> bool {
    let (viewer, sharer) = (world.id(at), world.id(of));
    let tiles = world.view(at).call.tiles.clone();
    let told = tiles.iter().any(|tile| tile.peer == sharer && tile.screen);
    let shown = world.view(at).stage.tiles.contains(&TileKey::Screen(sharer));
    assert_eq!(told, shown, "an announced screen must have a tile");
    let sent = world.people[of]
        .browser
        .peer(viewer)
        .is_some_and(|peer| peer.sends_screen);
    assert_eq!(told, sent, "a screen must be announced if and only if it is sent");
    told
}

/// Asserts that a page's view of its own screen matches its browser and what the others see.
fn assert_true_to_itself(world: &World, at: usize) {
    let view = world.view(at);
    let on = matches!(view.media.screen, ScreenView::On { .. });
    assert_ne!(
        view.media.screen,
        ScreenView::Asking,
        "every dialog must be answered"
    );
    assert_eq!(
        on,
        world.people[at].screen.is_some(),
        "a screen must be captured if and only if it is shown as on"
    );
    assert_eq!(on, view.stage.tiles.contains(&TileKey::OwnScreen));
    for tile in &view.call.tiles {
        let other = (0..world.people.len())
            .find(|other| world.id(*other) == tile.peer)
            .expect("a participant");
        assert_eq!(sees(world, other, at), on);
    }
}

#[test]
fn screen_is_seen_by_all_without_renegotiation() {
    let mut world = conference(&["Ann", "Bea"], 1);
    let before = world.people[1]
        .browser
        .peer(world.id(0))
        .and_then(|peer| peer.agreed().map(str::to_owned));
    world.wish(0, ScreenIntent::Share);
    world.settle();
    assert!(sees(&world, 1, 0));
    let after = world.people[1]
        .browser
        .peer(world.id(0))
        .and_then(|peer| peer.agreed().map(str::to_owned));
    assert_eq!(before, after, "the descriptions must not change");

    let late = world.arrive("Cy");
    world.settle();
    world.wish(late, CallIntent::JoinConference);
    world.settle();
    assert!(sees(&world, late, 0));
    assert_eq!(world.view(late).stage.main, Some(TileKey::Screen(world.id(0))));

    world.wish(0, ScreenIntent::Stop);
    world.settle();
    assert!(!sees(&world, 1, 0) && !sees(&world, late, 0));
    assert_eq!(world.people[0].screen, None);
}

#[test]
fn ending_one_of_two_screens_keeps_the_other() {
    let mut world = conference(&["Ann", "Bea", "Cy"], 2);
    world.wish(0, ScreenIntent::Share);
    world.wish(1, ScreenIntent::Share);
    world.settle();
    assert!(sees(&world, 2, 0) && sees(&world, 2, 1) && sees(&world, 0, 1) && sees(&world, 1, 0));
    world.end_screen(0);
    world.settle();
    assert!(!sees(&world, 2, 0) && sees(&world, 2, 1));
    assert_eq!(world.view(0).media.screen, ScreenView::Off);
    assert!(
        world.view(0).notices.is_empty(),
        "no notice to the user who shared"
    );
}

#[test]
fn only_a_failed_capture_shows_a_notice() {
    let mut world = conference(&["Ann", "Bea"], 3);
    world.people[0].screen_fails = Some(ScreenError::Cancelled);
    world.wish(0, ScreenIntent::Share);
    world.settle();
    assert_eq!(
        (world.view(0).media.screen, world.view(0).notices.len()),
        (ScreenView::Off, 0)
    );
    world.people[0].screen_fails = Some(ScreenError::Blocked);
    world.wish(0, ScreenIntent::Share);
    world.settle();
    assert_eq!(
        world.view(0).notices[0].body,
        NoticeBody::Screen(ScreenError::Blocked)
    );
    world.people[0].screen_fails = None;
    world.wish(0, ScreenIntent::Share);
    world.settle();
    assert_eq!(*world.view(0).notices, [], "the notice is gone");
    assert!(sees(&world, 1, 0));
}

#[test]
fn sharing_needs_a_call_and_ends_with_it() {
    let mut world = World::of(&["Ann", "Bea"], 4);
    world.wish(0, ScreenIntent::Share);
    assert_eq!(world.view(0).media.screen, ScreenView::Off);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    world.wish(0, ScreenIntent::Share);
    world.settle();
    world.wish(0, CallIntent::HangUpAll);
    world.settle();
    assert_eq!(
        (world.view(0).media.screen, world.people[0].screen),
        (ScreenView::Off, None)
    );
}

#[test]
fn screen_chosen_after_leaving_is_released() {
    for seed in SEEDS {
        let mut world = conference(&["Ann", "Bea"], seed);
        world.wish(0, ScreenIntent::Share);
        let pause = world.chance.u64(..3_500);
        world.run_for(pause);
        world.wish(0, RoomIntent::Leave);
        world.settle();
        assert_eq!(world.people[0].screen, None);
        assert!(world.view(1).call.tiles.is_empty());
    }
}

#[test]
fn screen_is_captured_exactly_while_shared_and_seen() {
    for seed in SEEDS {
        let mut world = conference(&["Ann", "Bea", "Cy"], seed);
        for _ in 0..15 {
            let at = world.chance.usize(..3);
            let with = (at + 1) % 3;
            match world.chance.u64(..9) {
                0..3 => world.wish(at, ScreenIntent::Share),
                3 => world.wish(at, ScreenIntent::Stop),
                4 => world.end_screen(at),
                5 => renew(&mut world, at, with),
                6 => world.break_socket(at),
                7 => {
                    let peer = world.id(with);
                    world.wish(at, CallIntent::HangUp(peer));
                }
                _ => {
                    let again = world.chance.bool();
                    world.wish(
                        at,
                        if again {
                            CallIntent::JoinConference
                        } else {
                            CallIntent::HangUpAll
                        },
                    );
                }
            }
            let pause = world.chance.u64(..2_000);
            world.run_for(pause);
        }
        world.settle();
        for at in 0..3 {
            assert_true_to_itself(&world, at);
        }
    }
}

/// Makes a connection fail beyond recovery, so that the server assigns its link a new epoch.
fn renew(world: &mut World, at: usize, with: usize) {
    if let Some(epoch) = world.epoch(at, with) {
        let peer = world.id(with);
        let failed = Event::Peer {
            peer,
            epoch,
            event: PeerEvent::DescriptionFailed(SignalingState::Stable),
        };
        world.report(at, failed);
    }
}
