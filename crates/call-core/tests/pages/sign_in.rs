//! The door: signing in, and making an account.

use call_core::{
    ApiAnswer, ApiCall, ApiError, DoorIntent, Effect, Entrance, Event, FormError, Lab, LabIntent, PageView,
    RequestId, RoomIntent, SocketId, SocketOrder, StoreOrder,
};
use protocol::http::{Registration, ServerInfo};
use protocol::{ErrorCode, NameError};

use crate::page::{Page, ann, api_call};

fn entrance(name: &str, password: &str, room: &str) -> Entrance {
    Entrance {
        name: name.to_owned(),
        password: password.to_owned(),
        room: room.to_owned(),
        invite_code: String::new(),
    }
}

#[test]
fn what_the_server_would_refuse_is_said_beside_its_field_without_asking() {
    let (mut page, _) = Page::open("/", None, None);
    let mut error_of = |name: &str, password: &str, room: &str| {
        let effects = page.wish(DoorIntent::CreateAccount(entrance(name, password, room)));
        assert_eq!(effects, [], "the server is not asked");
        match page.page() {
            PageView::SignIn { error, .. } => error,
            other => panic!("at the door, not {other:?}"),
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
fn a_wrong_password_is_named_and_the_right_one_leads_into_the_room_of_the_link() {
    let (mut page, _) = Page::open("/room/class-3b", None, None);
    assert!(matches!(page.page(), PageView::SignIn { room, .. } if room == "class-3b"));
    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password1", "class-3b")));
    let (request, _) = api_call(&effects).expect("the server is asked");
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
    let (request, _) = api_call(&effects).expect("the server is asked");
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

/// A page that has asked the server to sign Ann in.
fn signing_in() -> (Page, RequestId) {
    let (mut page, _) = Page::open("/", None, None);
    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password1", "r")));
    let (request, _) = api_call(&effects).expect("the server is asked");
    (page, request)
}

#[test]
fn an_answer_to_an_earlier_attempt_is_stale() {
    let (mut page, earlier) = signing_in();
    page.wish(DoorIntent::SignIn(entrance("Ann", "password2", "r")));
    page.event(Event::ApiAnswered {
        request: earlier,
        answer: Ok(ApiAnswer::SignedIn(ann())),
    });
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
}

#[test]
fn who_looks_at_a_lab_while_signing_in_is_signed_in_there() {
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
fn who_comes_back_from_a_lab_before_the_answer_waits_for_it_at_the_form() {
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
fn at_the_door_the_page_learns_who_may_make_an_account() {
    let (mut page, effects) = Page::open("/", None, None);
    let (request, call) = api_call(&effects).expect("a call");
    assert_eq!(call, ApiCall::FetchServer);
    let registration = Registration::Closed;
    let guests = false;
    let info = ServerInfo { registration, guests };
    page.answers(request, Ok(ApiAnswer::Server(info)));
    assert_eq!(page.0.view().account.registration, Registration::Closed);
    let (_, effects) = Page::open("/", Some(ann()), None);
    assert_eq!(api_call(&effects), None, "nobody asks who is signed in");
}

#[test]
fn a_code_is_asked_for_when_the_server_wants_one_and_sent_with_the_new_account() {
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
    let with_code = Entrance {
        invite_code: "k7qd".to_owned(),
        ..entrance("Ann", "password", "r")
    };
    let (_, call) = page.deed(DoorIntent::CreateAccount(with_code));
    assert!(matches!(call, ApiCall::CreateAccount(wanted) if wanted.invite_code.as_deref() == Some("k7qd")));
}
