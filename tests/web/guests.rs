//! Guests: their form on the sign-in page, the room's setting, and the mark beside each name.

use std::sync::Arc;

use call_core::{
    AccountView, ChatBody, ChatKey, ChatLine, Delivery, DoorIntent, FormError, Intent, InvitationView,
    ModerationAction, NewcomerView, PageView, PersonState, PersonView, TileKey, TileView, View,
};
use leptos::prelude::document;
use protocol::{
    Access, Ban, InvitationId, MessageId, ParticipantId, Role, RoomChanges, RoomSettings, UnixMillis,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::support::until;
use crate::test_app::{TestApp, in_room, name, tile};

fn door(guests: bool, guest: bool, error: Option<FormError>) -> View {
    let page = PageView::SignIn {
        room: "tea".to_owned(),
        busy: false,
        error,
        guest,
    };
    let account = AccountView {
        guests,
        ..AccountView::default()
    };
    View {
        page,
        account,
        ..View::default()
    }
}

fn as_guest() -> AccountView {
    AccountView {
        guest: true,
        ..AccountView::default()
    }
}

#[wasm_bindgen_test]
async fn guest_form_needs_only_name_and_room() {
    let app = TestApp::showing(door(false, false, None));
    until("the form", || app.count("#username") == 1).await;
    assert!(app.button("Join as a guest").is_none());
    app.show(door(true, false, None));
    until("the button for guests", || {
        app.button("Join as a guest").is_some()
    })
    .await;
    let pressed = app.button("Join as a guest").expect("the button");
    pressed.focus().expect("the focus");
    pressed.click();
    until("a form without password", || app.count("#password") == 0).await;
    let focused = document()
        .active_element()
        .and_then(|element| element.text_content());
    assert_eq!(focused.as_deref().map(str::trim), Some("Create an account"));
    assert_eq!(app.text("h1"), "Join as a guest");
    let field: HtmlInputElement = app.find("#username").expect("the field").unchecked_into();
    field.set_value("Tom");
    app.click("Join");
    assert!(matches!(
        app.wishes().last(),
        Some(Intent::Door(DoorIntent::JoinAsGuest(entrance))) if entrance.name == "Tom" && entrance.room == "tea"
    ));
    app.show(door(true, true, Some(FormError::UserNameTaken)));
    until("the error at its field", || {
        app.text("#username-note").starts_with("This name is taken")
    })
    .await;
    app.click("Sign in instead");
    until("the sign-in form", || app.count("#password") == 1).await;
}

#[wasm_bindgen_test]
async fn former_guest_sees_guest_form() {
    let app = TestApp::showing(door(true, true, Some(FormError::VisitEnded)));
    until("the form", || app.text("h1") == "Join as a guest").await;
    assert!(
        app.text("[role=alert]")
            .starts_with("Your time as a guest is over")
    );
}

#[wasm_bindgen_test]
async fn guest_has_no_account_buttons() {
    let app = TestApp::showing(View {
        account: as_guest(),
        ..in_room()
    });
    app.opens("Menu", ".menu-who").await;
    until("the guest's name in the menu", || {
        app.text("#menu").starts_with("Guest: Ann")
    })
    .await;
    assert!(app.button("Account").is_none() && app.button("Sign out").is_none());
    assert!(app.button("Leave room").is_some());
}

/// Bea, a guest, with all fields set.
pub fn bea() -> PersonView {
    PersonView {
        id: ParticipantId(2),
        name: name("Bea"),
        you: false,
        in_conference: false,
        away: false,
        state: PersonState::InRoom,
        guest: true,
        role: Role::Participant,
        silenced: false,
        blocked: false,
        moderated: true,
        appointed: false,
    }
}

/// Ann's room with Bea, a guest, in each of its parts.
fn with_bea() -> View {
    let mut view = in_room();
    view.people = vec![bea()].into();
    Arc::make_mut(&mut view.moderation).role = Role::Owner;
    Arc::make_mut(&mut view.moderation).newcomers = vec![NewcomerView {
        id: ParticipantId(3),
        name: name("Dan"),
        guest: true,
    }];
    Arc::make_mut(&mut view.call).tiles = vec![TileView {
        guest: true,
        ..tile(ParticipantId(2), "Bea")
    }];
    Arc::make_mut(&mut view.stage)
        .tiles
        .push(TileKey::Face(ParticipantId(2)));
    let body = ChatBody::Text {
        text: "Hello".to_owned(),
        delivery: Delivery::Delivered,
    };
    Arc::make_mut(&mut view.chat).lines = (1..)
        .zip([body, ChatBody::Joined])
        .map(|(id, body)| ChatLine {
            key: ChatKey::Message(MessageId(id)),
            at: UnixMillis(0),
            author: name("Bea"),
            guest: true,
            mine: false,
            body,
        })
        .collect();
    Arc::make_mut(&mut view.invitations).incoming = vec![InvitationView {
        id: InvitationId(1),
        peer: ParticipantId(2),
        name: name("Bea"),
        guest: true,
        ends_at: UnixMillis(u64::MAX),
    }];
    view
}

#[wasm_bindgen_test]
async fn guests_are_marked_everywhere() {
    let app = TestApp::showing(with_bea());
    for part in [
        ".person .tag",
        ".tile .tag",
        ".line .tag",
        ".incoming .tag",
        ".newcomers .tag",
    ] {
        until(part, || app.text(part) == "guest").await;
    }
    assert_eq!(app.text("#invitations-title"), "Bea (guest) is calling");
    assert!(app.text(".line.is-system").starts_with("Bea (guest)"));
}

#[wasm_bindgen_test]
async fn guest_setting_needs_server_with_guests() {
    let mut view = in_room();
    Arc::make_mut(&mut view.moderation).role = Role::Owner;
    Arc::make_mut(&mut view.moderation).largest_size = 64;
    Arc::make_mut(&mut view.moderation).settings = RoomSettings {
        access: Access::Lobby,
        size: 12,
        guests: false,
    };
    Arc::make_mut(&mut view.moderation).bans = vec![Ban {
        name: name("Tom"),
        until: UnixMillis(0),
        guest: true,
    }];
    let app = TestApp::showing(view.clone());
    app.opens("Menu", "[aria-haspopup=dialog]").await;
    app.click("Room settings");
    until("the settings", || app.count("#room-size") == 1).await;
    assert_eq!(app.count(".rules input[type=checkbox]"), 0);
    view.account.guests = true;
    app.show(view);
    until("the guest setting", || {
        app.count(".rules input[type=checkbox]") == 1
    })
    .await;
    assert!(
        document()
            .body()
            .is_some_and(|body| { body.text_content().unwrap_or_default().contains("Tom (guest)") })
    );
    let rule: HtmlElement = app
        .find(".rules input[type=checkbox]")
        .expect("the setting")
        .unchecked_into();
    rule.click();
    app.click("Save");
    let wanted = RoomChanges {
        guests: Some(true),
        ..RoomChanges::default()
    };
    assert!(matches!(
        app.wishes().last(),
        Some(Intent::Moderate(ModerationAction::ChangeRoom(settings, None))) if *settings == wanted
    ));
}
