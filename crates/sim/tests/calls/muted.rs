//! Tracks muted by the system: a switch on a headset, a phone call, another program.

use call_core::{CallIntent, Device, DeviceEvent, DeviceIntent, Event, NoticeBody, SocketEvent, SocketId};
use protocol::ServerMessage;

use sim::World;

fn call() -> World {
    let mut world = World::of(&["Ann", "Bea"], 1);
    world.wish(0, CallIntent::JoinConference);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    world.assert_paired(0, 1);
    world
}

fn mutes(world: &mut World, device: Device, muted: bool) {
    world.report(0, Event::Devices(DeviceEvent::Muted { device, muted }));
    world.run_for(3_000);
}

/// What Bea's page shows of Ann, as `(camera, microphone)`.
fn seen(world: &World) -> (bool, bool) {
    let tile = &world.view(1).call.tiles[0];
    (tile.camera, tile.microphone)
}

fn told(world: &World, device: Device) -> bool {
    let notices = world.view(0).notices.clone();
    notices
        .iter()
        .any(|notice| notice.body == NoticeBody::MutedBySystem(device))
}

#[test]
fn muted_track_is_shown_as_off_and_the_user_notified() {
    let mut world = call();
    assert_eq!(seen(&world), (true, true));
    mutes(&mut world, Device::Microphone, true);
    assert_eq!(seen(&world), (true, false));
    assert!(told(&world, Device::Microphone));
    mutes(&mut world, Device::Camera, true);
    assert_eq!(seen(&world), (false, false));
    assert!(told(&world, Device::Camera));

    mutes(&mut world, Device::Microphone, false);
    mutes(&mut world, Device::Camera, false);
    assert_eq!(seen(&world), (true, true));
    assert!(!told(&world, Device::Microphone) && !told(&world, Device::Camera));
}

#[test]
fn muted_user_gets_no_notice_of_a_system_mute() {
    let mut world = call();
    world.wish(0, DeviceIntent::MuteMicrophone);
    mutes(&mut world, Device::Microphone, true);
    assert!(!told(&world, Device::Microphone));
    assert_eq!(seen(&world), (true, false));
    mutes(&mut world, Device::Microphone, false);
    assert_eq!(seen(&world), (true, false), "still muted by the user");
}

#[test]
fn later_member_sees_a_muted_track_as_off() {
    let mut world = World::of(&["Ann", "Bea"], 2);
    world.wish(0, CallIntent::JoinConference);
    world.settle();
    mutes(&mut world, Device::Microphone, true);
    world.wish(1, CallIntent::JoinConference);
    world.settle();
    assert_eq!(seen(&world), (true, false));
}

#[test]
fn unmuting_clears_a_moderators_notice() {
    let mut world = call();
    let (ann, bea) = (world.id(0), world.id(1));
    let muted = ServerMessage::ParticipantMuted {
        participant: ann,
        by: bea,
    };
    let (socket, message) = (SocketId(1), Ok(muted));
    world.report(
        0,
        Event::Socket {
            socket,
            event: SocketEvent::Received(message),
        },
    );
    world.run_for(1_000);
    let says = |world: &World| {
        let notices = world.view(0).notices.iter().cloned();
        notices
            .filter(|notice| matches!(notice.body, NoticeBody::Muted { .. }))
            .count()
    };
    assert_eq!((says(&world), seen(&world)), (1, (true, false)));
    world.wish(0, DeviceIntent::UnmuteMicrophone);
    world.run_for(1_000);
    assert_eq!((says(&world), seen(&world)), (0, (true, true)));
}
