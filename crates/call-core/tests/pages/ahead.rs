//! The connection that is made ahead of a call.

use call_core::{ApiAnswer, ApiCall, CallIntent, DeviceIntent, Effect, NewConnection, PeerOrder, RoomIntent};
use protocol::http::{IceServer, IceServers};
use protocol::{Epoch, InvitationId, InvitationOutcome, Link, LinkCloseReason, ParticipantId, ServerMessage};

use crate::page::{self, Page, ann, api_call, joins, welcome};

/// In the room `r` the user has id 1, and so makes the first offer to all others.
const BEA: ParticipantId = ParticipantId(2);
const CAM: ParticipantId = ParticipantId(3);

/// The user's page beside two others, with ICE servers.
fn page() -> Page {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    assert_eq!(api_call(&effects), None);
    let (request, call) = page.deed(RoomIntent::EnterPrepared);
    assert!(matches!(call, ApiCall::FetchIceServers(_)), "{call:?}");
    page.answers(request, Ok(ApiAnswer::IceServers(servers("stun:a"))));
    page.says_hello();
    page.hears(welcome());
    for (id, name) in [(BEA, "Bea"), (CAM, "Cam")] {
        page.hears(joins(id, name));
    }
    page
}

fn servers(url: &str) -> IceServers {
    IceServers {
        ice_servers: vec![server(url)],
        expires_in_seconds: None,
    }
}

fn server(url: &str) -> IceServer {
    IceServer {
        urls: vec![url.to_owned()],
        username: None,
        credential: None,
    }
}

/// The orders to have a connection ready, or none.
fn prepared(effects: &[Effect]) -> Vec<Option<NewConnection>> {
    let orders = effects.iter().filter_map(|effect| match effect {
        Effect::Prepare(preparation) => Some(preparation.clone()),
        _ => None,
    });
    orders.collect()
}

fn wanted() -> NewConnection {
    NewConnection {
        offers: true,
        ice_servers: vec![server("stun:a")],
        relay_only: false,
    }
}

fn rings(from: ParticipantId, to: ParticipantId) -> ServerMessage {
    page::rings(from.0, from, to)
}

fn ends(from: ParticipantId, outcome: InvitationOutcome) -> ServerMessage {
    ServerMessage::InvitationEnded {
        invitation: InvitationId(from.0),
        outcome,
    }
}

fn opens(peer: ParticipantId) -> ServerMessage {
    ServerMessage::LinkOpened {
        link: Link {
            peer,
            epoch: Epoch(peer.0),
        },
    }
}

#[test]
fn connection_is_ready_from_the_user_s_call_until_it_is_used() {
    let mut page = page();
    assert_eq!(prepared(&page.wish(CallIntent::Invite(BEA))), [Some(wanted())]);
    assert_eq!(prepared(&page.hears(rings(ParticipantId(1), BEA))), []);
    assert_eq!(
        prepared(&page.hears(ends(ParticipantId(1), InvitationOutcome::Accepted))),
        []
    );
    let effects = page.hears(opens(BEA));
    let place = |of: fn(&Effect) -> bool| effects.iter().position(of).expect("an order");
    let opened = place(|effect| {
        matches!(
            effect,
            Effect::Peer {
                order: PeerOrder::Open(NewConnection { offers: true, .. }),
                ..
            }
        )
    });
    let dropped = place(|effect| matches!(effect, Effect::Prepare(None)));
    assert!(opened < dropped, "the call takes the connection first");
}

#[test]
fn connection_is_dropped_when_the_invitation_ends() {
    let mut page = page();
    assert_eq!(
        prepared(&page.hears(rings(BEA, ParticipantId(1)))),
        [Some(wanted())]
    );
    assert_eq!(
        prepared(&page.hears(ends(BEA, InvitationOutcome::TimedOut))),
        [None]
    );
}

#[test]
fn connection_is_made_again_for_another_invitation() {
    let mut page = page();
    page.hears(rings(BEA, ParticipantId(1)));
    page.hears(rings(CAM, ParticipantId(1)));
    page.hears(ends(BEA, InvitationOutcome::Accepted));
    assert_eq!(prepared(&page.hears(opens(BEA))), [Some(wanted())]);
    let closed = ServerMessage::LinkClosed {
        link: Link {
            peer: BEA,
            epoch: Epoch(BEA.0),
        },
        reason: LinkCloseReason::HungUp,
    };
    page.hears(closed);
    assert_eq!(
        prepared(&page.hears(ends(CAM, InvitationOutcome::Declined))),
        [None]
    );
}

#[test]
fn connection_follows_the_choice_to_hide_the_address() {
    let mut page = page();
    page.hears(rings(BEA, ParticipantId(1)));
    let hidden = prepared(&page.wish(DeviceIntent::HideAddress(true)));
    let wanted = NewConnection {
        relay_only: true,
        ..wanted()
    };
    assert_eq!(hidden, [Some(wanted)]);
}

#[test]
fn end_that_answers_has_a_connection_without_an_offer() {
    let mut page = page();
    let zoe = ParticipantId(0);
    page.hears(joins(zoe, "Zoe"));
    let wanted = |offers| Some(NewConnection { offers, ..wanted() });
    assert_eq!(
        prepared(&page.hears(rings(zoe, ParticipantId(1)))),
        [wanted(false)]
    );
    // Beside a call in which the user offers, that one is prepared.
    assert_eq!(
        prepared(&page.hears(rings(BEA, ParticipantId(1)))),
        [wanted(true)]
    );
}

#[test]
fn leaving_the_room_drops_the_connection() {
    let mut page = page();
    page.hears(rings(BEA, ParticipantId(1)));
    assert_eq!(prepared(&page.wish(RoomIntent::Leave)), [None]);
}
