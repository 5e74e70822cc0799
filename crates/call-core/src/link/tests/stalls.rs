//! Sources that stand still.

use super::*;

/// A second in which a peer's camera, which is sent, stands still on the page; so many packets have come of it.
fn stands_still(link: &mut Driven<Link>, second: u64, packets: u64) -> Vec<&'static str> {
    let camera = crate::Inbound {
        packets,
        frames: packets,
        ..crate::Inbound::default()
    };
    let sample = Sample {
        inbound: [(Source::Camera, camera)].into(),
        playing: [(Source::Camera, 7)].into(),
        ..Sample::default()
    };
    words(link.looked(UnixMillis(second * 1_000), &sample))
}

/// What is done about a stall, in words.
fn words(effects: Vec<Effect>) -> Vec<&'static str> {
    let word = |effect| match effect {
        Effect::Socket(SocketOrder::Send(ClientMessage::Signal { signal, .. })) => match signal.signal {
            Some(Signal::Refresh { how, .. }) => Some(match how {
                Refresh::KeyFrame => "key frame",
                Refresh::Track => "track",
            }),
            _ => None,
        },
        Effect::Peer {
            order: PeerOrder::SetLocalDescription(_),
            ..
        } => Some("offer"),
        Effect::Socket(SocketOrder::Send(ClientMessage::RestartLink { .. })) => Some("epoch"),
        _ => None,
    };
    effects.into_iter().filter_map(word).collect()
}

/// Connected, to somebody who says that they send a camera.
fn seeing() -> Driven<Link> {
    let mut link = link();
    link.open();
    link.connection_changed(ConnectionState::Connected);
    link.camera = true;
    link
}

#[test]
fn each_kind_of_refresh_is_met_once_a_second() {
    let mut link = link();
    link.open();
    let mut ask = |number, seconds: u64, how| {
        let parcel = Parcel {
            number,
            seen: 0,
            signal: Some(Signal::Refresh {
                source: Source::Camera,
                how,
            }),
        };
        let effects = link.received(UnixMillis(seconds * 1000), parcel);
        let orders = effects.into_iter().filter(|effect| {
            matches!(
                effect,
                Effect::Peer {
                    order: PeerOrder::RefreshPictures,
                    ..
                } | Effect::Peer {
                    order: PeerOrder::ResetTrack(_),
                    ..
                }
            )
        });
        orders.collect::<Vec<_>>()
    };
    let (peer, epoch) = (PEER, Epoch(9));
    assert_eq!(
        ask(1, 10, Refresh::KeyFrame),
        [Effect::Peer {
            peer,
            epoch,
            order: PeerOrder::RefreshPictures
        }]
    );
    assert_eq!(ask(2, 10, Refresh::KeyFrame), []);
    let reset = Effect::Peer {
        peer,
        epoch,
        order: PeerOrder::ResetTrack(Source::Camera),
    };
    assert_eq!(ask(3, 10, Refresh::Track), [reset], "another step");
    assert_eq!(ask(4, 10, Refresh::Track), []);
}

#[test]
fn source_that_stands_still_is_mended_until_the_user_is_asked() {
    let mut link = seeing();
    let seconds = 1..=10;
    let done: Vec<_> = seconds
        .flat_map(|second| stands_still(&mut link, second, 50 * second))
        .collect();
    assert_eq!(done, ["key frame", "track", "offer", "epoch"]);
    assert_eq!(link.stall_count(), 1);
    // The steps that were taken are not taken again in the new epoch.
    let mut link = link.renewed(Epoch(10));
    link.open();
    link.connection_changed(ConnectionState::Connected);
    let seconds = 12..=22;
    let done: Vec<_> = seconds
        .flat_map(|second| stands_still(&mut link, second, 50 * second))
        .collect();
    assert_eq!(done, [""; 0]);
    let stalls = link.stalls();
    assert!(
        matches!(stalls[..], [StallView { given_up: true, .. }]),
        "{stalls:?}"
    );
    assert_eq!(words(link.retry()), ["epoch"]);
}

#[test]
fn connection_that_brings_nothing_is_not_mended_source_by_source() {
    let mut link = seeing();
    let seconds = 1..=14;
    let done: Vec<_> = seconds
        .flat_map(|second| stands_still(&mut link, second, 50))
        .collect();
    assert_eq!(
        done,
        ["key frame", "track"],
        "until nothing has come for some seconds"
    );
}

#[test]
fn break_of_the_connection_is_no_stall() {
    let mut link = seeing();
    for (second, state) in [
        (1, ConnectionState::Connected),
        (2, ConnectionState::Connected),
        (3, ConnectionState::Disconnected),
        (4, ConnectionState::Disconnected),
        (5, ConnectionState::Connected),
    ] {
        link.connection_changed(state);
        let done = stands_still(&mut link, second, 50 * second);
        assert_eq!(done, [""; 0], "{second}");
    }
}

#[test]
fn sound_of_a_screen_that_stands_still_is_mended() {
    let mut link = link();
    link.open();
    link.connection_changed(ConnectionState::Connected);
    link.screen = true;
    let mut done = Vec::new();
    for second in 1..=3 {
        let sound = crate::Inbound {
            packets: 50 * second,
            decoded: Some(7),
            ..crate::Inbound::default()
        };
        let screen = crate::Inbound {
            packets: 50 * second,
            ..crate::Inbound::default()
        };
        let sample = Sample {
            inbound: [(Source::ScreenSound, sound), (Source::Screen, screen)].into(),
            playing: [(Source::ScreenSound, 0)].into(),
            ..Sample::default()
        };
        done.extend(words(link.looked(UnixMillis(second * 1_000), &sample)));
    }
    assert_eq!(done, ["track"]);
}
