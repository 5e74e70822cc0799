//! One link by itself: who offers, and what it does about a connection that is not as it should be.

use super::*;

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
fn a_lost_connection_restarts_ice_then_asks_for_a_new_epoch_then_gives_up() {
    let mut link = link();
    link.open(vec![]);
    link.connection_changed(ConnectionState::Connected);
    link.connection_changed(ConnectionState::Disconnected);
    assert_eq!(link.tile_state(), TileState::Reconnecting);
    let Late::Mending(effects) = link.late(true) else {
        unreachable!("ICE is restarted first")
    };
    assert_eq!(
        effects[0],
        Effect::RestartIce {
            peer: PEER,
            epoch: Epoch(9)
        }
    );
    for _ in 0..TRIES {
        let Late::Mending(effects) = link.late(true) else {
            unreachable!("new epochs are tried")
        };
        assert_eq!(effects[0], restart());
    }
    assert_eq!(link.late(true), Late::GivenUp);
    assert_eq!(link.tile_state(), TileState::Failed);
    assert_eq!(link.retry()[0], restart());
}

#[test]
fn nothing_is_given_up_while_the_server_is_out_of_reach() {
    let mut link = link();
    link.open(vec![]);
    for _ in 0..20 {
        assert_eq!(link.late(false), Late::Mending(vec![]));
    }
    assert_eq!(link.resumed()[0], restart(), "when the server is back");
}
