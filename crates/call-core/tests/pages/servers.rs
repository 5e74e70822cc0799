//! A server that is busy, full or unreachable, and its ICE servers.

use std::time::Duration;

use call_core::{
    ApiError, DeviceIntent, Effect, Event, NewConnection, PageView, PeerOrder, RequestId, RoomIntent,
    SocketEvent, SocketId, SocketOrder, StoreOrder, Timer,
};
use protocol::{ErrorCode, ParticipantId, ServerMessage};

use crate::page::{Page, ann, seat, welcome};

#[test]
fn ice_servers_are_requested_again_after_the_given_time() {
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
fn busy_server_sets_the_pause_before_reconnecting() {
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
fn unreachable_server_is_retried_and_the_page_shows_it() {
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
fn full_room_is_shown_and_can_be_retried() {
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
fn busy_server_refuses_entry() {
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
fn hidden_address_uses_only_relays_and_is_stored() {
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
        // The request for ICE servers fails; the connection is made without them.
        for request in 0..9 {
            effects.extend(page.answers(RequestId(request), Err(ApiError::Unreachable)));
        }
        let relay_only = effects.into_iter().find_map(|effect| match effect {
            Effect::Peer {
                order: PeerOrder::Open(NewConnection { relay_only, .. }),
                ..
            } => Some(relay_only),
            _ => None,
        });
        assert_eq!(relay_only, Some(hidden));
    }
}
