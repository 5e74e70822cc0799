//! Scenarios in a room: calls of three, the group call, devices, a server that goes away, leaving.

use std::time::Duration;

use call_core::{
    CallIntent, ChatBody, ChatIntent, Delivery, Device, DeviceEvent, DeviceIntent, Event, MediaError, Notice,
    NoticeBody, RoomIntent, SocketEvent, TileState,
};
use sim::World;

fn names(world: &World, at: usize) -> Vec<String> {
    world
        .view(at)
        .call
        .tiles
        .iter()
        .map(|tile| tile.name.to_string())
        .collect()
}

#[test]
fn three_calls_make_a_triangle_and_one_can_end() {
    let mut world = World::of(&["Ann", "Bea", "Cy"], 7);
    world.call(0, 1);
    world.call(0, 2);
    assert_eq!(names(&world, 0), ["Bea", "Cy"]);
    assert_eq!(
        (names(&world, 1), names(&world, 2)),
        (vec!["Ann".to_owned()], vec!["Ann".to_owned()])
    );
    world.call(1, 2);
    for at in 0..3 {
        let tiles = world.view(at).call.tiles.clone();
        assert_eq!(tiles.len(), 2);
        assert!(
            tiles
                .iter()
                .all(|tile| tile.state == TileState::Connected && tile.camera && tile.microphone)
        );
    }
    let bea = world.id(1);
    world.wish(0, CallIntent::HangUp(bea));
    world.run_for(2_000);
    world.assert_apart(0, 1);
    world.assert_paired(0, 2);
    world.assert_paired(1, 2);
    assert!(
        world
            .view(1)
            .notices
            .iter()
            .any(|n| matches!(n.body, NoticeBody::CallEnded { .. }))
    );
    assert!(
        world.view(0).notices.is_empty(),
        "no notice to the user who hung up"
    );
}

#[test]
fn call_without_devices_continues_with_notices() {
    let mut world = World::of(&["Ann"], 6);
    world.arrive_with("Bea", Some(MediaError::NotAllowed));
    world.settle();
    world.call(0, 1);
    world.assert_paired(0, 1);
    let tile = &world.view(0).call.tiles[0];
    assert!(!tile.camera && !tile.microphone);
    let devices: Vec<_> = world
        .view(1)
        .notices
        .iter()
        .filter_map(|notice| match notice.body {
            NoticeBody::Media {
                device,
                error: MediaError::NotAllowed,
            } => Some(device),
            _ => None,
        })
        .collect();
    assert_eq!(devices, [Device::Microphone, Device::Camera]);
}

#[test]
fn devices_stay_as_they_were_before_the_call() {
    let mut world = World::of(&["Ann", "Bea"], 15);
    assert_eq!(
        world.people[0].open_devices,
        (true, true),
        "on since before joining"
    );
    world.call(0, 1);
    world.assert_paired(0, 1);
    world.wish(0, CallIntent::HangUpAll);
    world.settle();
    assert_eq!(world.people[0].open_devices, (true, true));
    world.wish(0, RoomIntent::Leave);
    world.settle();
    assert_eq!(world.people[0].open_devices, (false, false));
}

#[test]
fn microphone_is_metered_only_while_muted_in_a_call() {
    let mut world = World::of(&["Ann", "Bea"], 16);
    let talks = |world: &mut World| {
        for _ in 0..8 {
            world.report(0, Event::Devices(DeviceEvent::MicrophoneLevel(70)));
            world.run_for(250);
        }
        let told = |notice: &Notice| notice.body == NoticeBody::TalkingWhileMuted;
        world.view(0).notices.iter().any(told)
    };
    assert_eq!(world.people[0].metered, None, "not in a call");
    world.call(0, 1);
    assert_eq!(world.people[0].metered, None, "not muted");
    assert!(!talks(&mut world));
    world.wish(0, DeviceIntent::MuteMicrophone);
    assert_eq!(world.people[0].metered, Some(Duration::from_millis(250)));
    assert!(talks(&mut world));
    assert_eq!(world.view(0).level, 70);
    world.wish(0, DeviceIntent::UnmuteMicrophone);
    assert_eq!(world.people[0].metered, None);
    assert_eq!(*world.view(0).notices, [], "the notice is gone");
    world.wish(0, DeviceIntent::MuteMicrophone);
    world.wish(0, CallIntent::HangUpAll);
    world.settle();
    assert_eq!(world.people[0].metered, None, "not in a call any more");
}

