//! Browsers that do not keep the session cookie.

use call_core::{
    ApiAnswer, ApiCall, ApiError, DoorIntent, Effect, Event, FormError, PageView, RequestId, RoomIntent,
    SignInForm, SocketEvent, SocketId, StoreOrder,
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

/// A page after the server accepted name and password, and the request that follows.
fn after_sign_in(guest: bool) -> (Page, RequestId) {
    let (mut page, _) = Page::open("/room/r", None, None);
    let entrance = SignInForm {
        name: "Ann".to_owned(),
        password: "password1".to_owned(),
        room: "r".to_owned(),
        invite_code: String::new(),
    };
    let effects = page.wish(if guest {
        DoorIntent::JoinAsGuest(entrance)
    } else {
        DoorIntent::SignIn(entrance)
    });
    let (request, _) = api_call(&effects).expect("a request to the server");
    let effects = page.answers(request, Ok(ApiAnswer::SignedIn(signed_in(guest))));
    let stored = |effect: &Effect| matches!(effect, Effect::Store(StoreOrder::Session(_)));
    assert!(
        !effects.iter().any(stored),
        "nothing is stored before the cookie is known to work"
    );
    let (request, call) = api_call(&effects).expect("a request with the cookie");
    assert_eq!(call, ApiCall::FetchSession);
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
    (page, request)
}

fn error(page: &Page) -> Option<FormError> {
    match page.page() {
        PageView::SignIn {
            busy: false, error, ..
        } => error,
        other => panic!("expected the sign-in page: {other:?}"),
    }
}

#[test]
fn kept_cookie_leads_on() {
    for guest in [false, true] {
        let (mut page, request) = after_sign_in(guest);
        let effects = page.answers(request, Ok(known(guest)));
        assert!(effects.contains(&Effect::Store(StoreOrder::Session(signed_in(guest)))));
        assert!(matches!(page.page(), PageView::Ready { .. }));
    }
}

#[test]
fn refused_cookie_is_an_error() {
    for guest in [false, true] {
        let (mut page, request) = after_sign_in(guest);
        page.answers(request, Err(ApiError::Refused(ErrorCode::NotSignedIn)));
        assert_eq!(error(&page), Some(FormError::CookiesRefused));
    }
}

#[test]
fn without_an_answer_the_hello_decides() {
    let (mut page, request) = after_sign_in(false);
    page.answers(request, Err(ApiError::Unreachable));
    assert!(matches!(page.page(), PageView::Ready { .. }));
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    page.is_told(ErrorCode::NotSignedIn);
    assert_eq!(error(&page), Some(FormError::CookiesRefused));
}

#[test]
fn session_whose_cookie_worked_has_ended() {
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
    assert_eq!(
        error(&page),
        Some(FormError::SessionEnded),
        "session of an earlier visit"
    );
}

#[test]
fn another_attempt_makes_the_answer_stale() {
    let (mut page, request) = after_sign_in(false);
    page.wish(DoorIntent::SignIn(SignInForm {
        name: "Bea".to_owned(),
        password: "password2".to_owned(),
        room: "r".to_owned(),
        invite_code: String::new(),
    }));
    page.answers(request, Ok(known(false)));
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
}
