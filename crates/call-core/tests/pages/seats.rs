//! A seat: of a page loaded anew, of another page, of a page that is closed.

use call_core::{
    Effect, Event, PageEvent, PageOrder, PageView, RoomIntent, SocketEvent, SocketId, SocketOrder,
    StoreOrder, Timer,
};
use protocol::{ClientMessage, ErrorCode, ServerMessage, UserName};

use crate::page::{Page, ann, seat, welcome};

#[test]
fn a_page_that_is_loaded_anew_takes_its_own_seat_and_another_page_asks_first() {
    let (mut reloaded, _) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    let hello = reloaded.says_hello();
    assert_eq!(hello.seat, Some(seat("r").key));
    assert!(!hello.take_over, "another page may have it by now");

    let mut elsewhere = Page::enter("/room/r", Some(seat("another")));
    let hello = elsewhere.says_hello();
    assert_eq!(
        (hello.seat, hello.take_over),
        (None, false),
        "a seat in another room is no right to this one"
    );

    let mut second = Page::enter("/room/r", None);
    assert!(!second.says_hello().take_over);
    second.is_told(ErrorCode::SeatOccupied);
    assert!(matches!(second.page(), PageView::SeatOccupied { .. }));
    let effects = second.wish(RoomIntent::TakeSeatOver);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(2)))));
}

#[test]
fn a_seat_that_went_to_a_late_hello_of_the_page_itself_is_taken_back_without_asking() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.event(Event::TimerFired(Timer::PongLate));
    page.says_hello_on(2);
    page.hears_on(2, welcome());
    // The hello of the first socket came only now, and the server gave the seat to that one.
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
        "there was but one hello without an answer"
    );
}

#[test]
fn a_seat_that_a_late_hello_of_the_page_itself_holds_is_asked_for_again_before_the_user_is() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.event(Event::TimerFired(Timer::PongLate));
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
fn a_seat_that_another_page_took_over_is_known_as_that_on_a_page_that_was_loaded_anew() {
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
fn going_back_to_another_spelling_of_the_room_is_not_leaving_it() {
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
fn name_that_the_welcome_says_is_shown_and_kept() {
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
fn page_that_is_closed_says_so_when_it_has_a_seat() {
    let mut page = Page::enter("/room/r", None);
    let closing = Effect::Socket(SocketOrder::Send(ClientMessage::Closing {}));
    page.says_hello();
    assert!(!page.event(Event::Page(PageEvent::Closing)).contains(&closing));
    page.hears(welcome());
    assert!(page.event(Event::Page(PageEvent::Closing)).contains(&closing));
}