#[test]
fn conference_links_all_and_hanging_up_stops_everything() {
    let mut world = World::of(&["Ann", "Bea", "Cy", "Dee"], 9);
    world.keep_quiet(2);
    for at in 0..4 {
        world.wish(at, CallIntent::JoinConference);
    }
    world.settle();
    for a in 0..4 {
        for b in 0..a {
            world.assert_paired(a, b);
        }
    }
    world.wish(2, CallIntent::HangUpAll);
    world.settle();
    assert!(names(&world, 2).is_empty() && !world.view(2).call.in_conference);
    assert_eq!(world.people[2].open_devices, (false, false));
    assert_eq!(world.people[2].browser.opened, 3);
    assert!(
        world
            .view(0)
            .call
            .tiles
            .iter()
            .all(|tile| tile.name.as_str() != "Cy")
    );
}

#[test]
fn call_survives_an_outage_and_chat_catches_up() {
    let mut world = World::of(&["Ann", "Bea"], 10);
    world.call(0, 1);
    let epoch = world.epoch(0, 1);
    world.offline = true;
    world.break_socket(0);
    world.run_for(3_000);
    world.wish(0, ChatIntent::Send("still here".to_owned()));
    let line = world.view(0).chat.lines.last().cloned().expect("the line");
    assert!(matches!(
        line.body,
        ChatBody::Text {
            delivery: Delivery::Pending,
            ..
        }
    ));
    assert_eq!(world.view(0).call.tiles[0].state, TileState::Connected);
    world.offline = false;
    world.settle();
    let said = |at: usize| {
        world.view(at).chat.lines.iter().filter(|l| matches!(&l.body, ChatBody::Text { text, delivery: Delivery::Delivered } if text == "still here")).count()
    };
    assert_eq!((said(0), said(1)), (1, 1));
    assert_eq!(world.epoch(0, 1), epoch, "the same connection all along");
}

#[test]
fn no_signal_is_sent_without_a_link() {
    for seed in 0..50 {
        let mut world = World::of(&["Ann", "Bea", "Cy"], seed);
        world.call(0, 1);
        world.settle();
        let server = world.server.as_ref().expect("a server");
        assert_eq!(server.refused_signals, 0);
    }
}

/// Restarts the server without its rooms, so that it knows no seats.
fn lose_seats(world: &mut World) {
    world.lose_rooms();
    world.kill(50);
}

#[test]
fn lost_seats_end_calls_but_the_conference_comes_back() {
    let mut world = World::of(&["Ann", "Bea"], 11);
    world.keep_quiet(0);
    world.keep_quiet(1);
    world.call(0, 1);
    lose_seats(&mut world);
    world.run_for(10_000);
    let (ann, bea) = (world.id(0), world.id(1));
    for at in 0..2 {
        assert!(world.view(at).call.tiles.is_empty());
        assert_eq!(world.people[at].open_devices, (false, false));
    }
    let lost = |world: &World, at: usize| {
        world
            .view(at)
            .notices
            .iter()
            .cloned()
            .find_map(|notice| match notice.body {
                NoticeBody::CallLost { peer, .. } => Some(peer),
                _ => None,
            })
    };
    // The user who comes back first does not see the other yet.
    assert!(lost(&world, 0) == Some(Some(bea)) || lost(&world, 1) == Some(Some(ann)));

    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    assert_eq!(
        (lost(&world, 0), lost(&world, 1)),
        (None, None),
        "they are in a call again"
    );
    lose_seats(&mut world);
    world.settle();
    world.assert_paired(0, 1);
}

#[test]
fn camera_off_during_the_peers_outage_is_known_after_it() {
    let mut world = World::of(&["Ann", "Bea"], 12);
    world.call(0, 1);
    world.break_socket(0);
    world.wish(1, DeviceIntent::StopCamera);
    world.settle();
    assert!(!world.view(0).call.tiles[0].camera);
    world.assert_paired(0, 1);
}

#[test]
fn refusal_without_subject_leaves_nothing_pending() {
    let mut world = World::of(&["Ann", "Bea"], 14);
    world.keep_quiet(0);
    world.keep_quiet(1);
    world.wish(0, CallIntent::JoinConference);
    let socket = call_core::SocketId(1);
    let refusal = protocol::ServerMessage::Error {
        code: protocol::ErrorCode::RateLimited,
        subject: None,
    };
    world.silence_socket(0);
    world.report(
        0,
        Event::Socket {
            socket,
            event: SocketEvent::Received(Ok(refusal)),
        },
    );
    world.run_for(100);
    assert_eq!(world.people[0].open_devices, (false, false));
    assert!(
        world
            .view(0)
            .notices
            .iter()
            .any(|n| n.body == NoticeBody::Refused(protocol::ErrorCode::RateLimited))
    );
}
