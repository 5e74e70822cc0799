//! The focus, for users of a keyboard or screen reader.

use std::sync::Arc;

use call_core::{InvitationView, PageView, View};
use leptos::prelude::document;
use protocol::{InvitationId, ParticipantId, RoomName, UnixMillis};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::until;
use crate::test_app::{TestApp, in_room, name};

/// Tag name and text of the focused element.
fn focused() -> (String, String) {
    let element = document().active_element().expect("at least the body");
    let words = element.text_content().unwrap_or_default();
    (element.tag_name(), words)
}

fn on_heading(words: &str) -> impl Fn() -> bool {
    let words = words.to_owned();
    move || focused() == ("H1".to_owned(), words.clone())
}

fn page(page: PageView) -> View {
    View {
        page,
        ..View::default()
    }
}

#[wasm_bindgen_test]
async fn new_page_focuses_field_or_heading() {
    let room = RoomName::parse("tea").expect("a name");
    let app = TestApp::showing(page(PageView::Starting));
    until("the first page", || app.text("h1") == "Loading…").await;
    assert_eq!(
        focused().0,
        "BODY",
        "a page that just opened leaves the focus alone"
    );
    app.show(page(PageView::Lobby {
        name: name("Ann"),
        room: "tea".to_owned(),
        error: None,
    }));
    until("the field", || focused().0 == "INPUT").await;
    app.show(page(PageView::Entering {
        room: room.clone(),
        unreachable: false,
    }));
    until("the page while joining", on_heading("Joining tea…")).await;
    app.show(in_room());
    until("the room", on_heading("tea")).await;
    app.show(page(PageView::SeatTakenOver { room }));
    until(
        "the page after the take-over",
        on_heading("You continued in another tab"),
    )
    .await;
    assert_eq!(document().title(), "You continued in another tab · Confab");
}

#[wasm_bindgen_test]
async fn invitation_takes_and_restores_focus() {
    let app = TestApp::showing(in_room());
    let field: HtmlElement = app.find("textarea").expect("a field").unchecked_into();
    field.focus().expect("the focus");
    let mut ringing = in_room();
    Arc::make_mut(&mut ringing.invitations)
        .incoming
        .push(InvitationView {
            guest: false,
            id: InvitationId(1),
            peer: ParticipantId(2),
            name: name("Bea"),
            ends_at: UnixMillis(u64::MAX),
        });
    app.show(ringing);
    until("the invitation", || {
        focused() == ("H2".to_owned(), "Bea is calling".to_owned())
    })
    .await;
    app.show(in_room());
    until("the restored focus", || {
        document().active_element().as_ref() == Some(&field)
    })
    .await;
}

#[wasm_bindgen_test]
async fn pages_have_one_main_and_one_h1() {
    let room = RoomName::parse("tea").expect("a name");
    let pages = [
        PageView::Starting,
        PageView::SignIn {
            guest: false,
            room: String::new(),
            busy: false,
            error: None,
        },
        PageView::Lobby {
            name: name("Ann"),
            room: String::new(),
            error: None,
        },
        PageView::Ready {
            room: room.clone(),
            name: name("Ann"),
        },
        PageView::Entering {
            room: room.clone(),
            unreachable: true,
        },
        PageView::Nowhere,
        PageView::SeatOccupied { room: room.clone() },
        PageView::SeatTakenOver { room: room.clone() },
        PageView::AnotherUser {
            room: room.clone(),
            name: name("Bea"),
        },
        PageView::Refused {
            room,
            code: protocol::ErrorCode::RoomFull,
            until: None,
        },
    ];
    for shown in pages.map(page).into_iter().chain([in_room()]) {
        let which = format!("{:?}", shown.page);
        let app = TestApp::showing(shown);
        until(&which, || app.count("h1") == 1).await;
        assert_eq!(
            (app.count("main"), app.count("header h1, main h1")),
            (1, 1),
            "{which}"
        );
        assert_eq!(app.count("[role=status][aria-label=Notifications]"), 1, "{which}");
    }
}
