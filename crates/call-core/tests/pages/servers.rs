//! A server that is busy, full or out of reach, and what it says of ICE.

use std::time::Duration;

use call_core::{
    ApiError, DeviceIntent, Effect, Event, PageView, PeerOrder, RequestId, RoomIntent, SocketEvent, SocketId,
    SocketOrder, StoreOrder, Timer,
};
use protocol::{ErrorCode, ParticipantId, ServerMessage};

use crate::page::{Page, ann, seat, welcome};

#[test]
fn ice_servers_are_asked_for_again_when_the_server_says() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    let request = effects.iter().find_map(|effect| match effect {
        Effect::CallApi { request, .. } => Some(*request),
        _ => None,
    });
    let effects = page.event(Event::ApiAnswered {
        request: request.expect("a call"),
        answer: Err(ApiError::Later(ErrorCode::ServerBusy, 3)),
    });
    let (timer, after) = (Timer::IceServers, Duration::from_secs(3));
    assert!(effects.contains(&Effect::StartTimer { timer, after }));
}

#[test]
fn a_server_that_is_busy_says_when_to_come_back() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.hears(welcome());
    page.hears(ServerMessage::Bye {
        code: ErrorCode::ServerBusy,
        retry_after_ms: Some(4000),
        until: None,
        session: None,
    });
    let effects = page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    let (timer, after) = (Timer::Reconnect, Duration::from_secs(4));
    assert!(
        effects.contains(&Effect::StartTimer { timer, after }),
        "{effects:?}"
    );
    assert!(matches!(
        page.page(),
        PageView::Room {
            reconnecting: true,
            ..
        }
    ));
}

#[test]
fn a_server_out_of_reach_is_tried_again_and_the_page_says_so() {
    let mut page = Page::enter("/room/r", None);
    let effects = page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    assert!(
        effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(2)))),
        "at once"
    );
    let effects = page.event(Event::Socket {
        socket: SocketId(2),
        event: SocketEvent::Closed,
    });
    assert!(effects.iter().any(|e| matches!(
        e,
        Effect::StartTimer {
            timer: Timer::Reconnect,
            ..
        }
    )));
    assert!(matches!(
        page.page(),
        PageView::Entering {
            unreachable: true,
            ..
        }
    ));
    assert!(
        page.event(Event::TimerFired(Timer::Reconnect))
            .contains(&Effect::Socket(SocketOrder::Open(SocketId(3))))
    );
}

#[test]
fn a_full_room_says_so_and_can_be_tried_again() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.is_told(ErrorCode::RoomFull);
    assert!(matches!(
        page.page(),
        PageView::Refused {
            code: ErrorCode::RoomFull,
            ..
        }
    ));
    assert!(
        page.wish(RoomIntent::Retry)
            .contains(&Effect::Socket(SocketOrder::Open(SocketId(2))))
    );
}

#[test]
fn a_server_that_is_too_busy_to_let_one_in_says_so() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.is_told(ErrorCode::ServerBusy);
    assert!(matches!(
        page.page(),
        PageView::Refused {
            code: ErrorCode::ServerBusy,
            ..
        }
    ));
}

#[test]
fn who_hides_the_address_connects_by_relays_alone_from_then_on_and_on_the_next_visit() {
    for hidden in [true, false] {
        let mut page = Page::enter("/room/r", None);
        let kept = page
            .wish(DeviceIntent::HideAddress(hidden))
            .into_iter()
            .find_map(|effect| match effect {
                Effect::Store(StoreOrder::DeviceChoices(choices)) => Some(choices.hide_address),
                _ => None,
            });
        assert_eq!((kept, page.0.view().media.hide_address), (Some(hidden), hidden));
        page.says_hello();
        page.hears(welcome());
        let link = protocol::Link {
            peer: ParticipantId(2),
            epoch: protocol::Epoch(3),
        };
        let mut effects = page.hears(ServerMessage::LinkOpened { link });
        // The servers are answered for, or not to be had: the connection is made either way.
        for request in 0..9 {
            effects.extend(page.answers(RequestId(request), Err(ApiError::Unreachable)));
        }
        let relay_only = effects.into_iter().find_map(|effect| match effect {
            Effect::Peer {
                order: PeerOrder::Open { relay_only, .. },
                ..
            } => Some(relay_only),
            _ => None,
        });
        assert_eq!(relay_only, Some(hidden));
    }
}
