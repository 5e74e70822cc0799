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
    let face = TestApp::showing(moderating(settings));
    face.click("Room settings");
    until("the settings", || face.count("#room-size") == 1).await;
    face
}

fn size(face: &TestApp) -> HtmlInputElement {
    face.find("#room-size").expect("the size").unchecked_into()
}

fn types_size(face: &TestApp, value: &str) {
    let field = size(face);
    field.set_value(value);
    let typed = Event::new("input").expect("an event");
    field.dispatch_event(&typed).expect("dispatched");
}

/// Chooses an access setting by its label.
fn chooses(face: &TestApp, words: &str) {
    let choices = face.all_text(".rules input[type=radio] + span");
    let at = choices.iter().position(|choice| choice == words);
    let nth = at.expect("a choice") + 1;
    let choice = face.find(&format!(".rules fieldset > label:nth-of-type({nth}) input"));
    choice.expect("a choice").unchecked_into::<HtmlElement>().click();
}

fn last_change(face: &TestApp) -> Option<RoomChanges> {
    face.wishes().last().and_then(|wish| match wish {
        Intent::Moderate(ModerationAction::ChangeRoom(changes, None)) => Some(*changes),
        _ => None,
    })
}

#[wasm_bindgen_test]
async fn only_edited_fields_are_sent_and_others_follow() {
    let before = RoomSettings::default();
    let face = opens(before).await;
    assert_eq!(face.text(".rules-changed"), "");
    types_size(&face, "12");
    let meanwhile = RoomSettings {
        access: Access::Locked,
        ..before
    };
    face.show(moderating(meanwhile));
    until("the note about the change", || {
        face.text(".rules-changed") == CHANGED
    })
    .await;
    assert_eq!(size(&face).value(), "12", "typed text stays");
    let chosen = ".rules input[type=radio]:checked + span";
    until("the access to follow", || {
        face.text(chosen).contains("Nobody new (locked)")
    })
    .await;
    face.click("Save");
    let expected = RoomChanges {
        size: Some(12),
        ..RoomChanges::default()
    };
    assert_eq!(last_change(&face), Some(expected));
}

#[wasm_bindgen_test]
async fn unedited_field_follows_room() {
    let before = RoomSettings::default();
    let face = opens(before).await;
    face.show(moderating(RoomSettings { size: 8, ..before }));
    until("the size to follow", || size(&face).value() == "8").await;
    let locked = face.find(".rules input[type=radio]").expect("a choice");
    locked.unchecked_into::<HtmlElement>().click();
    face.click("Save");
    let sent = last_change(&face);
    assert!(sent.is_none_or(|changes| changes.size.is_none()), "{sent:?}");
}

#[wasm_bindgen_test]
async fn unchanged_settings_are_not_sent() {
    let face = opens(RoomSettings::default()).await;
    types_size(&face, "64");
    face.click("Save");
    until("the dialog to close", || face.count("#room-size") == 0).await;
    assert_eq!(last_change(&face), None);
}

#[wasm_bindgen_test]
async fn invalid_password_is_not_sent() {
    let face = opens(RoomSettings::default()).await;
    chooses(&face, "Anyone with the password");
    let field = || -> HtmlInputElement { face.find("#room-password").expect("a field").unchecked_into() };
    until("the field", || {
        !field().closest("[hidden]").is_ok_and(|hidden| hidden.is_some())
    })
    .await;
    for (typed, sent) in [("abc ", false), ("a bell\u{7}", false), ("open sesame", true)] {
        field().set_value(typed);
        face.click("Save");
        let wishes = face.wishes();
        let last = wishes.last();
        let change = matches!(last, Some(Intent::Moderate(ModerationAction::ChangeRoom(_, Some(password)))) if password == typed);
        assert_eq!(change, sent, "{typed:?} {last:?}");
    }
}

#[wasm_bindgen_test]
async fn edited_access_is_sent() {
    let face = opens(RoomSettings::default()).await;
    chooses(&face, "Nobody new (locked)");
    face.click("Save");
    let expected = RoomChanges {
        access: Some(Access::Locked),
        ..RoomChanges::default()
    };
    assert_eq!(last_change(&face), Some(expected));
}
