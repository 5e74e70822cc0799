//! A core in a call with two peers: what it tells them, and how it encodes for them.

use protocol::{
    Epoch, ParticipantId, RoomName, SeatKey, Signal, SignalEnvelope, Source, UnixMillis, UserName, Welcome,
};

use super::*;
use crate::link::Link;
use crate::room::Room;
use crate::{
    ConnectionState, Device, Effect, Encoding, Event, Input, Moment, OpenDevice, PageEvent, PeerEvent,
    RequestId, StageIntent, TrackSettings, Video,
};

const BEA: ParticipantId = ParticipantId(2);
const CAM: ParticipantId = ParticipantId(3);
const EPOCH: Epoch = Epoch(7);

/// The core, at some second.
struct Page(Core, u64);

impl Page {
    /// A page with the camera on, connected with two peers whose channels are open.
    fn new() -> Self {
        let name = RoomName::parse("tea").expect("a name");
        let welcome = Welcome::new(name, ParticipantId(1), SeatKey("seat".to_owned()));
        let mut room = Room::new(UserName::parse("Ann").expect("a name"), &welcome);
        for peer in [BEA, CAM] {
            let link = protocol::Link { peer, epoch: EPOCH };
            room.links.push(Link::new(room.you, link));
        }
        let mut core = Core::default();
        core.room = Some(room);
        let request = RequestId(1);
        core.media.start_camera(&mut Turn::numbered(request));
        let camera = OpenDevice {
            device: Device::Camera,
            id: String::new(),
            label: String::new(),
            settings: TrackSettings::default(),
        };
        core.media.opened(request, vec![camera]);
        let mut page = Self(core, 100);
        for peer in [BEA, CAM] {
            page.peer(peer, PeerEvent::ConnectionChanged(ConnectionState::Connected));
            page.peer(peer, PeerEvent::ChannelChanged(true));
        }
        page
    }

    fn give(&mut self, input: impl Into<Input>) -> Vec<Effect> {
        let moment = Moment {
            now: UnixMillis(self.1 * 1000),
            random: 0,
        };
        self.0.handle(moment, input.into())
    }

    fn peer(&mut self, peer: ParticipantId, event: PeerEvent) -> Vec<Effect> {
        self.give(Event::Peer {
            peer,
            epoch: EPOCH,
            event,
        })
    }

    /// A peer tells how many lines it shows of the camera.
    fn shows(&mut self, peer: ParticipantId, camera: u32) -> Vec<Effect> {
        self.1 += 1;
        let signal = Signal::Shown { camera, screen: 0 };
        self.peer(
            peer,
            PeerEvent::DataChannelMessage(SignalEnvelope {
                signal: Some(signal),
                ..SignalEnvelope::default()
            }),
        )
    }

    /// A sample of the connection with a peer is taken.
    fn measured(&mut self, peer: ParticipantId, sample: crate::Sample) -> Vec<Effect> {
        self.give(Event::QualityMeasured {
            peer,
            epoch: EPOCH,
            sample: Box::new(sample),
        })
    }

    fn show(&mut self, width: f64, height: f64) -> Vec<Effect> {
        let gap = 8.0;
        let area = Area { width, height, gap };
        self.give(StageIntent::Show { area, density: 1.0 })
    }
}

/// What the peers are told over their channels that is shown of their cameras.
fn told(effects: &[Effect]) -> Vec<(ParticipantId, u32)> {
    let told = effects.iter().filter_map(|effect| {
        if let Effect::Peer { peer, order, .. } = effect
            && let PeerOrder::SendOnDataChannel(envelope) = order
            && let Some(Signal::Shown { camera, .. }) = envelope.signal
        {
            Some((*peer, camera))
        } else {
            None
        }
    });
    told.collect()
}

