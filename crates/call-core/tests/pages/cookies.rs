//! A browser that does not keep the cookie by which the server knows its own page.

use call_core::{
    ApiAnswer, ApiCall, ApiError, DoorIntent, Effect, Entrance, Event, FormError, PageView, RequestId,
    RoomIntent, SocketEvent, SocketId, StoreOrder,
};
use protocol::http::{SessionInfo, SignedIn};
use protocol::{ErrorCode, RoomName, UserName};

use crate::page::{Page, api_call};

fn signed_in(guest: bool) -> SignedIn {
    SignedIn {
        token: None,
        name: UserName::parse("Ann").expect("a name"),
        guest_of: guest.then(|| RoomName::parse("r").expect("a name")),
    }
}

fn known(guest: bool) -> ApiAnswer {
    let SignedIn { name, guest_of, .. } = signed_in(guest);
    ApiAnswer::Session(SessionInfo { name, guest_of })
}

/// A page whose server took name and password, and what the page asks next.
fn after_sign_in(guest: bool) -> (Page, RequestId) {
    let (mut page, _) = Page::open("/room/r", None, None);
    let entrance = Entrance {
        name: "Ann".to_owned(),
        password: "password1".to_owned(),
        room: "r".to_owned(),
        invite_code: String::new(),
    };
    let effects = page.wish(if guest {
        DoorIntent::ComeAsGuest(entrance)
    } else {
        DoorIntent::SignIn(entrance)
    });
    let (request, _) = api_call(&effects).expect("the server is asked");
    let effects = page.answers(request, Ok(ApiAnswer::SignedIn(signed_in(guest))));
    let stored = |effect: &Effect| matches!(effect, Effect::Store(StoreOrder::Session(_)));
    assert!(
        !effects.iter().any(stored),
        "nothing is kept before it is known to count"
    );
    let (request, call) = api_call(&effects).expect("the cookie is tried");
    assert_eq!(call, ApiCall::FetchSession);
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
    (page, request)
}

fn error(page: &Page) -> Option<FormError> {
    match page.page() {
        PageView::SignIn {
            busy: false, error, ..
        } => error,
        other => panic!("at the door, not {other:?}"),
    }
}

#[test]
fn one_that_is_kept_leads_on() {
    for guest in [false, true] {
        let (mut page, request) = after_sign_in(guest);
        let effects = page.answers(request, Ok(known(guest)));
        assert!(effects.contains(&Effect::Store(StoreOrder::Session(signed_in(guest)))));
        assert!(matches!(page.page(), PageView::Ready { .. }));
    }
}

#[test]
fn one_that_is_refused_is_told_at_the_door() {
    for guest in [false, true] {
        let (mut page, request) = after_sign_in(guest);
        page.answers(request, Err(ApiError::Refused(ErrorCode::NotSignedIn)));
        assert_eq!(error(&page), Some(FormError::CookiesRefused));
    }
}

#[test]
fn no_answer_keeps_nobody_out_and_hello_tells() {
    let (mut page, request) = after_sign_in(false);
    page.answers(request, Err(ApiError::Unreachable));
    assert!(matches!(page.page(), PageView::Ready { .. }));
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    page.is_told(ErrorCode::NotSignedIn);
    assert_eq!(error(&page), Some(FormError::CookiesRefused));
}

#[test]
fn a_session_that_counted_has_ended_and_no_more() {
    let (mut page, request) = after_sign_in(false);
    page.answers(request, Ok(known(false)));
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    page.is_told(ErrorCode::NotSignedIn);
    assert_eq!(error(&page), Some(FormError::SessionEnded));

    let (mut page, _) = Page::open("/room/r", Some(signed_in(false)), None);
    page.wish(RoomIntent::EnterPrepared);
    page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Opened,
    });
    page.is_told(ErrorCode::NotSignedIn);
    assert_eq!(error(&page), Some(FormError::SessionEnded), "of an earlier visit");
}

#[test]
fn another_attempt_makes_the_answer_stale() {
    let (mut page, request) = after_sign_in(false);
    page.wish(DoorIntent::SignIn(Entrance {
        name: "Bea".to_owned(),
        password: "password2".to_owned(),
        room: "r".to_owned(),
        invite_code: String::new(),
    }));
    page.answers(request, Ok(known(false)));
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
}
