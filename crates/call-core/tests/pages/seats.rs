//! The seat of a page: after a reload, in another page, and when the page is closed.

use call_core::{
    Effect, Event, PageEvent, PageOrder, PageView, RoomIntent, SocketEvent, SocketId, SocketOrder,
    StoreOrder, Timer,
};
use protocol::{ClientMessage, ErrorCode, ServerMessage, UserName};

use crate::page::{Page, ann, seat, welcome};

#[test]
fn reload_resumes_its_seat_and_another_page_asks_first() {
    let (mut reloaded, _) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    let hello = reloaded.says_hello();
    assert_eq!(hello.seat, Some(seat("r").key));
    assert!(!hello.take_over, "another page may have it by now");

    let mut elsewhere = Page::enter("/room/r", Some(seat("another")));
    let hello = elsewhere.says_hello();
    assert_eq!(
        (hello.seat, hello.take_over),
        (None, false),
        "a seat in another room does not count here"
    );

    let mut second = Page::enter("/room/r", None);
    assert!(!second.says_hello().take_over);
    second.is_told(ErrorCode::SeatOccupied);
    assert!(matches!(second.page(), PageView::SeatOccupied { .. }));
    let effects = second.wish(RoomIntent::TakeSeatOver);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(2)))));
}

#[test]
fn seat_taken_by_own_late_hello_is_reclaimed_silently() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.event(Event::TimerFired(Timer::SocketTimeout));
    page.says_hello_on(2);
    page.hears_on(2, welcome());
    // The server received the hello of the first socket only now, and gave the seat to that one.
    page.is_told_on(2, ErrorCode::SeatTakenOver);
    assert!(matches!(page.page(), PageView::Room { .. }));
    page.event(Event::Socket {
        socket: SocketId(2),
        event: SocketEvent::Closed,
    });
    page.event(Event::TimerFired(Timer::Reconnect));
    let hello = page.says_hello_on(3);
    assert_eq!((hello.seat, hello.take_over), (Some(seat("r").key), false));
    page.hears_on(3, welcome());
    page.is_told_on(3, ErrorCode::SeatTakenOver);
    assert!(
        matches!(page.page(), PageView::SeatTakenOver { .. }),
        "only one hello was left unanswered"
    );
}

#[test]
fn seat_held_by_own_late_hello_is_retried_before_asking() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.event(Event::TimerFired(Timer::SocketTimeout));
    page.says_hello_on(2);
    page.is_told_on(2, ErrorCode::SeatOccupied);
    assert!(matches!(page.page(), PageView::Entering { .. }));
    page.event(Event::Socket {
        socket: SocketId(2),
        event: SocketEvent::Closed,
    });
    page.event(Event::TimerFired(Timer::Reconnect));
    page.says_hello_on(3);
    page.is_told_on(3, ErrorCode::SeatOccupied);
    assert!(matches!(page.page(), PageView::SeatOccupied { .. }));
}

#[test]
fn reloaded_page_knows_that_its_seat_was_taken_over() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    page.says_hello();
    page.hears(welcome());
    page.is_told(ErrorCode::SeatTakenOver);
    page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    page.event(Event::TimerFired(Timer::Reconnect));
    page.says_hello_on(2);
    page.is_told_on(2, ErrorCode::SeatOccupied);
    assert!(matches!(page.page(), PageView::SeatTakenOver { .. }));
}

#[test]
fn other_spelling_in_the_history_does_not_leave_the_room() {
    let (mut page, effects) = Page::open("/room/Team", Some(ann()), None);
    assert!(
        effects.contains(&Effect::Page(PageOrder::ShowPath("/room/team".to_owned(), false))),
        "no step that back would undo"
    );
    let normal = [Effect::Page(PageOrder::ShowPath("/room/team".to_owned(), false))];
    assert_eq!(
        page.event(Event::Page(PageEvent::PathChanged("/room/Team".to_owned()))),
        normal
    );
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    assert_eq!(
        page.event(Event::Page(PageEvent::PathChanged("/room/Team".to_owned()))),
        normal
    );
    assert!(matches!(page.page(), PageView::Entering { .. }));
    page.event(Event::Page(PageEvent::PathChanged("/".to_owned())));
    assert!(matches!(page.page(), PageView::Lobby { .. }));
}

#[test]
fn name_in_the_welcome_is_shown_and_stored() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    let ServerMessage::Welcome(mut told) = welcome() else {
        panic!("a welcome");
    };
    let spelled = UserName::parse("ANN").expect("a name");
    told.participants = vec![protocol::Participant::new(told.you, spelled.clone())];
    let effects = page.hears(ServerMessage::Welcome(told));
    assert!(matches!(page.page(), PageView::Room { name, .. } if name == spelled));
    let kept = effects.iter().any(
        |effect| matches!(effect, Effect::Store(StoreOrder::Session(session)) if session.name == spelled),
    );
    assert!(kept, "{effects:?}");
}

#[test]
fn closing_page_notifies_the_server_if_it_has_a_seat() {
    let mut page = Page::enter("/room/r", None);
    let closing = Effect::Socket(SocketOrder::Send(ClientMessage::Closing {}));
    page.says_hello();
    assert!(!page.event(Event::Page(PageEvent::Closing)).contains(&closing));
    page.hears(welcome());
    assert!(page.event(Event::Page(PageEvent::Closing)).contains(&closing));
}