/// For whom the camera is encoded in another way from now on.
fn limits(effects: &[Effect]) -> Vec<(ParticipantId, Option<u32>)> {
    let limits = effects.iter().filter_map(|effect| {
        if let Effect::Peer { peer, order, .. } = effect
            && let PeerOrder::LimitVideo(Video::Camera, encoding) = order
        {
            Some((*peer, encoding.map(|encoding| encoding.lines.unwrap_or(720))))
        } else {
            None
        }
    });
    limits.collect()
}

#[test]
fn peers_are_told_the_size_of_their_tiles() {
    let mut page = Page::new();
    assert_eq!(told(&page.show(640.0, 400.0)), [(BEA, 210), (CAM, 210)]);
    assert_eq!(told(&page.show(642.0, 401.0)), [], "hardly larger");
    let pinned = page.give(StageIntent::Pin(crate::TileKey::Face(CAM)));
    assert_eq!(told(&pinned), [(CAM, 420)]);
}

#[test]
fn peers_are_told_that_nothing_is_shown_while_the_page_is_hidden() {
    let mut page = Page::new();
    page.show(640.0, 400.0);
    let hidden = page.give(Event::Page(PageEvent::Hidden(true)));
    assert_eq!(told(&hidden), [(BEA, 0), (CAM, 0)]);
    let beside = page.give(Event::Page(PageEvent::SeenOutside(true)));
    assert_eq!(told(&beside), [(BEA, 210), (CAM, 210)], "in a window of its own");
    page.give(Event::Page(PageEvent::SeenOutside(false)));
    let shown = page.give(Event::Page(PageEvent::Hidden(false)));
    assert_eq!(told(&shown), [(BEA, 210), (CAM, 210)]);
    assert_eq!(
        told(&page.show(0.0, 0.0)),
        [(BEA, 0), (CAM, 0)],
        "another page of the app"
    );
}

#[test]
fn peer_is_told_again_over_a_new_channel() {
    let mut page = Page::new();
    page.show(640.0, 400.0);
    page.peer(BEA, PeerEvent::ChannelChanged(false));
    let reopened = page.peer(BEA, PeerEvent::ChannelChanged(true));
    assert_eq!(told(&reopened), [(BEA, 210)]);
}

#[test]
fn each_peer_gets_the_size_that_it_shows() {
    let mut page = Page::new();
    assert_eq!(limits(&page.shows(BEA, 180)), [(BEA, Some(180))]);
    assert_eq!(limits(&page.shows(CAM, 0)), [(CAM, None)]);
    assert_eq!(limits(&page.shows(BEA, 720)), [(BEA, Some(720))]);
    assert_eq!(limits(&page.shows(CAM, 0)), []);
}

#[test]
fn peer_without_a_channel_gets_the_whole_picture() {
    let mut page = Page::new();
    page.shows(BEA, 180);
    page.1 += 1;
    let closed = page.peer(BEA, PeerEvent::ChannelChanged(false));
    assert_eq!(limits(&closed), [(BEA, Some(720))]);
}

#[test]
fn change_that_waits_is_made_when_its_time_has_come() {
    let mut page = Page::new();
    page.shows(BEA, 180);
    page.1 -= 1;
    let waits = page.shows(BEA, 360);
    assert_eq!(limits(&waits), []);
    let timer = Timer::Uplink;
    assert!(
        waits
            .iter()
            .any(|effect| matches!(effect, Effect::StartTimer { timer: of, .. } if *of == timer))
    );
    page.1 += 1;
    assert_eq!(limits(&page.give(Event::TimerFired(timer))), [(BEA, Some(360))]);
}

