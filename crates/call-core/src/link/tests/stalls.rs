//! Tests of a link whose peer's sources stall.

use super::*;

/// A second in which the peer's camera is stalled on this page; `packets` have arrived from it so far.
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
    words(link.sampled(UnixMillis(second * 1_000), &sample))
}

/// The steps taken about a stall, in words.
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

/// A connected link whose peer sends its camera.
fn seeing() -> Driven<Link> {
    let mut link = link();
    link.open();
    link.connection_changed(ConnectionState::Connected);
    link.camera = true;
    link
}

#[test]
fn each_kind_of_refresh_is_granted_once_a_second() {
    let mut link = link();
    link.open();
    let mut ask = |number, seconds: u64, how| {
        let envelope = SignalEnvelope {
            number,
            seen: 0,
            signal: Some(Signal::Refresh {
                source: Source::Camera,
                how,
            }),
        };
        let effects = link.received(UnixMillis(seconds * 1000), envelope);
        let orders = effects.into_iter().filter(|effect| {
            matches!(
                effect,
                Effect::Peer {
                    order: PeerOrder::SendKeyFrames,
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
            order: PeerOrder::SendKeyFrames
        }]
    );
    assert_eq!(ask(2, 10, Refresh::KeyFrame), []);
    let reset = Effect::Peer {
        peer,
        epoch,
        order: PeerOrder::ResetTrack(Source::Camera),
    };
    assert_eq!(ask(3, 10, Refresh::Track), [reset], "another kind");
    assert_eq!(ask(4, 10, Refresh::Track), []);
}

#[test]
fn stalled_source_is_recovered_until_the_user_is_asked() {
    let mut link = seeing();
    let seconds = 1..=10;
    let done: Vec<_> = seconds
        .flat_map(|second| stands_still(&mut link, second, 50 * second))
        .collect();
    assert_eq!(done, ["key frame", "track", "offer", "epoch"]);
    assert_eq!(link.stall_count(), 1);
    // Steps that were taken are not repeated in the new epoch.
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
fn silent_connection_is_not_recovered_per_source() {
    let mut link = seeing();
    let seconds = 1..=14;
    let done: Vec<_> = seconds
        .flat_map(|second| stands_still(&mut link, second, 50))
        .collect();
    assert_eq!(
        done,
        ["key frame", "track"],
        "until media has been missing for some seconds"
    );
}

#[test]
fn disconnection_is_no_stall() {
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
fn stalled_screen_audio_is_recovered() {
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
        done.extend(words(link.sampled(UnixMillis(second * 1_000), &sample)));
    }
    assert_eq!(done, ["track"]);
}
