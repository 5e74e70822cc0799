//! Outages: the server goes away and comes back, or a page cannot reach it. What others see meanwhile, and
//! that nothing is lost.

use call_core::{CallIntent, ChatBody, ChatIntent, Delivery, TileState};

use sim::World;

#[test]
fn broken_socket_is_shown_as_away_and_the_call_continues() {
    let mut world = World::of(&["Ann", "Bea", "Cy"], 1);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    let epoch = world.epoch(0, 1);
    let away = |world: &World, at: usize| {
        let view = world.view(at);
        let people = view.people.iter().filter(|person| person.away);
        let tiles = view.call.tiles.iter().filter(|tile| tile.away);
        (people.count(), tiles.count())
    };
    world.offline = true;
    world.break_socket(0);
    world.run_for(1_000);
    assert_eq!((away(&world, 1), away(&world, 2)), ((1, 1), (1, 0)));
    world.offline = false;
    world.settle();
    assert_eq!((away(&world, 1), away(&world, 2)), ((0, 0), (0, 0)));
    assert_eq!(world.epoch(0, 1), epoch, "the same connection throughout");
    world.assert_paired(0, 1);
}

/// The texts of the chat messages, as shown to one participant. Panics if one is not delivered.
fn words(world: &World, at: usize) -> Vec<String> {
    let lines = world.view(at).chat.lines.iter().cloned();
    let words = lines.filter_map(|line| match line.body {
        ChatBody::Text {
            text,
            delivery: Delivery::Delivered,
        } => Some(text),
        ChatBody::Text { text, delivery } => panic!("{text} is {delivery:?}"),
        _ => None,
    });
    words.collect()
}

/// Four users write two hundred messages each: some before the server goes away, some during the outage, some after.
#[test]
fn chat_around_an_outage_is_shown_once_and_in_order() {
    for seed in 0..4 {
        let mut world = World::of(&["Ann", "Bea", "Cy", "Dee"], seed);
        for line in 0..200 {
            for at in 0..4 {
                world.wish(at, ChatIntent::Send(format!("{at} says {line}")));
            }
            world.run_for(50);
            if line == 40 {
                world.offline = true;
                for at in 0..4 {
                    world.break_socket(at);
                }
            }
            if line == 140 {
                world.offline = false;
            }
        }
        world.run_for(60_000);
        let on_the_first = words(&world, 0);
        assert_eq!(on_the_first.len(), 800);
        for at in 0..4 {
            assert_eq!(words(&world, at), on_the_first);
            let begins = format!("{at} says ");
            let own = on_the_first.iter().filter_map(|line| line.strip_prefix(&begins));
            let own: Vec<usize> = own.map(|line| line.parse().expect("a number")).collect();
            assert_eq!(own, (0..200).collect::<Vec<_>>(), "each in the order written");
            assert!(!world.view(at).chat.loading);
        }
        let server = world.server.as_ref().expect("a server");
        assert_eq!(server.too_fast, 0, "within the rate limit");
    }
}

#[test]
fn more_than_a_page_of_missed_chat_is_caught_up() {
    let mut world = World::of(&["Ann", "Bea"], 5);
    world.wish(0, ChatIntent::Send("first".to_owned()));
    world.settle();
    world.offline = true;
    world.break_socket(0);
    for line in 0..170 {
        world.wish(1, ChatIntent::Send(format!("missed {line}")));
    }
    world.run_for(25_000);
    world.offline = false;
    world.settle();
    assert_eq!(words(&world, 0).len(), 171);
    assert_eq!(words(&world, 0), words(&world, 1));
    assert_eq!(world.view(0).chat.unread, 170);
}

#[test]
fn reloaded_page_recovers_its_call_within_three_seconds() {
    for seed in 0..50 {
        let mut world = World::of(&["Ann", "Bea", "Cy"], seed);
        for at in 0..3 {
            world.wish(at, CallIntent::JoinConference);
        }
        world.settle();
        let (seat, others) = (world.id(0), world.epoch(1, 2));
        let lines = world.view(2).chat.lines.len();
        world.reload(0, 0);
        if seed % 2 == 1 {
            // Two reloads at the same time.
            world.reload(1, 0);
        } else if seed % 4 == 2 {
            // The first messages of the reloaded page are lost.
            let pause = world.chance.u64(..400);
            world.run_for(pause);
            world.break_socket(0);
        }
        world.run_for(3_000);
        assert_eq!(world.id(0), seat, "the same seat");
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            world.assert_paired(a, b);
        }
        for at in 0..3 {
            let view = world.view(at);
            assert_eq!((view.people.len(), view.call.tiles.len()), (3, 2));
            let shown =
                |tile: &call_core::TileView| tile.state == TileState::Connected && tile.camera && !tile.away;
            assert!(view.call.tiles.iter().all(shown), "{:?}", view.call.tiles);
            assert!(view.notices.is_empty());
            assert_eq!(view.chat.lines.len(), lines, "no new chat entries");
        }
        if seed % 4 == 0 {
            let made = world.people[0].browser.opened;
            assert_eq!(made, 2, "one connection for each peer, opened once");
            assert_eq!(world.epoch(1, 2), others, "the others keep their connection");
        }
    }
}

#[test]
fn page_reloaded_during_an_outage_recovers_after_it() {
    let mut world = World::of(&["Ann", "Bea"], 7);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    world.offline = true;
    world.break_socket(1);
    world.reload(0, 0);
    world.run_for(5_000);
    world.offline = false;
    world.run_for(3_000 + 2_000);
    world.assert_paired(0, 1);
}
