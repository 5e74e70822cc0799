//! Positions of elements on the page.

use std::sync::Arc;

use call_core::{AccountView, PageView, PersonState, PersonView, TileKey, View};
use protocol::ParticipantId;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::chat::message;
use crate::guests::bea;
use crate::styles::Styles;
use crate::support::until;
use crate::test_app::{TestApp, in_room, name, tile};

fn styles(extra: &str) -> Styles {
    let css = concat!(
        include_str!("../../style/tokens.css"),
        include_str!("../../style/base.css"),
        include_str!("../../style/common.css"),
        include_str!("../../style/door.css"),
        include_str!("../../style/account.css"),
        include_str!("../../style/room.css"),
        include_str!("../../style/people.css"),
        include_str!("../../style/call.css"),
        include_str!("../../style/chat.css"),
    );
    Styles::of(&format!("{css}{extra}"))
}

fn top(element: &Element) -> f64 {
    element.get_bounding_client_rect().top()
}

#[wasm_bindgen_test]
async fn sign_in_form_stays_when_guests_are_allowed() {
    // As tall as a window, so that the card could move.
    let _styles = styles(".door { block-size: 60rem; }");
    let mut view = View {
        page: PageView::SignIn {
            room: String::new(),
            busy: false,
            error: None,
            guest: false,
        },
        ..View::default()
    };
    let app = TestApp::showing(view.clone());
    until("the form", || app.find("#username").is_some()).await;
    let field = || {
        let page = app.find(".door").expect("a page");
        top(&app.find("#username").expect("a field")) - top(&page)
    };
    let before = field();
    view.account = AccountView {
        guests: true,
        ..AccountView::default()
    };
    app.show(view);
    until("the button for guests", || {
        app.button("Join as a guest").is_some()
    })
    .await;
    assert!((field() - before).abs() < 0.5, "{before} {}", field());
}

#[wasm_bindgen_test]
async fn lobby_buttons_share_a_line() {
    let long = "Maximiliane Sophie Charlotte".to_owned();
    let names: Vec<String> = (1..=32)
        .map(|letters| "a".repeat(letters))
        .chain([long])
        .collect();
    let lobby = |of: &str| View {
        page: PageView::Lobby {
            name: name(of),
            room: String::new(),
            error: None,
        },
        ..View::default()
    };
    for width in [360, 1280] {
        let _styles = styles(&format!(".door {{ inline-size: {width}px; }}"));
        let app = TestApp::showing(lobby("Bea"));
        for of in &names {
            app.show(lobby(of));
            let told = format!("as {of}");
            until("the name", || app.text(".card-foot span").contains(&told)).await;
            let (account, out) = (app.button("Account"), app.button("Sign out"));
            let (account, out) = (account.expect("a button"), out.expect("a button"));
            assert!((top(&account) - top(&out)).abs() < 0.5, "{of} at {width}");
            let who = app.find(".card-foot span").expect("a name");
            assert!(top(&who) < top(&out) - 5.0, "{of} has its own line at {width}");
            let card = app.find(".card").expect("a card");
            assert!(
                card.scroll_width() <= card.client_width() + 1,
                "nothing is cut at {width}"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn person_state_is_not_cut() {
    let _styles = styles(".people { inline-size: 18rem; }");
    let app = TestApp::showing(View {
        people: vec![PersonView {
            state: PersonState::Talking,
            ..bea()
        }]
        .into(),
        ..in_room()
    });
    until("Bea's state", || {
        app.text(".person-state") == "In a call with you"
    })
    .await;
    let state = app.find(".person-state").expect("a state");
    assert!(state.scroll_width() <= state.client_width());
}

#[wasm_bindgen_test]
async fn names_are_cut_at_their_end() {
    let _styles = styles("");
    for (text, direction) in [("علیرضا", "rtl"), ("Bea", "ltr")] {
        let app = TestApp::showing(View {
            people: vec![PersonView {
                name: name(text),
                ..bea()
            }]
            .into(),
            ..in_room()
        });
        until("the name", || app.text(".person .ellipsis") == text).await;
        let shown = app.find(".person .ellipsis").expect("a name");
        assert!(
            shown.matches(&format!(":dir({direction})")).expect("a selector"),
            "{text}"
        );
    }
}

#[wasm_bindgen_test]
async fn names_keep_their_direction() {
    let _styles = styles("");
    for (text, direction) in [("علیرضا", "rtl"), ("Bea", "ltr")] {
        let mut view = in_room();
        Arc::make_mut(&mut view.call).tiles = vec![tile(ParticipantId(2), text)];
        Arc::make_mut(&mut view.stage).tiles = vec![TileKey::Face(ParticipantId(2))];
        let mut line = message(1, "hello");
        line.author = name(text);
        Arc::make_mut(&mut view.chat).lines = vec![line];
        let app = TestApp::showing(view);
        for at in [".tile:not(.is-own) .tile-name .ellipsis", ".line-author"] {
            until("the name", || app.text(at) == text).await;
            let shown = app.find(at).expect("a name");
            let turned = shown.matches(&format!(":dir({direction})")).expect("a selector");
            assert!(turned, "{text} at {at}");
        }
    }
}
