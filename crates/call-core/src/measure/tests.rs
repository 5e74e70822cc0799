//! A core in a room with one connection, and what is looked at there.

use protocol::{ParticipantId, RoomName, SeatKey, UnixMillis, UserName, Welcome};

use super::*;
use crate::link::Link;
use crate::room::Room;
use crate::{ConnectionState, Event};

const PEER: ParticipantId = ParticipantId(2);
const EPOCH: Epoch = Epoch(7);

fn core() -> Core {
    let welcome = Welcome {
        version: protocol::VERSION,
        room: RoomName::parse("tea").expect("a name"),
        you: ParticipantId(1),
        seat: SeatKey("seat".to_owned()),
        resumed: false,
        participants: vec![],
        conference: vec![],
        invitations: vec![],
        links: vec![],
        messages: vec![],
        history_complete: true,
    };
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

fn give(core: &mut Core, now: u64, event: Event) -> Vec<Effect> {
    let moment = Moment {
        now: UnixMillis(now),
        random: 0,
    };
    core.handle(moment, event.into())
}

fn change(core: &mut Core, state: ConnectionState) -> Vec<Effect> {
    let event = Event::ConnectionChanged {
        peer: PEER,
        epoch: EPOCH,
        state,
    };
    give(core, 0, event)
}

fn begins(effects: &[Effect]) -> bool {
    effects.contains(&look_again(Timer::Levels, LEVELS))
}

#[test]
fn connections_are_looked_at_while_one_is_there_and_the_page_is_in_sight() {
    let mut core = core();
    assert!(!begins(&change(&mut core, ConnectionState::Connecting)));
    assert!(begins(&change(&mut core, ConnectionState::Connected)));
    let again = give(&mut core, 250, Event::TimerFired(Timer::Levels));
    assert_eq!(again, [Effect::MeasureLevels, look_again(Timer::Levels, LEVELS)]);

    let hidden = give(&mut core, 500, Event::PageHidden(true));
    assert!(hidden.contains(&Effect::StopTimer(Timer::Levels)));
    assert_eq!(
        give(&mut core, 750, Event::TimerFired(Timer::Levels)),
        [],
        "it was on its way"
    );
    assert!(begins(&give(&mut core, 1000, Event::PageHidden(false))));

    let lost = change(&mut core, ConnectionState::Failed);
    assert!(lost.contains(&Effect::StopTimer(Timer::Levels)));
}

#[test]
fn levels_of_an_earlier_attempt_and_of_a_microphone_that_is_off_count_for_nothing() {
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
    assert!(!hear(&mut core, EPOCH, 11_000), "the pause ends what was said");
}
