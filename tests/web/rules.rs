//! The room's settings, when two moderators change them at the same time.

use std::sync::Arc;

use call_core::{Intent, ModerationAction, View};
use protocol::{Access, Role, RoomChanges, RoomSettings};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::support::until;
use crate::test_app::{TestApp, in_room};

const CHANGED: &str = "The settings have just changed. Fields you haven't edited show the new values.";

fn moderating(settings: RoomSettings) -> View {
    let mut view = in_room();
    Arc::make_mut(&mut view.moderation).role = Role::Moderator;
    Arc::make_mut(&mut view.moderation).largest_size = 64;
    Arc::make_mut(&mut view.moderation).settings = settings;
    view
}

async fn opens(settings: RoomSettings) -> TestApp {
    let app = TestApp::showing(moderating(settings));
    app.opens("Menu", "[aria-haspopup=dialog]").await;
    app.click("Room settings");
    until("the settings", || app.count("#room-size") == 1).await;
    app
}

fn size(app: &TestApp) -> HtmlInputElement {
    app.find("#room-size").expect("the size").unchecked_into()
}

fn types_size(app: &TestApp, value: &str) {
    let field = size(app);
    field.set_value(value);
    let typed = Event::new("input").expect("an event");
    field.dispatch_event(&typed).expect("dispatched");
}

/// Chooses an access setting by its label.
fn chooses(app: &TestApp, words: &str) {
    let choices = app.all_text(".rules input[type=radio] + span");
    let at = choices.iter().position(|choice| choice == words);
    let nth = at.expect("a choice") + 1;
    let choice = app.find(&format!(".rules fieldset > label:nth-of-type({nth}) input"));
    choice.expect("a choice").unchecked_into::<HtmlElement>().click();
}

fn last_change(app: &TestApp) -> Option<RoomChanges> {
    app.wishes().last().and_then(|wish| match wish {
        Intent::Moderate(ModerationAction::ChangeRoom(changes, None)) => Some(*changes),
        _ => None,
    })
}

#[wasm_bindgen_test]
async fn only_edited_fields_are_sent_and_others_follow() {
    let before = RoomSettings::default();
    let app = opens(before).await;
    assert_eq!(app.text(".rules-changed"), "");
    types_size(&app, "12");
    let meanwhile = RoomSettings {
        access: Access::Locked,
        ..before
    };
    app.show(moderating(meanwhile));
    until("the note about the change", || {
        app.text(".rules-changed") == CHANGED
    })
    .await;
    assert_eq!(size(&app).value(), "12", "typed text stays");
    let chosen = ".rules input[type=radio]:checked + span";
    until("the access to follow", || {
        app.text(chosen).contains("Nobody new (locked)")
    })
    .await;
    app.click("Save");
    let expected = RoomChanges {
        size: Some(12),
        ..RoomChanges::default()
    };
    assert_eq!(last_change(&app), Some(expected));
}

#[wasm_bindgen_test]
async fn unedited_field_follows_room() {
    let before = RoomSettings::default();
    let app = opens(before).await;
    app.show(moderating(RoomSettings { size: 8, ..before }));
    until("the size to follow", || size(&app).value() == "8").await;
    let locked = app.find(".rules input[type=radio]").expect("a choice");
    locked.unchecked_into::<HtmlElement>().click();
    app.click("Save");
    let sent = last_change(&app);
    assert!(sent.is_none_or(|changes| changes.size.is_none()), "{sent:?}");
}

#[wasm_bindgen_test]
async fn unchanged_settings_are_not_sent() {
    let app = opens(RoomSettings::default()).await;
    types_size(&app, "64");
    app.click("Save");
    until("the dialog to close", || app.count("#room-size") == 0).await;
    assert_eq!(last_change(&app), None);
}

#[wasm_bindgen_test]
async fn invalid_password_is_not_sent() {
    let app = opens(RoomSettings::default()).await;
    chooses(&app, "Anyone with the password");
    let field = || -> HtmlInputElement { app.find("#room-password").expect("a field").unchecked_into() };
    until("the field", || {
        !field().closest("[hidden]").is_ok_and(|hidden| hidden.is_some())
    })
    .await;
    for (typed, sent) in [("abc ", false), ("a bell\u{7}", false), ("open sesame", true)] {
        field().set_value(typed);
        app.click("Save");
        let wishes = app.wishes();
        let last = wishes.last();
        let change = matches!(last, Some(Intent::Moderate(ModerationAction::ChangeRoom(_, Some(password)))) if password == typed);
        assert_eq!(change, sent, "{typed:?} {last:?}");
    }
}

#[wasm_bindgen_test]
async fn edited_access_is_sent() {
    let app = opens(RoomSettings::default()).await;
    chooses(&app, "Nobody new (locked)");
    app.click("Save");
    let expected = RoomChanges {
        access: Some(Access::Locked),
        ..RoomChanges::default()
    };
    assert_eq!(last_change(&app), Some(expected));
}
