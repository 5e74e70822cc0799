//! Shared screens: on and off at any moment, several at once, through every break; never one that nobody wants.

use call_core::{
    CallIntent, Event, NoticeBody, PeerEvent, RoomIntent, ScreenError, ScreenIntent, ScreenView,
    SignalingState, TileKey,
};

use sim::World;

const SEEDS: std::ops::Range<u64> = 0..200;

/// All are in the conference, and connected.
fn conference(names: &[&str], seed: u64) -> World {
    let mut world = World::of(names, seed);
    for at in 0..names.len() {
        world.wish(at, CallIntent::JoinConference);
    }
    world.settle();
    world
}

/// Whether one sees the screen of another: told of it, and sent it.
fn sees(world: &World, at: usize, of: usize) -> bool {
    let (viewer, sharer) = (world.id(at), world.id(of));
    let tiles = world.view(at).call.tiles.clone();
    let told = tiles.iter().any(|tile| tile.peer == sharer && tile.screen);
    let shown = world.view(at).stage.tiles.contains(&TileKey::Screen(sharer));
    assert_eq!(told, shown, "a screen has its tile");
    let sent = world.people[of]
        .browser
        .peer(viewer)
        .is_some_and(|peer| peer.sends_screen);
    assert_eq!(told, sent, "what is told is what is sent");
    told
}

/// What a participant's page says of its own screen is what the browser does, and what the others see.
fn assert_true_to_itself(world: &World, at: usize) {
    let view = world.view(at);
    let on = matches!(view.media.screen, ScreenView::On { .. });
    assert_ne!(view.media.screen, ScreenView::Asking, "every dialog was answered");
    assert_eq!(
        on,
        world.people[at].screen.is_some(),
        "no screen is captured unseen"
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
fn a_screen_is_seen_by_all_in_the_call_and_by_who_joins_later_without_a_new_negotiation() {
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
    assert_eq!(before, after, "the descriptions are those of before");

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
fn two_share_at_once_and_the_end_of_one_leaves_the_other() {
    let mut world = conference(&["Ann", "Bea", "Cy"], 2);
    world.wish(0, ScreenIntent::Share);
    world.wish(1, ScreenIntent::Share);
    world.settle();
    assert!(sees(&world, 2, 0) && sees(&world, 2, 1) && sees(&world, 0, 1) && sees(&world, 1, 0));
    world.end_screen(0);
    world.settle();
    assert!(!sees(&world, 2, 0) && sees(&world, 2, 1));
    assert_eq!(world.view(0).media.screen, ScreenView::Off);
    assert!(world.view(0).notices.is_empty(), "the user did it, or knows");
}

#[test]
fn a_dialog_that_is_cancelled_is_no_news_and_a_screen_that_cannot_be_had_is() {
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
    assert_eq!(*world.view(0).notices, [], "what was wrong is settled");
    assert!(sees(&world, 1, 0));
}

#[test]
fn outside_of_a_call_nothing_is_asked_and_the_last_call_ends_the_sharing() {
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
fn a_screen_that_the_user_chooses_after_having_left_is_given_back() {
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
fn whatever_happens_a_screen_is_captured_exactly_while_it_is_shared_and_seen() {
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

/// The connection of two breaks beyond repair, so that the server gives their link its next epoch.
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
