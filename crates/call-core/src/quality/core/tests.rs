//! A core in a room with one link, and what is measured there.

use protocol::{ParticipantId, RoomName, SeatKey, Signal, SignalEnvelope, UnixMillis, UserName, Welcome};

use super::*;
use crate::Moment;
use crate::link::Link;
use crate::room::Room;
use crate::{
    ConnectionState, Device, Energy, Event, Inbound, OpenDevice, PageEvent, PeerEvent, PeerOrder, RequestId,
    StageIntent, TrackSettings,
};

const PEER: ParticipantId = ParticipantId(2);
const EPOCH: Epoch = Epoch(7);

fn core() -> Core {
    let welcome = Welcome::new(
        RoomName::parse("tea").expect("a name"),
        ParticipantId(1),
        SeatKey("seat".to_owned()),
    );
    let mut room = Room::new(UserName::parse("Ann").expect("a name"), &welcome);
    let mut link = Link::new(
        room.you,
        protocol::Link {
            peer: PEER,
            epoch: EPOCH,
        },
    );
    link.microphone = true;
    room.links.push(link);
    let mut core = Core::default();
    core.room = Some(room);
    core
}

fn look_again(timer: Timer, after: Duration) -> Effect {
    Effect::StartTimer { timer, after }
}

fn give(core: &mut Core, now: u64, event: Event) -> Vec<Effect> {
    let moment = Moment {
        now: UnixMillis(now),
        random: 0,
    };
    core.handle(moment, event.into())
}

fn change(core: &mut Core, state: ConnectionState) -> Vec<Effect> {
    let event = Event::Peer {
        peer: PEER,
        epoch: EPOCH,
        event: PeerEvent::ConnectionChanged(state),
    };
    give(core, 0, event)
}

fn begins(effects: &[Effect]) -> bool {
    effects.contains(&look_again(Timer::Quality, TICK)) && effects.contains(&Effect::LookAtPlayback)
}

/// The page shows this number of frames of the peer's camera; returns whether statistics are collected.
fn is_measured(core: &mut Core, now: u64, epoch: Epoch, frames: u64) -> bool {
    let seen = vec![(PEER, epoch, [(Source::Camera, frames)].into())];
    let measures = Effect::Peer {
        peer: PEER,
        epoch: EPOCH,
        order: PeerOrder::MeasureQuality,
    };
    give(core, now, Event::PlaybackSeen(seen)).contains(&measures)
}

#[test]
fn page_is_looked_at_while_connected_and_visible() {
    let mut core = core();
    assert!(!begins(&change(&mut core, ConnectionState::Connecting)));
    assert!(begins(&change(&mut core, ConnectionState::Connected)));
    assert!(begins(&give(&mut core, 1_000, Event::TimerFired(Timer::Quality))));

    let hidden = give(&mut core, 1_500, Event::Page(PageEvent::Hidden(true)));
    assert!(hidden.contains(&Effect::StopTimer(Timer::Quality)));
    let fired = give(&mut core, 2_000, Event::TimerFired(Timer::Quality));
    assert_eq!(fired, [], "it had fired already");
    let shown = give(&mut core, 2_500, Event::Page(PageEvent::Hidden(false)));
    assert!(begins(&shown));

    let lost = change(&mut core, ConnectionState::Failed);
    assert!(lost.contains(&Effect::StopTimer(Timer::Quality)));
}

#[test]
fn statistics_are_collected_where_they_are_due() {
    let mut core = core();
    change(&mut core, ConnectionState::Connected);
    assert!(!is_measured(&mut core, 1_000, Epoch(6), 10), "of an old epoch");
    assert!(is_measured(&mut core, 1_000, EPOCH, 10));
    let link = core.room.as_ref().and_then(|room| room.links.first());
    assert!(!link.expect("a link").quality.is_good(), "nothing is known yet");
    assert!(is_measured(&mut core, 2_000, EPOCH, 20));
}

#[test]
fn inspected_link_is_measured_every_second() {
    let mut core = healthy();
    let measured = |core: &mut Core, from: u64| {
        let seconds = from..from + 10;
        let measured = seconds.filter(|second| {
            let taken = is_measured(core, second * 1_000, EPOCH, second * 10);
            if taken {
                sample(core, *second);
            }
            taken
        });
        measured.count()
    };
    assert_eq!(measured(&mut core, 20), 2, "all is well");
    let moment = Moment::default();
    core.handle(moment, StageIntent::InspectConnection(Some(PEER)).into());
    assert_eq!(measured(&mut core, 30), 10);
}

/// A core whose link has been sampled for 20 seconds, and is well.
fn healthy() -> Core {
    let mut core = core();
    change(&mut core, ConnectionState::Connected);
    for second in 0..20 {
        if is_measured(&mut core, second * 1_000, EPOCH, second * 10) {
            sample(&mut core, second);
        }
    }
    core
}

