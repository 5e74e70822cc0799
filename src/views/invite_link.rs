//! The invite link of the room.

use crate::base_path::base_path;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// The URL of the current room.
pub fn invite_link() -> String {
    origin() + &window().location().pathname().unwrap_or_default()
}

/// The prefix of the core's paths in URLs of the app.
pub fn before_path() -> String {
    origin() + &base_path()
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Copies a text to the clipboard and returns whether that succeeded.
///
/// Uses `execCommand` on a selected field: it works without a secure context and returns at once. The focus
/// is restored afterwards.
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
    // Elements outside of an open dialog cannot be selected.
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
        // If the element refuses the focus, it stays on the page, where it would be anyway.
        let _ = focused.focus();
    }
    Some(copied)
}
