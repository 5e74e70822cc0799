//! The address bar and what is typed instead: spellings of rooms, links, and paths of no page.

use call_core::{
    DoorIntent, Effect, Event, FormError, PageEvent, PageOrder, PageView, RoomIntent, SignInForm,
};
use protocol::http::SignedIn;
use protocol::{NameError, PassCode, RoomName, ServerMessage, SessionToken, UserName};

use crate::page::{Page, api_call};

fn ann() -> SignedIn {
    SignedIn {
        guest_of: None,
        token: Some(SessionToken("token".to_owned())),
        name: UserName::parse("Ann").expect("a name"),
    }
}

fn entrance(room: &str) -> SignInForm {
    SignInForm {
        name: "Ann".to_owned(),
        password: "correct horse".to_owned(),
        room: room.to_owned(),
        invite_code: String::new(),
    }
}

/// The path that the address bar shows last.
fn shown(effects: &[Effect]) -> Option<&str> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Page(PageOrder::ShowPath(path, _)) => Some(path.as_str()),
        _ => None,
    })
}

#[test]
fn address_bar_shows_the_normal_form_of_a_room() {
    for (typed, path) in [
        ("/room/Cafe%CC%81", "/room/caf%C3%A9"),
        ("/room/%C4%B0stanbul", "/room/istanbul"),
        ("/room/Class%20%203", "/room/class-3"),
    ] {
        let (_, effects) = Page::open(typed, Some(ann()), None);
        assert_eq!(shown(&effects), Some(path), "{typed}");
    }
    let (mut page, _) = Page::open("/", Some(ann()), None);
    let effects = page.wish(RoomIntent::Enter("３班".to_owned()));
    assert_eq!(shown(&effects), Some("/room/3%E7%8F%AD"));
}

#[test]
fn address_bar_shows_the_spelling_of_the_server() {
    let (mut page, _) = Page::open("/room/tea", Some(ann()), None);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    let room = RoomName::parse("green-tea").expect("a name");
    let effects = page.hears(ServerMessage::Waiting { room });
    assert_eq!(shown(&effects), Some("/room/green-tea"));
}

#[test]
fn address_bar_shows_the_spelling_of_the_server_inside_too() {
    let (mut page, _) = Page::open("/room/tea", Some(ann()), None);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    // This welcome is to the room `r`.
    let effects = page.hears(crate::page::welcome());
    assert_eq!(shown(&effects), Some("/room/r"));
}

#[test]
fn link_typed_in_the_lobby_leads_into_its_room_with_its_pass() {
    let (mut page, _) = Page::open("/", Some(ann()), None);
    let link = "https://meet.example.org/room/class-3b?lang=zh&invite=a-_b";
    page.wish(RoomIntent::Enter(link.to_owned()));
    assert!(matches!(page.page(), PageView::Ready { room, .. } if room.as_str() == "class-3b"));
    page.wish(RoomIntent::EnterPrepared);
    let hello = page.says_hello();
    assert_eq!(
        (hello.room.as_str(), hello.invite),
        ("class-3b", Some(PassCode("a-_b".to_owned())))
    );
}

#[test]
fn link_typed_at_sign_in_leads_into_its_room_with_its_pass() {
    let (mut page, _) = Page::open("/", None, None);
    let link = "http://localhost:9000/room/class-3b?invite=a-_b";
    let effects = page.wish(DoorIntent::SignIn(entrance(link)));
    let (request, _) = api_call(&effects).expect("a request to the server");
    assert!(matches!(page.page(), PageView::SignIn { room, .. } if room == "class-3b"));
    page.answers(request, Ok(call_core::ApiAnswer::SignedIn(ann())));
    page.wish(RoomIntent::EnterPrepared);
    assert_eq!(page.says_hello().invite, Some(PassCode("a-_b".to_owned())));
}

#[test]
fn link_to_no_room_is_an_error_of_the_field() {
    let (mut page, _) = Page::open("/", Some(ann()), None);
    page.wish(RoomIntent::Enter("https://meet.example.org/".to_owned()));
    let character = Some(FormError::RoomName(NameError::Character));
    assert!(matches!(page.page(), PageView::Lobby { error, .. } if error == character));
}

#[test]
fn path_of_no_page_is_shown_and_leads_on() {
    for path in ["/nothing", "/room/r1.", "/check"] {
        for (session, in_lobby) in [(Some(ann()), true), (None, false)] {
            let (mut page, _) = Page::open(path, session, None);
            assert_eq!(page.page(), PageView::Nowhere, "{path}");
            let effects = page.wish(RoomIntent::Leave);
            assert_eq!(shown(&effects), Some("/"));
            assert_eq!(matches!(page.page(), PageView::Lobby { .. }), in_lobby);
            assert_eq!(matches!(page.page(), PageView::SignIn { .. }), !in_lobby);
            page.event(Event::Page(PageEvent::PathChanged(path.to_owned())));
            assert_eq!(page.page(), PageView::Nowhere, "back to {path}");
            page.event(Event::Page(PageEvent::PathChanged("/".to_owned())));
            assert_ne!(page.page(), PageView::Nowhere);
        }
    }
}
