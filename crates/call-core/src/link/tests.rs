//! One link by itself: who offers, and what it does about a connection that is not as it should be.

use super::*;
use crate::source::Sending;

const YOU: ParticipantId = ParticipantId(1);
const PEER: ParticipantId = ParticipantId(2);

fn link() -> Link {
    Link::new(
        YOU,
        protocol::Link {
            peer: PEER,
            epoch: Epoch(9),
        },
    )
}

fn restart() -> Effect {
    Effect::Send(ClientMessage::RestartLink {
        peer: PEER,
        epoch: Epoch(9),
    })
}

#[test]
fn the_lesser_id_offers_and_the_greater_waits_for_the_offer() {
    let opens = |you: u64| {
        let effects = Link::new(
            ParticipantId(you),
            protocol::Link {
                peer: PEER,
                epoch: Epoch(9),
            },
        )
        .open(vec![]);
        effects.into_iter().find_map(|effect| match effect {
            Effect::OpenPeer { offers, .. } => Some(offers),
            _ => None,
        })
    };
    assert_eq!(opens(1), Some(true));
    assert_eq!(opens(3), Some(false));
}

#[test]
fn a_lost_connection_restarts_ice_then_asks_for_new_epochs_then_the_user() {
    let mut link = link();
    link.open(vec![]);
    link.connection_changed(ConnectionState::Connected);
    link.connection_changed(ConnectionState::Disconnected);
    assert_eq!(link.tile_state(), TileState::Reconnecting);
    let restart_ice = Effect::RestartIce {
        peer: PEER,
        epoch: Epoch(9),
        ice_servers: vec![],
    };
    for _ in 0..2 {
        assert_eq!(link.late(true)[0], restart_ice);
    }
    for _ in 0..3 {
        assert_eq!(link.late(true)[0], restart());
        let next = protocol::Link {
            peer: PEER,
            epoch: Epoch(9),
        };
        link = link.renewed(YOU, next);
        link.open(vec![]);
    }
    assert_eq!(link.take_failure(), None);
    link.late(true);
    assert_eq!(link.tile_state(), TileState::Failed);
    assert_eq!(link.take_failure(), Some(LinkTrouble::NoWay));
    assert_eq!(link.take_failure(), None, "it is told once");
    assert_eq!(link.retry()[0], restart());
}

#[test]
fn nothing_is_given_up_while_the_server_is_out_of_reach() {
    let mut link = link();
    link.open(vec![]);
    for _ in 0..20 {
        assert_eq!(link.late(false), []);
    }
    let said = link.resumed();
    assert!(said.contains(&restart()), "when the server is back: {said:?}");
}

#[test]
fn what_is_said_goes_past_the_server_too_while_there_is_a_channel() {
    let mut link = link();
    link.open(vec![]);
    let past = |effects: &[Effect]| {
        let past = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::SendPast { .. }));
        past.count()
    };
    assert_eq!(past(&link.tell_media(Sending::default())), 0);
    let said = link.channel_changed(true);
    assert_eq!(past(&said), 1, "what was not seen is said again: {said:?}");
    assert_eq!(past(&link.tell_media(Sending::default())), 1);
    link.channel_changed(false);
    assert_eq!(past(&link.tell_media(Sending::default())), 0);
}