#[test]
fn peer_is_not_asked_to_mend_what_it_was_told_not_to_send() {
    let mut page = Page::new();
    let media = |number, paused| {
        let signal = Signal::Media {
            camera: true,
            microphone: false,
            screen: false,
            paused,
        };
        PeerEvent::DataChannelMessage(SignalEnvelope {
            number,
            seen: 0,
            signal: Some(signal),
        })
    };
    page.show(640.0, 400.0);
    page.peer(BEA, media(1, Vec::new()));
    let asks = |page: &mut Page| {
        let mut asked = 0;
        for _ in 0..8 {
            page.1 += 1;
            let sample = crate::Sample {
                playing: [(Source::Camera, 10)].into(),
                inbound: [(Source::Camera, crate::Inbound::default())].into(),
                ..crate::Sample::default()
            };
            let effects = page.measured(BEA, sample);
            asked += effects
                .iter()
                .filter(|effect| {
                    matches!(
                        effect,
                        Effect::Peer { order: PeerOrder::SendOnDataChannel(envelope), .. }
                            if matches!(envelope.signal, Some(Signal::Refresh { .. }))
                    )
                })
                .count();
        }
        asked
    };
    page.show(0.0, 0.0);
    assert_eq!(asks(&mut page), 0, "not shown");
    page.show(640.0, 400.0);
    page.peer(BEA, media(2, vec![Source::Camera]));
    assert_eq!(asks(&mut page), 0, "held back by its network");
    page.peer(BEA, media(3, Vec::new()));
    assert!(asks(&mut page) > 0, "should play");
}

#[test]
fn one_connection_at_a_time_tries_more() {
    let mut page = Page::new();
    let mut rises = Vec::new();
    for second in 0..40_u32 {
        page.1 += 1;
        for peer in [BEA, CAM] {
            let stream = crate::Outbound {
                picture: Some(crate::Picture {
                    width: 1280,
                    height: 720,
                    pace: 24,
                }),
                ..crate::Outbound::default()
            };
            let sample = crate::Sample {
                outbound: [(Source::Camera, stream)].into(),
                available: Some(crate::Kbps(if second < 10 { 300 } else { 5000 })),
                ..crate::Sample::default()
            };
            let effects = page.measured(peer, sample);
            let whole = limits(&effects)
                .into_iter()
                .filter(|(_, lines)| *lines == Some(720));
            rises.extend(whole.map(|(peer, _)| (peer, second)));
        }
    }
    let first = |peer| {
        rises
            .iter()
            .find(|(of, _)| *of == peer)
            .map(|(_, second)| *second)
    };
    let (Some(bea), Some(cam)) = (first(BEA), first(CAM)) else {
        panic!("not both get the whole picture again: {rises:?}");
    };
    assert!(bea.abs_diff(cam) >= 4, "{rises:?}");
}

#[test]
fn busy_device_encodes_smaller_pictures_until_it_is_free_again() {
    let mut page = Page::new();
    page.shows(BEA, 360);
    page.shows(CAM, 360);
    let seconds = |page: &mut Page, seconds: u64| {
        let mut limited = Vec::new();
        for _ in 0..seconds {
            page.1 += 1;
            limited.extend(limits(&page.measured(BEA, crate::Sample::default())));
        }
        limited
    };
    assert_eq!(seconds(&mut page, 20), []);
    page.give(Event::Page(PageEvent::ProcessorBusy(true)));
    assert_eq!(seconds(&mut page, 60), [(BEA, Some(270)), (CAM, Some(270))]);
    page.give(Event::Page(PageEvent::ProcessorBusy(false)));
    assert_eq!(seconds(&mut page, 60), [(BEA, Some(360)), (CAM, Some(360))]);
}

#[test]
fn strained_device_encodes_smaller_pictures() {
    let mut page = Page::new();
    let mut smallest = Some(720);
    for second in 1..20_u32 {
        page.1 += 1;
        let stream = crate::Outbound {
            encoding: Duration::from_millis(900) * second,
            ..crate::Outbound::default()
        };
        let sample = crate::Sample {
            outbound: [(Source::Camera, stream)].into(),
            ..crate::Sample::default()
        };
        let effects = page.measured(BEA, sample);
        let to_cam = limits(&effects).into_iter().filter(|(peer, _)| *peer == CAM);
        smallest = to_cam.map(|(_, lines)| lines).fold(smallest, Option::min);
    }
    assert!(smallest < Some(540), "{smallest:?}");
    assert!(smallest > None, "but none is paused");
    assert_eq!(Encoding::full(Video::Camera).lines, None);
}
