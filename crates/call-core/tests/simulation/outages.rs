//! The server goes away and comes back, or a page loses its way to it: who sees what meanwhile, and that nothing is
//! lost.

use call_core::Intent;

use crate::world::World;

#[test]
fn somebody_whose_socket_breaks_is_seen_reconnecting_and_then_back_and_the_call_goes_on() {
    let mut world = World::of(&["Ann", "Bea", "Cy"], 1);
    world.wish(0, Intent::JoinConference);
    world.wish(1, Intent::JoinConference);
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
    assert_eq!(world.epoch(0, 1), epoch, "the same connection all along");
    world.assert_paired(0, 1);
}
