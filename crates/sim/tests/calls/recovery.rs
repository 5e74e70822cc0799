//! Connection recovery: a change of network, a computer that slept, a server out of reach.

use call_core::{
    CallIntent, ConnectionState, DeviceIntent, Effect, Event, Input, NoticeBody, PageEvent, PeerEvent,
    PeerOrder, TileState, Timer,
};

use sim::World;

/// Two users in a call.
fn call(seed: u64) -> World {
    let mut world = World::of(&["Ann", "Bea"], seed);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    world.assert_paired(0, 1);
    world.mended.clear();
    world
}

/// The browser of one end reports a connection state.
fn becomes(world: &mut World, at: usize, state: ConnectionState) {
    let (peer, epoch) = (world.id(1 - at), world.epoch(at, 1 - at).expect("a connection"));
    world.report(
        at,
        Input::Event(Event::Peer {
            peer,
            epoch,
            event: PeerEvent::ConnectionChanged(state),
        }),
    );
}

/// The recovery steps ordered at one end, as words.
fn orders(world: &World, at: usize) -> Vec<&'static str> {
    let of = world.mended.iter().filter(|(of, _)| *of == at);
    of.map(|(_, effect)| match effect {
        Effect::Peer {
            order: PeerOrder::RestartIce(_),
            ..
        } => "restart",
        _ => "credentials",
    })
    .collect()
}

#[test]
fn ice_restart_after_two_seconds_uses_fresh_credentials() {
    let mut world = call(1);
    let impolite = usize::from(world.id(1) < world.id(0));
    becomes(&mut world, impolite, ConnectionState::Disconnected);
    world.run_for(1_900);
    assert_eq!(
        orders(&world, impolite),
        [""; 0],
        "short interruptions often end by themselves"
    );
    world.run_for(500);
    assert_eq!(orders(&world, impolite), ["credentials", "restart"]);
    assert_eq!(world.view(impolite).call.tiles[0].state, TileState::Reconnecting);
    becomes(&mut world, impolite, ConnectionState::Connected);
    world.settle();
    world.assert_paired(0, 1);
    assert_eq!(
        orders(&world, impolite),
        ["credentials", "restart"],
        "no further restart"
    );
}

#[test]
fn change_of_network_restarts_ice_at_once() {
    let mut world = call(2);
    let epoch = world.epoch(0, 1);
    world.report(0, Event::Page(PageEvent::WentOnline));
    world.run_for(300);
    assert_eq!(orders(&world, 0), ["credentials", "restart"]);
    world.settle();
    world.assert_paired(0, 1);
    assert_eq!(world.epoch(0, 1), epoch, "the same connection");
}

#[test]
fn restart_waits_only_two_seconds_for_credentials() {
    let mut world = call(3);
    world.ice.told = false;
    world.report(0, Event::Page(PageEvent::WentOnline));
    world.run_for(1_900);
    assert_eq!(orders(&world, 0), ["credentials"]);
    world.run_for(500);
    assert_eq!(orders(&world, 0), ["credentials", "restart"]);
}

#[test]
fn waking_up_recovers_connections_at_once() {
    let mut world = call(4);
    becomes(&mut world, 0, ConnectionState::Disconnected);
    world.run_for(50);
    // No timer fires during sleep; the first one afterwards is late.
    world.sleep(0, 60_000);
    world.report(0, Event::TimerFired(Timer::SleepCheck));
    world.run_for(200);
    assert_eq!(orders(&world, 0), ["credentials", "restart"]);
}

#[test]
fn peers_signal_and_negotiate_without_the_server() {
    for seed in 0..100 {
        let mut world = call(seed);
        let epoch = world.epoch(0, 1);
        world.offline = true;
        for at in [0, 1] {
            world.break_socket(at);
        }
        world.run_for(200);
        let before = world.passed;
        world.wish(0, DeviceIntent::StopCamera);
        world.wish(1, DeviceIntent::MuteMicrophone);
        world.report(1, Event::Page(PageEvent::WentOnline));
        for (at, with) in [(0, 1), (1, 0)] {
            let peer = world.id(with);
            for event in world.people[at].browser.change(peer) {
                world.report(at, event);
            }
        }
        world.run_for(5_000);
        assert!(world.passed > before);
        world.assert_paired(0, 1);
        let heard = |world: &World, at: usize| {
            let tile = world.view(at).call.tiles[0].clone();
            (tile.camera, tile.microphone)
        };
        assert_eq!(
            heard(&world, 1),
            (false, true),
            "Bea sees that Ann's camera is off"
        );
        assert_eq!(heard(&world, 0), (true, false), "Ann sees that Bea is muted");
        world.offline = false;
        world.settle();
        world.assert_paired(0, 1);
        assert_eq!(world.epoch(0, 1), epoch, "the same connection throughout");
    }
}

#[test]
fn relay_that_refuses_is_named_when_recovery_fails() {
    let mut world = World::of(&["Ann", "Bea"], 5);
    world.ice.relays = true;
    world.severed = true;
    for at in [0, 1] {
        world.report(at, Event::TimerFired(Timer::IceServers));
    }
    world.run_for(1_000);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    for _ in 0..60 {
        world.run_for(1_000);
        if let Some(epoch) = world.epoch(0, 1) {
            let peer = world.id(1);
            world.report(
                0,
                Event::Peer {
                    peer,
                    epoch,
                    event: PeerEvent::RelayFailed(401),
                },
            );
        }
    }
    let troubles: Vec<_> = world
        .view(0)
        .notices
        .iter()
        .cloned()
        .filter_map(|notice| match notice.body {
            NoticeBody::LinkFailed { trouble, .. } => Some(trouble),
            _ => None,
        })
        .collect();
    assert_eq!(troubles, [call_core::LinkTrouble::RelayRefused]);
    assert_eq!(world.view(0).call.tiles[0].state, TileState::Failed);
}