/// The statistics of a link on which the peer's microphone arrives.
fn sample(core: &mut Core, second: u64) {
    let inbound = Inbound {
        packets: second * 50,
        decoded: Some(second * 48_000),
        ..Inbound::default()
    };
    let sample = Box::new(Sample {
        round_trip: Some(Duration::from_millis(20)),
        inbound: [(Source::Microphone, inbound)].into(),
        playing: [(Source::Microphone, 0)].into(),
        ..Sample::default()
    });
    let event = Event::QualityMeasured {
        peer: PEER,
        epoch: EPOCH,
        sample,
    };
    give(core, second * 1_000, event);
}

/// The peer tells over the data channel whether it is speaking.
fn peer_tells(core: &mut Core, speaking: bool) -> bool {
    let envelope = SignalEnvelope {
        number: 0,
        seen: 0,
        signal: Some(Signal::Speaking { speaking }),
    };
    let event = PeerEvent::DataChannelMessage(envelope);
    give_peer(core, 5_000, event);
    core.speakers.speaks(PEER)
}

fn give_peer(core: &mut Core, now: u64, event: PeerEvent) -> Vec<Effect> {
    let (peer, epoch) = (PEER, EPOCH);
    give(core, now, Event::Peer { peer, epoch, event })
}

#[test]
fn peer_speaks_while_it_says_so_and_can_be_heard() {
    let mut core = core();
    assert!(!peer_tells(&mut core, true), "not connected");
    change(&mut core, ConnectionState::Connected);
    assert!(peer_tells(&mut core, true));
    assert!(!peer_tells(&mut core, false));
    assert!(peer_tells(&mut core, true));
    give_peer(&mut core, 5_100, PeerEvent::ChannelChanged(false));
    assert!(!core.speakers.speaks(PEER), "it cannot tell any longer");
    let link = core.room.as_mut().and_then(|room| room.links.first_mut());
    link.expect("a link").microphone = false;
    assert!(!peer_tells(&mut core, true), "muted");
}

/// Measures the user's voice every 250 ms at this level; returns what the peer is told.
fn voice(core: &mut Core, times: std::ops::Range<u32>, loud: f64) -> Vec<bool> {
    let mut told = Vec::new();
    for time in times {
        let seconds = f64::from(time) / 4.0;
        let energy = Energy {
            energy: seconds * loud * loud,
            seconds,
        };
        for effect in give(core, u64::from(time) * 250, Event::VoiceMeasured(Some(energy))) {
            if let Effect::Peer {
                order: PeerOrder::SendOnDataChannel(envelope),
                ..
            } = effect
            {
                told.extend(
                    envelope
                        .signal
                        .map(|signal| signal == Signal::Speaking { speaking: true }),
                );
            }
        }
    }
    told
}

#[test]
fn peers_are_told_that_the_user_speaks() {
    let mut core = core();
    let request = RequestId(1);
    core.media.unmute(&mut Turn::numbered(request));
    let microphone = OpenDevice {
        device: Device::Microphone,
        id: String::new(),
        label: String::new(),
        settings: TrackSettings::default(),
    };
    core.media.opened(request, vec![microphone]);
    let connected = change(&mut core, ConnectionState::Connected);
    assert!(connected.contains(&Effect::MeasureVoice));
    assert_eq!(voice(&mut core, 0..4, 0.3), [false; 0], "there is no channel yet");
    assert!(core.voice.speaks());
    let opened = give_peer(&mut core, 1_000, PeerEvent::ChannelChanged(true));
    assert!(opened.iter().any(|effect| matches!(
        effect,
        Effect::Peer {
            order: PeerOrder::SendOnDataChannel(_),
            ..
        }
    )));
    assert_eq!(voice(&mut core, 5..12, 0.0), [false], "told once");
    assert_eq!(voice(&mut core, 12..20, 0.3), [true]);
    core.media.mute(&mut Turn::default(), true);
    let muted = give(&mut core, 5_250, Event::TimerFired(Timer::Voice));
    assert!(!core.voice.speaks());
    assert!(muted.contains(&Effect::StopTimer(Timer::Voice)));
}

#[test]
fn inspection_ends_with_the_link() {
    let mut core = core();
    change(&mut core, ConnectionState::Connected);
    let look = |core: &mut Core| {
        let moment = Moment::default();
        core.handle(moment, StageIntent::InspectConnection(Some(PEER)).into());
        *core.inspected
    };
    assert_eq!(look(&mut core), Some(PEER));
    if let Some(room) = &mut core.room {
        room.links.clear();
    }
    assert_eq!(look(&mut core), None);
}
