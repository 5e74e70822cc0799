//! The address that leads others into the room.

use crate::base_path::base_path;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// The address of the room that is shown.
pub fn invite_link() -> String {
    origin() + &window().location().pathname().unwrap_or_default()
}

/// What stands before a path of the core's in an address of the app.
pub fn before_path() -> String {
    origin() + &base_path()
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Copies a text to the clipboard and says whether that was possible.
///
/// The old way, by a selected field: it works without a secure context and answers at once. The focus goes back
/// to where it was.
pub fn copy(text: &str) -> bool {
    copy_by_field(text).unwrap_or(false)
}

fn copy_by_field(text: &str) -> Option<bool> {
    let document = document();
    let focused = document
        .active_element()
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_class_name("out-of-sight");
    field.set_value(text);
    // What is outside of an open dialog cannot be selected.
    let dialog = document.query_selector("dialog[open]").ok().flatten();
    let place = dialog.or_else(|| document.body().map(Into::into))?;
    place.append_child(&field).ok()?;
    field.select();
    let copied = document
        .unchecked_ref::<HtmlDocument>()
        .exec_command("copy")
        .unwrap_or(false);
    field.remove();
    if let Some(focused) = focused {
        // An element that refuses the focus leaves it on the page, which is where it would be anyway.
        let _ = focused.focus();
    }
    Some(copied)
}
