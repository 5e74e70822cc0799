//! Credentials of relays: renewed by the wall clock before each use, and fetched once more if a relay refuses them.

use call_core::{
    ApiError, CallIntent, ConnectionState, Effect, Event, LinkTrouble, NoticeBody, PeerEvent, TileState,
    Timer,
};

use sim::World;

/// Two users in a room, not in a call, whose relay's credentials are valid for a minute.
fn room(seed: u64) -> World {
    let mut world = World::of(&["Ann", "Bea"], seed);
    (world.ice.relays, world.ice.lifetime) = (true, Some(60));
    for at in [0, 1] {
        world.report(at, Event::TimerFired(Timer::IceServers));
    }
    world.run_for(1_000);
    world.mended.clear();
    world
}

fn talk(world: &mut World) {
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
}

/// How often a page fetched credentials.
fn fetches(world: &World, at: usize) -> usize {
    let asked = |(of, effect): &&(usize, Effect)| *of == at && matches!(effect, Effect::CallApi { .. });
    world.mended.iter().filter(asked).count()
}

/// The credentials used for a page's connections, in order.
fn used(world: &World, at: usize) -> Vec<String> {
    let of = world.used.iter().filter(|(of, _)| *of == at);
    of.map(|(_, user)| user.clone().unwrap_or_default()).collect()
}

/// The relay refuses a page's connection, as often as browsers report it: once for each path to the relay.
fn refused(world: &mut World, at: usize, code: u16) {
    let (peer, epoch) = (world.id(1 - at), world.epoch(at, 1 - at).expect("a connection"));
    for _ in 0..6 {
        world.report(
            at,
            Event::Peer {
                peer,
                epoch,
                event: PeerEvent::RelayFailed(code),
            },
        );
    }
    world.run_for(500);
}

/// The last fetch of credentials fails.
fn fetch_fails(world: &mut World, at: usize) {
    let mut asked = world.mended.iter().rev();
    let request = asked.find_map(|(of, effect)| match effect {
        Effect::CallApi { request, .. } if *of == at => Some(*request),
        _ => None,
    });
    let (request, answer) = (request.expect("a call"), Err(ApiError::Unreachable));
    world.report(at, Event::ApiAnswered { request, answer });
}

#[test]
fn stale_credentials_are_renewed_before_connecting() {
    let mut world = room(1);
    world.sleep(0, 80_000);
    assert_eq!(fetches(&world, 0), 0, "no timer fired");
    talk(&mut world);
    world.run_for(1_500);
    assert_eq!(fetches(&world, 0), 1);
    world.assert_paired(0, 1);
    assert_eq!(used(&world, 0), ["6"], "the sixth credentials issued");
}

#[test]
fn valid_credentials_are_not_fetched_again() {
    let mut world = room(2);
    world.run_for(20_000);
    talk(&mut world);
    world.run_for(1_500);
    assert_eq!((fetches(&world, 0), fetches(&world, 1)), (0, 0));
    world.assert_paired(0, 1);
}

#[test]
fn clock_set_back_makes_credentials_stale() {
    let mut world = room(3);
    world.set_back(500_000);
    talk(&mut world);
    world.run_for(1_500);
    assert_eq!(fetches(&world, 0), 1);
    world.assert_paired(0, 1);
}

#[test]
fn stale_credentials_are_used_if_no_others_arrive() {
    let mut world = room(4);
    world.sleep(0, 80_000);
    world.ice.told = false;
    talk(&mut world);
    world.run_for(1_500);
    assert_eq!(used(&world, 0), [""; 0]);
    world.run_for(2_000);
    world.assert_paired(0, 1);
    assert_eq!((used(&world, 0).len(), fetches(&world, 0)), (1, 1));
}

#[test]
fn retry_by_the_user_gets_fresh_credentials() {
    let mut world = room(5);
    world.severed = true;
    talk(&mut world);
    world.run_for(110_000);
    assert_eq!(world.view(0).call.tiles[0].state, TileState::Failed);
    world.sleep(0, 80_000);
    (world.severed, world.mended, world.used) = (false, Vec::new(), Vec::new());
    let peer = world.id(1);
    world.wish(0, CallIntent::RetryLink(peer));
    world.run_for(2_500);
    assert_eq!(fetches(&world, 0), 1);
    world.assert_paired(0, 1);
}

#[test]
fn broken_socket_does_not_hasten_a_waiting_restart() {
    let mut world = room(7);
    talk(&mut world);
    world.run_for(20_000);
    world.ice.told = false;
    let impolite = usize::from(world.id(1) < world.id(0));
    let (peer, epoch) = (world.id(1 - impolite), world.epoch(0, 1).expect("a connection"));
    let event = PeerEvent::ConnectionChanged(ConnectionState::Disconnected);
    world.report(impolite, Event::Peer { peer, epoch, event });
    world.run_for(2_100);
    assert_eq!(fetches(&world, impolite), 1);
    world.break_socket(impolite);
    world.run_for(500);
    assert_eq!(used(&world, impolite).len(), 1, "not with the old ones");
    world.run_for(2_000);
    assert_eq!(used(&world, impolite).len(), 2, "fresh ones take too long");
}

#[test]
fn stale_credentials_are_renewed_when_a_link_is_resent() {
    let mut world = room(8);
    talk(&mut world);
    world.run_for(1_500);
    world.ice.told = false;
    world.run_for(61_000);
    let before = fetches(&world, 0);
    assert_eq!(before, 1, "they expired, and no others arrived");
    world.ice.told = true;
    fetch_fails(&mut world, 0);
    world.break_socket(0);
    world.run_for(1_000);
    assert_eq!(fetches(&world, 0), before + 1);
}

#[test]
fn refusal_leads_to_one_fetch_and_one_retry() {
    let mut world = room(6);
    world.severed = true;
    talk(&mut world);
    world.run_for(1_000);
    let first = used(&world, 0);
    refused(&mut world, 0, 401);
    assert_eq!(fetches(&world, 0), 1, "six errors of one relay, one fetch");
    assert_eq!(used(&world, 0), [&first[..], &["5".to_owned()]].concat());
    refused(&mut world, 0, 401);
    assert_eq!(
        (fetches(&world, 0), used(&world, 0).len()),
        (1, 2),
        "a second refusal is final"
    );
}

#[test]
fn other_refusals_fetch_no_credentials() {
    let mut world = room(7);
    world.severed = true;
    talk(&mut world);
    world.run_for(1_000);
    for code in [403, 438, 486, 508, 701] {
        refused(&mut world, 0, code);
    }
    assert_eq!((fetches(&world, 0), used(&world, 0).len()), (0, 1));
}

#[test]
fn refusal_on_a_working_connection_restarts_nothing() {
    let mut world = room(8);
    talk(&mut world);
    world.run_for(3_000);
    world.assert_paired(0, 1);
    refused(&mut world, 0, 401);
    assert_eq!((fetches(&world, 0), used(&world, 0).len()), (1, 1));
}

#[test]
fn relay_that_keeps_refusing_is_reported() {
    let mut world = room(9);
    world.severed = true;
    talk(&mut world);
    for _ in 0..60 {
        world.run_for(500);
        if world.epoch(0, 1).is_some() {
            refused(&mut world, 0, 401);
        }
    }
    let named = |notice: &call_core::Notice| matches!(&notice.body, NoticeBody::LinkFailed { trouble, .. } if *trouble == LinkTrouble::RelayRefused);
    assert!(world.view(0).notices.iter().any(named));
    assert!(
        fetches(&world, 0) < 12,
        "{} fetches in half a minute",
        fetches(&world, 0)
    );
}
