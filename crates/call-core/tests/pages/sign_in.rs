//! The sign-in page: signing in and creating an account.

use call_core::{
    ApiAnswer, ApiCall, ApiError, DoorIntent, Effect, Event, FormError, Lab, LabIntent, PageView, RequestId,
    RoomIntent, SignInForm, SocketId, SocketOrder, StoreOrder,
};
use protocol::http::{Registration, ServerInfo};
use protocol::{ErrorCode, NameError};

use crate::page::{Page, ann, api_call};

fn entrance(name: &str, password: &str, room: &str) -> SignInForm {
    SignInForm {
        name: name.to_owned(),
        password: password.to_owned(),
        room: room.to_owned(),
        invite_code: String::new(),
    }
}

#[test]
fn invalid_fields_are_reported_without_a_request() {
    let (mut page, _) = Page::open("/", None, None);
    let mut error_of = |name: &str, password: &str, room: &str| {
        let effects = page.wish(DoorIntent::CreateAccount(entrance(name, password, room)));
        assert_eq!(effects, [], "no request to the server");
        match page.page() {
            PageView::SignIn { error, .. } => error,
            other => panic!("expected the sign-in page: {other:?}"),
        }
    };
    assert_eq!(
        error_of(" ", "password", "r"),
        Some(FormError::UserName(NameError::Empty))
    );
    assert_eq!(error_of("Ann", "short", "r"), Some(FormError::Password));
    assert_eq!(
        error_of("Ann", "password", "a/b"),
        Some(FormError::RoomName(NameError::Character))
    );
}

#[test]
fn wrong_password_is_an_error_and_the_right_one_enters() {
    let (mut page, _) = Page::open("/room/class-3b", None, None);
    assert!(matches!(page.page(), PageView::SignIn { room, .. } if room == "class-3b"));
    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password1", "class-3b")));
    let (request, _) = api_call(&effects).expect("a request to the server");
    page.event(Event::ApiAnswered {
        request,
        answer: Err(ApiError::Refused(ErrorCode::WrongCredentials)),
    });
    assert!(matches!(
        page.page(),
        PageView::SignIn {
            busy: false,
            error: Some(FormError::WrongCredentials),
            ..
        }
    ));

    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password2", "class-3b")));
    let (request, _) = api_call(&effects).expect("a request to the server");
    let effects = page.event(Event::ApiAnswered {
        request,
        answer: Ok(ApiAnswer::SignedIn(ann())),
    });
    assert!(effects.contains(&Effect::Store(StoreOrder::Session(ann()))));
    assert!(matches!(page.page(), PageView::Ready { .. }));
    let effects = page.wish(RoomIntent::EnterPrepared);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(1)))));
    assert!(matches!(page.page(), PageView::Entering { .. }));
    assert_eq!(page.says_hello().room, "class-3b");
}

/// A page that has sent the request to sign Ann in.
fn signing_in() -> (Page, RequestId) {
    let (mut page, _) = Page::open("/", None, None);
    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password1", "r")));
    let (request, _) = api_call(&effects).expect("a request to the server");
    (page, request)
}

#[test]
fn answer_to_an_earlier_attempt_is_stale() {
    let (mut page, earlier) = signing_in();
    page.wish(DoorIntent::SignIn(entrance("Ann", "password2", "r")));
    page.event(Event::ApiAnswered {
        request: earlier,
        answer: Ok(ApiAnswer::SignedIn(ann())),
    });
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
}

#[test]
fn sign_in_completes_in_a_lab() {
    let (mut page, request) = signing_in();
    page.wish(LabIntent::Open(Lab::Connection));
    let effects = page.answers(request, Ok(ApiAnswer::SignedIn(ann())));
    assert!(effects.contains(&Effect::Store(StoreOrder::Session(ann()))));
    assert_eq!(page.page(), PageView::Lab(Lab::Connection));
    let effects = page.wish(LabIntent::CheckServers);
    let asks = |(_, call)| call == ApiCall::FetchIceServers(ann().token);
    assert!(api_call(&effects).is_some_and(asks), "{effects:?}");
    page.wish(LabIntent::Close);
    assert!(matches!(page.page(), PageView::Ready { room, .. } if room.as_str() == "r"));
}

#[test]
fn form_still_waits_after_a_visit_to_a_lab() {
    let (mut page, request) = signing_in();
    page.wish(LabIntent::Open(Lab::SetUp));
    page.wish(LabIntent::Close);
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
    page.answers(request, Err(ApiError::Refused(ErrorCode::WrongCredentials)));
    let PageView::SignIn { busy, error, .. } = page.page() else {
        panic!("{:?}", page.page());
    };
    assert_eq!((busy, error), (false, Some(FormError::WrongCredentials)));
}

#[test]
fn sign_in_page_learns_who_can_register() {
    let (mut page, effects) = Page::open("/", None, None);
    let (request, call) = api_call(&effects).expect("a call");
    assert_eq!(call, ApiCall::FetchServer);
    let registration = Registration::Closed;
    let guests = false;
    let info = ServerInfo { registration, guests };
    page.answers(request, Ok(ApiAnswer::Server(info)));
    assert_eq!(page.0.view().account.registration, Registration::Closed);
    let (_, effects) = Page::open("/", Some(ann()), None);
    assert_eq!(api_call(&effects), None, "no request with a session");
}

#[test]
fn invite_code_is_requested_and_sent() {
    let (mut page, _) = Page::open("/", None, None);
    let (request, _) = page.deed(DoorIntent::CreateAccount(entrance("Ann", "password", "r")));
    page.answers(request, Err(ApiError::Refused(ErrorCode::InvalidInviteCode)));
    assert_eq!(page.0.view().account.registration, Registration::Invite);
    assert!(matches!(
        page.page(),
        PageView::SignIn {
            error: Some(FormError::InviteCode),
            ..
        }
    ));
    let with_code = SignInForm {
        invite_code: "k7qd".to_owned(),
        ..entrance("Ann", "password", "r")
    };
    let (_, call) = page.deed(DoorIntent::CreateAccount(with_code));
    assert!(matches!(call, ApiCall::CreateAccount(wanted) if wanted.invite_code.as_deref() == Some("k7qd")));
}
