//! Two accounts in two tabs of one browser: a page never acts under a name that it does not show.

use call_core::{
    AccountIntent, ApiCall, DoorIntent, Effect, Event, PageEvent, PageView, RoomIntent, SocketId,
    SocketOrder, StoreOrder,
};
use protocol::http::{SessionInfo, SignedIn};
use protocol::{ClientMessage, ErrorCode, ServerMessage, UserName};

use crate::page::{Page, api_call};

fn name(text: &str) -> UserName {
    UserName::parse(text).expect("a name")
}

fn signed_in(text: &str) -> SignedIn {
    SignedIn {
        token: None,
        name: name(text),
        guest_of: None,
    }
}

/// The server's answer to a page that expects Ann to be signed in.
fn bea_is_signed_in() -> ServerMessage {
    ServerMessage::Bye {
        code: ErrorCode::AnotherUser,
        retry_after_ms: None,
        until: None,
        session: Some(SessionInfo {
            name: name("Bea"),
            guest_of: None,
        }),
    }
}

/// Ann's page, in a browser where Bea has signed in meanwhile.
fn mismatched() -> (Page, Vec<Effect>) {
    let (mut page, _) = Page::open("/room/r", Some(signed_in("Ann")), None);
    page.wish(RoomIntent::EnterPrepared);
    assert_eq!(page.says_hello().name, Some(name("Ann")));
    let effects = page.hears(bea_is_signed_in());
    (page, effects)
}

#[test]
fn page_of_another_user_asks_how_to_continue() {
    let (page, effects) = mismatched();
    let asked = matches!(page.page(), PageView::AnotherUser { name, .. } if name.as_str() == "Bea");
    assert!(asked, "{:?}", page.page());
    assert!(effects.contains(&Effect::Socket(SocketOrder::Close)));
    let stores = |effect: &&Effect| {
        matches!(
            effect,
            Effect::Store(StoreOrder::Session(_) | StoreOrder::ForgetSession(_))
        )
    };
    assert_eq!(effects.iter().find(stores), None, "what is stored is Bea's");
}

#[test]
fn continuing_as_the_other_enters_under_that_name() {
    let (mut page, _) = mismatched();
    let effects = page.wish(DoorIntent::ContinueAsOther);
    assert!(effects.contains(&Effect::Store(StoreOrder::Session(signed_in("Bea")))));
    assert!(effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(2)))));
    assert_eq!(page.says_hello_on(2).name, Some(name("Bea")));
}

#[test]
fn signing_in_again_shows_the_form_and_ends_no_session() {
    let (mut page, _) = mismatched();
    let effects = page.wish(DoorIntent::SignInAgain);
    assert_eq!(
        effects.iter().find(|effect| matches!(
            effect,
            Effect::Store(StoreOrder::Session(_) | StoreOrder::ForgetSession(_))
        )),
        None
    );
    let PageView::SignIn { room, .. } = page.page() else {
        panic!("{:?}", page.page());
    };
    assert_eq!(room, "r");
    let out = api_call(&effects).map(|(_, call)| call);
    assert!(!matches!(out, Some(ApiCall::SignOut(_))), "{out:?}");
}

#[test]
fn going_back_from_the_question_shows_the_form() {
    let (mut page, _) = mismatched();
    let effects = page.event(Event::Page(PageEvent::PathChanged("/".to_owned())));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Socket(SocketOrder::Send(ClientMessage::Hello(_)))))
    );
    assert!(matches!(page.page(), PageView::SignIn { .. }));
}

#[test]
fn another_user_without_a_name_is_an_ended_session() {
    let (mut page, _) = Page::open("/room/r", Some(signed_in("Ann")), None);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    let effects = page.is_told(ErrorCode::AnotherUser);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Close)));
    assert!(matches!(page.page(), PageView::SignIn { room, .. } if room == "r"));
}

#[test]
fn account_dialog_is_closed_for_the_next_user() {
    let (mut page, _) = Page::open("/room/r", Some(signed_in("Ann")), None);
    page.wish(RoomIntent::EnterPrepared);
    page.wish(AccountIntent::Open);
    page.says_hello();
    page.hears(bea_is_signed_in());
    page.wish(DoorIntent::ContinueAsOther);
    assert!(!page.0.view().account.open);
}
