//! A core in a room with one link, and what is measured there.

use protocol::{ParticipantId, RoomName, SeatKey, UnixMillis, UserName, Welcome};

use super::*;
use crate::Moment;
use crate::link::Link;
use crate::room::Room;
use crate::{
    ConnectionState, Device, Energy, Event, OpenDevice, PageEvent, PeerEvent, RequestId, StageIntent,
    TrackSettings,
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
    effects.contains(&look_again(Timer::Levels, LEVELS)) && effects.contains(&Effect::MeasureQuality)
}

#[test]
fn connections_are_measured_while_connected_and_visible() {
    let mut core = core();
    assert!(!begins(&change(&mut core, ConnectionState::Connecting)));
    assert!(begins(&change(&mut core, ConnectionState::Connected)));
    let again = give(&mut core, 250, Event::TimerFired(Timer::Levels));
    assert_eq!(again, [Effect::MeasureLevels, look_again(Timer::Levels, LEVELS)]);

    let hidden = give(&mut core, 500, Event::Page(PageEvent::Hidden(true)));
    assert!(hidden.contains(&Effect::StopTimer(Timer::Levels)));
    assert_eq!(
        give(&mut core, 750, Event::TimerFired(Timer::Levels)),
        [],
        "it had fired already"
    );
    assert!(begins(&give(
        &mut core,
        1000,
        Event::Page(PageEvent::Hidden(false))
    )));

    let lost = change(&mut core, ConnectionState::Failed);
    assert!(lost.contains(&Effect::StopTimer(Timer::Levels)));
}

#[test]
fn levels_of_old_epochs_and_of_muted_peers_are_ignored() {
    let mut core = core();
    change(&mut core, ConnectionState::Connected);
    let hear = |core: &mut Core, epoch, from| {
        for now in [from, from + 250] {
            give(core, now, Event::LevelsMeasured(vec![(PEER, epoch, 0.5)]));
        }
        core.speakers.speaks(PEER)
    };
    assert!(!hear(&mut core, Epoch(6), 0));
    assert!(hear(&mut core, EPOCH, 1_000));
    let link = core.room.as_mut().and_then(|room| room.links.first_mut());
    link.expect("a link").microphone = false;
    hear(&mut core, EPOCH, 10_000);
    assert!(!hear(&mut core, EPOCH, 11_000), "the pause ends the speech");
}

/// Feeds a second of the user's own voice at this level, as the statistics of a connection report it.
fn voice(core: &mut Core, second: u32, loud: f64) {
    let energy = Energy {
        energy: f64::from(second) * loud * loud,
        seconds: f64::from(second),
    };
    let sample = Box::new(Sample {
        voice: Some(energy),
        ..Sample::default()
    });
    let event = Event::QualityMeasured {
        peer: PEER,
        epoch: EPOCH,
        sample,
    };
    give(core, u64::from(second) * 1000, event);
}

#[test]
fn user_speaks_when_loud_and_unmuted() {
    let mut core = core();
    change(&mut core, ConnectionState::Connected);
    let request = RequestId(1);
    core.media.unmute(&mut Turn::numbered(request));
    let microphone = OpenDevice {
        device: Device::Microphone,
        id: String::new(),
        label: String::new(),
        settings: TrackSettings::default(),
    };
    core.media.opened(request, vec![microphone]);
    voice(&mut core, 1, 0.3);
    assert!(!core.speakers.own_speaks(), "one sample gives no level");
    voice(&mut core, 2, 0.3);
    assert!(core.speakers.own_speaks());
    core.media.mute(&mut Turn::default(), true);
    voice(&mut core, 3, 0.3);
    assert!(!core.speakers.own_speaks());
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
